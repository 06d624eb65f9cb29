"""Value of answers: the arithmetic, and its statistics on made-up question sets."""

import numpy as np
import pytest

from assistant.evaluation.contrasts import contrast
from assistant.evaluation.value import value_of, values_of
from assistant.schema import Question
from assistant.scoring import statistics
from assistant.scoring.clusters import make_clusters

DOCUMENTS = 25
QUESTIONS = [Question(f"q{i}", f"{i}?", ("x",), sources=(f"d{i % DOCUMENTS}",)) for i in range(100)]
CLUSTERS = make_clusters(QUESTIONS)


def draw(rng, correct, wrong):
    """(right, wrong) by question; documents differ in how often an approach is right."""
    lean = np.sqrt(0.05 * correct * (1 - correct)) * rng.uniform(-1.7, 1.7, DOCUMENTS)
    chance = np.clip(correct + np.tile(lean, 4), 0, 1 - wrong)
    u = rng.random(100)
    return (
        {q.id: float(u[i] < chance[i]) for i, q in enumerate(QUESTIONS)},
        {q.id: float(u[i] > 1 - wrong) for i, q in enumerate(QUESTIONS)},
    )


def test_right_declined_wrong():
    values = values_of(
        {"a": {"x": 1.0, "y": 0.0, "z": 0.0}}, {"a": {"x": 0.0, "y": 0.0, "z": 1.0}}, 2.5
    )
    assert values == {"a": {"x": 1.0, "y": 0.0, "z": -2.5}}  # fmt: skip


def test_everything_right_is_not_certain():
    all_right = {"a": {q.id: 1.0 for q in QUESTIONS}}
    for cost, low in ((0.0, 0.97), (3.0, 0.91), (10.0, 0.76)):
        found = value_of(all_right, "a", CLUSTERS, cost)
        assert (found.estimate, found.high) == (1.0, 1.0)
        # One more question of 102, wrong: it moves the mean by (1 + c) / 102, twice that is two
        # standard errors.
        assert found.low == pytest.approx(1 - 2.06 * (1 + cost) / 102, abs=0.005)
        assert found.low == pytest.approx(low, abs=0.02)


@pytest.mark.parametrize("cost", [1.0, 3.0, 10.0])
@pytest.mark.parametrize("truth", [(0.8, 0.1), (0.5, 0.4), (0.3, 0.05)])
def test_the_interval_covers(cost, truth):
    rng, held = np.random.default_rng([3, int(cost)]), []
    for _ in range(300):
        right, wrong = draw(rng, *truth)
        found = value_of(values_of({"a": right}, {"a": wrong}, cost), "a", CLUSTERS, cost)
        held.append(found.low <= truth[0] - cost * truth[1] <= found.high)
    assert 0.93 - 0.038 <= np.mean(held) <= 0.97 + 0.03  # three standard errors either way


def test_rare_wrong_answers_that_cost_much_are_no_win(monkeypatch):
    """Both are worth 60 of 100, but in one set of five the bold one shows no wrong answer."""
    monkeypatch.setattr(statistics, "MONTE_CARLO_FLIPS", 2_000)
    rng, wins, unguarded = np.random.default_rng(5), 0, 0
    for _ in range(300):
        (a, bad_a), (b, bad_b) = draw(rng, 0.80, 0.02), draw(rng, 0.60, 0.0)
        values = values_of({"a": a, "b": b}, {"a": bad_a, "b": bad_b}, 10.0)
        found = contrast(values, "a", "b", CLUSTERS, 0.1, wrong_costs=10.0)
        wins += found.standing == "better"
        unguarded += found.p < 0.05 and found.difference.estimate > 0
    assert wins / 300 <= 0.05
    assert unguarded / 300 > 0.08  # the test alone would not do


def test_mcnemar_only_where_questions_weigh_the_same():
    alone = make_clusters([Question(q.id, "?", ("x",)) for q in QUESTIONS])
    right = {q.id: float(i % 10 < 8) for i, q in enumerate(QUESTIONS)}
    half = {q.id: float(i % 10 < 5) for i, q in enumerate(QUESTIONS)}
    none = dict.fromkeys(right, 0.0)
    missed = {q: 1.0 - v for q, v in right.items()}
    same = values_of({"a": right, "b": half}, {"a": none, "b": none}, 3.0)
    assert contrast(same, "a", "b", alone, 0.1, wrong_costs=3.0).test == "exact McNemar"
    mixed = values_of({"a": right, "b": half}, {"a": missed, "b": none}, 3.0)
    assert contrast(mixed, "a", "b", alone, 0.1, wrong_costs=3.0).test == "cluster sign-flip"
