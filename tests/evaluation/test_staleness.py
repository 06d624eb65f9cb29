import pytest

from assistant.errors import UsageError
from assistant.evaluation.staleness import (
    apply_decisions,
    changed_chunks,
    decide,
    make_anchors,
    needs_review,
    read_decisions,
    save_decision,
    stale_shares,
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


def test_only_the_sentence_counts_not_its_surroundings():
    anchors = make_anchors(ALL, OLD.get)
    assert {a.question_id for a in anchors} == {"hotel", "receipt", "lead"}
    assert needs_review(anchors, ALL, OLD.get) == []
    found = {r.question_id: r for r in needs_review(anchors, ALL, NEW.get)}
    assert set(found) == {"hotel", "lead"}
    assert found["hotel"].old == "Hotels are paid up to 130 EUR a night."
    assert found["hotel"].new == "Hotels are paid up to 165 EUR a night."
    assert (found["lead"].new, found["lead"].reason) == ("", "the document is gone")


def test_white_space_is_no_change():
    moved = {**OLD, "travel.md": "Intro.\n\n" + OLD["travel.md"].replace("a night", "a\tnight")}
    assert needs_review(make_anchors(ALL, OLD.get), ALL, moved.get) == []


def test_decisions(tmp_path):
    path = tmp_path / "reviews.jsonl"
    anchors = make_anchors(ALL, OLD.get)
    hotel, lead = needs_review(anchors, ALL, NEW.get)
    save_decision(path, decide(hotel, HOTEL, "edit", ["165 EUR"]))
    save_decision(path, decide(lead, LEAD, "drop"))
    decisions = read_decisions(path)
    assert needs_review(anchors, ALL, NEW.get, decisions) == []
    after = apply_decisions(ALL, decisions)
    assert [q.id for q in after] == ["hotel", "receipt", "yes"]
    assert after[0].references == ("165 EUR",)
    # Another change of the same sentence asks again.
    again = {"travel.md": NEW["travel.md"].replace("165", "170")}
    assert "hotel" in {r.question_id for r in needs_review(anchors, ALL, again.get, decisions)}
    with pytest.raises(UsageError, match="reference"):
        decide(hotel, HOTEL, "edit")


def test_keep_leaves_the_question_and_ends_the_review():
    anchors = make_anchors(ALL, OLD.get)
    hotel = needs_review(anchors, ALL, NEW.get)[0]
    kept = [decide(hotel, HOTEL, "keep")]
    assert "hotel" not in {r.question_id for r in needs_review(anchors, ALL, NEW.get, kept)}
    assert HOTEL in apply_decisions(ALL, kept)


def test_old_new_neither():
    revised = [Question("hotel", HOTEL.question, ("165 EUR",)), RECEIPT]
    answers = [
        Answer("hotel", "rag", "165 EUR"), Answer("hotel", "finetuned", "130 EUR a night"),
        Answer("hotel", "prompt", "99 EUR"), Answer("receipt", "rag", "25 EUR"),
        Answer("hotel", "hybrid", "", error="failed"),
    ]  # fmt: skip
    found = stale_shares(ALL, revised, answers)
    assert {n: (s.old.part, s.new.part, s.neither.part) for n, s in found.items()} == {
        "rag": (0, 1, 0), "finetuned": (1, 0, 0), "prompt": (0, 0, 1),
    }  # fmt: skip
    assert found["rag"].old.whole == 1


def test_changed_chunks():
    one, two = chunk("a.md", "x"), chunk("b.md", "y")
    assert changed_chunks([one, two], [one.id]) == [two]
