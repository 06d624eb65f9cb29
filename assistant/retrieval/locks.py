"""One writer at a time; versions that a reader has open are not removed."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from assistant.errors import Locked

READER_FILE = "readers.lock"


@contextmanager
def writer_lock(root: Path) -> Iterator[None]:
    """Holds the writer lock of an index folder; the system frees it when the process dies.

    Raises:
        Locked: naming the process that holds it.
    """
    from filelock import FileLock, Timeout

    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(root / "writer.lock")
    owner = root / "writer.json"  # beside the lock: trying to lock empties the lock file itself
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise Locked(
            f"{root} is being written by {_describe(owner)}", "wait for it to end, then try again"
        ) from error
    try:
        text = json.dumps({"pid": os.getpid(), "command": " ".join(sys.argv)[:300]})
        owner.write_text(text, encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            owner.unlink()
        lock.release()


def _describe(owner: Path) -> str:
    try:
        record = json.loads(owner.read_text(encoding="utf-8"))
        return f"process {record['pid']} ({record['command']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def hold_for_reading(version: Path) -> IO[bytes] | None:
    """Marks a version as in use until the returned file is closed (or the process dies).

    None where the system has no shared file locks; there, open files cannot be removed anyway.

    Raises:
        FileNotFoundError: when the version has been removed.
    """
    try:
        import fcntl
    except ImportError:
        return None
    if not version.is_dir():
        raise FileNotFoundError(version)
    stream = (version / READER_FILE).open("ab")
    fcntl.flock(stream, fcntl.LOCK_SH)
    return stream


def held_by_reader(version: Path) -> bool:
    """Whether any process has the version open."""
    path = version / READER_FILE
    if not path.is_file():
        return False
    try:
        import fcntl
    except ImportError:
        return False
    with path.open("ab") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        return False
