"""Append-only JSON lines that survive a kill."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.evaluation.codec import dumps


def append_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Append records and wait until the disk has them."""
    text = "".join(dumps(record) + "\n" for record in records)
    with path.open("ab") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Records of a file; nothing when it does not exist. A torn last line is left out."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return
            if not line.strip():
                continue  # people leave blank lines in files they edit
            record = json.loads(line)
            if isinstance(record, dict):
                yield record


def repair(path: Path) -> int:
    """Cut off a last line that a kill left unfinished; returns the bytes removed."""
    if not path.exists():
        return 0
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        truncate(path, whole)
    return len(data) - whole


def end_last_line(path: Path) -> None:
    """Before appending to a file that people edit too: a whole last record gets its line end."""
    if not path.exists():
        return
    last = path.read_bytes().rpartition(b"\n")[2]
    try:
        whole = bool(last) and json.loads(last) is not None
    except ValueError:
        whole = False
    if whole:
        with path.open("ab") as file:
            file.write(b"\n")
    else:
        repair(path)


def remove_lines(path: Path, matches: Callable[[Mapping[str, Any]], bool]) -> int:
    """Remove the lines whose record matches; every other byte stays. Returns how many."""
    if not path.exists():
        return 0
    path = path.resolve()  # a link stays one
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not _matches(line, matches)]
    if len(kept) < len(lines):
        temporary = path.with_name(path.name + ".tmp")
        with temporary.open("wb") as file:
            file.write(b"".join(kept))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    return len(lines) - len(kept)


def _matches(line: bytes, matches: Callable[[Mapping[str, Any]], bool]) -> bool:
    try:
        record = json.loads(line)
    except ValueError:
        return False
    return isinstance(record, dict) and matches(record)


def truncate(path: Path, size: int) -> None:
    """Cut a file to `size` bytes, durably."""
    with path.open("r+b") as file:
        file.truncate(size)
        os.fsync(file.fileno())


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old or the new one, never a part."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
