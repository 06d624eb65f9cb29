"""Score, grade, recommend and compare as commands, over scripted runs: no model anywhere."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from assistant.cli import cli
from assistant.errors import AssistantError
from tests.evaluation.helpers import UNTRAINED, by_share, facts
from tests.journeys.helpers import add_run, workspace

QUESTIONS = facts(30, documents=15, unanswerable=4)


@pytest.fixture
def home(tmp_path):
    found = workspace(tmp_path)
    before = by_share(prompt=0.1, rag=0.9, oracle=1.0)
    after = by_share(prompt=0.1, rag=0.6, oracle=1.0)
    add_run(found, "run-1", QUESTIONS, before, UNTRAINED)
    add_run(found, "run-2", QUESTIONS, after, UNTRAINED, created="2026-06-02T00:00:00+00:00")
    return found


def call(home, *arguments, answers=""):
    return CliRunner().invoke(
        cli, [*arguments, "--home", str(home.home), "--corpus", "mine"], input=answers
    )


def fails(home, *arguments):
    done = call(home, *arguments)
    assert isinstance(done.exception, AssistantError), done.output
    return done.exception


def test_recommend_prints_every_measured_table_and_the_verdict(home):
    done = call(home, "recommend", "run-1")
    assert done.exit_code == 0, done.output
    for part in ("Outcomes", "Confidently wrong, by kind", "Behaviour", "Where rag is not right",
                 "Side by side", "time to reflect one changed document", "Crossovers",
                 "known to the base without documents", "gate 6, cost", "Verdict: "):  # fmt: skip
        assert part in done.output, part


def test_every_face_is_written(home, tmp_path):
    faces = [
        tmp_path / f"out/report{suffix}" for suffix in (".html", ".md", ".json", ".csv", ".xml")
    ]
    arguments = [x for path in faces for x in ("-o", str(path))]
    assert call(home, "recommend", *arguments).exit_code == 0
    assert all(path.stat().st_size > 1000 for path in faces)
    assert json.loads(faces[2].read_text())["summary"]["header"]["id"] == "run-2"


def test_compare_gates(home):
    done = call(home, "compare", "run-1", "run-2", "--max-regression", "0.5")
    assert done.exit_code == 0, done.output
    assert "worse: q" in done.output
    assert fails(home, "compare", "run-1", "run-2", "--max-regression", "0.1").exit_code == 3
    calm = call(
        home, "compare", "run-1", "run-2", "--max-regression", "0.1", "--approach", "prompt"
    )
    assert calm.exit_code == 0
    assert call(home, "compare", "run-1", "run-2", "--fail-under", "0.5").exit_code == 0
    error = fails(home, "compare", "run-1", "run-2", "--fail-under", "0.8")
    assert error.exit_code == 3
    assert error.message.startswith("rag correct: 6")
    # oracle is right on all and still does not count.
    assert "oracle" not in error.message


def test_grading_hides_the_approach_wins_and_reports_kappa(home):
    before = home.summary("run-2").approach("prompt").correct.part
    done = call(home, "grade", "run-2", "--sample", "30", answers="c\n" * 12 + "i\n" * 6 + "q\n")
    assert done.exit_code == 0, done.output
    assert "18 grades saved" in done.output
    assert "rule and people agree on" in done.output
    assert "kappa" in done.output
    for name in ("prompt", "rag", "oracle"):
        assert name not in done.output
    after = home.summary("run-2")
    assert after.graded > 0
    assert after.approach("prompt").correct.part > before
    assert home.summary("run-1").graded > 0  # the same answers in the other run
    again = call(home, "grade", "run-2", "--sample", "200", answers="q\n")
    assert "18" not in again.output.splitlines()[0]


def test_reporting_again_loads_no_model(home, tmp_path):
    code = (
        "import sys; from assistant.workspace import Workspace;"
        "from assistant.cli.report import write_outputs; from pathlib import Path;"
        f"report = Workspace.open({str(home.home)!r}, 'mine').report('run-1');"
        f"write_outputs(report, tuple(Path({str(tmp_path)!r}, 'r' + s)"
        " for s in ('.html', '.md', '.json', '.csv', '.xml')));"
        "heavy = {'torch', 'transformers', 'chromadb', 'sentence_transformers', 'peft',"
        " 'langchain_core', 'streamlit'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
    assert (tmp_path / "r.html").stat().st_size > 10_000
