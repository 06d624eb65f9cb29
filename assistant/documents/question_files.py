"""Telling question files from documents: they hold the answers, so they must never be indexed."""

import csv
import json
from pathlib import Path
from typing import Any

_SNIFFED = frozenset({".jsonl", ".json", ".csv", ".tsv"})
_SNIFF_BYTES = 65_536
_KEY_COLUMNS = frozenset({"references", "must", "checks", "answerable", "sources"})
_ANSWER_COLUMNS = _KEY_COLUMNS | {"answer", "answers", "reference"}


def is_question_file(path: Path) -> bool:
    """Whether the file holds questions with answers (JSON lines, CSV or SQuAD JSON).

    Decided by the first row or record: it has a `question` and a field for answers. A table with
    only `question` and `answer` columns is a document, because that is what a list of frequent
    questions looks like. Unreadable files are not question files, so reading reports them.
    """
    suffix = path.suffix.lower()
    if suffix not in _SNIFFED or path.is_symlink():
        return False
    try:
        with path.open("rb") as stream:
            head = stream.read(_SNIFF_BYTES).decode("utf-8-sig", errors="replace").lstrip()
    except OSError:
        return False
    if suffix in (".csv", ".tsv"):
        return _has_columns(_first_row(head), _KEY_COLUMNS)
    if suffix == ".jsonl":
        record = _parse(head.split("\n", 1)[0])
        return isinstance(record, dict) and _has_columns(list(record), _ANSWER_COLUMNS)
    compact = "".join(head[:2000].split())
    return ('"paragraphs"' in compact and '"data"' in compact) or '"qas"' in compact


def _first_row(head: str) -> list[str]:
    line = head.split("\n", 1)[0]
    delimiter = max(",;\t", key=line.count)
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _has_columns(names: list[str], answers: frozenset[str]) -> bool:
    columns = {name.strip().lower() for name in names}
    return "question" in columns and bool(columns & answers)


def _parse(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
