"""Codes, versions, e-mail and web addresses, phone numbers, words set as code."""

import re
from collections.abc import Iterator

from assistant.finetuning.extractors.found import Found

EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_URL = re.compile(r"\bhttps?://[^\s<>()\"'`|]+[^\s<>()\"'`|.,;:]")
_PHONE = re.compile(r"\+\d{1,3}(?:[ -]\d{1,4}){2,5}\b")
_VERSION = re.compile(
    r"(?<![\w.,-])v?\d+\.\d+\.\d+(?:-?(?:rc|beta|alpha)\.?\d*)?(?![\w.]*\w)|(?<![\w.-])v\d+(?:\.\d+)*\b"
)
_CODE = re.compile(
    r"(?<![\w/-])(?=[\w-]*\d)(?:[A-Z]{1,6}(?:-[A-Z0-9]{1,10})+|[A-Z]{1,5}\d{1,8}[A-Z]?)(?![\w-]*\w)"
)
_LITERAL = re.compile(r"`([^`\n]{2,48})`")
_PATH = re.compile(r"(?<![\w/.:])(?:/[\w{}.-]+){2,}")


def find_identifiers(text: str) -> Iterator[Found]:
    """Strings that must be copied exactly; kind is `email` for addresses, else `code`."""
    for match in EMAIL.finditer(text):
        yield Found(match.start(), match.end(), "email")
    for pattern in (_URL, _PHONE, _VERSION, _CODE, _PATH):
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), "code")
    for match in _LITERAL.finditer(text):
        yield Found(match.start(1), match.end(1), "code")
