"""Codes found in text: product numbers, versions, error codes, IPs, e-mails, URLs, phones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.scoring.units import find_unit

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"\bhttps?://[^\s<>\"')\]]+", re.IGNORECASE)
_IP = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2}|:\d{1,5})?(?![\w]|\.\d)")
_PHONE = re.compile(r"(?<![\w+])(?:\+\d{1,3}|\(?0\d{1,4}\)?)(?:[\s./-]?\(?\d{2,}\)?){2,}(?!\w)")
_VERSION = re.compile(
    r"(?<![\w.])(?<!\d\s)v\.?\s?(\d+(?:\.\d+)*(?:-[a-z]+[\d.]*)?)(?![\w])", re.IGNORECASE
)
_DOTTED = re.compile(r"(?<![\w.-])(\d+(?:\.\d+){2,})(?![\w-]|\.\d)")
_VERSION_WORD = re.compile(
    r"\b(?:version|release|firmware|build|ver)\.?:?\s+(\d+(?:\.\d+)*)(?![\w-]|\.\d)", re.IGNORECASE
)
_CODE = re.compile(
    r"(?<![\w@])(?=[A-Za-z0-9_.:-]*\d)(?=[A-Za-z0-9_.:-]*[A-Za-z])"
    r"[A-Za-z0-9]+(?:[-_.:][A-Za-z0-9]+)*"
)
_NUMBER_WITH_UNIT = re.compile(r"([\d.,:]+)-?([A-Za-z]+)(?:-[a-z]+)*")
_CURRENCY_NUMBER = re.compile(r"([A-Za-z]{3})([\d.,]+)(k|m|bn)?", re.IGNORECASE)
_JOINT = re.compile(r"(?<=[a-z])[-_](?=\d)|(?<=\d)[-_](?=[a-z])")


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A code, its comparable key, and its shape (codes of one shape can conflict)."""

    start: int
    end: int
    key: str
    shape: str


def code_key(text: str) -> str:
    """`QX-4410`, `qx4410` and `QX_4410` share a key; `v2.1` and `v21` do not."""
    return _JOINT.sub("", text.casefold())


def code_shape(text: str) -> str:
    """Letters as their number, digits as 9: `E-104` -> `a9`, `QX-4410` -> `aa9`."""
    letters = re.sub(r"[^\W\d_]", "a", code_key(text))
    return re.sub(r"[-_.:]+", "", re.sub(r"\d+", "9", letters))


def find_codes(text: str) -> Iterator[FoundCode]:
    """Codes in order of certainty; spans of different finders may overlap, the first wins."""
    for match in _EMAIL.finditer(text):
        yield FoundCode(*_trim(match), match[0].rstrip(".").casefold(), "email")
    for match in _URL.finditer(text):
        start, end = _trim(match)
        yield FoundCode(start, end, text[start:end].rstrip("/").casefold(), "url")
    for match in _IP.finditer(text):
        yield FoundCode(*match.span(), match[0], "ip")
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if 7 <= len(digits) <= 15 and re.search(r"[\s+(/-]", match[0]):
            yield FoundCode(*match.span(), digits, "phone")
    for match in _VERSION.finditer(text):
        yield FoundCode(*match.span(), match[1].casefold(), "version")
    for match in (*_DOTTED.finditer(text), *_VERSION_WORD.finditer(text)):
        yield FoundCode(*match.span(1), match[1], "version")
    for match in _CODE.finditer(text):
        found = _plain_code(match)
        if found:
            yield found


def _plain_code(match: re.Match[str]) -> FoundCode | None:
    code = match[0]
    if re.fullmatch(r"T\d\d:[\d:.]+Z?", code):
        return None  # the time of an ISO 8601 stamp
    measured = _NUMBER_WITH_UNIT.fullmatch(code)
    if measured and (
        find_unit(measured[2])
        or measured[2].lower() in ("st", "nd", "rd", "th", "k", "m", "bn", "am", "pm", "x")
        or (code[len(measured[1])] == "-" and measured[2].islower())
    ):
        return None
    priced = _CURRENCY_NUMBER.fullmatch(code)
    if priced and find_unit(priced[1]):
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d)?", code):
        return None
    return FoundCode(*match.span(), code_key(code), code_shape(code))


def _trim(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), match.start() + len(match[0].rstrip(".,;:!?"))
