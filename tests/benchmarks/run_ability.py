"""One approach of a scored run as a row of the embedded model's card.

    python -m tests.benchmarks.run_ability RUN_FOLDER [--approach rag]

Prints one line of JSON (share of answerable gold questions answered correctly, Wilson's interval;
tasks of behaviour are no questions to a passage and do not count)
to be appended to the file that `python -m assistant.foundation ... --abilities` wrote.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path


def measure(folder, approach):
    from assistant.evaluation.runs import RunFolder
    from assistant.evaluation.scored import score_run
    from assistant.foundation.intervals import share

    scored = [
        s
        for s in score_run(RunFolder.open(folder))
        if s.answer.approach == approach
        and s.question.answerable
        and s.question.kind != "behaviour"  # a format or a label that no passage shows
        and s.score.outcome is not None
    ]
    shown = max(len(s.answer.passages) for s in scored)
    count = {1: "one retrieved passage", 5: "five retrieved passages"}.get(
        shown, f"up to {shown} retrieved passages"
    )
    return share(f"read: sample corpus, {count} (correct)", [s.score.correct for s in scored])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("--approach", default="rag")
    given = parser.parse_args()
    print(json.dumps(asdict(measure(given.run, given.approach))))


if __name__ == "__main__":
    main()
