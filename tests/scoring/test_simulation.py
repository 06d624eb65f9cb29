"""The statistics proved on made-up question sets with clusters and triples of wordings.

Worlds: 6 to 60 documents; 1 to about 7 facts each; three facts in ten asked in three wordings;
within-document correlation rho of 0, 0.1 or 0.3. Bars: intervals cover the truth in 93 to 97 % of
question sets, and where two approaches are equally good, at most 5 % are called a win.
"""

import numpy as np
import pytest

from assistant.scoring.statistics import (
    difference_interval,
    mcnemar_exact,
    share_interval,
    sign_flip_test,
)


def beta(rng, mean, rho):
    return mean if rho == 0 else rng.beta(mean * (1 - rho) / rho, (1 - mean) * (1 - rho) / rho)


def wordings(rng, chance):
    """One fact: a single wording, or the mean of three that hang together."""
    if rng.random() >= 0.3:
        return float(rng.random() < chance)
    fact = rng.beta(1.5 * chance + 1e-3, 1.5 * (1 - chance) + 1e-3)
    return float((rng.random(3) < fact).mean())


def world(rng, clusters, rho, mean):
    return [
        [wordings(rng, chance) for _ in range(1 + rng.poisson(3))]
        for chance in (beta(rng, mean, rho) for _ in range(clusters))
    ]


def paired_world(rng, clusters, rho, mean):
    """Two equally good approaches whose luck differs from document to document."""
    found = []
    for _ in range(clusters):
        a, b = beta(rng, mean, rho), beta(rng, mean, rho)
        found.append([wordings(rng, a) - wordings(rng, b) for _ in range(1 + rng.poisson(3))])
    return found


def coverage(clusters, rho, repeats, seed=0):
    rng, hits, n = np.random.default_rng(seed), 0, 0
    for mean in (0.3, 0.5, 0.8, 0.9):
        for _ in range(repeats):
            interval = share_interval(world(rng, clusters, rho, mean))
            hits += interval.low <= mean <= interval.high
            n += 1
    return hits / n


def paired(clusters, rho, repeats, seed=0):
    rng, wins, covered = np.random.default_rng(seed), 0, 0
    for _ in range(repeats):
        values = paired_world(rng, clusters, rho, 0.6)
        wins += sign_flip_test(values).p < 0.05
        interval = difference_interval(values)
        covered += interval.low <= 0 <= interval.high
    return wins / repeats, covered / repeats


# 1,000 question sets: the standard error of a 95 % coverage is 0.7 points.
@pytest.mark.parametrize(("clusters", "rho"), [(6, 0.3), (10, 0.1), (20, 0.0), (40, 0.3)])
def test_share_intervals_cover(clusters, rho):
    assert 0.93 <= coverage(clusters, rho, 250) <= 0.985


@pytest.mark.parametrize(("clusters", "rho"), [(6, 0.0), (10, 0.3), (30, 0.1)])
def test_equal_approaches_are_not_told_apart(clusters, rho):
    wins, covered = paired(clusters, rho, 400)
    assert wins <= 0.05 + 2 * (0.05 * 0.95 / 400) ** 0.5
    assert 0.92 <= covered <= 0.985


def test_a_few_large_documents_among_many_small_ones():
    """Sizes as in a real question set: one document is asked about 88 times, most once."""
    sizes = [1] * 60 + [4] * 12 + [8] * 10 + [15] * 8 + [27, 48, 57, 88]
    rng, shares, pairs = np.random.default_rng(2), 0, 0
    for _ in range(250):
        values = [list((rng.random(n) < beta(rng, 0.7, 0.1)).astype(float)) for n in sizes]
        interval = share_interval(values)
        shares += interval.low <= 0.7 <= interval.high
        other = [list((rng.random(n) < beta(rng, 0.7, 0.1)).astype(float)) for n in sizes]
        apart = [
            [x - y for x, y in zip(a, b, strict=True)] for a, b in zip(values, other, strict=True)
        ]
        interval = difference_interval(apart)
        pairs += interval.low <= 0 <= interval.high
    assert shares / 250 >= 0.90
    assert pairs / 250 >= 0.90


def test_why_not_plain_mcnemar():
    """On the same worlds the test that ignores clusters calls far too many winners."""
    rng, wins, repeats = np.random.default_rng(5), 0, 300
    for _ in range(repeats):
        won = lost = 0
        for _ in range(12):
            a, b = beta(rng, 0.6, 0.3), beta(rng, 0.6, 0.3)
            for _ in range(8):
                x, y = rng.random() < a, rng.random() < b
                won, lost = won + (x and not y), lost + (y and not x)
        wins += mcnemar_exact(won, lost) < 0.05
    assert wins / repeats > 0.12


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_full_grid():
    shares, covers, wins = [], [], []
    for clusters in (6, 10, 20, 40, 60):
        for rho in (0.0, 0.1, 0.3):
            shares.append(coverage(clusters, rho, 500, seed=clusters))
            won, covered = paired(clusters, rho, 1000, seed=clusters)
            wins.append(won)
            covers.append(covered)
            print(f"{clusters:3} clusters rho {rho}: share covers {shares[-1]:.3f}, "
                  f"difference covers {covered:.3f}, false wins {won:.3f}")  # fmt: skip
    # Single cells are known to +-1 point (share: 2,000 sets) and +-1.4 points (pairs: 1,000 sets).
    assert 0.93 <= np.mean(shares) <= 0.97
    assert 0.93 <= np.mean(covers) <= 0.97
    assert np.mean(wins) <= 0.05
    assert all(0.92 <= s <= 0.985 for s in shares)
    assert all(0.915 <= c <= 0.985 for c in covers)
    assert max(wins) <= 0.065
