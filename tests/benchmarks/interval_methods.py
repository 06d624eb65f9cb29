"""Published intervals of a share on clustered questions, beside the one in the product.

    python -m tests.benchmarks.interval_methods [--sets 20000] [--seed 1] [--world usual] [--cells]

Every method sees the same question sets (those of `tests.scoring.worlds`, so every difference is
one of the methods), 6 to 60 clusters, rho 0 to 0.3, true shares 0.3 to 0.95; by symmetry 0.05 to
0.5 are the same. One line per method: cells below 93 % and above 97 %, least, largest and mean
coverage, mean width; with --cells one line per cell. With 20,000 sets a coverage of 95 % is known
to +-0.3 points (two standard errors). A world of other sizes than the one that the degrees of
freedom were chosen on is asked for with --world. About five minutes on one core.
"""

import argparse

import numpy as np
from scipy import stats
from scipy.special import betaincinv

from tests.scoring import worlds

MEANS = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95)


class Seen:
    """What the methods take: share, effective n, number of values, quantile for C - 1."""

    def __init__(self, sets):
        self.sets = sets
        n, self.share, variance, kish, size, count = worlds.moments(sets)
        spread = self.share * (1 - self.share)
        alike = (spread < 1e-12) | ~(variance > 1e-15)
        self.n, self.variance = n, variance
        self.effective = np.where(
            alike, n / (1 + (size - 1) * 0.3), spread / np.where(alike, 1, variance)
        )
        self.t = stats.t.ppf(0.975, count - 1)
        self.kish_t = stats.t.ppf(0.975, np.minimum(count - 1, kish))
        # Korn and Graubard's degrees-of-freedom adjustment, cut off at the sample.
        adjusted = self.effective * (stats.t.ppf(0.975, n - 1) / self.t) ** 2
        self.adjusted = np.minimum(n, adjusted)


def product(seen):
    return worlds.share_intervals(seen.sets)


def _wilson(share, n, q):
    centre = (share + q**2 / (2 * n)) / (1 + q**2 / n)
    half = q * np.sqrt(share * (1 - share) / n + q**2 / (4 * n**2)) / (1 + q**2 / n)
    return centre - half, centre + half


def wilson_kish(seen):
    """What the product had before: degrees of freedom from sizes alone."""
    return _wilson(seen.share, np.minimum(5 * seen.n, seen.effective), seen.kish_t)


def wilson(seen):
    """Dean and Pagano 2015."""
    return _wilson(seen.share, seen.effective, seen.t)


def wilson_cut(seen):
    """The same with effective n at most n."""
    return _wilson(seen.share, np.minimum(seen.n, seen.effective), seen.t)


def korn_graubard(seen):
    """Clopper and Pearson on adjusted effective n (Korn and Graubard 1998)."""
    n, x = seen.adjusted, seen.share * seen.adjusted
    return _beta(x, n - x + 1, 0.025), _beta(x + 1, n - x, 0.975)


def jeffreys(seen):
    """Beta(1/2, 1/2) prior on adjusted effective n (Franco et al. 2019)."""
    n, x = seen.adjusted, seen.share * seen.adjusted
    low, high = _beta(x + 0.5, n - x + 0.5, 0.025), _beta(x + 0.5, n - x + 0.5, 0.975)
    return np.where(x < 1e-9, 0, low), np.where(n - x < 1e-9, 1, high)


def _beta(a, b, tail):
    inside = betaincinv(np.maximum(a, 1e-9), np.maximum(b, 1e-9), tail)
    return np.where(a < 1e-9, 0.0, np.where(b < 1e-9, 1.0, inside))


def logit(seen):
    """Wald on the log odds with t; all alike is taken as half an answer short of it."""
    n = np.minimum(seen.n, seen.effective)
    share = np.clip(seen.share, 0.5 / n, 1 - 0.5 / n)
    middle, half = np.log(share / (1 - share)), seen.t / np.sqrt(n * share * (1 - share))
    low, high = 1 / (1 + np.exp(half - middle)), 1 / (1 + np.exp(-half - middle))
    return np.where(seen.share < 1e-9, 0, low), np.where(seen.share > 1 - 1e-9, 1, high)


def arcsine(seen):
    """Anscombe 1948, with t."""
    n = seen.effective
    middle = np.arcsin(np.sqrt((seen.share * n + 0.375) / (n + 0.75)))
    half = seen.t / (2 * np.sqrt(n + 0.5))
    return np.sin(np.maximum(0, middle - half)) ** 2, np.sin(
        np.minimum(np.pi / 2, middle + half)
    ) ** 2


def agresti_coull(seen):
    """Agresti and Coull 1998, with t."""
    n = seen.effective + seen.t**2
    share = (seen.share * seen.effective + seen.t**2 / 2) / n
    half = seen.t * np.sqrt(share * (1 - share) / n)
    return share - half, share + half


def wald(seen):
    half = seen.t * np.sqrt(seen.variance)
    return seen.share - half, seen.share + half


METHODS = (product, wilson_kish, wilson, wilson_cut, agresti_coull, korn_graubard, jeffreys, logit, arcsine, wald)  # fmt: skip
SIZES = {
    "usual": lambda rng, shape: None,
    "three each": lambda rng, shape: np.full(shape, 3),
    "small": lambda rng, shape: 1 + rng.poisson(1, shape),
    "unequal": lambda rng, shape: np.clip(np.exp(rng.normal(1, 0.9, shape)).round(), 1, 25),
    "large": lambda rng, shape: 3 + rng.poisson(7, shape),
    "one each": lambda rng, shape: np.ones(shape),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--world", choices=SIZES, default="usual")
    parser.add_argument("--cells", action="store_true")
    args = parser.parse_args()
    found = {}
    for clusters in worlds.CLUSTERS:
        for rho in worlds.RHOS:
            for mean in MEANS:
                rng = np.random.default_rng([args.seed, clusters, int(10 * rho), int(100 * mean)])
                found[clusters, rho, mean] = cell = _cell(args, rng, clusters, rho, mean)
                if args.cells:
                    told = "  ".join(f"{100 * c:.1f} ({w:.3f})" for c, w in cell)
                    print(f"{clusters:3} {rho:.1f} {mean:.2f}  {told}", flush=True)
    print("method          cells  below 93  above 97   least  largest  mean    width")
    for i, method in enumerate(METHODS):
        for name, means in (("up to 0.9", MEANS[:-1]), ("0.95", MEANS[-1:])):
            cells = np.array([v[i] for k, v in found.items() if k[2] in means])
            covered, width = cells[:, 0], cells[:, 1].mean()
            print(f"{method.__name__:14} {name:>9} {(covered < 0.93).sum():6} {(covered > 0.97).sum():9}"
                  f"     {covered.min():.3f}  {covered.max():.3f}   {covered.mean():.3f}  {width:.4f}")  # fmt: skip


def _cell(args, rng, clusters, rho, mean):
    """(coverage, mean width) of every method, in portions that fit into memory."""
    portions = []
    for start in range(0, args.sets, 2000):
        count = min(2000, args.sets - start)
        sizes = SIZES[args.world](rng, (count, clusters))
        seen = Seen(worlds.shares(rng, count, clusters, rho, mean, sizes))
        for method in METHODS:
            low, high = (np.clip(limit, 0, 1) for limit in method(seen))
            portions.append(
                (
                    ((low <= mean + 1e-9) & (mean - 1e-9 <= high)).sum(),
                    (high - low).sum(),
                )
            )
    totals = np.array(portions, dtype=float).reshape(-1, len(METHODS), 2).sum(0)
    return [tuple(t) for t in totals / args.sets]


if __name__ == "__main__":
    main()
