"""Questions written by hand: the files follow their format, and become examples that are right."""

from __future__ import annotations

from random import Random

import pytest

from assistant.foundation.formats import REFUSAL
from assistant.foundation.written import examples, pages
from assistant.foundation.written.examples import Written
from assistant.foundation.written.pages import Page, Question, WrittenError, parse

from .test_overlap import corpus_text, runs

OWN = [p for p in pages.own() if p.kind != "encyclopedia"]


def test_every_answer_stands_where_the_format_says() -> None:
    assert len(OWN) > 1000
    wrong = [(p.heading, q) for p in OWN for q in p.questions if not pages.stands(p, q)]
    assert not wrong, wrong[:5]


def test_paragraphs_are_named_by_place_and_none_is_shipped() -> None:
    named = [p for p in pages.own() if p.kind == "encyclopedia"]
    assert len(named) > 1000
    assert not any(p.text for p in named)
    assert pages.look_up(named, None) == []


def test_nothing_is_shared_with_the_sample_corpora() -> None:
    corpus = runs(corpus_text())
    for file in sorted(pages.FOLDER.rglob("*.txt")):
        shared = runs(file.read_text(encoding="utf-8")) & corpus
        assert not shared, (file.name, sorted(" ".join(run) for run in shared)[:5])


def test_a_set_is_held_out_whole() -> None:
    for group in {p.group for p in OWN if p.kind == "pages"}:
        assert len({pages.held_out(p) for p in OWN if p.group == group}) == 1
    share = sum(map(pages.held_out, OWN)) / len(OWN)
    assert 0.02 < share < 0.2


def test_examples_hold_their_answer_or_decline() -> None:
    written, declined = Written.of(OWN), 0
    for number in range(300):
        made = examples.reading(Random(number), written, 2, [])
        assert made is not None
        source, target = made
        declined += target == REFUSAL
        parts = [target] if target in source else target.split(", ")
        fits = target in (REFUSAL, "Yes", "No") or all(x.lower() in source.lower() for x in parts)
        assert fits, made
    assert 20 < declined < 120


def test_asking_and_rewording() -> None:
    written = Written.of(OWN)
    asked = [m for n in range(60) if (m := examples.asking(Random(n), written))]
    assert asked
    assert all("«" in source and question.endswith("?") for source, question in asked)
    twins = [m for n in range(60) if (m := examples.rewording(Random(n), written))]
    assert twins
    assert all(source != f"Reword: {target}" for source, target in twins)
    assert examples.asking(Random(0), Written.of([])) is None


@pytest.mark.parametrize("text", ["?? Who? || me", "words", "# T\n?? Who?", "# T\n?? || me"])
def test_a_line_that_fits_nothing_is_named(text: str) -> None:
    with pytest.raises(WrittenError, match="file:"):
        list(parse(text, "pages", "file"))


def test_a_file_is_read_as_documented() -> None:
    text = "=== Set\n# A > B\none two\n?? Which? ~~ what || two\n?? Up or down? || =up\n!! Three?\n"
    (page,) = parse(text, "pages", "f")
    questions = (Question(("Which?", "what"), "two"), Question(("Up or down?",), "up"))
    assert page == Page("pages", "f: Set", "A > B", "one two\n", questions, ("Three?",))
