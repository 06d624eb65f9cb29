import pytest

from assistant.errors import UsageError
from assistant.evaluation.anchor_book import AnchorBook
from assistant.evaluation.anchors import Reading, anchor_question
from assistant.evaluation.changes import ChangeKind, RunStaleness, read_staleness, save_staleness
from assistant.evaluation.reviews import (
    NewKey,
    apply_decisions,
    decide,
    read_decisions,
    save_decisions,
    settled,
)
from assistant.evaluation.staleness import (
    changed_chunks,
    needs_review,
    reviewed_run,
    stale_shares,
    tellings,
)
from assistant.schema import Answer, Question
from tests.evaluation.helpers import chunk

OLD = {
    "travel.md": "Hotels are paid up to 130 EUR a night. Receipts are needed over 25 EUR.\nAsk Finance.",
    "people.md": "Ivar Tjäder leads firmware.",
}
NEW = {
    "travel.md": "New in 2026!\nHotels are paid up to 165 EUR a night. Receipts are needed over 25 EUR.\nAsk HR.",
}
HOTEL = Question(
    "hotel", "What may a hotel cost a night?", ("130 EUR",), sources=("travel.md#Hotels",)
)
RECEIPT = Question(
    "receipt", "Above what are receipts needed?", ("25 EUR",), sources=("travel.md",)
)
LEAD = Question("lead", "Who leads firmware?", ("Ivar Tjäder",), sources=("people.md",))
YESNO = Question("yes", "Are hotels paid?", ("Yes",), sources=("travel.md",))
ALL = [HOTEL, RECEIPT, LEAD, YESNO]


def anchored(questions, documents):
    return [anchor_question(q, Reading(documents.get), "old") for q in questions]


def reviews(questions, old, new):
    return {r.question_id: r for r in needs_review(anchored(questions, old), Reading(new.get))}


def test_only_the_sentence_counts_not_its_surroundings():
    assert [bool(e.anchors) for e in anchored(ALL, OLD)] == [True, True, True, False]
    assert reviews(ALL, OLD, OLD) == {}
    found = reviews(ALL, OLD, NEW)
    assert set(found) == {"hotel", "lead"}
    hotel, lead = found["hotel"].changes[0], found["lead"].changes[0]
    assert hotel.old == "Hotels are paid up to 130 EUR a night."
    assert hotel.new == "Hotels are paid up to 165 EUR a night."
    assert "New in 2026!" in hotel.new_passage
    assert (hotel.kind, lead.kind, lead.new) == (ChangeKind.CHANGED, ChangeKind.GONE, "")


@pytest.mark.parametrize(
    "text",
    [
        "Intro.\n\nHotels are paid up to 130 EUR a\tnight.",
        "Hotels are paid up to **130 EUR** a night",
        "- HOTELS are paid up to 130 EUR a night.",
    ],
)
def test_layout_is_no_change(text):
    assert reviews([HOTEL], OLD, {"travel.md": text}) == {}


def test_reworded_needs_review_and_is_told_apart():
    new = {"travel.md": "For hotels we pay 130 EUR a night at most."}
    found = reviews([HOTEL], OLD, new)["hotel"]
    assert found.still_stated
    assert found.changes[0].kind is ChangeKind.REWORDED
    assert not reviews([HOTEL], OLD, NEW)["hotel"].still_stated


def test_the_supporting_sentence_is_the_one_the_question_is_about():
    old = {"a.md": "A visit lasts 12 days. The TL-7 must be checked every 12 days."}
    new = {"a.md": "A visit lasts 12 days. The TL-7 must be checked every 20 days."}
    question = Question("q", "How often is the TL-7 checked?", ("12 days",), sources=("a.md",))
    assert anchored([question], old)[0].anchors[0].sentence.startswith("The TL-7")
    assert set(reviews([question], old, new)) == {"q"}


TABLE = "| Plan | Quay | Breakwater |\n|---|---|---|\n| Requests a minute | 120 | 600 |"
QUAY = Question("quay", "Requests a minute on Quay?", ("120",), sources=("api.md",))
BREAKWATER = Question("bw", "Requests a minute on Breakwater?", ("600",), sources=("api.md",))


def test_another_cell_of_the_row_is_no_change():
    new = {"api.md": TABLE.replace("120", "180")}
    assert set(reviews([QUAY, BREAKWATER], {"api.md": TABLE}, new)) == {"quay"}
    swapped = {"api.md": TABLE.replace("| 120 | 600 |", "| 600 | 120 |")}
    assert set(reviews([QUAY, BREAKWATER], {"api.md": TABLE}, swapped)) == {"quay", "bw"}


def test_every_must_phrase_has_its_own_sentence():
    both = Question("both", "Hotel and receipt limits?", ("130 and 25 EUR",),
                    must=("130 EUR", "25 EUR"), sources=("travel.md",))  # fmt: skip
    assert len(anchored([both], OLD)[0].anchors) == 2
    found = reviews([both], OLD, NEW)["both"]
    assert [c.old for c in found.changes] == ["Hotels are paid up to 130 EUR a night."]
    # The other phrase stands in the new sentence's neighbour; that must not pass for this one.
    assert not found.still_stated


def test_unanswerable_needs_review_only_when_an_answer_appears():
    question = Question("u", "What is the breakfast allowance?", answerable=False,
                        sources=("travel.md",))  # fmt: skip
    assert reviews([question], OLD, NEW) == {}
    told = {"travel.md": NEW["travel.md"] + "\nThe breakfast allowance is 14 EUR."}
    found = reviews([question], OLD, told)["u"]
    assert found.changes[0].kind is ChangeKind.ANSWERED
    assert found.changes[0].new == "The breakfast allowance is 14 EUR."
    assert reviews([question], told, told) == {}  # it stood there when the question was written


def test_decisions(tmp_path):
    path = tmp_path / "deep" / "decisions.jsonl"
    found = reviews(ALL, OLD, NEW)
    made = [decide(found["hotel"], HOTEL, "edit", NewKey(("165 EUR",))),
            decide(found["lead"], LEAD, "drop")]  # fmt: skip
    save_decisions(path, made)
    decisions = read_decisions(path)
    assert decisions == made
    assert settled(found["hotel"], decisions).decision == "edit"
    after = apply_decisions(ALL, decisions)
    assert [q.id for q in after] == ["hotel", "receipt", "yes"]
    assert after[0].references == ("165 EUR",)
    # Another change of the same sentence asks again.
    again = reviews(ALL, OLD, {"travel.md": NEW["travel.md"].replace("165", "170")})
    assert settled(again["hotel"], decisions) is None
    with pytest.raises(UsageError, match="reference"):
        decide(found["hotel"], HOTEL, "edit")


def test_an_edit_can_be_edited_and_undone():
    first = decide(None, HOTEL, "edit", NewKey(("165 EUR",)))
    now = apply_decisions([HOTEL], [first])[0]
    second = decide(None, now, "edit", NewKey(answerable=False))
    after = apply_decisions([HOTEL], [first, second])[0]
    assert (after.references, after.answerable) == ((), False)
    undo = decide(None, HOTEL, "undo")
    assert apply_decisions([HOTEL], [first, second, undo]) == [HOTEL]


def test_the_book_keeps_the_first_anchor_and_the_old_key(tmp_path):
    path = tmp_path / "anchors.jsonl"
    assert AnchorBook(path).anchor(ALL, Reading(OLD.get), "s1") == 4
    book = AnchorBook(path)
    bytes_before = path.read_bytes()
    assert book.anchor([HOTEL], Reading(NEW.get), "s2") == 0
    assert path.read_bytes() == bytes_before
    assert book.find(HOTEL).snapshot == "s1"
    assert book.before(HOTEL) is None
    revised = apply_decisions([HOTEL], [decide(None, HOTEL, "edit", NewKey(("165 EUR",)))])[0]
    assert book.anchor([revised], Reading(NEW.get), "s2") == 1
    assert AnchorBook(path).before(revised) == HOTEL
    with path.open("ab") as file:
        file.write(b'{"torn')
    assert len(AnchorBook(path)) == 5
    other = Question("new", "Who is asked?", ("Finance",), sources=("travel.md",))
    AnchorBook(path).anchor([other], Reading(OLD.get), "s1")
    assert len(AnchorBook(path)) == 6


def test_a_question_first_met_after_the_change_is_stale_too(tmp_path):
    book = AnchorBook(tmp_path / "anchors.jsonl")
    book.anchor(ALL, Reading(NEW.get), "s2", (Reading(OLD.get), "s1"))
    assert book.find(HOTEL).snapshot == "s1"
    found = needs_review(book.entries(ALL), Reading(NEW.get))
    assert {r.question_id for r in found} == {"hotel", "lead"}


def test_a_run_follows_decisions_about_the_change_it_met(tmp_path):
    found = reviews(ALL, OLD, NEW)
    save_staleness(tmp_path, RunStaleness(tuple(found.values())))
    kept = read_staleness(tmp_path)
    assert kept.reviews == tuple(found.values())
    open_run = reviewed_run(ALL, kept, [])
    assert {r.question_id for r in open_run.summary.waiting} == {"hotel", "lead"}
    assert open_run.summary.line.startswith("2 questions need review: their sentence changed")
    decisions = [decide(found["hotel"], HOTEL, "edit", NewKey(("165 EUR",))),
                 decide(found["lead"], LEAD, "drop")]  # fmt: skip
    done = reviewed_run(ALL, kept, decisions)
    assert done.questions[0].references == ("165 EUR",)
    assert done.dropped == ("lead",)
    assert not done.summary.waiting
    assert (done.summary.changed, done.before["hotel"]) == (1, HOTEL)
    assert done.summary.decided == {"hotel": "edit", "lead": "drop"}
    before_the_change = reviewed_run(ALL, RunStaleness(), decisions)
    assert before_the_change.questions == tuple(ALL)


def test_old_new_neither():
    revised = [Question("hotel", HOTEL.question, ("165 EUR",)), RECEIPT,
               Question("lead", LEAD.question, answerable=False)]  # fmt: skip
    answers = [
        Answer("hotel", "rag", "165 EUR"), Answer("hotel", "finetuned", "130 EUR a night"),
        Answer("hotel", "prompt", "99 EUR"), Answer("receipt", "rag", "25 EUR"),
        Answer("hotel", "hybrid", "", error="failed"),
        Answer("lead", "rag", "I don't know."), Answer("lead", "finetuned", "Ivar Tjäder"),
    ]  # fmt: skip
    found = stale_shares(tellings({q.id: q for q in ALL}, revised, answers))
    assert {n: (s.old.part, s.new.part, s.neither.part) for n, s in found.items()} == {
        "rag": (0, 2, 0), "finetuned": (2, 0, 0), "prompt": (0, 0, 1),
    }  # fmt: skip
    assert found["rag"].old.whole == 2


def test_changed_chunks():
    one, two = chunk("a.md", "x"), chunk("b.md", "y")
    assert changed_chunks([one, two], [one.id]) == [two]
