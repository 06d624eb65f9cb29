"""Made-up question sets by the thousand, and the statistics on all of them at once.

A world has 6 to 60 documents (clusters) with 1 to about 7 facts each; three facts in ten are asked
in three wordings and averaged; the chance of being right differs between documents with
correlation rho (beta-binomial). Arrays are padded: sets x clusters x facts, with a mask.

`share_intervals`, `difference_intervals` and `sign_flips` compute for every set at once what
`assistant.scoring.statistics` computes for one; `test_simulation` holds the two against each
other, so that a table made with these is a table about the product.
"""

import itertools
from dataclasses import dataclass

import numpy as np
from scipy import stats

from assistant.scoring.statistics import (
    ASSUMED_CORRELATION,
    EXACT_CLUSTERS,
    MOST_PER_VALUE,
    WILSON_DF,
)

CLUSTERS = (6, 8, 10, 20, 40, 60)
RHOS = (0.0, 0.1, 0.3)
MEANS = (0.3, 0.5, 0.8, 0.9)
FLIPS = 2_000


@dataclass(frozen=True)
class Sets:
    """Many question sets: values (sets, clusters, facts), 0 where the mask is off."""

    values: np.ndarray
    mask: np.ndarray

    def one(self, i):
        """Set i the way the product takes it."""
        pairs = zip(self.values[i], self.mask[i], strict=True)
        return [[float(v) for v, there in zip(*pair, strict=True) if there] for pair in pairs]


def document_chances(rng, shape, rho, mean):
    if rho == 0:
        return np.full(shape, mean)
    return rng.beta(mean * (1 - rho) / rho, (1 - mean) * (1 - rho) / rho, shape)


def answers(rng, chance):
    """A single wording (0 or 1), or for three facts in ten the mean of three that hang together."""
    single = (rng.random(chance.shape) < chance).astype(float)
    fact = rng.beta(1.5 * chance + 1e-3, 1.5 * (1 - chance) + 1e-3)
    return np.where(rng.random(chance.shape) < 0.3, rng.binomial(3, fact) / 3, single)


def _layout(rng, sets, clusters, sizes=None):
    if sizes is None:
        sizes = 1 + rng.poisson(3, (sets, clusters))
    else:
        sizes = np.broadcast_to(np.asarray(sizes), (sets, clusters))
    return np.arange(sizes.max()) < sizes[..., None]


def shares(rng, sets, clusters, rho, mean, sizes=None):
    """One approach that is right with chance `mean`."""
    mask = _layout(rng, sets, clusters, sizes)
    chance = document_chances(rng, (sets, clusters), rho, mean)[..., None]
    return Sets(answers(rng, np.broadcast_to(chance, mask.shape)) * mask, mask)


def pairs(rng, sets, clusters, rho, mean=0.6, other=None, other_rho=None, sizes=None):
    """Differences of two approaches; equally good unless `other` gives the second another mean."""
    mask = _layout(rng, sets, clusters, sizes)
    a = document_chances(rng, (sets, clusters), rho, mean)[..., None]
    second = mean if other is None else other
    b = document_chances(rng, (sets, clusters), rho if other_rho is None else other_rho, second)
    a, b = np.broadcast_to(a, mask.shape), np.broadcast_to(b[..., None], mask.shape)
    return Sets((answers(rng, a) - answers(rng, b)) * mask, mask)


def moments(sets):
    """(n, mean, jackknife variance, Kish's clusters, mean cluster size of a value, clusters)."""
    sizes = sets.mask.sum(-1).astype(float)
    n, sums = sizes.sum(-1), sets.values.sum(-1)
    mean, count = sums.sum(-1) / n, sizes.shape[-1]
    moved = ((sums - sizes * mean[:, None]) / (n[:, None] - sizes)) ** 2
    kish = np.clip(n**2 / (sizes**2).sum(-1), 1, count)
    return n, mean, (count - 1) / count * moved.sum(-1), kish, (sizes**2).sum(-1) / n, count


def _share_df(sets, mean, kish, count):
    squares = (sets.values.sum(-1) - sets.mask.sum(-1) * mean[:, None]) ** 2
    limit = np.minimum(count, np.maximum(1, kish - 1) + WILSON_DF)
    alike = squares.sum(-1) < 1e-12
    kurtosis = count * (squares**2).sum(-1) / np.where(alike, 1, squares.sum(-1) ** 2)
    known = 2 * count / np.where(alike, 1, kurtosis - (count - 3) / (count - 1))
    return np.where(alike, limit, np.minimum(limit, known + WILSON_DF))


def share_intervals(sets):
    """(low, high) of every set, as `share_interval`."""
    n, mean, variance, kish, size, count = moments(sets)
    spread = mean * (1 - mean)
    alike = (spread < 1e-12) | ~(variance > 1e-15)
    effective = np.clip(spread / np.where(alike, 1, variance), 1, MOST_PER_VALUE * n)
    effective = np.where(alike, n / (1 + (size - 1) * ASSUMED_CORRELATION), effective)
    q = stats.t.ppf(0.975, _share_df(sets, mean, kish, count))
    centre = (mean + q**2 / (2 * effective)) / (1 + q**2 / effective)
    half = q * np.sqrt(spread / effective + q**2 / (4 * effective**2)) / (1 + q**2 / effective)
    return np.maximum(0, centre - half), np.minimum(1, centre + half)


def difference_intervals(sets):
    """(low, high) of every set, as `difference_interval`."""
    n, mean, variance, kish, _, _ = moments(sets)
    error = np.sqrt(np.maximum(variance, 2 / (n + 2) ** 2))
    half = stats.t.ppf(0.975, np.maximum(1, kish - 1)) * error
    return np.maximum(-1, mean - half), np.minimum(1, mean + half)


def sign_flips(sets, rng):
    """p of every set, as `sign_flip_test`: enumerated, or with `FLIPS` random flips."""
    sums = sets.values.sum(-1)
    count = sums.shape[1]
    observed = np.abs(sums.sum(-1)) - 1e-9
    if count <= EXACT_CLUSTERS:
        rest = np.array(list(itertools.product((1.0, -1.0), repeat=count - 1)))
        signs = np.hstack([np.ones((len(rest), 1)), rest])
        return (np.abs(sums @ signs.T) >= observed[:, None]).mean(-1)
    signs = rng.integers(0, 2, size=(FLIPS, count)) * 2.0 - 1.0
    hits = (np.abs(sums @ signs.T) >= observed[:, None]).sum(-1)
    return (hits + 1) / (FLIPS + 1)


def coverage(rng, sets, clusters, rho, mean, sizes=None):
    """Share of sets whose interval holds the truth."""
    low, high = share_intervals(shares(rng, sets, clusters, rho, mean, sizes))
    return float(((low <= mean + 1e-12) & (mean - 1e-12 <= high)).mean())


def paired(rng, sets, clusters, rho, **more):
    """(share of false wins at 5 %, coverage of the difference) between equals."""
    drawn = pairs(rng, sets, clusters, rho, **more)
    low, high = difference_intervals(drawn)
    truth = more.get("mean", 0.6) - more.get("other", more.get("mean", 0.6))
    wins = float((sign_flips(drawn, rng) < 0.05).mean())
    return wins, float(((low <= truth) & (truth <= high)).mean())
