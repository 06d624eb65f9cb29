"""The statistics proved on made-up question sets with clusters and triples of wordings.

Worlds: see `worlds`. Bars: intervals cover the truth in 93 to 97 % of question sets, and where two
approaches are equally good, at most 5 % are called a win. The bars are widened by three standard
errors of the simulation, no more. `tests/benchmarks/statistics_tables.py` prints the full tables,
`interval_methods.py` the same of other published intervals.

Every true share from 0.3 to 0.9 lies inside the bars in every cell (94.3 to 96.9 % with 20,000
sets each). At 0.95 with at most 10 clusters coverage is 97.2 to 98.0 %: even a set with all
answers right does not exclude 0.95, so nothing can be missed on that side, and an interval that
misses 2.5 % on the other covers 97.5 %. Only one that excludes 0.95 after a single mistake could
come nearer to 95 %. Likewise differences of two approaches that are both right on 0.9 of the
questions: with at most 10 clusters there is often nothing to tell them apart, and 97 to 98.9 %
cover.
"""

import numpy as np
import pytest

from assistant.scoring.statistics import (
    difference_interval,
    mcnemar_exact,
    share_interval,
    sign_flip_test,
    wilson,
)
from tests.scoring import worlds
from tests.scoring.worlds import CLUSTERS, MEANS, RHOS

CELLS = [(c, r) for c in CLUSTERS for r in RHOS]


def slack(share, sets):
    return 3 * (share * (1 - share) / sets) ** 0.5


def rng_for(clusters, rho):
    return np.random.default_rng([7, clusters, int(10 * rho)])


@pytest.mark.parametrize(("clusters", "rho"), [(6, 0.1), (6, 0.3), (10, 0.0), (20, 0.3)])
def test_the_fast_forms_equal_the_product(clusters, rho):
    rng = rng_for(clusters, rho)
    sets = worlds.shares(rng, 60, clusters, rho, 0.9)
    for i, limits in enumerate(zip(*worlds.share_intervals(sets), strict=True)):
        found = share_interval(sets.one(i))
        assert (found.low, found.high) == pytest.approx(limits, abs=1e-7)
    sets = worlds.pairs(rng, 60, clusters, rho)
    p_values = worlds.sign_flips(sets, rng)
    for i, limits in enumerate(zip(*worlds.difference_intervals(sets), strict=True)):
        found = difference_interval(sets.one(i))
        assert (found.low, found.high) == pytest.approx(limits, abs=1e-7)
        if i < 15:
            exact = clusters <= 14
            assert sign_flip_test(sets.one(i)).p == pytest.approx(
                p_values[i], abs=1e-9 if exact else 0.05
            )


@pytest.mark.parametrize(("clusters", "rho"), CELLS)
def test_intervals_cover_and_equals_are_not_told_apart(clusters, rho):
    rng, sets = rng_for(clusters, rho), 400
    covered = np.mean([worlds.coverage(rng, sets, clusters, rho, mean) for mean in MEANS])
    at_most = slack(0.95, sets * len(MEANS))
    assert 0.93 - at_most <= covered <= 0.97 + at_most
    wins, covered = worlds.paired(rng, 2 * sets, clusters, rho)
    assert wins <= 0.05 + slack(0.05, 2 * sets)
    assert 0.93 - slack(0.95, 2 * sets) <= covered <= 0.97 + slack(0.95, 2 * sets)


def test_a_few_large_documents_among_many_small_ones():
    """Sizes as in a real question set: one document is asked about 88 times, most once."""
    sizes = [1] * 60 + [4] * 12 + [8] * 10 + [15] * 8 + [27, 48, 57, 88]
    rng, sets = np.random.default_rng(2), 400
    covered = worlds.coverage(rng, sets, len(sizes), 0.1, 0.7, sizes)
    wins, paired = worlds.paired(rng, sets, len(sizes), 0.1, mean=0.7, sizes=sizes)
    assert covered >= 0.93 - slack(0.95, sets)
    assert paired >= 0.93 - slack(0.95, sets)
    assert wins <= 0.05 + slack(0.05, sets)


@pytest.mark.parametrize(("clusters", "mean"), [(6, 0.9), (20, 0.9), (40, 0.95)])
def test_few_documents_that_hold_the_mistakes(clusters, mean):
    """The hardest cells: at rho 0.3 degrees of freedom from sizes alone cover 92.1 to 97.5 %."""
    covered = worlds.coverage(np.random.default_rng(6), 4000, clusters, 0.3, mean)
    assert 0.93 - slack(0.93, 4000) <= covered <= 0.97 + slack(0.97, 4000)


def test_the_bars_catch_intervals_that_ignore_clusters():
    rng = np.random.default_rng(4)
    sets = worlds.shares(rng, 400, 20, 0.3, 0.5)
    n = sets.mask.sum((1, 2))
    limits = [wilson(v.sum() / k, k) for v, k in zip(sets.values, n, strict=True)]
    covered = np.mean([low <= 0.5 <= high for low, high in limits])
    assert covered < 0.93 - slack(0.95, 400)


def test_a_real_difference_is_found():
    rng, sets = np.random.default_rng(3), 400
    drawn = worlds.pairs(rng, sets, 40, 0.1, 0.8, other=0.6)
    assert (worlds.sign_flips(drawn, rng) < 0.05).mean() > 0.85
    low, high = worlds.difference_intervals(drawn)
    assert ((low <= 0.2) & (high >= 0.2)).mean() >= 0.93 - slack(0.95, sets)


def test_why_not_plain_mcnemar():
    """On clustered questions the test that ignores clusters calls far too many winners."""
    rng, wins, sets = np.random.default_rng(5), 0, 400
    a = worlds.document_chances(rng, (sets, 12, 1), 0.3, 0.6)
    b = worlds.document_chances(rng, (sets, 12, 1), 0.3, 0.6)
    x, y = rng.random((sets, 12, 8)) < a, rng.random((sets, 12, 8)) < b
    won, lost = (x & ~y).sum((1, 2)), (y & ~x).sum((1, 2))
    wins = sum(mcnemar_exact(int(w), int(k)) < 0.05 for w, k in zip(won, lost, strict=True))
    assert wins / sets > 0.12


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_full_grid():
    """Every cell with 4,000 sets per true share, as the benchmark prints it."""
    for clusters, rho in CELLS:
        rng, sets = rng_for(clusters, rho), 4000
        by_mean = [worlds.coverage(rng, sets, clusters, rho, mean) for mean in MEANS]
        assert 0.93 <= np.mean(by_mean) <= 0.97, (clusters, rho, by_mean)
        assert min(by_mean) >= 0.93 - slack(0.93, sets), (clusters, rho, by_mean)
        assert max(by_mean) <= 0.97 + slack(0.97, sets), (clusters, rho, by_mean)
        rare = worlds.coverage(rng, sets, clusters, rho, 0.95)
        most = 0.98 if clusters <= 10 else 0.97  # see above: one tail is empty
        assert 0.93 - slack(0.93, sets) <= rare <= most + slack(most, sets), (clusters, rho, rare)
        wins, covered = worlds.paired(rng, sets, clusters, rho)
        assert wins <= 0.05 + slack(0.05, sets)
        assert 0.93 <= covered <= 0.97
        wins, covered = worlds.paired(rng, sets, clusters, rho, mean=0.9)
        assert wins <= 0.05 + slack(0.05, sets)
        most = 0.99 if clusters <= 10 else 0.97
        assert 0.93 - slack(0.93, sets) <= covered <= most + slack(most, sets)
