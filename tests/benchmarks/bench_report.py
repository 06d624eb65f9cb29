"""How long re-reporting a run takes: 300 questions by five approaches, every face, no model.

    python -m tests.benchmarks.bench_report [--questions 300] [--repeats 5]

Prints the slowest and the median of whole processes (start of Python included) and, inside one
process, where the time goes.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.evaluation.helpers import GRID, by_share, facts, make_run

BAR_SECONDS = 3.0
FACES = (".html", ".md", ".json", ".csv", ".xml")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--repeats", type=int, default=5)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        documents = home / "corpus" / "mine" / "documents"
        documents.mkdir(parents=True)
        (documents / "a.md").write_text("# A\n\nText.\n")
        questions = facts(wanted.questions, documents=80, unanswerable=wanted.questions // 8)
        say = by_share(prompt=0.1, rag=0.8, finetuned=0.4, hybrid=0.8, oracle=0.95)
        root = home / "indexes" / "mine" / "runs"
        root.mkdir(parents=True)
        make_run(root / "run-1", questions, say, GRID)
        seconds = [_process(home) for _ in range(wanted.repeats)]
        _inside(home)
    print(f"{len(questions)} questions x {len(GRID)} approaches, {len(FACES)} faces")
    print(f"whole command: median {statistics.median(seconds):.2f} s, slowest {max(seconds):.2f} s, "
          f"bar {BAR_SECONDS:g} s")  # fmt: skip
    sys.exit(max(seconds) > BAR_SECONDS)


def _process(home):
    outputs = [x for face in FACES for x in ("-o", str(home / f"r{face}"))]
    command = [sys.executable, "-m", "assistant", "recommend", "--home", str(home),
               "--corpus", "mine", *outputs]  # fmt: skip
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=os.environ)
    return time.perf_counter() - started


def _inside(home):
    from assistant.decision.html_report import to_html
    from assistant.workspace import Workspace

    started = time.perf_counter()
    report = Workspace.open(home, "mine").report()
    middle = time.perf_counter()
    page = to_html(report)
    print(f"inside: summary and verdict {middle - started:.2f} s, "
          f"HTML {time.perf_counter() - middle:.2f} s ({len(page) / 1e6:.1f} MB)")  # fmt: skip


if __name__ == "__main__":
    main()
