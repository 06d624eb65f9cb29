"""What the abilities are measured on is really held out."""

from __future__ import annotations

from random import Random

from assistant.foundation import formats
from assistant.foundation.abilities import collect, sets
from assistant.foundation.fewshot import json_rows, label_rows
from assistant.foundation.fictional.relations import GENERIC_QUESTIONS, HELD_OUT, TRAINED
from assistant.foundation.formats import REFUSAL
from assistant.foundation.mixture import Sources
from assistant.foundation.probes import BATCH, fact_pairs, teach, unseen_facts
from assistant.foundation.reading import Reading
from assistant.foundation.recipe import Data
from assistant.foundation.tokenizer import train_tokenizer, wrap
from assistant.foundation.warm_start import Shape, empty_model

READINGS = [
    Reading("Who came?", "Ann came. Bob left.", "Ann", "", "quoref"),
    Reading("Why?", "Nobody knows.", REFUSAL, "", "duorc"),
    Reading("What falls?", "Rain falls.", "Rain", "", "textbook"),
]


def test_sets_have_the_items_they_name() -> None:
    made = sets(Data(Sources([], [], [], []), READINGS, []), 12)
    human = made["read: human reading questions (F1)"]
    assert [a for _, a in human] == ["Ann"]
    assert len(made["read: fictional documents, unseen wordings (F1)"]) == 12
    assert all(a == REFUSAL for _, a in made["decline: unanswerable twins (recall)"])
    for source, answer in made["copy: codes, numbers, addresses, names, exact"]:
        assert answer.lower().rstrip(".") in source.lower()


def test_collecting_is_reproducible() -> None:
    def draw(rng: Random) -> tuple[str, str] | None:
        value = rng.randint(0, 9)
        return (str(value), "") if value > 4 else None

    assert collect(5, "x", draw) == collect(5, "x", draw)
    assert len(collect(5, "x", draw)) == 5


def test_taught_facts_are_of_unseen_relations_and_the_test_wording_is_not_taught() -> None:
    facts = unseen_facts(60, 0)
    assert {f.relation for f in facts} <= set(HELD_OUT)
    assert not {f.relation for f in facts} & set(TRAINED)
    assert len({f.entity for f in facts}) == 60
    for fact in facts:
        taught = {source for source, _ in fact_pairs(fact, 0)}
        own = fact.relation.questions[-1].replace(fact.relation.slot, fact.entity)
        asked = {formats.closed_book(own[0].upper() + own[1:])}
        for name in fact.relation.names:
            asked.add(formats.closed_book(GENERIC_QUESTIONS[-1].format(a=name, e=fact.entity)))
        assert not taught & asked
        assert len(taught) >= 3


def test_probe_rows_use_labels_and_keys_of_their_own() -> None:
    labels = label_rows(Random(0), 200)
    assert {answer for _, answer in labels} == {"R1", "R2", "R3", "R4"}
    assert all(answer.startswith('{"guest"') for _, answer in json_rows(Random(0), 20))


def test_a_lesson_ends_with_its_epochs_or_its_seconds() -> None:
    tokenizer = wrap(train_tokenizer(["What is the code? It is AB-12."], 300)).backend_tokenizer
    model = empty_model(tokenizer.get_vocab_size(), Shape(16, 2, 32, 1, 1, 1024))
    pairs = [(f"Question: What is code {n}?", str(n)) for n in range(40)]
    cost = teach(model, tokenizer, pairs, epochs=2, seconds=600, seed=0)
    assert 80 <= cost.examples < 80 + BATCH
    assert cost.epochs == cost.examples / 40
    assert teach(model, tokenizer, pairs, epochs=2, seconds=1e-9, seed=0).examples == 0
