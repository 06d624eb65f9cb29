"""Files made to break a reader: one line with the reason each, and the rest is indexed."""

import io
import os
import zipfile

import pytest

from assistant.documents.chunking import chunk_document
from assistant.documents.reading import read_folder
from assistant.schema import Skipped

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def bomb(megabytes):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", b"<w:p/>" * (megabytes * 1_000_000 // 6))
    return stream.getvalue()


def outcomes(folder):
    """File name -> reason, or the document's text."""
    return {
        found.path if isinstance(found, Skipped) else found.id: found.reason
        if isinstance(found, Skipped)
        else found.text
        for found in read_folder(folder)
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_special_files_are_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    os.symlink(tmp_path, tmp_path / "loop")
    os.symlink("self.md", tmp_path / "self.md")
    (tmp_path / "good.md").write_text("Text.")
    assert outcomes(tmp_path) == {
        "good.md": "Text.",
        "loop": "symbolic link, not followed",
        "pipe.md": "not a file (pipe, socket or device)",
        "self.md": "symbolic link, not followed",
    }


@pytest.mark.skipif(os.name == "nt", reason="such names cannot exist there")
def test_odd_names_are_said_on_one_line(tmp_path):
    for name in ("line\nbreak.md", "bell\x07\x1b[31m.md", "mirrored\u202ednm.md", "plain – ü.md"):
        (tmp_path / name).write_text("Text.")
    with open(os.path.join(os.fsencode(tmp_path), b"\xff\xfe.md"), "w") as stream:
        stream.write("Text.")
    found = outcomes(tmp_path)
    assert found.pop("plain – ü.md") == "Text."
    assert len(found) == 4
    assert all(name.isprintable() for name in found)
    assert sorted(found.values()) == [
        *["control or invisible characters in the file name; rename it"] * 3,
        "file name is not valid Unicode",
    ]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_files_without_permission(tmp_path):
    (tmp_path / "secret.md").write_text("Text.")
    (tmp_path / "secret.md").chmod(0)
    assert outcomes(tmp_path) == {"secret.md": "cannot be read: Permission denied"}


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("bomb.docx", bomb(31), "unpacks to 31 MB of text (limit 30 MB)"),
        ("parts.docx", b"PK\x03\x04 torn", "damaged Word file (not a zip archive)"),
        ("wide.csv", b"a," * 20_000 + b"\n1,2", "20,001 columns (limit 10,000)"),
        ("field.csv", b'a,b\n"' + b"x" * 200_000, "not readable as CSV: field larger"),
        ("torn.pdf", b"%PDF-1.7\n" + b"\x00" * 500, "damaged PDF"),
        ("zeros.txt", b"\x00" * 1000, "binary content, not text"),
    ],
)
def test_reasons(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.md").write_text("Text.")
    found = outcomes(tmp_path)
    assert found["good.md"] == "Text."
    assert found[name].startswith(reason)
    assert "\n" not in found[name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("divs.html", "<div>" * 20_000 + "kept" + "</div>" * 20_000),
        ("spans.html", "<p>" + "<b>" * 20_000 + "kept"),
        ("lists.html", "<ul><li>" * 1_000 + "kept"),
        ("stars.md", "*" * 50_000 + " kept"),
        ("brackets.md", "[" * 10_000 + "](x) kept"),
        ("pipes.md", "|" * 10_000 + "\n|" + "-|" * 20_000 + "\nkept"),
        ("comments.md", "kept\n\n" + "<!--" * 50_000),
        ("long.txt", "a" * 60_000 + " kept"),
    ],
)
def test_hostile_text_is_read_in_reasonable_time(tmp_path, name, text):
    """The time is pytest's limit; what a reader drops is the nesting, not the text."""
    (tmp_path / name).write_text(text)
    (document,) = read_folder(tmp_path)
    assert not isinstance(document, Skipped), document
    chunks = chunk_document(document, count_tokens=lambda t: 2 + len(t.split()))
    assert any("kept" in chunk.text for chunk in chunks)
