"""Human readings: parsed once per question, split by context, cut around the answer."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from assistant.foundation.formats import REFUSAL
from assistant.foundation.reading import (
    Reading,
    held_out,
    parse_glossary,
    parse_prompted,
    parse_textbook,
    split,
    window,
)

from .conftest import CONTEXT


def test_the_same_question_in_two_wordings_is_read_once(tmp_path: Path) -> None:
    rows = [
        {"prompt": f'Question: "Who opened it?"\n\nContext: "{CONTEXT}"\n\nAnswer:', "response": "Queen Maud", "source": "t0/adversarial_qa_dbert_question_context_answer"},
        {"prompt": f"Extract the answer. Question: Who opened it? Context: {CONTEXT}", "response": "Queen Maud", "source": "t0/adversarial_qa_dbert_based_on"},
    ]  # fmt: skip
    path = tmp_path / "reading.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (only,) = parse_prompted(path)
    assert (only.question, only.answer, only.context) == ("Who opened it?", "Queen Maud", CONTEXT)


def test_answers_take_the_case_of_the_context(texts: Path) -> None:
    found = parse_prompted(texts / "reading.jsonl")
    assert len(found) == 12
    assert {r.answer for r in found} == {"Queen Maud"}
    assert all(r.extractive for r in found)


def test_unanswerable_prompts_become_the_refusal(tmp_path: Path) -> None:
    no_answer = "Insufficient information to provide an answer."
    prompt = (
        f'Question: Who fell?\nIf there is no answer, please output "{no_answer}".\n'
        f"Movie title: Tarn\nContext: {CONTEXT}"
    )
    row = {"prompt": prompt, "response": no_answer, "source": "t0/duorc_SelfRC_question_answering"}
    path = tmp_path / "reading.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    (only,) = parse_prompted(path)
    assert (only.answer, only.title) == (REFUSAL, "Tarn")


def test_the_split_is_by_context() -> None:
    readings = [
        Reading(f"Q{n}?", f"Context {n // 3} about {n // 3 * 7919}.", "x", "", "f")
        for n in range(900)
    ]
    train, test = split(readings)
    assert not {r.context for r in train} & {r.context for r in test}
    assert 0.05 < len(test) / 900 < 0.2
    assert all(held_out(r.context) for r in test)


def test_a_window_keeps_the_answer_and_the_limit() -> None:
    sentences = [f"Sentence number {n} speaks of thing{n} and more." for n in range(60)]
    for n in (0, 7, 31, 59):
        reading = Reading("Which?", " ".join(sentences), f"thing{n}", "", "f")
        for seed in range(5):
            cut = window(Random(seed), reading, 300)
            assert f"thing{n} " in cut
            assert len(cut) <= 300


def test_textbook_questions_get_their_paragraph(texts: Path) -> None:
    found = parse_textbook(texts / "textbook_qa.jsonl", texts / "openstax.jsonl")
    (only,) = found
    assert only.answer == "the moon"
    assert only.question == "Tides are caused by what."
    assert "Tides are caused by the moon." in only.context


def test_glossaries_are_grouped(texts: Path) -> None:
    assert parse_glossary(texts / "textbook_qa.jsonl") == [
        [("tide", "a change of the water level"), ("ebb", "falling water")]
    ]
