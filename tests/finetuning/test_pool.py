"""Which facts come first: what is likely to be asked, sections in turns."""

from assistant.finetuning.evidence import Evidence, Topic
from assistant.finetuning.pool import merits, with_declined
from assistant.finetuning.refusals import OPEN
from assistant.schema import Fact, Pair


def evidence(name, kind, chunk="c"):
    fact = Fact(name, "d", chunk, 0, 2, "12", kind, "pump", "weight")
    return Evidence(fact, Topic("pump", entity=False), "Pumps", "")


def asked(fact, count):
    return [
        Pair(f"{fact}{i}", f"Question {i}?", "12", fact, variant="question") for i in range(count)
    ]


def test_a_quantity_in_prose_comes_before_a_cell_with_more_wordings():
    known = {"cell": evidence("cell", "table_cell"), "prose": evidence("prose", "number", "other")}
    merit = merits(known, {"cell": asked("cell", 6), "prose": asked("prose", 1)})
    assert merit["prose"] > merit["cell"]


def test_more_wordings_win_within_a_kind():
    known = {n: evidence(n, "number", n) for n in ("one", "three")}
    merit = merits(known, {"one": asked("one", 1), "three": asked("three", 3)})
    assert merit["three"] > merit["one"]


def test_a_second_fact_of_a_section_waits_for_another_section():
    known = {
        "first": evidence("first", "number"),
        "second": evidence("second", "number"),
        "elsewhere": evidence("elsewhere", "number", "other"),
    }
    merit = merits(known, {"first": asked("first", 3), "second": asked("second", 2),
                           "elsewhere": asked("elsewhere", 1)})  # fmt: skip
    assert merit["first"] > merit["elsewhere"] > merit["second"]


def test_few_of_the_rows_with_passages_decline():
    shown = [Pair(f"s{n}", "Q?", "12", variant="passages") for n in range(75)]
    declined = [Pair(f"d{n}", "Q?", "I don't know.", variant=OPEN) for n in range(80)]
    rows = with_declined(shown, declined, 0)
    assert rows[:75] == shown
    assert len(rows) == 100
    assert rows == with_declined(shown, declined, 0) != with_declined(shown, declined, 1)
    assert sorted(with_declined([], declined, 0), key=lambda p: p.id) == sorted(
        declined, key=lambda p: p.id
    )
