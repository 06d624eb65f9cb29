"""Every number of a report opens exactly what it counts."""

import pytest

from assistant.decision.said import links_of, pieces
from assistant.decision.situation import Situation
from assistant.decision.words import NOT_MEASURED
from assistant.evaluation.forgetting import forgetting_questions
from tests.decision.full_run import full_report
from tests.decision.helpers import SHARES, decide
from tests.decision.numbers import TRAINED_ON, check, every_link, opened, texts, unopened
from tests.evaluation.helpers import UNTRAINED, facts, right, wrong


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return full_report(tmp_path_factory.mktemp("r") / "r")


@pytest.fixture(scope="module")
def untrained(tmp_path_factory):
    path = tmp_path_factory.mktemp("u") / "r"
    return full_report(path, approaches=UNTRAINED, situation=Situation())


def test_every_count_opens_its_rows(report, untrained):
    for one, least in ((report, 250), (untrained, 120)):
        counted = [
            check(label, where, *opened(one, rows)) for where, label, rows in every_link(one)
        ]
        assert sum(counted) > least


def test_a_perfect_run_opens_nothing_empty(tmp_path):
    """Nothing is wrong, nothing is to blame on anybody: those zeros are no parts of anything."""
    one = decide(tmp_path / "r", dict.fromkeys(SHARES, 1.01), n=12, documents=12, unanswerable=2)
    for where, label, rows in every_link(one):
        check(label, where, *opened(one, rows))
    assert [r[1] for t in one.tables if t.title == "Where rag is not right" for r in t.rows] == [
        "0", "0", "0"]  # fmt: skip


def test_no_count_is_left_closed(report, untrained):
    for one in (report, untrained):
        closed = {
            where: found for where, text in texts(one)
            if not where.startswith("Your situation") and not TRAINED_ON.fullmatch(where)
            and (found := unopened(text))
        }  # fmt: skip
        assert closed == {}


def test_everything_a_report_counts_is_in_the_run(report):
    """Else the tests above would pass by having nothing to open."""
    kept = {(rows.unit, mark) for _, _, rows in every_link(report) for mark in rows.part}
    for unit, mark in (
        ("answers", "form kept"), ("answers", "tells:old"), ("answers", "tells:neither"),
        ("answers", "blame:retrieval"), ("answers", "blame:unknown"), ("answers", "unanswerable"),
        ("answers", "ungrounded"), ("answers", "dropped"), ("answers", "rule agrees"),
        ("citations", "says it"), ("facts", "one outcome"), ("questions", "headline"),
        ("questions", "differs:rag"), ("questions", "differs:base"), ("answers", "trained"),
    ):  # fmt: skip
        assert (unit, mark) in kept
        assert any(
            opened(report, rows)[0] > 0 for _, _, rows in every_link(report)
            if rows.unit == unit and mark in rows.part
        ), (unit, mark)  # fmt: skip
    marks = set().union(*report.behind.answers, *report.behind.marks.values())
    assert {"timed", "rated", "stale", "needs review", "changed", "id:q20"} <= marks


def row_of(report, title, name):
    table = next(t for t in report.tables if t.title == title)
    return dict(zip(table.columns, next(r for r in table.rows if r[0] == name), strict=True))


def test_numbers_against_a_hand_count(report):
    """Counted by hand from the script: 6 label tasks, 6 unanswerable, 2 declined facts."""
    rag, prompt = (row_of(report, "Behaviour", name) for name in ("rag", "prompt"))
    assert rag["follows the format"] == "6 of 6 (100 %)"
    assert rag["label or form right"] == "0 of 6 (0 %)"
    assert prompt["follows the format"] == "0 of 6 (0 %)"
    # rag declines u_i where i * 37 % 100 < 70 (not u2, u5), and is made to decline q5, q6.
    assert rag["unanswerable declined"] == "4 of 6 (67 %)"
    assert rag["declined rightly"] == "4 of 6 (67 %)"
    # 30 facts without q0 to q2 (trained), q20 and q21 (review), 6 labels, 12 wordings.
    assert rag["answerable declined"] == f"2 of {25 + 6 + 12} (5 %)"
    # hybrid cites on each of 49 questions, twice where the id ends in 1: q11, q101, q201, q211,
    # u1 (q21 was dropped and q301 failed).
    cited = row_of(report, "Retrieval and grounding", "hybrid")["citations that hold"]
    assert cited.split(" of ")[1].startswith("54 ")
    # rag has no room on q3, q13, q23, q103, q203, u3.
    crowded = row_of(report, "Retrieval and grounding", "rag")
    assert crowded["answers without room for all passages"] == "6 of 49 (12 %)"


def test_old_new_and_neither_by_hand(report):
    """q11 to q13 changed from 999 days; of them rag has 37i % 100 < 70: q11 and q12 no, q13."""
    told = row_of(report, "When facts change: old, new or neither", "prompt")
    assert told["tells neither"] == "1 of 3 (33 %)"
    rag = row_of(report, "When facts change: old, new or neither", "rag")
    right_on = sum(i * 37 % 100 < 70 for i in (11, 12, 13))
    assert rag["tells the new fact"].startswith(f"{right_on} of 3")
    assert rag["tells the old fact"].startswith(f"{3 - right_on} of 3")


def test_trained_word_for_word_is_told_but_not_compared(report):
    told = row_of(report, "By what the adapter was trained on", "finetuned")
    assert told["same wording trained"].split(" (")[0].endswith("of 3")
    assert set(report.summary.left_out_ids) == {"q0", "q1", "q2", "q20", "q21", "q300", "q301"}


def test_wrong_kinds_and_blame_add_up(report):
    wrong_kinds = next(t for t in report.tables if t.title == "Confidently wrong, by kind")
    for row in wrong_kinds.rows:
        a = next(a for a in report.summary.approaches if a.label == row[0])
        assert sum(map(int, row[1:-1])) == a.incorrect
    blame = next(t for t in report.tables if t.title == "Where rag is not right")
    rag = report.summary.approach("rag")
    missed = rag.on_answerable.whole - rag.on_answerable.part
    assert sum(int(r[1]) for r in blame.rows) == missed
    assert blame.rows[2][1] == "1"  # q16, which rag misses and the oracle has no passage for


def test_the_forgetting_check_opens_what_it_counts(report):
    """60 reading questions, one of which the adapter failed on; every loss is that of its texts."""
    value = report.recommendation.gates[5].value
    found = {value[n.start : n.end]: n.rows for n in links_of(value)}
    assert [rows.measure for rows in found.values()] == ["forgetting"] * len(found)
    reading = [i for i, a in enumerate(forgetting_questions()) if a.question.kind == "read"][1:]
    before, after = (sum(i * 37 % 100 < share for i in reading) for share in (90, 70))
    assert opened(report, found[f"{before} of 59"]) == (before, 59)
    assert opened(report, found[f"{after} of 59"]) == (after, 59)
    lost = next(rows for label, rows in found.items() if rows.part == ("differs:base",))
    assert opened(report, lost) == (before - after, 59)
    (texts,) = (one for one in pieces(value, "; ") if one.startswith("loss on plain texts"))
    for who, link in zip(("base", "adapter"), links_of(texts), strict=False):
        assert opened(report, link.rows) == (40, 40)
        losses = [
            one.kept.answers[who].loss for one in report.beside["forgetting"]
            if "part:text" in one.marks
        ]  # fmt: skip
        assert f"{sum(losses) / 40:.2f}" == texts[link.start : link.end]


def test_a_point_of_the_curve_opens_its_answers(report):
    title = next(t.title for t in report.tables if t.title.startswith("Would more data"))
    row = row_of(report, title, "100 % of the facts (40)")
    for column, part, whole in (
        ("correct", 20, 40), ("questions on them", 12, 40), ("held-out wordings recalled", 18, 20)
    ):  # fmt: skip
        assert row[column] == f"{part} of {whole}"
        (link,) = links_of(row[column])
        assert opened(report, link.rows) == (part, whole)
    gained = [
        opened(report, link.rows)
        for table in report.tables if table.title == title for link in links_of(table.note)
        if link.rows.unit == "questions"
    ]  # fmt: skip
    # 4 and 20 of 40 questions; 2 and 18 of 20 wordings; then the sweep over wordings: 5 and 5.
    assert gained == [(16, 40), (16, 20), (0, 40), (0, 20)]


def test_what_was_not_measured_opens_nothing(untrained):
    links = [label for _, label, _ in every_link(untrained)]
    assert links
    assert NOT_MEASURED not in links


def test_right_and_wrong_are_what_the_script_says():
    assert right(facts(1)[0]) == "10 days"
    assert wrong(facts(1)[0]) == "999 days"
