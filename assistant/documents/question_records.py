"""One question or pair from the fields of a file, every mistake of the record reported at once."""

import difflib
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, get_args

from assistant.schema import Check, CheckType, Pair, Question, split_source

QUESTION_FIELDS = (
    "id", "question", "references", "must", "checks", "answerable", "sources", "group", "kind",
    "tags",
)  # fmt: skip
PAIR_FIELDS = ("id", "question", "answer", "kind", "tags")
CHECK_TYPES: tuple[str, ...] = get_args(CheckType)
MAX_TEXT_CHARS = 20_000
MAX_PATTERN_CHARS = 1_000


class BadRecord(Exception):
    """Everything wrong with one record, one message each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


class _Fields:
    """Reads typed fields and gathers what is wrong with them."""

    def __init__(self, record: Any, known: Sequence[str]) -> None:
        self.problems: list[str] = []
        self.record: Mapping[str, Any] = record if isinstance(record, Mapping) else {}
        if not isinstance(record, Mapping):
            self.problems.append(f"expected an object with fields, found {_kind(record)}")
        for name in self.record:
            if name not in known:
                close = difflib.get_close_matches(str(name).lower(), known, 1)
                hint = f"did you mean {close[0]!r}? " if close else ""
                self.problems.append(
                    f"unknown field {str(name)[:40]!r} ({hint}known: {', '.join(known)})"
                )

    def text(self, name: str, *, required: bool = False) -> str:
        value = self.record.get(name)
        if value is None or value == "":
            if required:
                self.problems.append(f"field {name!r} is missing or empty")
            return ""
        if not isinstance(value, str):
            self.problems.append(f"field {name!r} must be text, found {_kind(value)}")
            return ""
        return self._checked(name, value.strip(), required=required)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.record.get(name)
        if value is None:
            return ()
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self.problems.append(f"field {name!r} must be a list of texts, found {_kind(value)}")
            return ()
        found = [self._checked(name, item.strip(), required=True) for item in items]
        return tuple(dict.fromkeys(found))

    def flag(self, name: str, default: bool) -> bool:
        value = self.record.get(name, default)
        if not isinstance(value, bool):
            self.problems.append(f"field {name!r} must be true or false, found {_kind(value)}")
            return default
        return value

    def _checked(self, name: str, text: str, *, required: bool) -> str:
        if required and not text:
            self.problems.append(f"field {name!r} is missing or empty")
        if len(text) > MAX_TEXT_CHARS:
            self.problems.append(
                f"field {name!r} has {len(text):,} characters (limit {MAX_TEXT_CHARS:,})"
            )
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            self.problems.append(f"field {name!r} is not valid Unicode")
        return text


def question_from_json(record: Any) -> Question:
    """The question in a decoded JSON object.

    Without an `id` one is made from the wording, so it stays when lines move.

    Raises:
        BadRecord: with every problem of the record.
    """
    fields = _Fields(record, QUESTION_FIELDS)
    text = fields.text("question", required=True)
    question = Question(
        id=fields.text("id") or text_id("q", text),
        question=text,
        references=fields.texts("references"),
        must=fields.texts("must"),
        checks=_checks(fields),
        answerable=fields.flag("answerable", True),
        sources=fields.texts("sources"),
        group=fields.text("group"),
        kind=fields.text("kind"),
        tags=fields.texts("tags"),
    )
    if not question.answerable and (question.references or question.must):
        fields.problems.append(
            "answerable is false but there are references or must phrases; drop one or the other"
        )
    for source in question.sources:
        path = PurePosixPath(split_source(source)[0])
        if path.is_absolute() or ".." in path.parts or "\\" in str(path):
            fields.problems.append(
                f"source {source!r} must be a path relative to the documents folder, with /"
            )
    if fields.problems:
        raise BadRecord(fields.problems)
    return question


def question_to_json(question: Question) -> dict[str, Any]:
    """The fields that differ from their defaults; `question_from_json` reads them back."""
    record: dict[str, Any] = {"id": question.id, "question": question.question}
    for name in ("references", "must"):
        if values := getattr(question, name):
            record[name] = list(values)
    if question.checks:
        record["checks"] = [{"type": c.type, "value": c.value} for c in question.checks]
    if not question.answerable:
        record["answerable"] = False
    for name in ("sources", "group", "kind", "tags"):
        if value := getattr(question, name):
            record[name] = value if isinstance(value, str) else list(value)
    return record


def pair_from_json(record: Any) -> Pair:
    """The user's pair in a decoded JSON object; its `kind` becomes the first tag.

    Raises:
        BadRecord: with every problem of the record.
    """
    fields = _Fields(record, PAIR_FIELDS)
    question = fields.text("question", required=True)
    answer = fields.text("answer", required=True)
    kind, tags = fields.text("kind"), fields.texts("tags")
    identity = fields.text("id") or text_id("pair", f"{question}\n{answer}")
    if fields.problems:
        raise BadRecord(fields.problems)
    return Pair(
        id=identity,
        question=question,
        answer=answer,
        variant="user",
        tags=tuple(dict.fromkeys((kind, *tags) if kind else tags)),
    )


def text_id(prefix: str, text: str) -> str:
    """An id made from a text."""
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return f"{prefix}-{digest[:10]}"


def _checks(fields: _Fields) -> tuple[Check, ...]:
    value = fields.record.get("checks")
    if value is None:
        return ()
    if not isinstance(value, list):
        fields.problems.append(f"field 'checks' must be a list, found {_kind(value)}")
        return ()
    checks = []
    for number, item in enumerate(value, 1):
        problem = _check_problem(item)
        if problem:
            fields.problems.append(f"check {number}: {problem}")
        else:
            checks.append(Check(item["type"], item["value"]))
    return tuple(checks)


def _check_problem(item: Any) -> str:
    if not isinstance(item, Mapping) or set(item) != {"type", "value"}:
        return 'must be {"type": ..., "value": ...}'
    if item["type"] not in CHECK_TYPES:
        return f"unknown type {str(item['type'])[:40]!r} (known: {', '.join(CHECK_TYPES)})"
    return _VALUE_PROBLEMS[item["type"]](item["value"])


def _regex_problem(value: Any) -> str:
    if not isinstance(value, str) or not value:
        return "a regex must be text"
    if len(value) > MAX_PATTERN_CHARS:
        return f"the regex has {len(value):,} characters (limit {MAX_PATTERN_CHARS:,})"
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        return f"the regex does not compile: {error}"
    return ""


def _one_of_problem(value: Any) -> str:
    good = isinstance(value, list) and value and all(isinstance(v, str) and v for v in value)
    return "" if good else "one_of needs a list of texts"


def _schema_problem(value: Any) -> str:
    if not isinstance(value, Mapping):
        return f"json_schema needs an object, found {_kind(value)}"
    # A validator would fetch other addresses; question files must not reach the network.
    if any(not ref.startswith("#") for ref in _references(value)):
        return "json_schema may only refer to itself ($ref starting with #)"
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import validator_for

    try:
        validator_for(value).check_schema(dict(value))
    except SchemaError as error:
        return f"not a JSON schema: {error.message[:200]}"
    except Exception as error:
        return f"not a JSON schema ({type(error).__name__})"
    return ""


def _references(value: Any) -> list[str]:
    """Every $ref and $dynamicRef in a schema, as text."""
    if isinstance(value, Mapping):
        own = [str(value[key]) for key in ("$ref", "$dynamicRef") if key in value]
        return own + [ref for item in value.values() for ref in _references(item)]
    if isinstance(value, list):
        return [ref for item in value for ref in _references(item)]
    return []


def _text_problem(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else "needs a text that is not empty"


def _count_problem(value: Any) -> str:
    good = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return "" if good else "max_words needs a whole number above 0"


_VALUE_PROBLEMS: dict[str, Callable[[Any], str]] = {
    "regex": _regex_problem,
    "one_of": _one_of_problem,
    "json_schema": _schema_problem,
    "contains": _text_problem,
    "not_contains": _text_problem,
    "max_words": _count_problem,
}


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true/false", type(None): "null"}
    shown = json.dumps(value, ensure_ascii=True, default=str)[:40]
    return f"{names.get(type(value), 'a number')} ({shown})"
