"""Statistics on clusters: questions of one document are not independent.

Input everywhere is a list of clusters, each a list of values (0..1), one per paraphrase group;
see `assistant.scoring.clusters`. Why clusters: on questions clustered by document, a plain
McNemar test declares false winners far more often than its 5 %; see the simulations in the tests.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.scoring.distributions import t_quantile

ClusterValues = Sequence[Sequence[float]]

ASSUMED_CORRELATION = 0.3
"""Within-cluster correlation used where the data cannot tell: all answers alike."""
MOST_PER_VALUE = 5.0
"""Upper limit of effective n per value: a few clusters that agree by chance are no certainty.

A lower limit makes intervals too wide with few clusters (6 clusters: a limit of 1 covers 98.4 % on
average, 3 covers 95.9 %, 5 covers 95.6 %, none 95.5 %).
"""
WILSON_DF = 2
"""Degrees of freedom that Wilson's interval needs less off than the plain t interval.

Simulated, not derived: 6 clusters with a true share of 0.9 cover 97.5 % with 1, 96.9 with 2.
"""
EXACT_CLUSTERS = 14
"""Up to this many clusters with a difference, all sign flips are enumerated."""
MONTE_CARLO_FLIPS = 20_000


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its 95 % confidence interval."""

    estimate: float
    low: float
    high: float
    n: int
    """Values (paraphrase groups) behind it."""
    clusters: int
    effective_n: float


@dataclass(frozen=True, slots=True)
class SignFlip:
    """A paired test of "no difference"."""

    difference: float
    p: float
    exact: bool
    clusters: int
    name: str = "cluster sign-flip"


def mean_of(values: ClusterValues) -> float:
    """Mean over all values, each counted once."""
    flat = [v for cluster in values for v in cluster]
    return sum(flat) / len(flat) if flat else math.nan


def cluster_variance(values: ClusterValues) -> float:
    """Variance of the mean by the delete-one-cluster jackknife.

    With clusters of one size this is the usual cluster-robust variance with its C/(C-1); with a
    few large ones, which pull the mean towards themselves, it does not come out too small.
    """
    count, n = len(values), sum(len(c) for c in values)
    if count < 2:
        return math.nan
    mean = mean_of(values)
    # The mean without cluster c differs from the mean by its summed residuals over n - size.
    moved = sum((sum(v - mean for v in c) / (n - len(c))) ** 2 for c in values)
    return (count - 1) / count * moved


def effective_n(values: ClusterValues) -> float:
    """How many independent yes/no answers carry the same information.

    p(1-p) over the cluster-robust variance. It may exceed the number of values, because a value
    can be the mean of several wordings, but not `MOST_PER_VALUE` times over. Where all values
    are alike the data says nothing about correlation, and 0.3 is assumed.
    """
    n, count = sum(len(c) for c in values), len(values)
    if n == 0:
        return 0.0
    mean, variance = mean_of(values), cluster_variance(values)
    if count < 2:
        return 1.0
    if mean * (1 - mean) < 1e-12 or not variance > 1e-15:
        size = sum(len(c) ** 2 for c in values) / n
        return n / (1 + (size - 1) * ASSUMED_CORRELATION)
    return min(MOST_PER_VALUE * n, max(1.0, mean * (1 - mean) / variance))


def wilson(share: float, n: float, quantile: float = 1.959963984540054) -> tuple[float, float]:
    """Wilson score interval for a share; `n` may be an effective (fractional) number.

    Source: Wilson 1927; with effective n and t quantile as Dean and Pagano 2015
    (Journal of Survey Statistics and Methodology 3) recommend for clustered samples.
    """
    if n <= 0:
        return 0.0, 1.0
    square = quantile * quantile
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = quantile * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def share_interval(values: ClusterValues) -> Interval:
    """Mean of 0..1 values with a Wilson interval on effective n and t quantile.

    Simulated, it covers 94 to 97 % in question sets of 6 to 60 clusters with a true share of 0.3 to
    0.9 and a correlation of 0 to 0.3; `tests/benchmarks/interval_methods.py` compares others.
    """
    n, count = sum(len(c) for c in values), len(values)
    if n == 0:
        return Interval(math.nan, 0.0, 1.0, 0, 0, 0.0)
    if count < 2:
        return Interval(mean_of(values), 0.0, 1.0, n, count, 1.0)
    effective = effective_n(values)
    low, high = wilson(mean_of(values), effective, t_quantile(0.975, _share_df(values)))
    return Interval(mean_of(values), low, high, n, count, effective)


def difference_interval(
    differences: ClusterValues, *, level: float = 0.95, most: float = 1.0
) -> Interval:
    """Mean paired difference (-most..most) with a cluster t interval.

    With no or almost no discordance the plain variance is 0 and the interval would have no
    width; the floor is the variance after adding one discordant value each way.

    Args:
        differences: clusters of paired differences.
        level: confidence.
        most: the largest difference one question can make.
    """
    return _t_interval(differences, -most, most, 2 * most**2, level)


def value_interval(values: ClusterValues, least: float) -> Interval:
    """Mean value of an answer (least..1) with a cluster t interval.

    What is never seen may still be rare: the variance is at least that after one answer more of
    the best kind and one of the worst.
    """
    n = sum(len(c) for c in values)
    mean = mean_of(values) if n else 0.0
    return _t_interval(values, least, 1.0, (1.0 - mean) ** 2 + (least - mean) ** 2, 0.95)


def _t_interval(
    values: ClusterValues, least: float, most: float, added: float, level: float
) -> Interval:
    """Cluster t interval within least..most, which it is with fewer than two clusters.

    Degrees of freedom are those of clusters of unequal weight (Satterthwaite). `added` is the
    sum of squares of the two values that the floor of the variance adds.
    """
    n, count = sum(len(c) for c in values), len(values)
    if count < 2:
        estimate = mean_of(values) if n else math.nan
        return Interval(estimate, least, most, n, count, float(count))
    mean = mean_of(values)
    error = math.sqrt(max(cluster_variance(values), added / (n + 2) ** 2))
    half = t_quantile(0.5 + level / 2, _df(values)) * error
    low, high = max(least, mean - half), min(most, mean + half)
    return Interval(mean, low, high, n, count, float(count))


def _df(values: ClusterValues) -> float:
    """Degrees of freedom: clusters - 1, fewer where a few large clusters carry the weight."""
    return max(1.0, _effective_clusters(values) - 1.0)


def _effective_clusters(values: ClusterValues) -> float:
    """Clusters of equal weight that carry as much: (sum of sizes)^2 / sum of squares (Kish 1965).

    In floating point at most the number of clusters, at least 1.
    """
    sizes = np.array([len(c) for c in values], dtype=float)
    return min(float(len(values)), max(1.0, float(sizes.sum() ** 2 / (sizes**2).sum())))


def _share_df(values: ClusterValues) -> float:
    """Degrees of freedom of the quantile in `share_interval`, at most the number of clusters.

    Where few documents hold all mistakes, the variance rests on those few and is known badly.
    Satterthwaite's degrees of freedom, 2 E[V]^2 / Var[V], of the variance of C summed residuals
    are 2C / (kurtosis - (C-3)/(C-1)): C - 1 for normal ones, fewer for heavy tails (O'Neill 2014,
    The American Statistician 68). Clusters of unequal size allow no more than `_df`. Wilson's
    limits are bounded and curved, so they need `WILSON_DF` less off than the plain t interval.

    Where it does not reach the bars: 91 % in 10 to 20 documents of ten questions each with a share
    of 0.9 to 0.95 and correlation 0.3 (89 to 92 % by sizes alone), and on the safe side, up to
    99.8 %, where 6 to 10 clusters are one yes/no question each.
    """
    count, mean = len(values), mean_of(values)
    squares = [sum(v - mean for v in c) ** 2 for c in values]
    limit = min(float(count), _df(values) + WILSON_DF)
    if sum(squares) < 1e-12:  # all values alike
        return limit
    kurtosis = count * sum(s * s for s in squares) / sum(squares) ** 2
    known = 2 * count / (kurtosis - (count - 3) / (count - 1))
    return min(limit, known + WILSON_DF)


def sign_flip_test(differences: ClusterValues, *, seed: int = 0) -> SignFlip:
    """Two-sided cluster sign-flip (randomisation) test of a zero mean difference.

    Under "no difference" each cluster's sum is as likely with either sign. Exact enumeration up
    to `EXACT_CLUSTERS` clusters that differ at all, seeded Monte Carlo above (the observed
    arrangement counted in, so p is never 0).
    """
    sums = np.array([sum(c) for c in differences], dtype=float)
    n = sum(len(c) for c in differences)
    difference = float(sums.sum() / n) if n else math.nan
    moving = sums[np.abs(sums) > 1e-12]
    if len(moving) == 0:
        return SignFlip(difference, 1.0, True, len(sums))
    observed = abs(moving.sum()) - 1e-9
    if len(moving) <= EXACT_CLUSTERS:
        signs = np.array(list(itertools.product((1.0, -1.0), repeat=len(moving) - 1)))
        signs = np.hstack([np.ones((len(signs), 1)), signs.reshape(len(signs), -1)])
        p = float((np.abs(signs @ moving) >= observed).mean())
        return SignFlip(difference, p, True, len(sums))
    signs = _random_signs(seed, MONTE_CARLO_FLIPS, len(moving))
    hits = int((np.abs(signs @ moving) >= observed).sum())
    return SignFlip(difference, (hits + 1) / (MONTE_CARLO_FLIPS + 1), False, len(sums))


@lru_cache(maxsize=8)
def _random_signs(seed: int, flips: int, clusters: int) -> np.ndarray:
    """The same signs for the same test: deciding again under other circumstances asks often."""
    random = np.random.default_rng(seed)
    return (random.integers(0, 2, size=(flips, clusters)) * 2 - 1).astype(np.int8)


def mcnemar_exact(wins: int, losses: int) -> float:
    """Two-sided exact McNemar p value: only valid where every cluster is one question."""
    n, k = wins + losses, min(wins, losses)
    if n == 0:
        return 1.0
    tail: float = sum(math.comb(n, i) for i in range(k + 1)) / 2**n
    return min(1.0, 2 * tail)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down adjustment, in the order given."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted, running = [1.0] * len(p_values), 0.0
    for rank, index in enumerate(order):
        running = max(running, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = running
    return adjusted
