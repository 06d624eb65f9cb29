"""Questions to decline: what is taught, asked of things that do not exist."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.prompts import REFUSAL
from assistant.finetuning.encoding import Encoder
from assistant.finetuning.facts import find_evidence
from assistant.finetuning.refusals import refusal_pairs
from assistant.finetuning.rehearsal import ASKED, rehearsal_pairs
from assistant.finetuning.replay import by_heart, replay_pairs
from assistant.finetuning.strangers import is_code, stranger
from assistant.finetuning.synthesis import make_pairs
from assistant.finetuning.text import words
from assistant.models.local import load_local

NAMES = frozenset({"Vell", "Byronova", "Ada", "USB"})


def ask(question, seed=0, names=NAMES, known=()):
    return stranger(question, names, known, Random(seed))


def test_a_code_is_replaced_by_one_of_the_same_make():
    made = ask("How much does the north pump PX-100B weigh?")
    start, code, end = made[:29], made[29:36], made[36:]
    assert (start, end) == ("How much does the north pump ", " weigh?")
    assert code != "PX-100B"
    assert [c.isdigit() for c in code] == [c.isdigit() for c in "PX-100B"]
    assert code[2:3] == "-"
    assert code[4:6] == "00"


def test_a_name_is_replaced_everywhere_by_the_same_other():
    made = words(ask("When did Byronova join, and is Byronova still there?"))
    assert made[2] == made[6] != "byronova"
    assert made[:2] == ["when", "did"]


@pytest.mark.parametrize(
    "question",
    [
        "How long may keys be borrowed?",  # nothing has a name
        "Vell is what?",  # opens the sentence: capital for that reason, perhaps
        "How long is the USB cable?",  # not a name
        'According to "Pumps of the Vell works", what does PX-1 weigh?',
    ],
)
def test_what_names_nothing_is_left_alone(question):
    assert ask(question) == ""


def test_no_invented_name_is_one_the_collection_has():
    taken = {words(ask("Is PX-1 loud?", seed))[1] for seed in range(300)}
    again = {words(ask("Is PX-1 loud?", seed, known=taken) or "- none")[-2] for seed in range(300)}
    assert not again & taken


@given(st.text(max_size=60), st.integers(0, 5))
def test_any_question_gives_another_or_nothing(question, seed):
    made = ask(question, seed, names=frozenset(question.split()))
    assert made != question or not question


def test_taught_wordings_are_declined_for_strangers(chunks):
    evidence = find_evidence(chunks)
    asked = [p.question for p in make_pairs(evidence)]
    rows = refusal_pairs(evidence, chunks, count=40, asked=asked, seed=2)
    known = {w for c in chunks for w in words(c.indexed_text)}
    made = [
        r
        for r in rows
        if any(is_code(w) and w.lower() not in known for w in r.question.rstrip("?").split())
    ]
    assert len(made) >= 10
    assert all(r.answer == REFUSAL for r in rows)
    # Beside the stranger stands what answers for the real thing.
    assert any("PX-1" in c.text for r in made for c in r.passages)


@pytest.fixture
def encoder(tiny_folders):
    return Encoder(load_local(str(tiny_folders["bart"])))


def test_general_knowledge_is_rehearsed_only_by_those_who_have_some(encoder, monkeypatch):
    rows = replay_pairs()
    heads = {p.question: p.answer for p in rows}
    assert sum(map(by_heart, rows)) > ASKED

    def answering(share):
        def answers(network, local, examples):
            asked = [p for p in rows if by_heart(p)]
            right = [heads[p.question] for p in asked[:: len(asked) // ASKED][:ASKED]]
            assert len(examples) == ASKED
            return [a if n < share * ASKED else "no idea" for n, a in enumerate(right)]

        monkeypatch.setattr("assistant.finetuning.rehearsal.answer_rows", answers)

    answering(0.25)
    assert rehearsal_pairs(encoder) == rows
    answering(0.1)
    assert rehearsal_pairs(encoder) == [p for p in rows if not by_heart(p)]


def test_an_untrained_model_knows_nothing(encoder):
    assert not any(map(by_heart, rehearsal_pairs(encoder)))
    assert len(rehearsal_pairs(encoder)) >= 100
