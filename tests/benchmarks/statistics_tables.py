"""The full tables behind "intervals cover, equals are not told apart".

    python -m tests.benchmarks.statistics_tables [--sets 6000] [--seed 1]

One line per cell (clusters x rho): coverage of the share interval at each true share and on
average, coverage of the difference interval, false wins of the sign-flip test at 5 %. A second
table gives worlds outside the grid: a few large documents among many small ones, approaches
whose luck is spread differently, a true difference. About a minute on one core; with 6,000 sets a
cell of 95 % is known to +-0.55 points (two standard errors), one of 5 % as well.
"""

import argparse

import numpy as np

from tests.scoring.worlds import CLUSTERS, MEANS, RHOS, coverage, paired

FEW_LARGE = [1] * 60 + [4] * 12 + [8] * 10 + [15] * 8 + [27, 48, 57, 88]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    head = "  ".join(f"p={m}" for m in MEANS)
    print(f"clusters  rho   {head}  average   difference  false wins")
    for clusters in CLUSTERS:
        for rho in RHOS:
            rng = np.random.default_rng([args.seed, clusters, int(10 * rho)])
            cells = [coverage(rng, args.sets, clusters, rho, mean) for mean in MEANS]
            wins, covered = paired(rng, args.sets, clusters, rho)
            shown = "  ".join(f"{c:.3f}" for c in cells)
            print(f"{clusters:8}  {rho:.1f}   {shown}   {np.mean(cells):.3f}       {covered:.3f}"
                  f"       {wins:.3f}", flush=True)  # fmt: skip
    rng = np.random.default_rng(args.seed)
    print("\nother worlds                                 share   difference  false wins")
    few = coverage(rng, args.sets // 3, len(FEW_LARGE), 0.1, 0.7, FEW_LARGE)
    wins, covered = paired(rng, args.sets // 3, len(FEW_LARGE), 0.1, mean=0.7, sizes=FEW_LARGE)
    print(
        f"{'94 documents, 4 of them hold half':42} {few:.3f}        {covered:.3f}       {wins:.3f}"
    )
    for clusters in (10, 20, 40):
        for mean in (0.6, 0.9):
            wins, covered = paired(rng, args.sets, clusters, 0.0, mean=mean, other_rho=0.3)
            name = f"{clusters} clusters, both {mean}, luck unlike"
            print(f"{name:42}   -          {covered:.3f}       {wins:.3f}")
        wins, covered = paired(rng, args.sets, clusters, 0.1, mean=0.8, other=0.6)
        name = f"{clusters} clusters, 0.8 against 0.6"
        print(f"{name:42}   -          {covered:.3f}       {wins:.3f} (power)")


if __name__ == "__main__":
    main()
