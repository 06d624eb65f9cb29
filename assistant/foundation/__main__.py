"""``python -m assistant.foundation --data DIR --out DIR --budget cpu [--minutes M] [--resume]``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from assistant.foundation import recipe
from assistant.foundation.budgets import BUDGETS
from assistant.foundation.measure import PARTS, measure_folder


def main() -> None:
    """Read the options and run the recipe."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.foundation", description="Train the embedded model."
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with the training texts (JSON lines)"
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for checkpoints, log and model"
    )
    parser.add_argument("--budget", choices=sorted(BUDGETS), default="cpu")
    parser.add_argument(
        "--minutes", type=float, help="time to train; default depends on the budget"
    )
    parser.add_argument(
        "--steps", type=int, help="train exactly this many steps instead (reproducible)"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--embedder", type=Path, help="MiniLM's folder; default: the installed package"
    )
    parser.add_argument(
        "--weights", type=Path, help="go on from this exported model instead of from MiniLM"
    )
    parser.add_argument(
        "--share",
        type=float,
        default=0.5,
        help="with --weights: what the trained weights count for in the exported mean, 0 to 1",
    )
    parser.add_argument(
        "--keep",
        type=Path,
        help="exported model whose view of bare questions is kept; default: that of --weights",
    )
    parser.add_argument(
        "--mean",
        type=Path,
        nargs="+",
        help="only export the mean of these trainings (their --out), see --weights and --share",
    )
    parser.add_argument("--threads", type=int, help="torch threads on a CPU")
    parser.add_argument(
        "--resume", action="store_true", help="continue from the checkpoint in --out"
    )
    parser.add_argument("--abilities", type=Path, help="only measure the model in this folder")
    parser.add_argument("--count", type=int, default=200, help="items a row of --abilities")
    parser.add_argument(
        "--parts", nargs="+", choices=PARTS, default=PARTS, help="parts of --abilities"
    )
    options = parser.parse_args()
    budget, limit = recipe.with_limit(BUDGETS[options.budget], options.minutes, options.steps)
    if options.threads:
        budget = replace(budget, threads=options.threads)
    run = recipe.Run(
        data=options.data,
        out=options.out,
        embedder=options.embedder or recipe.find_embedder(),
        budget=budget,
        limit=limit,
        seed=options.seed,
        resume=options.resume,
        weights=options.weights,
        share=options.share,
        keep=options.keep,
    )
    if options.abilities:
        parts = tuple(options.parts)
        data = recipe.prepare(run) if "reading" in parts else None
        kept = options.out / "abilities.jsonl"
        measure_folder(options.abilities, data, run.seed, options.count, parts, kept)
    elif options.mean:
        recipe.mean(run, options.mean)
    else:
        recipe.train(run)


if __name__ == "__main__":
    main()
