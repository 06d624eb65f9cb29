"""Reads JSON lines, plain or xz-compressed."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def find(folder: Path, name: str) -> Path:
    """The file ``name.jsonl`` or ``name.jsonl.xz`` of a folder.

    Raises:
        FileNotFoundError: If there is neither.
    """
    for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.xz"):
        if path.is_file():
            return path
    raise FileNotFoundError(f"no {name}.jsonl or {name}.jsonl.xz in {folder}")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            yield from map(json.loads, stream)
    else:
        with path.open(encoding="utf-8") as stream:
            yield from map(json.loads, stream)
