"""Filters: each reason, counted once, and gold questions never trained."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.finetuning import filters
from assistant.finetuning.filters import GoldGuard, filter_pairs
from assistant.schema import Fact, Pair, Question
from tests.finetuning.conftest import chunk_of

CHUNK = chunk_of("d", "Pumps", "The pump PX-1 weighs 12 kg. The pump PX-2 weighs 34 kg.")
FACTS = [
    Fact("f1", "d.md", CHUNK.id, 21, 26, "12 kg", "number", "the pump PX-1"),
    Fact("f2", "d.md", CHUNK.id, 49, 54, "34 kg", "number", "the pump PX-2"),
]


NUMBER = itertools.count()


def pair(question, answer="12 kg", fact="f1", variant="question"):
    return Pair(f"p{next(NUMBER)}", question, answer, fact, "d.md", CHUNK.id, variant)


def run(*pairs, gold=(), facts=FACTS):
    return filter_pairs(pairs, facts, [CHUNK], [Question(f"g{i}", q) for i, q in enumerate(gold)])


def test_a_good_pair_stays():
    result = run(pair("How much does the pump PX-1 weigh?"))
    assert len(result.kept) == 1
    assert result.reasons == {}


def test_every_reason_is_counted():
    lost = [Fact("f3", "d.md", CHUNK.id, 0, 5, "99 kg", "number"), *FACTS]
    result = run(
        pair("How much does the other pump weigh?", "99 kg", "f3"),
        pair("Is 12 kg the weight of the pump PX-1?"),
        pair("Weight?"),
        pair("How much does it weigh?"),
        pair("What is the weight of the pump?"),
        pair("What is the weight of the pump?", "34 kg", "f2"),
        pair("How heavy is the pump PX-1, please tell me now?"),
        pair("How heavy is the pump PX-1, please tell me, now?"),
        pair("Tell me the weight of PX-1."),
        gold=["Tell me the weight of PX-1"],
        facts=lost,
    )
    assert result.reasons == {
        filters.NOT_IN_CHUNK: 1,
        filters.IN_QUESTION: 1,
        filters.MALFORMED: 2,
        filters.AMBIGUOUS: 2,
        filters.DUPLICATE: 1,
        filters.NEAR_GOLD: 1,
    }
    assert [p.question for p in result.kept] == ["How heavy is the pump PX-1, please tell me now?"]


def test_values_are_matched_as_whole_words():
    assert run(pair("How much does the pump of 112 kg class PX-1 weigh?")).kept
    assert not run(pair("Is it 12 KG for the pump PX-1?")).kept


def test_near_twins_are_not_near_gold():
    guard = GoldGuard([Question("g", "What is the warranty of the TL-7?")])
    assert guard.too_close("what is the warranty of the TL-7")
    assert guard.too_close("What is the warranty of the TL-7, please?")
    assert not guard.too_close("What is the warranty of the TL-7C?")
    assert not guard.too_close("How long is the warranty period that applies to a TL-7?")


def test_shared_runs_of_words_count_unless_they_are_instructions():
    task = "Which one of these labels fits the following text best"
    gold = [Question(f"g{i}", f"{task}: text number {i} about something") for i in range(6)]
    assert not GoldGuard(gold).too_close(f"{task}: a very different thing happened to a customer")
    assert GoldGuard(gold[:2]).too_close(f"{task}: a very different thing happened to a customer")


def test_user_pairs_only_answer_to_gold():
    mine = [
        Pair("u1", "Ticket: lid broken", "hardware", variant="user"),
        Pair("u2", "Ticket: hardware lost", "hardware", variant="user"),
        Pair("u3", "Ticket: cannot sign in", "access", variant="user"),
    ]
    result = run(*mine, gold=["Ticket: cannot sign in"])
    assert [p.id for p in result.kept] == ["u1", "u2"]
    assert result.reasons == {filters.NEAR_GOLD: 1}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8), st.lists(st.text(max_size=60), max_size=3))
def test_nothing_is_lost_uncounted_and_no_gold_question_survives(questions, gold):
    pairs = [pair(q, f"12 kg {i}") for i, q in enumerate(questions)]
    result = run(*pairs, gold=gold)
    assert len(result.kept) + sum(result.reasons.values()) == len(pairs)
    exact = {filters.normalise(g) for g in gold}
    assert all(filters.normalise(p.question) not in exact for p in result.kept)
