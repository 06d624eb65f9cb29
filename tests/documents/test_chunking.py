"""Chunks: offsets, limits, nothing lost, ids that stay, also for hostile documents."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents.chunking import CHARS_PER_TOKEN, _long_word_cuts, chunk_document
from assistant.documents.readers.converted import TextBuilder
from assistant.documents.reading import convert
from assistant.retrieval.embedder import Embedder
from assistant.schema import Document

EMBEDDER = Embedder()


def words(text):
    """A toy tokenizer: words and single marks, two special tokens."""
    return 2 + len(re.findall(r"\w{1,6}|[^\w\s]", text))


def document(text, name="a.md"):
    found = convert(name, text.encode("utf-8", "replace"))
    assert isinstance(found, Document), found
    return found


def check(doc, count_tokens, max_tokens):
    """The promises of `chunk_document`; returns the chunks."""
    chunks = chunk_document(doc, count_tokens=count_tokens, max_tokens=max_tokens)
    covered = [False] * len(doc.text)
    for chunk in chunks:
        assert chunk.text == doc.text[chunk.start : chunk.end]
        assert chunk.text == chunk.text.strip() != ""
        assert count_tokens(chunk.indexed_text) <= max_tokens
        assert len(chunk.text) <= max_tokens * CHARS_PER_TOKEN
        assert not any(covered[chunk.start : chunk.end]), "overlap"
        covered[chunk.start : chunk.end] = [True] * (chunk.end - chunk.start)
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    said = {heading for chunk in chunks for heading in chunk.heading_path}
    for section in doc.sections:
        lost = "".join(
            doc.text[i] if not covered[i] else " " for i in range(section.start, section.end)
        )
        if lost.strip():
            assert lost.strip() == section.heading_path[-1]
            assert lost.strip() in said
    return chunks


blocks = st.lists(
    st.one_of(
        st.tuples(st.just("heading"), st.integers(1, 6), st.text(max_size=220)),
        st.tuples(st.just("block"), st.text(max_size=1500)),
        st.tuples(
            st.just("block"),
            st.lists(
                st.sampled_from(["alpha", "beta.", "x;", "QX-4410", "\n", "\n\n", "🦊", "語", "|"]),
                max_size=300,
            ).map(" ".join),
        ),
        st.tuples(
            st.just("table"),
            st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=4), max_size=40),
        ),
        st.tuples(st.just("page")),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(blocks=blocks, max_tokens=st.integers(24, 80), title=st.text(max_size=300))
def test_promises_hold_for_any_document(blocks, max_tokens, title):
    builder = TextBuilder()
    for kind, *arguments in blocks:
        getattr(builder, kind)(*arguments)
    made = builder.build(title)
    if not made.text.strip():
        return
    doc = Document("d", made.title, made.text, "0", "markdown", made.sections, made.pages)
    check(doc, words, max_tokens)


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=3000))
def test_promises_hold_for_any_markdown_with_the_real_tokenizer(text):
    found = convert("x.md", text.encode("utf-8", "replace"))
    if isinstance(found, Document):
        check(found, EMBEDDER.count_tokens, 64)


HOSTILE = {
    "one word": "x" * 100_000,
    "one word among others": "before " + "y" * 20_000 + " after",
    "emoji": "🦊🏽‍🚀" * 5_000,
    "no spaces in another script": "語" * 5_000,
    "marks": "|" * 8_000,
    "controls": "".join(map(chr, range(1, 32))) * 300 + "end",
    "headings": "\n".join(f"# Heading {i}" for i in range(10_000)),
    "deep headings": "\n".join(
        f"{'#' * (i % 6 + 1)} {'word ' * 30}{i}\ntext {i}" for i in range(300)
    ),
    "long lines": "\n".join("a b " * 2_000 for _ in range(3)),
    "blank lines": "a" + "\n" * 50_000 + "b",
    "brackets": "[" * 20_000 + "](" * 5_000,
    "stars": "*" * 20_000 + "a" + "**a " * 5_000,
    "table": "|a|b|\n|-|-|\n" + "|" + "c" * 5_000 + "|d|\n",
    "wide table": "|" + "h|" * 2_000 + "\n|" + "-|" * 2_000 + "\n|" + "c|" * 2_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents(name):
    text = HOSTILE[name] if name != "controls" else "\t" + HOSTILE[name].replace("\x00", "")
    found = convert("a.md", text.encode())
    if name == "controls":
        assert found.reason == "binary content, not text"
        return
    chunks = check(found, EMBEDDER.count_tokens, 256)
    assert chunks


def test_small_paragraphs_of_a_section_share_a_chunk_and_sections_do_not():
    doc = document("# A\n\none\n\ntwo\n\n## B\n\nthree\n")
    assert [(c.heading_path, c.text) for c in check(doc, words, 60)] == [
        (("A",), "one\n\ntwo"),
        (("A", "B"), "three"),
    ]


def test_title_is_the_header_once():
    chunk = chunk_document(document("# A\n\none"), count_tokens=words)[0]
    assert chunk.header == "A"
    assert chunk.indexed_text == "A\none"


def test_heading_without_text_is_kept_where_no_chunk_says_it():
    texts = [c.text for c in check(document("# A\n\nx\n\n## Empty\n\n## B\n\ny"), words, 60)]
    assert texts == ["x", "Empty", "y"]


def test_long_sections_are_cut_evenly():
    doc = document("\n\n".join(f"Paragraph {i} has exactly seven words." for i in range(20)))
    sizes = [words(c.indexed_text) for c in check(doc, words, 100)]
    assert max(sizes) - min(sizes) <= 30


def test_sentences_stay_whole_when_they_fit():
    sentence = "The pump stops when the tank is empty. "
    for chunk in check(document("# P\n\n" + sentence * 40), words, 60):
        assert chunk.text.endswith("empty.")


def test_rows_of_a_long_table_carry_their_header():
    rows = "\n".join(f"| P-{i} | Part number {i} | {i}.50 |" for i in range(60))
    doc = document(f"# Prices\n\n| Code | Name | EUR |\n|--|--|--|\n{rows}")
    chunks = check(doc, EMBEDDER.count_tokens, 256)
    assert len(chunks) > 3
    assert all(chunk.text.startswith("| Code | Name | EUR |") for chunk in chunks)


def test_unchanged_text_keeps_its_id_when_other_sections_change():
    before = document("# A\n\nsame\n\n# B\n\nold\n\n# C\n\nsame too")
    after = document("# A\n\nsame\n\n# B\n\nnew and much longer than before\n\n# C\n\nsame too")
    old = {c.id: c.text for c in chunk_document(before, count_tokens=words)}
    new = {c.id: c.text for c in chunk_document(after, count_tokens=words)}
    assert sorted(old[i] for i in old.keys() & new.keys()) == ["same", "same too"]


def test_same_text_twice_has_two_ids():
    doc = document("# A\n\nsame\n\n# B\n\nx\n\n# A\n\nsame")
    chunks = chunk_document(doc, count_tokens=words)
    assert [c.text for c in chunks] == ["same", "x", "same"]
    assert len({c.id for c in chunks}) == 3


def test_page_of_a_chunk():
    builder = TextBuilder()
    for page in ("one " * 40, "", "three " * 40):
        builder.page()
        builder.block(page)
    made = builder.build("T")
    doc = Document("d.pdf", "T", made.text, "0", "pdf", made.sections, made.pages)
    pages = {c.page for c in check(doc, words, 40)}
    assert pages == {1, 3}


def test_long_title_and_headings_leave_half_the_tokens_for_text():
    doc = document(
        f"---\ntitle: {'title ' * 60}\n---\n# {'one ' * 40}\n\n## {'two ' * 40}\n\nBody text here."
    )
    for chunk in check(doc, words, 64):
        assert words(chunk.header) <= 32


def test_a_long_line_without_a_space_is_not_measured_letter_by_letter():
    asked = []

    def counting(text):
        asked.append(len(text))
        return EMBEDDER.count_tokens(text)

    def work(length):
        asked.clear()
        doc = document("abcdefghijklmnopqrstuvwxyz0123456789+/" * (length // 38), "a.txt")
        chunks = chunk_document(doc, count_tokens=counting)
        assert "".join(chunk.text for chunk in chunks) == doc.text
        return len(asked), sum(asked)

    calls, letters = work(40_000)
    assert calls < 40_000 / 20  # three a letter before
    twice, twice_letters = work(80_000)
    assert twice < 2.2 * calls
    assert twice_letters < 2.2 * letters


def test_long_words_are_cut_where_they_are():
    text = "short " + "x" * 25 + " " + "y" * 9 + "\n" + "z" * 10
    assert list(_long_word_cuts(text, (0, len(text)), 10)) == [16, 26, len(text)]
    assert list(_long_word_cuts(text, (8, len(text)), 10)) == [18, 28, len(text)]
