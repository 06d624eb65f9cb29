"""Long commands leave a folder that other processes can read."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from assistant.jobs import Jobs


def test_a_recorded_command(tmp_path):
    jobs = Jobs(tmp_path)
    with jobs.record(["reindex"]) as job:
        job("embedding", 3, 10, "a.md")
        (running,) = jobs.list()
        assert (running.state, running.command) == ("running", ("reindex",))
        assert (running.progress.done, running.progress.total) == (3, 10)
    assert jobs.list()[0].state == "done"


@pytest.mark.parametrize(
    ("error", "state"), [(ValueError("bad luck"), "failed"), (KeyboardInterrupt(), "cancelled")]
)
def test_how_it_ended(tmp_path, error, state):
    jobs = Jobs(tmp_path)

    def work():
        with jobs.record(["score"]):
            raise error

    with pytest.raises(type(error)):
        work()
    assert jobs.list()[0].state == state


def test_a_killed_command_has_died(tmp_path):
    code = (
        "import sys,time; from pathlib import Path; from assistant.jobs import Jobs\n"
        "with Jobs(Path(sys.argv[1])).record(['x']): print('on', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE)
    process.stdout.readline()
    assert Jobs(tmp_path).list()[0].state == "running"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert Jobs(tmp_path).list()[0].state == "died"


def test_started_as_a_subprocess(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    jobs = Jobs(tmp_path / "jobs")
    job = jobs.start(["reindex", "--corpus", "no-such-corpus"])
    deadline = time.monotonic() + 30
    while jobs.get(job.id).state == "running" and time.monotonic() < deadline:
        time.sleep(0.05)
    found = jobs.get(job.id)
    assert found.state == "failed"
    assert "no corpus named 'no-such-corpus'" in found.log_tail
    assert "Traceback" not in found.log_tail


def test_damaged_files_do_not_break_the_list(tmp_path):
    folder = tmp_path / "20260101-000000-aaaa"
    folder.mkdir()
    (folder / "command.json").write_text("{not json")
    (folder / "progress.jsonl").write_text('{"label": "a", "done": 1, "total": 2}\n{"lab')
    (job,) = Jobs(tmp_path).list()
    assert job.state == "died"
    assert job.progress.label == "a"


def test_ids_are_not_paths(tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "command.json").write_text(json.dumps({"arguments": ["x"], "pid": 1}))
    assert Jobs(tmp_path / "jobs").get("../secret").command == ()


def test_cancel_is_sigterm(tmp_path):
    code = (
        "import signal,sys,time; from pathlib import Path; from assistant.jobs import Jobs\n"
        "def stop(*_): raise KeyboardInterrupt\n"
        "signal.signal(signal.SIGTERM, stop)\n"
        "with Jobs(Path(sys.argv[1])).record(['x']): print('on', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    process.stdout.readline()
    jobs = Jobs(tmp_path)
    jobs.cancel(jobs.list()[0].id)
    process.wait(timeout=20)
    process.stdout.close()
    assert jobs.list()[0].state == "cancelled"
    assert os.path.exists(tmp_path)
