"""Question and pair files: JSON lines, CSV, SQuAD JSON. All mistakes of a file in one error."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from assistant.documents.question_files import is_question_file
from assistant.documents.question_records import (
    PAIR_FIELDS,
    QUESTION_FIELDS,
    BadRecord,
    pair_from_json,
    question_from_json,
    question_to_json,
)
from assistant.documents.squad_file import squad_records
from assistant.errors import QuestionFileError
from assistant.schema import Pair, Question

MAX_FILE_BYTES = 100_000_000
MAX_LINE_BYTES = 1_000_000
MAX_SHOWN = 20
LIST_SEPARATOR = "|"
"""Between the entries of a list in one CSV cell."""

_LISTS = frozenset({"references", "must", "sources", "tags"})
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

Record = TypeVar("Record", Question, Pair)
Raw = tuple[str, Any]
"""(place such as "line 3", decoded record or the `BadRecord` met while decoding it)."""

__all__ = [
    "is_question_file",
    "load_pairs",
    "load_questions",
    "question_from_json",
    "question_to_json",
]


def load_questions(path: Path) -> list[Question]:
    """The gold questions of a `.jsonl`, `.csv`, `.tsv` or SQuAD `.json` file, in file order.

    In CSV, the entries of a list are separated by `|` and `checks` is JSON.

    Raises:
        QuestionFileError: names every bad line; also for a missing or empty file and for ids
            that occur twice.
    """
    return _load(path, question_from_json, QUESTION_FIELDS)


def load_pairs(path: Path) -> list[Pair]:
    """The user's training pairs: `question`, `answer` and optionally `id`, `kind`, `tags`.

    Raises:
        QuestionFileError: names every bad line.
    """
    return _load(path, pair_from_json, PAIR_FIELDS)


def _load(path: Path, parse: Callable[[Any], Record], fields: tuple[str, ...]) -> list[Record]:
    data = _read(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise QuestionFileError(
            f"{path.name}: unknown type {path.suffix or '(no extension)'}",
            f"use one of {', '.join(_READERS)}",
        )
    records: list[Record] = []
    problems: list[str] = []
    places: dict[str, str] = {}
    for place, raw in reader(data):
        try:
            if isinstance(raw, BadRecord):
                raise raw
            record = parse(raw)
        except BadRecord as error:
            problems.extend(f"{place}: {problem}" for problem in error.problems)
            continue
        if record.id in places:
            problems.append(f"{place}: id {record.id!r} was used at {places[record.id]} already")
        places.setdefault(record.id, place)
        records.append(record)
    if problems:
        shown = "\n  ".join(problems[:MAX_SHOWN])
        more = f"\n  and {len(problems) - MAX_SHOWN} more" if len(problems) > MAX_SHOWN else ""
        noun = "problem" if len(problems) == 1 else "problems"
        raise QuestionFileError(
            f"{path}: {len(problems)} {noun}\n  {shown}{more}",
            "correct the lines named above",
        )
    if not records:
        raise QuestionFileError(f"{path} holds no records", f"one a line, with {', '.join(fields)}")
    return records


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise QuestionFileError(
                f"{path} has {size / 1e6:,.0f} MB (limit {MAX_FILE_BYTES / 1e6:,.0f} MB)",
                "split it",
            )
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise QuestionFileError(
            f"{path} cannot be read: {error.strerror or error}", "check the path"
        ) from error


def _json_lines(data: bytes) -> Iterator[Raw]:
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            yield f"line {number}", _decode(line)


def _decode(line: bytes) -> Any:
    if len(line) > MAX_LINE_BYTES:
        return BadRecord([f"{len(line):,} bytes long (limit {MAX_LINE_BYTES:,})"])
    try:
        return json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_finite)
    except UnicodeDecodeError as error:
        return BadRecord([f"not UTF-8 (byte {error.start + 1})"])
    except json.JSONDecodeError as error:
        return BadRecord([f"not JSON: {error.msg} (column {error.colno})"])
    except (ValueError, RecursionError) as error:
        return BadRecord([f"not JSON: {str(error)[:200]}"])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("a field is given twice")
    return record


def _finite(name: str) -> float:
    raise ValueError(f"{name} is not a JSON number")


def _csv_rows(data: bytes) -> Iterator[Raw]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        while True:
            first = rows.line_num + 1
            row = next(rows, None)
            if row is None:
                return
            if not any(cell.strip() for cell in row):
                continue
            place = f"line {first}"
            if len(row) > len(header):
                problem = f"{len(row)} cells under {len(header)} columns"
                yield place, BadRecord([problem])
            else:
                yield place, _csv_record(dict(zip(header, row, strict=False)))
    except csv.Error as error:
        yield f"line {rows.line_num}", BadRecord([f"not CSV: {error}"])


def _csv_record(row: dict[str, str]) -> Any:
    record: dict[str, Any] = {}
    for name, cell in row.items():
        value = cell.strip()
        if not value:
            continue
        if name in _LISTS:
            record[name] = [part.strip() for part in value.split(LIST_SEPARATOR) if part.strip()]
        elif name == "checks":
            checks = _decode(value.encode())
            if isinstance(checks, BadRecord):
                return BadRecord([f"field 'checks' is {checks.problems[0]}"])
            record[name] = checks
        elif name == "answerable":
            record[name] = _YES_NO.get(value.lower(), value)
        else:
            record[name] = value
    return record


def _json_file(data: bytes) -> Iterator[Raw]:
    """SQuAD, or a list of the same objects that JSON lines hold."""
    try:
        content = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        yield "file", BadRecord([f"not JSON: {str(error)[:200]}"])
        return
    if isinstance(content, list):
        yield from ((f"record {number}", record) for number, record in enumerate(content, 1))
    else:
        yield from squad_records(content)


_READERS: dict[str, Callable[[bytes], Iterator[Raw]]] = {
    ".jsonl": _json_lines,
    ".csv": _csv_rows,
    ".tsv": _csv_rows,
    ".json": _json_file,
}
