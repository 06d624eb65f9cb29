"""Pairs of every variant: provenance, passages, refusals, model-written questions."""

import pytest

from assistant.answering.prompts import REFUSAL
from assistant.finetuning.asking import ask_model
from assistant.finetuning.collect import collect_pairs
from assistant.finetuning.facts import find_evidence
from assistant.finetuning.filters import ALREADY_KNOWN, NOT_ANSWERABLE
from assistant.finetuning.passages import passage_pairs
from assistant.finetuning.refusals import refusal_pairs
from assistant.finetuning.synthesis import make_pairs
from assistant.finetuning.text import contains_value, words
from assistant.schema import Pair, Question
from tests.fakes import FakeGenerator
from tests.finetuning.conftest import chunk_of


def many_chunks(chunks):
    more = [
        chunk_of(f"x{i}", f"Note {i}", f"The pump PX-{i} of hall {i} was painted in {2000 + i}.")
        for i in range(10, 24)
    ]
    return [*chunks, *more]


def test_every_variant_with_provenance(chunks):
    evidence = find_evidence(chunks)
    facts = {e.fact.id: e.fact for e in evidence}
    pairs = make_pairs(evidence)
    assert {p.variant for p in pairs} == {
        "question", "reverse", "cloze", "statement", "keywords",
    }  # fmt: skip
    for pair in pairs:
        fact = facts[pair.fact_id]
        assert (pair.document_id, pair.chunk_id) == (fact.document_id, fact.chunk_id)
    assert len({p.id for p in pairs}) == len(pairs)
    assert {
        ("How much does the north pump PX-1 weigh?", "12 kg"),
        ("What does the pump PX-2 cost?", "340 EUR"),
        ('According to "Office handbook", who is the office led by?', "Ada Byronova"),
        ("Which pump has blue as its colour?", "PX-2"),
        ("When was the south pump PX-2 built?", "3 May 2019"),
        ("Pumps Vell works north pump PX-1 weighs", "12 kg"),
        ("north pump PX-1 weighs Pumps Vell works", "12 kg"),
    } <= {(p.question, p.answer) for p in pairs}


def test_several_wordings_a_fact(chunks):
    result = collect_pairs(chunks)
    price = next(e.fact.id for e in result.evidence if e.fact.value == "340")
    wordings = {p.question for p in result.pairs if p.fact_id == price and not p.passages}
    assert len(wordings) >= 5


def test_rows_with_passages_hold_gold_once_and_no_other_answer(chunks):
    everything = many_chunks(chunks)
    evidence = find_evidence(everything)
    rows = passage_pairs(make_pairs(evidence), evidence, everything, seed=3)
    values = {e.fact.id: e.fact.value for e in evidence}
    places = set()
    assert len(rows) > 10
    for row in rows:
        ids = [c.id for c in row.passages]
        assert ids.count(row.chunk_id) == 1
        assert len(set(ids)) == len(ids) <= 5
        places.add(ids.index(row.chunk_id))
        for chunk in row.passages:
            if chunk.id != row.chunk_id:
                assert not contains_value(chunk.text, values[row.fact_id])
    assert len(places) > 1
    assert rows == passage_pairs(make_pairs(evidence), evidence, everything, seed=3)


def test_rows_with_passages_shrink_until_they_fit(chunks):
    everything = many_chunks(chunks)
    evidence = find_evidence(everything)
    rows = passage_pairs(
        make_pairs(evidence), evidence, everything, fits=lambda p: len(p.passages) <= 2
    )
    assert rows
    assert max(len(r.passages) for r in rows) == 2


@pytest.mark.parametrize(("shown", "most"), [(1, 2), (3, 3), (5, 5)])
def test_rows_with_passages_have_about_as_many_as_an_answer_is_given(chunks, shown, most):
    everything = many_chunks(chunks)
    evidence = find_evidence(everything)
    pairs = make_pairs(evidence)
    rows = passage_pairs(pairs, evidence, everything, shown=shown, seed=3)
    counts = {len(r.passages) for r in rows}
    assert max(counts) == most
    assert len(counts) > 1
    declined = refusal_pairs(
        evidence, everything, count=60, passages_share=1.0, shown=shown, seed=1
    )
    assert max(len(r.passages) for r in declined) == max(1, most - 1)


def test_refusals_are_about_real_subjects_and_truly_unanswerable(chunks):
    evidence = find_evidence(chunks)
    rows = refusal_pairs(evidence, chunks, count=30, seed=1)
    assert rows
    text = " ".join(c.indexed_text for c in chunks).lower()
    for row in rows:
        assert row.answer == REFUSAL
        assert row.variant == ("refusal_passages" if row.passages else "refusal")
        assert any(word in text for word in words(row.question) if len(word) > 3)
    # The colour of every pump stands in the table, so it may not be declined.
    assert not any("colour" in r.question.lower() and "PX-" in r.question for r in rows)


def test_gold_questions_leave_the_pairs_but_facts_stay(chunks):
    before = collect_pairs(chunks)
    asked = "How much does the north pump PX-1 weigh?"
    assert any(p.question == asked for p in before.pairs)
    after = collect_pairs(chunks, gold_questions=[Question("g", asked.lower())])
    assert not any(p.question == asked for p in after.pairs)
    weight = next(e.fact.id for e in after.evidence if e.fact.value == "12 kg")
    assert any(p.fact_id == weight for p in after.pairs)


def test_user_pairs_are_joined(chunks):
    mine = [Pair("u", "Ticket: the lid does not close", "hardware-fault", variant="user")]
    result = collect_pairs(chunks, user_pairs=mine)
    assert mine[0] in result.pairs
    assert result.funnel.kept["user"] == 1
    assert any("user" in line for line in result.funnel.lines())


def asked_of(chunks, reply, **options):
    evidence = [e for e in find_evidence(chunks) if e.fact.value == "12 kg"]
    return evidence, ask_model(evidence, chunks, FakeGenerator(reply), seconds=60, **options)


def test_a_model_question_is_kept_when_its_answer_comes_back(chunks):
    def reply(row):
        text = row.messages[-1].content
        if text.startswith("Ask about: 12 kg"):
            assert "«12 kg»" in text
            return "How heavy is the north pump?"
        return "12 kg" if "[1]" in text else REFUSAL

    evidence, asked = asked_of(chunks, reply)
    assert [(p.question, p.answer, p.fact_id) for p in asked.pairs] == [
        (
            'According to "Pumps of the Vell works", how heavy is the north pump?',
            "12 kg",
            evidence[0].fact.id,
        )
    ]
    assert asked.known == frozenset()
    assert asked.reasons == {}


@pytest.mark.parametrize("answer", ["34 kg", REFUSAL, ""])
def test_a_model_question_that_fails_the_round_trip_is_counted(chunks, answer):
    def reply(row):
        text = row.messages[-1].content
        return "How heavy is the pump PX-1?" if text.startswith("Ask about") else answer

    _, asked = asked_of(chunks, reply)
    assert asked.pairs == ()
    assert asked.reasons == {NOT_ANSWERABLE: 1}


def test_what_the_base_knows_is_not_trained(chunks):
    generator = FakeGenerator(lambda row: "12 kg")
    result = collect_pairs(chunks, generator=generator, ask_seconds=30)
    weight = next(e.fact.id for e in find_evidence(chunks) if e.fact.value == "12 kg")
    assert not any(p.fact_id == weight for p in result.pairs)
    assert result.funnel.dropped[ALREADY_KNOWN] > 0


def test_a_model_that_cannot_ask_is_given_up_on(chunks):
    everything = many_chunks(chunks)
    generator = FakeGenerator(lambda row: "What is what?")
    result = collect_pairs(everything, generator=generator, ask_seconds=600)
    assert result.funnel.asked < len(find_evidence(everything))
    assert collect_pairs(everything).funnel.kept["question"] == result.funnel.kept["question"]
