"""Scores with a real model in children that are killed; see `test_score_kills.py`.

    python -m tests.evaluation.killable_score FOLDER KILLS SEED

Everything heavy is imported once; each attempt is a fork that opens its own model, as a new process
would. Prints one JSON object.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

import torch
import transformers.models.bart.modeling_bart  # noqa: F401  imported once, not in every fork

from assistant.answering.pipeline import Pipeline
from assistant.evaluation.runner import run
from assistant.evaluation.runs import RunFolder
from assistant.models.engine import Engine
from assistant.models.local import load_local
from assistant.schema import Question
from tests.answering.corpus import CHUNKS, WordRetriever
from tests.evaluation.helpers import GRID, header
from tests.finetuning.tiny import make_model
from tests.models.tiny import make_adapter

QUESTIONS = [
    Question(f"q{n}", f"{chunk.text.split('.')[0][:40]} - what about {n}?", (str(n),),
             sources=(chunk.document_id,))
    for n, chunk in enumerate(CHUNKS * (-(-24 // len(CHUNKS))))
][:24]  # fmt: skip


def score(root: Path, name: str) -> None:
    """One attempt: begins the run, or goes on with it."""
    path = root / name
    made = header(QUESTIONS, GRID, batch_size=4, passages=1, max_new_tokens=12)
    started = (path / "header.json").exists()
    folder = RunFolder.resume(path, made) if started else RunFolder.create(path, made, QUESTIONS)
    engine = Engine(
        lambda: load_local(str(root / "model"), adapter_path=lambda _: root / "adapter")
    )
    run(folder, Pipeline(engine, WordRetriever(), k=1, max_new_tokens=12), timing_questions=0)
    engine.close()


def attempt(root: Path, name: str, delay: float | None) -> bool:
    """Whether it ended by itself; with a delay it may be killed before."""
    child = os.fork()
    if child == 0:
        try:
            score(root, name)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        sys.exit("an attempt failed by itself")
    return os.WIFEXITED(status)


def main() -> None:
    """Two whole runs, then one that is killed again and again."""
    root, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    make_model(root / "model", "bart")
    make_adapter(root / "adapter", root / "model", 1)
    started = time.monotonic()
    attempt(root, "one", None)
    seconds = time.monotonic() - started
    attempt(root, "two", None)
    chance, killed, seen = random.Random(seed), 0, []
    answers = root / "killed" / "answers.jsonl"
    for _ in range(kills):
        killed += not attempt(root, "killed", chance.uniform(0.1, 0.7) * seconds)
        seen.append(len(answers.read_bytes().splitlines()) if answers.exists() else 0)
    attempt(root, "killed", None)
    print(json.dumps({"killed": killed, "lines": seen, "seconds": seconds}))


if __name__ == "__main__":
    main()
