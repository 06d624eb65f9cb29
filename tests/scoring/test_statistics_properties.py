"""What must hold of the statistics whatever the data."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from assistant.evaluation.contrasts import contrast
from assistant.schema import Question
from assistant.scoring.agreement import cohen_kappa
from assistant.scoring.clusters import make_clusters
from assistant.scoring.planning import CAP, detectable_difference, questions_needed
from assistant.scoring.statistics import (
    difference_interval,
    holm,
    share_interval,
    sign_flip_test,
    wilson,
)

THIRDS = st.sampled_from([0.0, 1 / 3, 2 / 3, 1.0])
shares = st.lists(st.lists(THIRDS, min_size=1, max_size=5), min_size=1, max_size=9)
differences = st.lists(
    st.lists(st.sampled_from([-1.0, -1 / 3, 0.0, 1 / 3, 1.0]), min_size=1, max_size=4),
    min_size=1, max_size=8,
)  # fmt: skip
quick = settings(max_examples=60, deadline=None)


def limits(interval):
    return interval.low, interval.high


@quick
@given(shares)
def test_a_share_and_its_complement_mirror_each_other(values):
    found, other = share_interval(values), share_interval([[1 - v for v in c] for c in values])
    assert 0 <= found.low <= found.estimate + 1e-9
    assert found.estimate - 1e-9 <= found.high <= 1
    assert limits(other) == pytest.approx((1 - found.high, 1 - found.low), abs=1e-9)


@quick
@given(shares, st.randoms(use_true_random=False))
def test_order_does_not_matter(values, random):
    shuffled = [list(c) for c in values]
    for cluster in shuffled:
        random.shuffle(cluster)
    random.shuffle(shuffled)
    assert limits(share_interval(shuffled)) == pytest.approx(
        limits(share_interval(values)), abs=1e-9
    )


@quick
@given(shares)
def test_twice_the_documents_never_widen_the_interval(values):
    once, twice = share_interval(values), share_interval([*values, *values])
    assert twice.estimate == pytest.approx(once.estimate)
    assert twice.high - twice.low <= once.high - once.low + 1e-9


@quick
@given(differences)
def test_swapping_the_approaches_flips_the_sign(values):
    swapped = [[-v for v in c] for c in values]
    one, two = difference_interval(values), difference_interval(swapped)
    assert limits(two) == pytest.approx((-one.high, -one.low), abs=1e-9)
    flip, back = sign_flip_test(values), sign_flip_test(swapped)
    assert flip.p == pytest.approx(back.p)
    assert flip.difference == pytest.approx(-back.difference)
    assert 0 < flip.p <= 1
    assert sign_flip_test(values[::-1]).p == pytest.approx(flip.p)


@quick
@given(st.lists(st.floats(-1, 1, allow_nan=False), min_size=2, max_size=8))
def test_the_sign_flip_test_is_scipys_permutation_test(values):
    values = [round(v, 3) for v in values]
    if not any(values):
        return
    wanted = stats.permutation_test(
        (np.array(values),), np.sum, permutation_type="samples", n_resamples=10_000,
        alternative="two-sided",
    ).pvalue  # fmt: skip
    assert sign_flip_test([[v] for v in values]).p == pytest.approx(wanted)


@quick
@given(st.integers(0, 60), st.integers(1, 60), st.floats(1.0, 4.0))
def test_wilson_moves_with_the_share_and_narrows_with_n(k, n, q):
    k = min(k, n)
    low, high = wilson(k / n, n, q)
    more = wilson(min(1.0, (k + 1) / n), n, q)
    assert low - 1e-12 <= more[0]
    assert high - 1e-12 <= more[1]
    larger = wilson(k / n, 2 * n, q)
    assert larger[1] - larger[0] <= high - low + 1e-12


@quick
@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_holm_lies_between_raw_and_bonferroni_and_keeps_the_order(p_values):
    adjusted = holm(p_values)
    for raw, held in zip(p_values, adjusted, strict=True):
        assert raw <= held <= min(1.0, raw * len(p_values)) + 1e-12
    ranked = sorted(zip(p_values, adjusted, strict=True))
    assert [a for _, a in ranked] == sorted(adjusted)


@quick
@given(st.floats(0.02, 0.5), st.floats(0, 1), st.integers(1, 4), st.integers(1, 3))
def test_needed_questions_move_the_right_way(margin, discordance, contrasts, looks):
    def needed(**change):
        said = {"margin": margin, "discordance": discordance, "effect": 1.3,
                "contrasts": contrasts, "looks": looks} | change  # fmt: skip
        return questions_needed(said.pop("margin"), said.pop("discordance"), **said).questions

    assert 0 < needed() <= CAP
    assert needed(margin=margin * 1.5) <= needed()
    assert needed(effect=2.0) >= needed()
    assert needed(contrasts=contrasts + 1) >= needed()
    assert needed(looks=looks + 1) >= needed()
    assert needed(discordance=min(1.0, discordance + 0.2)) >= needed()


@quick
@given(st.integers(0, 3000), st.integers(0, 200), st.floats(0.05, 1))
def test_detectable_difference_shrinks_with_questions(n, clusters, discordance):
    found = detectable_difference(n, clusters, discordance=discordance)
    more = detectable_difference(2 * n, 2 * clusters, discordance=discordance)
    if found is not None:
        assert 0 < found <= 1
        assert more is not None
        assert more <= found + 1e-9


def questions(n, documents):
    return [Question(f"q{i}", "?", ("x",), sources=(f"d{i % documents}",)) for i in range(n)]


@quick
@given(st.integers(1, 40), st.integers(1, 15), st.integers(0, 10**6))
def test_a_contrast_and_its_mirror(n, documents, seed):
    rng = np.random.default_rng(seed)
    asked = questions(n, documents)
    outcomes = {
        name: {q.id: float(rng.random() < share) for q in asked}
        for name, share in (("a", rng.random()), ("b", rng.random()))
    }
    clusters = make_clusters(asked)
    one = contrast(outcomes, "a", "b", clusters, 0.1)
    two = contrast(outcomes, "b", "a", clusters, 0.1)
    mirror = {"better": "worse", "worse": "better"}
    assert two.standing == mirror.get(one.standing, one.standing)
    assert (one.wins, one.losses) == (two.losses, two.wins)
    assert one.p == pytest.approx(two.p)


@pytest.mark.parametrize("documents", [1, 2, 6, 30])
@pytest.mark.parametrize(("a", "b"), [(1.0, 1.0), (0.0, 0.0), (1.0, 0.0), (0.0, 1.0)])
def test_all_right_and_all_wrong_are_numbers_too(a, b, documents):
    asked = questions(30, documents)
    outcomes = {"a": {q.id: a for q in asked}, "b": {q.id: b for q in asked}}
    c = contrast(outcomes, "a", "b", make_clusters(asked), 0.1)
    numbers = (c.p, c.difference.estimate, c.difference.low, c.difference.high)
    assert not any(math.isnan(x) for x in numbers)
    assert c.difference.low <= a - b <= c.difference.high
    if documents < 6:
        assert c.standing == "no verdict"
    elif a != b:
        assert c.standing == ("better" if a > b else "worse")
    else:
        assert c.standing in ("undecided", "as good within 10")
        assert c.p == 1.0


def test_kappa_of_a_published_table():
    """The textbook table of 20, 5, 10 and 15 of 50: 0.70 observed, 0.50 by chance, kappa 0.40."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    found = cohen_kappa(first, second)
    assert found.kappa == pytest.approx(0.40)
    assert (found.agreed, found.n) == (35, 50)
    assert found.low < 0.40 < found.high
