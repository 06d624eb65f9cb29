"""Dates, months with a year, clock times and ranges of them."""

import re
from collections.abc import Iterator

from assistant.finetuning.extractors.found import Found

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?s?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?"
_FORMS = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+\d{{4}})?",
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,\s+\d{{4}}",
    rf"{_MONTH}\s+\d{{4}}",
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?",
    r"\d{1,2}\.\d{1,2}\.\d{4}",
    r"\d{1,2}/\d{1,2}/\d{4}",
    rf"{_WEEKDAY}\s*(?:-|–|to)\s*{_WEEKDAY}(?:,?\s+{_CLOCK}\s*(?:-|–|to)\s*{_CLOCK})?",
    rf"\d{{1,2}}:\d{{2}}(?:\s?[ap]\.?m\.?)?(?:\s*(?:-|–|to)\s*{_CLOCK})?"
    r"(?:\s(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT)\b)?",
)
_DATE = re.compile(r"(?<![\w.-])(?:" + "|".join(_FORMS) + r")(?![\w])")
_YEAR = re.compile(
    r"\b(?:in|since|until|by|of|from|before|after|during)\s+((?:1[89]|20)\d{2})\b(?!\s*[-–]\s*\d)"
)


def find_dates(text: str) -> Iterator[Found]:
    """Calendar dates, times of day, opening hours; a bare year only after a word like `since`."""
    for match in _DATE.finditer(text):
        yield Found(match.start(), match.end(), "date")
    for match in _YEAR.finditer(text):
        yield Found(match.start(1), match.end(1), "date")


def is_clock(value: str) -> bool:
    """Whether a date value is a time of day or opening hours rather than a day."""
    return ":" in value and not re.search(r"\d{4}", value)
