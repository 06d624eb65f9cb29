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
    path = version / READER_FILE
    stream = path.open("ab")
    fcntl.flock(stream, fcntl.LOCK_SH)
    # The writer may have moved the folder away between opening and locking.
    if not path.exists() or not os.path.samestat(path.stat(), os.fstat(stream.fileno())):
        stream.close()
        raise FileNotFoundError(version)
    return stream


@contextmanager
def no_reader(version: Path) -> Iterator[bool]:
    """Whether no process has the version open; if so, none can open it during the block."""
    try:
        import fcntl
    except ImportError:
        yield True
        return
    with (version / READER_FILE).open("ab") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
