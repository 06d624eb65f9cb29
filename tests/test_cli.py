"""The command line as a user meets it: real processes, real parts, no tracebacks."""

import json
import subprocess
import sys
import time

import pytest

from assistant.jobs import Jobs

DOCUMENTS = {
    "pump.md": "# Kelvar pump\n\n## Service\n\nThe Kelvar pump must be serviced every 14 months.\n\n"
    "The warranty of the Kelvar pump lasts 30 months. Its product code is KP-207.\n",
    "router.md": "# Ostrel router\n\n## Service\n\nThe Ostrel router needs no service.\n\n"
    "The warranty of the Ostrel router lasts 18 months. Its product code is OR-551.\n",
    "people.md": "# People\n\nMira Solvang founded the company in 1987. The head office is in Lund.\n",
    "prices.csv": "product,price\nKelvar pump,EUR 420\nOstrel router,EUR 185\n",
}
QUESTIONS = [
    {"id": "q1", "question": "How long is the warranty of the Kelvar pump?",
     "references": ["30 months"], "sources": ["pump.md"]},
    {"id": "q2", "question": "How long is the warranty of the Ostrel router?",
     "references": ["18 months"], "sources": ["router.md"]},
    {"id": "q3", "question": "Who founded the company?", "references": ["Mira Solvang"],
     "sources": ["people.md"]},
    {"id": "q4", "question": "What colour is the Kelvar pump?", "answerable": False},
]  # fmt: skip


def assistant(home, *arguments, code=0, timeout=280):
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments, "--home", str(home)],
        capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    for folder in ("documents", "questions"):
        (home / "corpus" / "mine" / folder).mkdir(parents=True)
    for name, text in DOCUMENTS.items():
        (home / "corpus" / "mine" / "documents" / name).write_text(text, encoding="utf-8")
    (home / "corpus" / "mine" / "questions" / "gold.jsonl").write_text(
        "\n".join(json.dumps(q) for q in QUESTIONS), encoding="utf-8"
    )
    return home


@pytest.fixture(scope="module")
def indexed(home):
    done = assistant(home, "reindex")
    assert done.stdout.startswith("4 added, 0 changed, 0 removed, 0 unchanged")
    return home


def test_help_lists_every_command():
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert time.perf_counter() - start < 30
    for command in ("reindex", "finetune", "ask", "score", "recommend", "ui", "demo", "doctor"):
        assert command in done.stdout


@pytest.mark.parametrize(
    "command",
    ["demo", "init", "reindex", "search", "questions", "finetune", "ask", "score", "grade",
     "recommend", "compare", "ui", "serve", "doctor"],
)  # fmt: skip
def test_every_command_explains_itself(command):
    from click.testing import CliRunner

    from assistant.cli import cli

    done = CliRunner().invoke(cli, [command, "--help"])
    assert done.exit_code == 0, done.output
    assert "Usage:" in done.output


@pytest.mark.parametrize(
    ("arguments", "code", "cure"),
    [
        (["ask", "what?", "--approaches", "rag"], 1, "assistant"),
        (["search", "what?"], 1, "assistant reindex"),
        (["score"], 1, "assistant score QUESTIONS.jsonl"),
        (["recommend"], 1, "assistant score"),
        (["ask", "  "], 2, "assistant ask"),
        (["ask", "x", "--approaches", "magic"], 2, "--approaches"),
        (["ask", "x", "--approaches", "finetuned"], 2, "assistant finetune"),
        (["reindex", "--corpus", "nowhere"], 1, "assistant reindex --corpus FOLDER"),
        (["score", "missing.jsonl"], 1, "check the path"),
        (["finetune", "--use", "nothing"], 1, "assistant finetune --list"),
        (["finetune", "--delta", "--ask-model"], 2, "leave out --ask-model"),
        (["reindex", "--no-such-option"], 2, "--no-such-option"),
        (["recommend", "-o", "report.docx"], 2, ".md"),
    ],
)
def test_every_error_names_its_cure(tmp_path, arguments, code, cure):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").write_text("# A\n\nText.", encoding="utf-8")
    done = assistant(tmp_path, *arguments, code=code)
    assert cure in done.stderr + done.stdout


def test_reindex_again_changes_nothing(indexed):
    assert assistant(indexed, "reindex").stdout.startswith("0 added, 0 changed, 0 removed, 4")


def test_search_prints_every_score(indexed):
    hits = json.loads(assistant(indexed, "search", "KP-207", "--json").stdout)
    assert hits[0]["chunk"]["document_id"] == "pump.md"
    assert hits[0]["keyword"] > 0


def test_questions_check(indexed):
    done = assistant(indexed, "questions", "check")
    assert "4" in done.stdout


def test_ask_scores_a_gold_question(indexed):
    done = assistant(indexed, "ask", QUESTIONS[0]["question"], "--json")
    comparison = json.loads(done.stdout)
    assert [a["approach"] for a in comparison["answers"]] == ["prompt", "rag"]
    assert all(s["outcome"] in ("correct", "incorrect", "abstained") for s in comparison["scores"])
    assert comparison["answers"][1]["passages"]


@pytest.mark.slow
def test_a_training_cancelled_from_the_app_keeps_its_checkpoint(indexed):
    root = indexed / "indexes" / "mine"
    jobs = Jobs(root / "jobs")
    started = jobs.start(["finetune", "--minutes", "4", "--home", str(indexed)])
    cancelled, deadline = False, time.monotonic() + 200
    while (job := jobs.get(started.id)).state == "running" and time.monotonic() < deadline:
        if not cancelled and job.progress and job.progress.label.startswith("training"):
            jobs.cancel(job.id)
            cancelled = True
        time.sleep(0.1)
    assert cancelled
    assert job.state == "cancelled", job.log_tail
    assert "The same command resumes" in job.log_tail
    assert any((root / "adapters" / "training").iterdir())
    assert "no adapters yet" in assistant(indexed, "finetune", "--list").stderr


@pytest.mark.slow
def test_the_whole_journey(indexed):
    report = json.loads(assistant(indexed, "finetune", "--minutes", "0.4", "--json").stdout)
    assert report["adapter"]
    assert "*" in assistant(indexed, "finetune", "--list").stdout
    assistant(indexed, "score", "--timings", "1", "-o", str(indexed / "r.md"), "-o",
              str(indexed / "r.xml"))  # fmt: skip
    text = (indexed / "r.md").read_text(encoding="utf-8")
    for name in ("prompt", "rag", "finetuned", "hybrid", "oracle"):
        assert f"| {name} |" in text
    verdict = json.loads(assistant(indexed, "recommend", "--json").stdout)
    assert verdict["certainty"] == "indicative"  # four questions decide nothing
    assert "adapter" in assistant(indexed, "doctor", "--deep").stdout
    both = json.loads(assistant(indexed, "ask", "Who founded the company?", "--json").stdout)
    assert len(both["answers"]) == 4


@pytest.mark.slow
def test_changed_documents_leave_the_adapter_behind(indexed):
    (indexed / "corpus" / "mine" / "documents" / "people.md").write_text(
        "# People\n\nMira Solvang and Odd Lien founded the company in 1989.\n", encoding="utf-8"
    )
    assert "1 changed" in assistant(indexed, "reindex").stdout
    assert "changed chunks behind" in assistant(indexed, "doctor").stdout
