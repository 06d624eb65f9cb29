"""PDF pages, wrapped lines, running headers, and files that cannot be read."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from assistant.documents.readers import Unreadable
from assistant.documents.readers.pdf_file import drop_running_lines, paragraphs, read_pdf


def make_pdf(pages, title=""):
    stream = io.BytesIO()
    pdf = canvas.Canvas(stream, pagesize=A4)
    if title:
        pdf.setTitle(title)
    for lines in pages:
        for number, line in enumerate(lines):
            pdf.drawString(60, 800 - 14 * number, line)
        pdf.showPage()
    pdf.save()
    return stream.getvalue()


def test_pages_start_where_their_text_starts():
    converted = read_pdf(make_pdf([["First page."], [], ["Third page."]], title="Manual"))
    assert converted.title == "Manual"
    assert len(converted.pages) == 3
    assert converted.text[converted.pages[0] :].startswith("First page.")
    assert converted.text[converted.pages[2] :].startswith("Third page.")
    assert converted.pages[1] == converted.pages[2]


def test_running_headers_and_page_numbers_go():
    pages = [
        [
            "Manual QX, edition 7",
            f"Fact number {['one', 'two', 'three', 'four'][i]}.",
            f"page {i + 1}",
        ]
        for i in range(4)
    ]
    text = read_pdf(make_pdf(pages)).text
    assert "edition 7" not in text
    assert "page" not in text
    assert all(f"number {n}." in text for n in ("one", "two", "three", "four"))


def test_lines_that_return_in_the_middle_of_pages_stay():
    pages = [["a", "b", "same", f"c{i}", f"d{i}x"] for i in "pqrs"]
    assert all("same" in page for page in drop_running_lines([list(p) for p in pages]))


def test_two_pages_are_too_few_to_call_a_line_running():
    pages = [["head", "x"], ["head", "y"]]
    assert drop_running_lines(pages) == pages


def test_wrapped_lines_join_and_lists_stay_apart():
    lines = [
        "The instrument measures the absorbance of a water sample at one of eight fixed",
        "wavelengths. It is meant for the bench of a laboratory or the pump room of a fish",
        "farm.",
        "Steps",
        "1. Open the lid.",
        "2. Insert the cuv-",
        "ette.",
    ]
    assert paragraphs(lines) == [
        "The instrument measures the absorbance of a water sample at one of eight fixed "
        "wavelengths. It is meant for the bench of a laboratory or the pump room of a fish farm.\n"
        "Steps\n1. Open the lid.\n2. Insert the cuvette."
    ]


def test_encrypted_pdf_is_refused_and_an_empty_password_is_tried():
    for password, readable in (("secret", False), ("", True)):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([["Hidden text."]]))))
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
        stream = io.BytesIO()
        writer.write(stream)
        if readable:
            assert read_pdf(stream.getvalue()).text == "Hidden text."
        else:
            with pytest.raises(Unreadable, match="encrypted"):
                read_pdf(stream.getvalue())


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nonsense", b"not a pdf at all"])
def test_damaged_pdf(data):
    with pytest.raises(Unreadable, match="damaged"):
        read_pdf(data)


def test_truncated_pdf_is_read_or_refused_never_a_crash():
    data = make_pdf([["Some text."]] * 3)
    for length in range(0, len(data), 97):
        try:
            read_pdf(data[:length])
        except Unreadable:
            continue


def test_scan_without_text_layer():
    with pytest.raises(Unreadable, match="no text layer"):
        read_pdf(make_pdf([[], []]))


def test_junk_titles_of_word_processors_are_not_titles():
    assert read_pdf(make_pdf([["Hello there."]], title="Microsoft Word - final.docx")).title == ""
