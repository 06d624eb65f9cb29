"""Replay and forgetting material: well formed, answerable as labelled, and disjoint."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFUSAL = "I don't know."


def _rows(path: str) -> list[dict[str, Any]]:
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


REPLAY = _rows("assistant/finetuning/replay/general.jsonl")
TEXTS = _rows("assistant/evaluation/forgetting_set/texts.jsonl")
QUESTIONS = _rows("assistant/evaluation/forgetting_set/questions.jsonl")


def _grams(text: str, n: int = 6) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w'-]+", text.casefold())
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def _replay_texts(row: dict[str, Any]) -> list[str]:
    return [row["question"], *(passage["text"] for passage in row.get("passages", ()))]


def test_counts() -> None:
    refusals = [row for row in REPLAY if row["answer"] == REFUSAL]
    assert len(refusals) == 60
    assert len(REPLAY) - len(refusals) >= 300
    assert len(TEXTS) == 40
    kinds = Counter(row["id"].split("-")[0] for row in QUESTIONS)
    assert kinds == {"read": 60, "know": 20, "decline": 40}


@pytest.mark.parametrize("rows", [REPLAY, TEXTS, QUESTIONS], ids=["replay", "texts", "questions"])
def test_ids_are_unique(rows: list[dict[str, Any]]) -> None:
    assert len({row["id"] for row in rows}) == len(rows)


def test_replay_rows_have_the_fields_the_trainer_reads() -> None:
    for row in REPLAY:
        assert {"id", "question", "answer"} <= set(row) <= {"id", "question", "answer", "passages"}
        assert row["question"].endswith(("?", ".")), row["id"]
        assert row["answer"].strip()
        for passage in row.get("passages", ()):
            assert set(passage) == {"title", "text"}
    assert len({row["question"].casefold() for row in REPLAY}) == len(REPLAY)


def test_replay_answers_stand_in_one_of_their_passages() -> None:
    for row in REPLAY:
        if row.get("passages") and row["answer"] != REFUSAL:
            shown = " ".join(passage["text"] for passage in row["passages"])
            assert row["answer"].casefold() in shown.casefold(), row["id"]


def test_some_refusals_have_a_passage_and_some_have_none() -> None:
    with_passage = Counter(bool(r.get("passages")) for r in REPLAY if r["answer"] == REFUSAL)
    assert min(with_passage[True], with_passage[False]) >= 15


def test_forgetting_questions_are_what_their_label_says() -> None:
    for row in QUESTIONS:
        assert set(row) == {"id", "question", "passage", "references", "answerable"}
        kind = row["id"].split("-")[0]
        assert row["answerable"] is (kind != "decline")
        assert bool(row["references"]) is row["answerable"]
        if kind == "know":
            assert row["passage"] is None
        if kind == "read":
            assert row["references"][0].casefold() in row["passage"].casefold(), row["id"]
            assert row["references"][0].casefold() not in row["question"].casefold(), row["id"]


def test_texts_are_short_paragraphs() -> None:
    for row in TEXTS:
        assert set(row) == {"id", "text"}
        assert 35 <= len(row["text"].split()) <= 80, row["id"]


def test_no_six_words_in_a_row_are_shared_with_the_replay() -> None:
    trained = {g for row in REPLAY for text in _replay_texts(row) for g in _grams(text)}
    for row in TEXTS:
        assert not _grams(row["text"]) & trained, row["id"]
    for row in QUESTIONS:
        for text in (row["question"], row["passage"] or ""):
            assert not _grams(text) & trained, row["id"]


def test_no_forgetting_question_is_asked_in_the_replay() -> None:
    asked = {row["question"].casefold() for row in REPLAY}
    assert not asked & {row["question"].casefold() for row in QUESTIONS}
