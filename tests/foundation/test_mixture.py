"""The example stream: every task, reproducible, answers where they should be."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from assistant.foundation import encyclopedia, reading
from assistant.foundation.batches import Position, encode, pool
from assistant.foundation.examples import damage, recite_example
from assistant.foundation.fewshot import few_shot
from assistant.foundation.formats import MAX_NEW_TOKENS, MAX_POSITIONS, REFUSAL, Passage
from assistant.foundation.intervals import mean, share
from assistant.foundation.mixture import TASKS, WEIGHTS, Mixture, Sources
from assistant.foundation.tokenizer import EOS_ID, train_tokenizer, wrap

from .conftest import ARTICLES


@pytest.fixture(scope="module")
def mixture(texts: Path) -> Mixture:
    known = {"open", "move", "visit"}
    articles = [encyclopedia.read_article(t, x, known, Random(0)) for t, x in ARTICLES]
    return Mixture(
        Sources(
            [a for a in articles if a],
            reading.parse_prompted(texts / "reading.jsonl"),
            reading.parse_glossary(texts / "textbook_qa.jsonl"),
            ["Who was first?"],
        ),
        seed=0,
    )


def test_bare_questions_have_no_passages_and_come_again(mixture: Mixture) -> None:
    texts = [mixture.bare(n) for n in range(200)]
    assert texts == [mixture.bare(n) for n in range(200)]
    assert all(t.startswith("Question: ") and "\n" not in t for t in texts)
    assert 10 < sum("___" in t for t in texts) < 100
    assert len(set(texts)) > 100


def test_weights_are_shares() -> None:
    for weights in WEIGHTS:
        assert len(weights) == len(TASKS)
        assert sum(weights) == pytest.approx(1.0)


@pytest.mark.parametrize("stage", [0, 1, 2])
def test_examples_depend_on_their_number_only(mixture: Mixture, stage: int) -> None:
    first = [mixture.example(n, stage) for n in range(40)]
    assert [mixture.example(n, stage) for n in reversed(range(40))] == first[::-1]
    assert [Mixture(mixture.sources, 1).example(n, stage) for n in range(40)] != first


def test_the_curriculum_grows(mixture: Mixture) -> None:
    lengths = [
        sum(len(mixture.example(n, stage)[0]) for n in range(300)) / 300 for stage in range(3)
    ]
    assert lengths[0] < 0.8 * lengths[1] < 0.8 * 0.8 * lengths[2]


def test_all_forms_occur(mixture: Mixture) -> None:
    made = [mixture.example(n, 2) for n in range(600)]
    starts = {s.split(":")[0] for s, _ in made}
    assert {"Question", "Ask about", "Reword", "Restore"} <= starts
    assert any("[5] " in s for s, _ in made)
    assert any(a == REFUSAL for _, a in made)
    closed = [a for s, a in made if s.startswith("Question") and "\n" not in s]
    assert closed
    assert set(closed) == {REFUSAL}


def test_batches_respect_the_token_budget(mixture: Mixture) -> None:
    tokenizer = wrap(train_tokenizer([t for _, t in ARTICLES], 400)).backend_tokenizer
    batches = pool(mixture, tokenizer, Position(0, 2), 60, 900)
    assert sum(map(len, batches)) == 60
    for batch in batches:
        assert len(batch) * max(len(a) for a, _ in batch) <= 900 or len(batch) == 1
        assert all(len(a) <= MAX_POSITIONS for a, _ in batch)
        assert all(b[-1] == EOS_ID or len(b) == MAX_NEW_TOKENS for _, b in batch)


def test_long_inputs_keep_their_end_mark() -> None:
    tokenizer = wrap(train_tokenizer(["word " * 50], 300)).backend_tokenizer
    ids, _ = encode(tokenizer, "xyz " * 3000, "x")
    assert len(ids) == MAX_POSITIONS
    assert ids[-1] == EOS_ID


def test_damage_leaves_a_blank() -> None:
    for seed in range(50):
        words = ["The", "old", "mill", "stands", "near", "the", "river"]
        assert "_" in damage(Random(seed), words)


def test_worked_examples_show_what_is_wanted() -> None:
    for seed in range(60):
        source, target = few_shot(Random(seed), 2)
        assert "\nAnswer: " in source
        if target.startswith("{"):
            last = source.split("\n\n")[-1]
            assert all(value in last for value in json.loads(target).values())


def test_intervals() -> None:
    wilson = share("x", [True] * 8 + [False] * 2)
    assert (round(wilson.low, 3), round(wilson.high, 3)) == (0.490, 0.943)
    boot = mean("x", [0.0, 1.0] * 50)
    assert boot.value == 0.5
    assert 0.35 < boot.low < 0.5 < boot.high < 0.65


def test_reciting_goes_on_with_a_line_of_the_passage() -> None:
    passage = Passage(
        "Trips", "The ferry leaves the old pier at nine.\n| Ann Lee | 12 | red | a b |"
    )
    made = {recite_example(Random(n), passage) for n in range(60)} - {None}
    assert len(made) >= 3
    for source, rest in made:
        start = source.split("\n")[0].removeprefix("Recite: ")
        assert f"{start} {rest}" in passage.text
    assert recite_example(Random(0), Passage("Twice", "a b c d e f g\na b c d e f g")) is None
    assert recite_example(Random(0), Passage("Short", "one two")) is None
