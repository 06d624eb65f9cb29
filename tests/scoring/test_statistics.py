import itertools

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from assistant.schema import Question
from assistant.scoring.agreement import cohen_kappa
from assistant.scoring.clusters import make_clusters
from assistant.scoring.distributions import normal_quantile, t_cdf, t_quantile
from assistant.scoring.planning import (
    CAP,
    design_effect,
    detectable_difference,
    questions_needed,
)
from assistant.scoring.statistics import (
    difference_interval,
    effective_n,
    holm,
    mcnemar_exact,
    share_interval,
    sign_flip_test,
    wilson,
)


@pytest.mark.parametrize("df", [1, 2, 3.3, 5, 9, 30, 100, 1000])
@pytest.mark.parametrize("p", [0.001, 0.3, 0.5, 0.6, 0.9, 0.975, 0.9999])
def test_t_equals_scipy(p, df):
    assert t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-8, abs=1e-9)
    assert t_cdf(t_quantile(p, df), df) == pytest.approx(p, abs=1e-10)


def test_normal_quantile():
    assert normal_quantile(0.975) == pytest.approx(stats.norm.ppf(0.975))


@pytest.mark.parametrize(("k", "n"), [(0, 10), (5, 10), (31, 40), (99, 100), (40, 40)])
def test_wilson_equals_statsmodels(k, n):
    assert wilson(k / n, n) == pytest.approx(proportion_confint(k, n, method="wilson"), abs=1e-9)


def test_wilson_on_single_questions_is_close_to_the_plain_one():
    values = [[float(i % 4 != 0)] for i in range(200)]
    interval = share_interval(values)
    plain = proportion_confint(150, 200, method="wilson")
    assert (interval.low, interval.high) == pytest.approx(plain, abs=0.005)
    assert interval.effective_n == pytest.approx(200, rel=0.02)


def test_clusters_that_agree_count_as_one_each():
    values = [[1.0] * 5] * 6 + [[0.0] * 5] * 4
    assert effective_n(values) == pytest.approx(9, abs=0.5)
    wide, narrow = share_interval(values), share_interval([[v] for c in values for v in c])
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


def test_no_variation_is_not_certainty():
    interval = share_interval([[1.0, 1.0]] * 10)
    assert interval.low < 0.85
    assert interval.high == 1
    assert difference_interval([[0.0]] * 30).high > 0.02


def test_a_variance_that_rests_on_one_cluster_has_few_degrees_of_freedom():
    # Residuals per cluster: 19 times 0.1, once -1.9; kurtosis 18.05; 40 / (18.05 - 17/19) + 2.
    interval = share_interval([[1.0, 1.0]] * 19 + [[0.0, 0.0]])
    wanted = wilson(0.95, interval.effective_n, stats.t.ppf(0.975, 4.3314))
    assert (interval.low, interval.high) == pytest.approx(wanted, abs=1e-5)
    even = share_interval([[1.0, 1.0]] * 10 + [[0.0, 0.0]] * 10)  # as flat as can be: at most C
    wanted = wilson(0.5, even.effective_n, stats.t.ppf(0.975, 20))
    assert (even.low, even.high) == pytest.approx(wanted, abs=1e-9)


def test_one_cluster_tells_nothing():
    assert (share_interval([[1.0, 0.0]]).low, share_interval([[1.0]]).high) == (0, 1)
    assert difference_interval([[1.0]]).low == -1
    assert np.isnan(share_interval([]).estimate)


@pytest.mark.parametrize(("wins", "losses"), [(5, 0), (6, 0), (15, 5), (33, 17), (0, 0), (3, 3)])
def test_mcnemar_equals_statsmodels_and_the_sign_flip_test(wins, losses):
    p = mcnemar_exact(wins, losses)
    if wins + losses:
        table = [[10, wins], [losses, 10]]
        assert p == pytest.approx(mcnemar(table, exact=True).pvalue)
    if wins + losses <= 14:
        flip = sign_flip_test([[1.0]] * wins + [[-1.0]] * losses + [[0.0]] * 4)
        assert flip.p == pytest.approx(p)
        assert flip.exact


def test_sign_flip_by_hand():
    # Sums 3, 2, -1: |T| = 4; of 8 sign patterns 2 reach 6 and 2 reach 4.
    flip = sign_flip_test([[1.0, 1.0, 1.0], [1.0, 1.0], [-1.0]])
    assert flip.p == pytest.approx(4 / 8)
    assert flip.difference == pytest.approx(4 / 6)


def test_monte_carlo_agrees_with_enumeration_and_repeats():
    rng = np.random.default_rng(3)
    values = [list(rng.normal(0.2, 1, 3)) for _ in range(14)]
    exact = sign_flip_test(values)
    more = sign_flip_test([*values, [0.01, -0.011]])  # one more moving cluster: Monte Carlo
    assert exact.exact
    assert not more.exact
    assert more.p == pytest.approx(exact.p, abs=0.02)
    assert sign_flip_test([*values, [0.01, -0.011]]).p == more.p


def test_holm_equals_statsmodels():
    for p in itertools.permutations([0.01, 0.04, 0.03, 0.5]):
        assert holm(p) == pytest.approx(list(multipletests(p, method="holm")[1]))
    assert holm([]) == []


def test_kappa_equals_statsmodels():
    rng = np.random.default_rng(1)
    first = list(rng.choice(list("cia"), 80))
    second = [
        a if rng.random() < 0.7 else b
        for a, b in zip(first, rng.choice(list("cia"), 80), strict=True)
    ]
    table = np.array(
        [
            [sum(x == a and y == b for x, y in zip(first, second, strict=True)) for b in "cia"]
            for a in "cia"
        ]
    )
    wanted = cohens_kappa(table)
    found = cohen_kappa(first, second)
    assert (found.kappa, found.low, found.high) == pytest.approx(
        (wanted.kappa, wanted.kappa_low, wanted.kappa_upp)
    )


def test_kappa_that_cannot_be_told():
    assert cohen_kappa([], []).kappa is None
    assert cohen_kappa(["c"], ["c"]).kappa is None
    with pytest.raises(ValueError, match="same items"):
        cohen_kappa(["c"], [])


# 10 points at a discordance of 20, 30, 40, 50 %; 5 points at 30 %: well-known planning figures.
@pytest.mark.parametrize(("margin", "discordance", "n"), [
    (0.1, 0.2, 155), (0.1, 0.3, 234), (0.1, 0.4, 312), (0.1, 0.5, 391), (0.05, 0.3, 940), (0.2, 0.3, 57)])  # fmt: skip
def test_questions_needed(margin, discordance, n):
    assert questions_needed(margin, discordance).questions == n


def test_more_is_needed_for_clusters_contrasts_and_looks():
    base = questions_needed(0.1, 0.3).questions
    assert questions_needed(0.1, 0.3, contrasts=3).questions == pytest.approx(312, abs=4)
    assert questions_needed(0.1, 0.3, looks=2).questions > base
    assert questions_needed(0.1, 0.3, effect=2).questions == pytest.approx(2 * base, abs=1)
    assert questions_needed(0.01, 0.5) == questions_needed(0.005, 0.5)
    assert questions_needed(0.01, 0.5).questions == CAP
    with pytest.raises(ValueError, match="margin"):
        questions_needed(0, 0.3)


def test_detectable_difference_inverts_questions_needed():
    assert detectable_difference(234, 234) == pytest.approx(0.1, abs=0.001)
    assert detectable_difference(3, 3) is None
    assert detectable_difference(100, 1) is None
    assert detectable_difference(100, 20) > detectable_difference(100, 100)
    assert design_effect(100, 20, 0.1) == pytest.approx(1.4)


def q(name, sources=(), group=""):
    return Question(name, name, ("x",), sources=sources, group=group)


def test_clusters_join_documents_and_groups():
    questions = [
        q("a", ("one.md#Top",)), q("b", ("one.md",)), q("c", ("two.md",), "g"), q("d", (), "g"),
        q("e", ("one.md", "three.md")), q("f", ("three.md",)), q("z"),
    ]  # fmt: skip
    clusters = make_clusters(questions)
    assert clusters.count == 3
    assert clusters.cluster_of["a"] == clusters.cluster_of["f"]
    assert clusters.cluster_of["c"] == clusters.cluster_of["d"] != clusters.cluster_of["z"]
    assert clusters.only(["a", "c", "z"]).one_question_each
    averaged = clusters.averaged({"a": 1.0, "c": 1.0, "d": 0.0, "z": 1.0})
    assert sorted(averaged) == [[0.5], [1.0], [1.0]]
