"""Documentation pages: what they ask is answered by them, what they hide is not, seeds decide."""

from __future__ import annotations

import re
from random import Random

import pytest

from assistant.foundation.formats import REFUSAL, Passage
from assistant.foundation.handbook import amounts, attributes, drill, examples, extras, lists
from assistant.foundation.handbook.blocks import common_unit
from assistant.foundation.handbook.facts import ask, keywords
from assistant.foundation.handbook.pages import DocumentSet
from assistant.foundation.handbook.scopes import KINDS, siblings

NUMBER = re.compile(r"\d[\d.,]*")


@pytest.mark.parametrize("attribute", attributes.ALL, ids=lambda a: a.names[0])
def test_attributes_are_complete(attribute: attributes.Attribute) -> None:
    assert attribute.kind in amounts.TYPES
    assert set(attribute.domains) <= set(attributes.DOMAINS)
    assert len(attribute.clauses) == len(attribute.questions) == len(attribute.situations) == 3
    assert all(clause.count("{v}") == 1 for clause in attribute.clauses)
    assert all(not q.endswith("?") and q == q[0].lower() + q[1:] for q in attribute.questions)
    assert all(s.endswith("?") for s in attribute.situations)


@pytest.mark.parametrize("kind", sorted(amounts.TYPES))
def test_a_series_writes_all_its_values_alike(kind: str) -> None:
    for seed in range(20):
        series = amounts.TYPES[kind](Random(seed))
        rng = Random(seed)
        made = [series(rng) for _ in range(12)]
        assert all(v and v == v.strip() for v in made)
        if kind in ("money", "fee", "size", "weight"):
            units = {re.sub(r"[\d.,]+|\b[a-z]+(?= )", "", v) for v in made}
            assert len(units) == 1, made


def test_siblings_are_distinct_and_none_is_part_of_another() -> None:
    for kind in KINDS:
        for seed in range(40):
            names = [s.name for s in siblings(Random(f"{kind}{seed}"), kind, 5)]
            assert names
            assert len(set(names)) == len(names)
            assert not any(a != b and a in b for a in names for b in names)


@pytest.mark.parametrize("stage", [0, 1, 2])
def test_answers_stand_in_the_passages(stage: int) -> None:
    for seed in range(250):
        made = examples.answerable(Random(seed), stage)
        assert made is not None
        question, text = made[0].split("\n\n", 1)
        assert question.startswith("Question: ")
        answer = made[1]
        if answer.startswith(("Yes", "No,")):
            continue
        if answer.lower() in text.lower():
            continue
        found = NUMBER.search(answer)  # a table with the unit in its head, a list in bullets
        parts = [found[0]] if found else answer.split(", ")
        assert all(part.rstrip(".") in text for part in parts), made


def test_seeds_decide_and_passages_fit() -> None:
    filler = [Passage("Other", "word " * 150)] * 6
    for seed in range(60):
        made = examples.answerable(Random(seed), 2, others=filler)
        assert made == examples.answerable(Random(seed), 2, others=filler)
        assert made is not None
        assert made[0].count("\n\n[") + 1 <= 6
        assert "[6] " not in made[0]
    assert examples.answerable(Random(1), 2) != examples.answerable(Random(2), 2)


def test_hidden_facts_are_not_stated() -> None:
    found = 0
    for seed in range(200):
        made = DocumentSet(Random(seed))
        page = made.page(80)
        question = made.missing([page])
        if question is None:
            continue
        found += 1
        assert question not in [q for q, _ in page.asked]
        refused = examples.unanswerable(Random(seed), 1)
        assert refused is None or refused[1] == REFUSAL
    assert found > 100


def test_pages_of_a_set_agree() -> None:
    for seed in range(60):
        made = DocumentSet(Random(seed))
        told: dict[tuple[str, str], str] = {}
        for page in (made.page(100), made.page(100), made.page(100)):
            for claim in page.claims:
                key = (claim.scope.name if claim.scope else "", claim.attribute.names[0])
                assert told.setdefault(key, claim.value) == claim.value


def test_held_out_wordings_are_not_asked_in_training() -> None:
    rng = Random(0)
    for attribute in attributes.ALL:
        scope = siblings(rng, "plan", 1)[0]
        hidden_question = attribute.questions[-1].lower()
        hidden_case = attribute.situations[-1]
        for _ in range(30):
            asked = ask(rng, attribute, scope, "5 days")
            assert hidden_question not in asked.lower()
            assert hidden_case not in asked
    asked = [ask(Random(n), attributes.ALL[0], None, unseen=True) for n in range(60)]
    assert any(attributes.ALL[0].questions[-1] in a.lower() for a in asked)


def test_keyword_queries_are_short_and_name_the_scope() -> None:
    scope = siblings(Random(3), "product", 1)[0]
    for seed in range(50):
        query = keywords(Random(seed), "maximum load", scope)
        assert scope.name.lower() in query.lower()
        assert "load" in query.lower()
        assert len(query.split()) <= 9


def test_range_tables_hold_the_number_asked_for() -> None:
    for seed in range(100):
        made = extras.ranges(Random(seed))
        rows = [line for line in made.text.split("\n") if re.search(r"\d", line)]
        assert len({q for q, _ in made.asked}) >= 3
        for question, answer in made.asked:
            number = int(NUMBER.findall(question)[0])
            holding = [row for row in rows if answer in row and _holds(row, number)]
            assert holding, (number, answer, made.text)


def _holds(row: str, number: int) -> bool:
    plain = row.strip("|- ")
    label = plain.split(" | ")[0] if " | " in plain else plain.split(": ")["; " in plain]
    bounds = [int(n) for n in re.findall(r"\d+", label)][:2]
    if re.search(r"over|more", label):
        return number >= bounds[0]
    return number <= bounds[0] if "up to" in label and len(bounds) == 1 else (
        bounds[0] <= number <= bounds[-1]
    )  # fmt: skip


def test_list_answers_are_whole() -> None:
    for seed in range(100):
        made = lists.lists(Random(seed))
        for _, answer in made.asked:
            items = re.split(r", and |, | and ", answer)
            assert len(items) >= 2
            assert all(item in made.text for item in items)


def test_the_unit_goes_into_the_head_only_if_all_share_it() -> None:
    assert common_unit(["5 days", "12 days"]) == ("days", ["5", "12"])
    assert common_unit(["EUR 15", "EUR 1,200"]) == ("EUR", ["15", "1,200"])
    assert common_unit(["5 days", "12 weeks"]) is None
    assert common_unit(["none", "12 weeks"]) is None


def test_drilled_values_are_copied_exactly() -> None:
    refused = 0
    for seed in range(300):
        source, target = drill.drill(Random(seed), 1)
        refused += target == REFUSAL
        if target != REFUSAL and ", " not in target:
            assert target in source
    assert 0 < refused < 60
