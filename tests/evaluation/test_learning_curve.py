"""Gains are paired and clustered; a point that ran out of time is no evidence about data."""

import json
from dataclasses import replace

import pytest

from assistant.decision.learning_chart import curve_chart, curve_lines, curve_table
from assistant.evaluation.learning_curve import (
    Curve,
    CurvePoint,
    load_curve,
    points_of,
    save_curve,
)

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


def test_a_clear_gain_with_facts_left_is_bought_with_time():
    found = curve()
    gain = found.gain("facts")
    assert gain.questions.estimate == pytest.approx(16 / 40)
    assert gain.questions.low > 0
    assert "the last doubling gained +40.0 ± " in str(gain)
    advice = " ".join(found.advice())
    assert "more training time would pay" in advice
    assert "60 of 100 facts" in advice
    assert "neither" not in advice


def test_a_clear_gain_with_all_facts_trained_asks_for_data():
    assert "more data would pay" in " ".join(curve(reach=100).advice())


def test_no_gain_is_said_to_be_unmeasurable():
    advice = " ".join(curve(facts=(2, 3, 4)).advice())
    assert "neither is measurable" in advice
    assert "would pay" not in advice


def test_held_out_wordings_can_show_a_gain_that_few_questions_cannot():
    assert "would pay" in " ".join(curve(facts=(2, 3, 4), held=(0, 2, 18)).advice())


def test_a_point_that_ran_out_of_time_is_not_read_as_data():
    full = curve()
    points = tuple(replace(p, exposures=9) if p.setting == 1.0 else p for p in full.points)
    starved = replace(full, points=points)
    advice = " ".join(starved.advice())
    assert "more training time first" in advice
    assert "would pay" not in advice
    assert "TIME RAN OUT" in "\n".join(curve_lines(starved))


def test_wordings_that_the_documents_do_not_give_are_not_measured():
    few = replace(
        curve(),
        points=tuple(replace(p, wordings=2.0) if p.sweep == "wordings" else p
                     for p in curve().points),
    )  # fmt: skip
    assert any("wordings per fact: not measured" in line for line in few.advice())


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
    assert "100 % (40 facts): 20 of 40" in chart
    assert ("20 of 40", "40 of 100") in {(row[1], row[2]) for row in table.rows}
    assert len(table.rows) == 7
    assert "<b>" not in chart
