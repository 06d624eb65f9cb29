"""The generator of fictional documents: what it says is what it asks."""

from __future__ import annotations

from random import Random

import pytest

from assistant.foundation.examples import fictional_example
from assistant.foundation.fictional import relations
from assistant.foundation.fictional.documents import make_scene, missing_fact
from assistant.foundation.fictional.entities import MAKERS as ENTITIES
from assistant.foundation.fictional.relations import ALL, HELD_OUT, TRAINED, Relation
from assistant.foundation.fictional.values import MAKERS
from assistant.foundation.formats import REFUSAL


@pytest.mark.parametrize("relation", ALL, ids=lambda r: r.names[0])
def test_every_wording_has_its_slots(relation: Relation) -> None:
    assert relation.kind in MAKERS or relation.kind == "yesno"
    assert all(kind in ENTITIES for kind in relation.entities)
    assert len(relation.statements) >= 3
    assert len(relation.questions) >= 3
    for statement in relation.statements:
        assert relation.slot in statement
        assert ("{v}" in statement) != (relation.kind == "yesno")
        assert (statement.count(" ~ ") == 1) == (relation.kind == "yesno")
    for question in relation.questions:
        assert relation.slot in question
        assert "{v}" not in question
        assert question.endswith("?")


def test_there_are_many_relations_and_none_twice() -> None:
    assert len(TRAINED) >= 150
    assert len(TRAINED) + len(HELD_OUT) == len(ALL)
    assert not set(TRAINED) & set(HELD_OUT)
    questions = [q for r in ALL for q in r.questions]
    assert len(set(questions)) > 0.9 * len(questions)


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("unseen", [False, True])
def test_every_value_stands_in_its_passage(size: int, unseen: bool) -> None:
    for number in range(150):
        scene = make_scene(Random(f"{size}/{unseen}/{number}"), size, unseen)
        for fact in scene.facts:
            if fact.relation.kind != "yesno":
                text = scene.passages[fact.passage].text.lower()
                assert fact.value.lower().rstrip(".") in text, (fact, text)


def test_unseen_wordings_are_never_used_in_training_scenes() -> None:
    for number in range(300):
        rng = Random(number)
        relation = rng.choice([r for r in ALL if r.kind != "yesno"])
        entity = ENTITIES[relation.entities[0]](rng)
        held = relation.questions[-1].replace(relation.slot, entity)
        generic = relations.GENERIC_QUESTIONS[-1]
        for _ in range(20):
            asked = relation.question(rng, entity, unseen=False)
            assert asked.lower() != held.lower()
            assert asked not in [generic.format(a=a, e=entity) for a in relation.names]
        assert relation.question(Random(1), entity, unseen=True).lower() in (
            held.lower(),
            *(generic.format(a=a, e=entity).lower() for a in relation.names),
        )


def test_held_out_relations_only_appear_when_asked_for() -> None:
    for number in range(200):
        assert not {f.relation for f in make_scene(Random(number), 2).facts} & set(HELD_OUT)
        taught = make_scene(Random(number), 1, held_out=True)
        assert {f.relation for f in taught.facts} <= set(HELD_OUT)


def test_missing_facts_are_missing() -> None:
    found = 0
    for number in range(300):
        rng = Random(number)
        scene = make_scene(rng, 2)
        missing = missing_fact(rng, scene)
        if missing is None:
            continue
        found += 1
        entity, relation = missing
        assert not any(f.entity == entity and f.relation == relation for f in scene.facts)
    assert found > 100


def test_the_share_of_refusals_is_small_and_not_zero() -> None:
    made = [fictional_example(Random(n), make_scene(Random(n), 2), []) for n in range(1500)]
    answers = [e[1] for e in made if e is not None]
    share = sum(a == REFUSAL for a in answers) / len(answers)
    assert 0.16 < share < 0.3


def test_the_same_seed_writes_the_same_document() -> None:
    assert make_scene(Random(7), 3) == make_scene(Random(7), 3)
    assert make_scene(Random(7), 3) != make_scene(Random(8), 3)
