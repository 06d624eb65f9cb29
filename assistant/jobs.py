"""Long work as a folder: `jobs/<id>/{command.json, progress.jsonl, result.json, log}`.

The app starts the very command a user would type, as a subprocess. A command started in a terminal
leaves the same folder, so the app shows that too. Cancel is SIGTERM; resume is the command again.
"""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

ENVIRONMENT = "ASSISTANT_JOB"
State = Literal["running", "done", "failed", "cancelled", "died"]


@dataclass(frozen=True, slots=True)
class Progress:
    """The last thing a job said about itself."""

    label: str
    done: float = 0.0
    total: float = 0.0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One long command, running or over."""

    id: str
    command: tuple[str, ...]
    state: State
    started: float
    progress: Progress | None
    message: str
    log_tail: str


class Jobs:
    """The jobs of one corpus."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def start(self, arguments: Sequence[str]) -> Job:
        """Run `assistant <arguments>` detached from this process."""
        folder = self._create(arguments)
        with (folder / "log").open("wb") as log:
            subprocess.Popen(
                [sys.executable, "-m", "assistant", *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, ENVIRONMENT: str(folder)},
            )
        return self.get(folder.name)

    def list(self, most: int = 20) -> tuple[Job, ...]:
        """Newest first."""
        if not self.root.is_dir():
            return ()
        names = sorted((p.name for p in self.root.iterdir() if p.is_dir()), reverse=True)
        return tuple(self.get(name) for name in names[:most])

    def get(self, job_id: str) -> Job:
        """One job as it is now."""
        folder = self.root / Path(job_id).name
        command = _read(folder / "command.json")
        result = _read(folder / "result.json")
        last = _last_line(folder / "progress.jsonl")
        return Job(
            id=folder.name,
            command=tuple(str(a) for a in command.get("arguments", ())),
            state=_state(command, result),
            started=float(command.get("started", 0.0)),
            progress=Progress(**last) if last else None,
            message=str(result.get("message", "")),
            log_tail=_tail(folder / "log"),
        )

    def cancel(self, job_id: str) -> None:
        """Ask a running job to stop; what it has finished stays."""
        pid = int(_read(self.root / Path(job_id).name / "command.json").get("pid", 0))
        if pid:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGTERM)

    def _create(self, arguments: Sequence[str]) -> Path:
        folder = self.root / f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}"
        folder.mkdir(parents=True)
        _write(folder / "command.json", {"arguments": list(arguments), "started": time.time()})
        return folder

    @contextmanager
    def record(self, arguments: Sequence[str]) -> Iterator["Recorder"]:
        """Leave a job folder for the command this process is running."""
        given = os.environ.pop(ENVIRONMENT, "")
        folder = Path(given) if given else self._create(arguments)
        command = _read(folder / "command.json") or {"arguments": list(arguments)}
        _write(
            folder / "command.json",
            {**command, "pid": os.getpid(), "started": command.get("started", time.time())},
        )
        recorder = Recorder(folder)
        outcome = {"state": "failed", "message": ""}
        try:
            yield recorder
            outcome = {"state": "done", "message": ""}
        except KeyboardInterrupt:
            outcome = {"state": "cancelled", "message": "stopped; run the command again to resume"}
            raise
        except BaseException as error:
            outcome = {"state": "failed", "message": str(error)[:2000]}
            raise
        finally:
            _write(folder / "result.json", outcome)


def note_early_failure(message: str) -> None:
    """A job that ended before it could record itself (a wrong option, an unknown corpus)."""
    given = os.environ.pop(ENVIRONMENT, "")
    if given:
        _write(Path(given) / "result.json", {"state": "failed", "message": message[:2000]})


class Recorder:
    """Appends progress; at most a few lines a second reach the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._last = 0.0

    def __call__(self, label: str, done: float = 0.0, total: float = 0.0, detail: str = "") -> None:
        """Note where the work stands."""
        now = time.monotonic()
        if now - self._last < 0.3 and done < total:
            return
        self._last = now
        line = json.dumps({"label": label, "done": done, "total": total, "detail": detail})
        with (self.folder / "progress.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _state(command: dict[str, Any], result: dict[str, Any]) -> State:
    if result:
        state = result.get("state")
        return state if state in ("done", "failed", "cancelled") else "failed"  # type: ignore[return-value]
    pid = int(command.get("pid", 0))
    if not pid:  # started, but the process has not introduced itself yet
        return "running" if time.time() - float(command.get("started", 0)) < 60 else "died"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return "died"
    except PermissionError:
        pass
    return "running"


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _write(path: Path, value: dict[str, Any]) -> None:
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(value), encoding="utf-8")
    os.replace(temporary, path)


def _last_line(path: Path) -> dict[str, Any]:
    lines = _tail(path).splitlines()
    for line in reversed(lines):
        with suppress(ValueError):
            value = json.loads(line)
            if isinstance(value, dict) and set(value) <= {"label", "done", "total", "detail"}:
                return value
    return {}


def _tail(path: Path, size: int = 4000) -> str:
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - size))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""
