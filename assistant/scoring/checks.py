"""Mechanical checks of an answer's text: regex, one_of, json_schema, contains, ..."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import QuestionFileError
from assistant.schema import Check
from assistant.scoring.regex_guard import RegexTimeout, guarded_search

MAX_CHARACTERS = 20_000
"""Longer answers are cut before a check reads them: the text comes from a model."""


def tests_form(check: Check, references: Sequence[str]) -> bool:
    """Whether a check tests the form of an answer ("follows the format"), not what it says.

    `contains` tests content, and so does a `one_of` that allows nothing but the references.
    """
    if check.type == "contains":
        return False
    if check.type == "one_of" and isinstance(check.value, list | tuple):
        right = {r.casefold() for r in references}
        return not {str(label).casefold() for label in check.value} <= right
    return True


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Whether one check passed, in words."""

    check: Check
    passed: bool
    explanation: str


def run_checks(checks: Sequence[Check], answer: str) -> tuple[CheckResult, ...]:
    """Run every check on `answer`.

    Raises:
        QuestionFileError: when a check itself is malformed (bad pattern, bad schema, wrong type).
    """
    text = answer[:MAX_CHARACTERS]
    return tuple(_run(check, text) for check in checks)


def validate_check(check: Check) -> None:
    """Raise QuestionFileError when `check` can never be run."""
    _run(check, "")


def find_json(answer: str) -> Any:
    """The JSON value an answer consists of, a code fence around it allowed.

    Raises:
        ValueError: when there is none.
    """
    text = answer.strip()
    fenced = re.fullmatch(r"```(?:json)?\s*\n?(.*?)\n?\s*```", text, re.DOTALL | re.IGNORECASE)
    try:
        return json.loads(fenced[1] if fenced else text, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def contains(text: str, needle: str) -> bool:
    """Case-insensitive, white space collapsed, and not inside a longer word or number."""
    haystack, wanted = (" ".join(t.casefold().split()) for t in (text, needle))
    if not wanted:
        return True
    left = r"(?<![^\W_])(?<!\d[.,])" if wanted[0].isalnum() else ""
    right = r"(?![^\W_])(?![.,]\d)" if wanted[-1].isalnum() else ""
    return re.search(left + re.escape(wanted) + right, haystack) is not None


def _run(check: Check, text: str) -> CheckResult:
    value = check.value
    if check.type == "regex":
        _expect(check, isinstance(value, str), "a pattern")
        return _regex(check, text)
    if check.type == "one_of":
        _expect(check, isinstance(value, list | tuple) and bool(value), "a list of labels")
        said = text.strip().strip("`\"'*.").strip().casefold()
        labels = [str(label) for label in value]
        passed = said in {label.casefold() for label in labels}
        return CheckResult(check, passed, f"one of {', '.join(labels)}")
    if check.type == "json_schema":
        _expect(check, isinstance(value, dict), "a schema object")
        return _schema(check, text)
    if check.type == "max_words":
        _expect(check, isinstance(value, int) and not isinstance(value, bool), "a whole number")
        words = len(text.split())
        return CheckResult(check, words <= value, f"{words} words, at most {value} allowed")
    _expect(check, isinstance(value, str), "a text")
    there = contains(text, value)
    if check.type == "contains":
        return CheckResult(check, there, f"contains {value!r}")
    if check.type == "not_contains":
        return CheckResult(check, not there, f"does not contain {value!r}")
    raise QuestionFileError(
        f"unknown check type {check.type!r}",
        cure="use regex, one_of, json_schema, contains, not_contains or max_words",
    )


def _expect(check: Check, holds: bool, wanted: str) -> None:
    if not holds:
        raise QuestionFileError(
            f"check {check.type!r} has the value {check.value!r}; expected {wanted}",
            cure="correct the check in the question file, then `assistant questions check`",
        )


def _regex(check: Check, text: str) -> CheckResult:
    try:
        passed = guarded_search(check.value, text)
    except RegexTimeout:
        return CheckResult(check, False, f"pattern {check.value!r} took too long; counted as no")
    except re.error as error:
        raise QuestionFileError(
            f"check regex {check.value!r} is not a valid pattern: {error}",
            cure="correct the pattern in the question file",
        ) from error
    return CheckResult(check, passed, f"matches /{check.value}/")


def _schema(check: Check, text: str) -> CheckResult:
    import jsonschema
    from referencing import Registry

    try:
        jsonschema.Draft202012Validator.check_schema(check.value)
    except jsonschema.SchemaError as error:
        raise QuestionFileError(
            f"check json_schema is not a valid schema: {error.message}",
            cure="correct the schema in the question file",
        ) from error
    try:
        data = find_json(text)
    except ValueError as error:
        return CheckResult(check, False, f"valid JSON ({error})")
    # An empty registry: a schema never fetches anything from the network.
    validator = jsonschema.Draft202012Validator(check.value, registry=Registry())
    try:
        first = next(iter(validator.iter_errors(data)), None)
    except Exception as error:  # an unresolvable $ref surfaces here in library-specific types
        raise QuestionFileError(
            f"check json_schema cannot be applied: {error}",
            cure="inline what the schema refers to; remote references are not fetched",
        ) from error
    return CheckResult(
        check, first is None, "fits the JSON schema" if first is None else str(first.message)[:200]
    )
