"""Distant supervision: questions made from plain sentences (all sentences written for the test)."""

from __future__ import annotations

from random import Random

import pytest

from assistant.foundation.encyclopedia import read_article, split_sentences
from assistant.foundation.questions import base_form, echo, from_sentence, from_title, recurring

KNOWN = {"open", "move", "plan", "carry", "hope", "start", "visit"}


def pairs(sentence: str, title: str = "Oak Mill", person: bool = False) -> dict[str, str]:
    return dict(from_sentence(sentence, title, person, KNOWN, Random(0)))


@pytest.mark.parametrize(
    ("verb", "base"),
    [("opened", "open"), ("moved", "move"), ("planned", "plan"), ("carried", "carry"), ("won", "win"),
     ("hoped", "hope"), ("zorbled", None), ("red", None)],
)  # fmt: skip
def test_past_tenses_are_undone_only_when_certain(verb: str, base: str | None) -> None:
    assert base_form(verb, KNOWN) == base


def test_subject_and_auxiliary_are_swapped() -> None:
    made = pairs("The mill was built in 1804 by John Reed.")
    assert any(q.endswith("was the mill built?") and a == "1804" for q, a in made.items())


def test_a_pronoun_becomes_the_title() -> None:
    made = pairs("It was opened by Mary Hill.")
    assert "Mary Hill" in made.values()
    assert all("It" not in q.split() for q in made)
    assert any("Oak Mill" in q for q in made)


def test_counts_become_how_many() -> None:
    assert pairs("Oak Mill has three wheels.")["How many wheels does Oak Mill have?"] == "three"


def test_reasons_become_why() -> None:
    made = pairs("The mill was closed because the river had dried up.")
    assert "the river had dried up" in made.values()


def test_every_answer_is_a_span_of_its_sentence() -> None:
    sentences = [
        "Lena Park moved to Porto in 1992.",
        "The lake was visited by Anna Berg in 1888.",
        "The bridge is located in Upper Norton, Wexland.",
        "Park can play the harp.",
    ]
    for sentence in sentences:
        for question, answer in pairs(sentence, "Lena Park", person=True).items():
            assert answer in sentence
            assert question.endswith("?")


def test_openings_tell_about_the_title() -> None:
    text = "Lena Park (born 4 May 1970) is a singer from Bergen. She won a prize."
    made = dict(from_title(text, "Lena Park", True, Random(0)))
    assert "4 May 1970" in made.values()
    assert "a singer from Bergen" in made.values()


def test_an_echo_asks_for_the_span() -> None:
    assert echo("The mill was sold in 1951.", "1951") == "The mill was sold in which year?"


def test_recurring_spans_are_answered_elsewhere() -> None:
    sentences = [
        "The dam was planned by Mary Hillman and her brother for ten years.",
        "A street in the town is named after Mary Hillman since last summer.",
    ]
    ((question, answer, number),) = recurring(sentences, "Dam", Random(0))
    assert answer == "Mary Hillman"
    assert answer not in question
    assert answer in sentences[1 - number]


def test_an_article_without_questions_is_left_out() -> None:
    assert read_article("X", "X\n\nshort.", KNOWN, Random(0)) is None


def test_sentences_are_split_at_full_stops_only() -> None:
    assert split_sentences("It was 4.5 metres long. Then it fell. He left.") == [
        "It was 4.5 metres long.",
        "Then it fell.",
        "He left.",
    ]
