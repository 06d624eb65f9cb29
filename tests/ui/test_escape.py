"""Hostile text through a CommonMark parser: nothing but paragraphs, line breaks and the text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.ui.fake_records import HOSTILE
from ui.escape import WORD_JOINER, clean, escape, escape_block

PLAIN = {
    "paragraph_open",
    "paragraph_close",
    "inline",
    "text",
    "text_special",
    "hardbreak",
    "softbreak",
}
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

ANY = st.text(
    alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("*_`#[]()<>!:$\\|~&-\n "))
)


def tokens(markdown):
    for token in PARSER.parse(markdown):
        yield token
        yield from token.children or ()


def visible(markdown):
    """What a reader sees: the text, a line break for each break and paragraph."""
    out = []
    for token in tokens(markdown):
        if token.type in ("text", "text_special"):
            out.append(token.content)
        elif token.type in ("hardbreak", "softbreak", "paragraph_close"):
            out.append("\n")
    return "".join(out).replace(WORD_JOINER, "").replace("\u00a0", " ")


def lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_hostile_text_is_only_text():
    kinds = {t.type for t in tokens(escape_block(HOSTILE))}
    assert kinds <= PLAIN
    assert lines(visible(escape_block(HOSTILE))) == lines(HOSTILE)


def test_the_same_text_unescaped_is_not():
    """The parser used here would find what the escaping has to stop."""
    kinds = {t.type for t in tokens(HOSTILE)}
    assert {"html_block", "heading_open", "fence", "bullet_list_open"} <= kinds


@given(ANY)
def test_block_shows_any_text_and_nothing_else(text):
    rendered = escape_block(text)
    assert {t.type for t in tokens(rendered)} <= PLAIN
    shown = visible(rendered).split()
    assert "".join(shown) == "".join(clean(text).replace(WORD_JOINER, "").split())


@given(ANY)
def test_one_line_stays_one_line(text):
    rendered = escape(text)
    assert "\n" not in rendered
    assert {t.type for t in tokens(rendered)} <= PLAIN


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        (":smile:", r":[\w+-]+:"),
        (":streamlit:", r":[\w+-]+:"),
        ("see http://a.example", r"https?:"),
        ("see WWW.a.example", r"(?i)www\."),
        ("a@b.example", r"\w@\w"),
        ("mailto:a", r"mailto:"),
        ("a -> b", r"(^|\s)->(\s|$)"),
        ("a <-> b", r"(^|\s)<->(\s|$)"),
        ("a -- b", r"(^|\s)--(\s|$)"),
    ],
)
def test_what_is_replaced_after_parsing_is_broken_up(text, broken):
    """Streamlit replaces these in the parsed text, where backslashes are gone already."""
    assert re.search(broken, text)
    parsed = "".join(t.content for t in tokens(escape(text)) if t.type in ("text", "text_special"))
    assert not re.search(broken, parsed)
    assert parsed.replace(WORD_JOINER, "") == text


def test_directives_and_formulas_are_escaped():
    assert ":material/" not in escape(":material/home:")
    assert escape(":red[x] $y$") == r"\:red\[x\] \$y\$"


def test_direction_and_control_marks_become_visible():
    assert escape("a\u202eb\x1bc\u2066d") == "a\ufffdb\ufffdc\ufffdd"


def test_values_are_marked_as_whole_words_whatever_their_case():
    marked = escape_block("IP44 is not IP442; ip44\nis", ["IP44"])
    assert marked.count(":yellow-background[**") == 2
    assert "IP442" in marked.replace("\\", "")


def test_longest_value_wins_and_values_are_escaped():
    marked = escape_block("pay **4 min** now", ["4 min", "4", "*"])
    assert marked.count(":yellow-background[") == 1
    assert ":yellow-background[**4 min**]" in marked
    hostile = escape_block("say ]x](http://a) now", ["]x](http://a)"])
    assert r"\]x\]\(http" in hostile


def test_line_breaks_and_indentation_stay():
    assert escape_block("a\n  b\n\n\nc") == "a\\\n\u00a0\u00a0b\n\nc"
    assert escape_block("") == ""
