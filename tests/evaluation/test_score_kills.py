"""The same settings give the same bytes, also when scoring is killed on the way, with a real model."""

import json
import os
import subprocess
import sys

import pytest

from tests.evaluation.helpers import GRID

KILLS = int(os.environ.get("KILLS", "5"))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="attempts are forks")
@pytest.mark.timeout(300 + 30 * KILLS)
def test_killed_anywhere_and_resumed_gives_the_same_bytes(tmp_path):
    """`KILLS=50` for the long version."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.evaluation.killable_score", tmp_path, str(KILLS), "7"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-2000:]
    told = json.loads(ended.stdout.splitlines()[-1])
    one, two, killed = (
        (tmp_path / name / "answers.jsonl").read_bytes() for name in ("one", "two", "killed")
    )
    answers = [json.loads(line) for line in one.splitlines()]
    assert len(answers) == 24 * len(GRID)
    assert not any(a.get("error") for a in answers)
    # A model that says one thing to everybody would make any two files equal.
    assert len({a["text"] for a in answers}) > len(answers) // 8
    assert one == two == killed
    assert told["killed"] >= KILLS // 2, told
