"""Gains are paired and clustered; a point that ran out of time is no evidence about data."""

import json
from dataclasses import replace

import pytest

from assistant.decision.curve_words import curve_advice, gain_words
from assistant.decision.learning_chart import curve_chart, curve_lines, curve_table
from assistant.decision.said import links_of
from assistant.evaluation.curve_answers import (
    ASKED,
    judge_answers,
    load_curve_answers,
    rows_of,
    save_asked,
    save_point_answers,
)
from assistant.evaluation.learning_curve import (
    Curve,
    CurvePoint,
    load_curve,
    points_of,
    save_curve,
)
from assistant.schema import Message, Pair, Question

IDS = [f"q{i}" for i in range(40)]


def point(sweep, setting, right, *, facts=10, wordings=3.0, exposures=28, held=0):
    return CurvePoint(
        sweep, setting, facts, wordings, exposures, 28, 5.0,
        {q: i < right for i, q in enumerate(IDS)},
        {f"p{i}": i < held for i in range(20)}, 12,
    )  # fmt: skip


def curve(facts=(2, 4, 20), wordings=(4, 5, 5), held=(0, 0, 0), reach=40, total=100):
    return Curve(
        "id", "embedded", "2026-01-01", 10.0, total, reach, len(IDS), "gold questions",
        {q: i for i, q in enumerate(IDS)}, {f"p{i}": f"d{i % 10}" for i in range(20)},
        (
            point("base", 0, 1, facts=0, wordings=0.0, exposures=28),
            *(point("facts", s, n, facts=int(40 * s), held=h)
              for s, n, h in zip((0.25, 0.5, 1.0), facts, held, strict=True)),
            *(point("wordings", s, n, wordings=w)
              for s, n, w in zip((1, 4, 8), wordings, (1.0, 3.5, 4.8), strict=True)),
        ),
    )  # fmt: skip


def keep_answers(found, folder):
    """Everything that `finetune --curve` keeps of a curve."""
    questions = [Question(q, f"Weight of {q}?", (f"{i} kg",)) for i, q in enumerate(IDS)]
    held = [Pair(p, f"{p} weighs?", "7 kg", document_id=d) for p, d in found.fact_clusters.items()]
    rows = rows_of(questions, held, [(Message("user", q),) for q in (*IDS, *found.fact_clusters)])
    save_asked(folder / found.identity, rows)
    for p in found.points:
        texts = [
            row.question.references[0]
            if (p.right if row.part == ASKED else p.held_out)[row.question.id] else "999 kg"
            for row in rows
        ]  # fmt: skip
        answers = judge_answers(rows, texts, IDS[: p.covered])
        save_point_answers(folder / found.identity, p.name, answers)
    return load_curve_answers(folder, found)


def test_a_clear_gain_with_facts_left_is_bought_with_time():
    found = curve()
    gain = found.gain("facts")
    assert gain.questions.estimate == pytest.approx(16 / 40)
    assert gain.questions.low > 0
    assert "the last doubling gained +40.0 ± " in gain_words(gain)
    advice = " ".join(curve_advice(found))
    assert "more training time would pay" in advice
    assert "60 of 100 facts" in advice
    assert "neither" not in advice


def test_a_clear_gain_with_all_facts_trained_asks_for_data():
    assert "more data would pay" in " ".join(curve_advice(curve(reach=100)))


def test_no_gain_is_said_to_be_unmeasurable():
    advice = " ".join(curve_advice(curve(facts=(2, 3, 4))))
    assert "neither is measurable" in advice
    assert "would pay" not in advice


def test_held_out_wordings_can_show_a_gain_that_few_questions_cannot():
    assert "would pay" in " ".join(curve_advice(curve(facts=(2, 3, 4), held=(0, 2, 18))))


def test_a_point_that_ran_out_of_time_is_not_read_as_data():
    full = curve()
    points = tuple(replace(p, exposures=9) if p.setting == 1.0 else p for p in full.points)
    starved = replace(full, points=points)
    advice = " ".join(curve_advice(starved))
    assert "more training time first" in advice
    assert "would pay" not in advice
    assert "TIME RAN OUT" in "\n".join(curve_lines(starved))


def test_wordings_that_the_documents_do_not_give_are_not_measured():
    few = replace(
        curve(),
        points=tuple(replace(p, wordings=2.0) if p.sweep == "wordings" else p
                     for p in curve().points),
    )  # fmt: skip
    assert any("wordings per fact: not measured" in line for line in curve_advice(few))


def test_points_are_nested_and_share_the_budget():
    points = points_of(40)
    assert [(p.sweep, p.facts, p.wordings) for p in points] == [
        ("facts", 10, None), ("facts", 20, None), ("facts", 40, None),
        ("wordings", 20, 1), ("wordings", 20, 4), ("wordings", 20, 8),
    ]  # fmt: skip
    assert sum(p.cost for p in points) == pytest.approx(3.25)


def test_written_and_read_again(tmp_path):
    assert load_curve(tmp_path) is None
    save_curve(curve(), tmp_path)
    assert load_curve(tmp_path) == curve()
    (tmp_path / "curve.json").write_text(json.dumps({"identity": "x"}), "utf-8")
    assert load_curve(tmp_path) is None


def test_chart_and_table_say_the_same():
    found = replace(curve(), base_model="<b>x</b>")
    chart, table = curve_chart(found), curve_table(found)
    assert chart.count("<svg") == 2
    assert chart.count("<circle") == 4 + 3
    assert "100 % of the facts (40): 20 of 40" in chart
    assert ("20 of 40", "40 of 100") in {(row[1], row[2]) for row in table.rows}
    assert len(table.rows) == 7
    assert "<b>" not in chart


def test_answers_of_every_point_are_kept(tmp_path):
    found = curve(held=(1, 2, 3))
    rows = keep_answers(found, tmp_path)
    assert len(rows) == 40 + 20
    assert list(rows[0].answers) == [p.name for p in found.points]
    best = found.sweep("facts")[-1]
    assert best.name == "facts-1"
    mine = [row.answers[best.name] for row in rows if row.part == ASKED]
    assert sum(a.correct for a in mine) == best.correct == 20
    assert sum(a.trained for a in mine) == best.covered
    assert rows[39].answers[best.name].text == "999 kg"
    assert rows[0].prompt[0].content == "q0"


def test_answers_that_are_not_what_the_curve_counts_are_not_shown(tmp_path):
    found = curve()
    assert load_curve_answers(tmp_path, found) == ()
    assert keep_answers(found, tmp_path)
    assert load_curve_answers(tmp_path, curve(facts=(2, 4, 21))) == ()
    assert load_curve_answers(tmp_path, replace(found, identity="other")) == ()
    (tmp_path / "id" / "facts-0.5.jsonl").unlink()
    assert load_curve_answers(tmp_path, found) == ()


def test_a_curve_without_answers_says_so():
    table = curve_table(curve(), "assistant finetune --curve --minutes 10")
    assert "the answers were not stored when this was measured" in table.note
    assert "`assistant finetune --curve --minutes 10`" in table.note
    told = [table.note, *(cell for row in table.rows for cell in row)]
    assert not any(map(links_of, told))
