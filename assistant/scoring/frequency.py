"""How often: "quarterly", "every three months" and "four times a year" are the same."""

import re
from decimal import Decimal

from assistant.scoring.spelled import WORD_NUMBERS
from assistant.scoring.text import Found
from assistant.scoring.units import find_unit

_NUMBER = r"\d+|" + "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
_PERIOD = r"(?P<period>seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?)"
_TIMES = re.compile(
    rf"\b(?:(?P<adverb>once|twice|thrice)|(?P<n>{_NUMBER})\s+times?)\s*"
    rf"(?:/\s*|(?:in\s+)?(?:an?|per|each|every)\s+){_PERIOD}\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    rf"\b(?:every|each)\s+(?:(?P<n>{_NUMBER})\s+|(?P<other>other|2nd)\s+|(?P<half>half[\s-]))?{_PERIOD}\b",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r"\b(?P<half>half[\s-])?(?P<adverb>hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|"
    r"yearly|annually)\b",
    re.IGNORECASE,
)
_ADVERBS = {
    "hourly": "hour", "daily": "day", "nightly": "day", "weekly": "week", "monthly": "month",
    "fortnightly": "fortnight", "quarterly": "quarter", "yearly": "year", "annually": "year",
}  # fmt: skip
_COUNTS = {"once": 1, "twice": 2, "thrice": 3}

Frequency = tuple[str, Decimal]


def find_frequencies(text: str) -> list[tuple[Found, Frequency]]:
    """Every frequency of a text: dimension and events per base unit, never overlapping."""
    found: list[tuple[Found, Frequency]] = []

    def take(match: re.Match[str], count: Decimal, per: Decimal, period: str) -> None:
        if any(f.start < match.end() and match.start() < f.end for f, _ in found):
            return
        name = period.lower()
        factor = Decimal(3) if name.startswith("quarter") else Decimal(1)
        unit = find_unit("month" if name.startswith("quarter") else name)
        if unit and per > 0:
            share = (count / (per * factor * unit.factor)).quantize(Decimal("1e-12"))
            found.append((Found(*match.span()), (unit.dimension, share)))

    for match in _TIMES.finditer(text):
        count = _COUNTS[match["adverb"].lower()] if match["adverb"] else _number(match["n"])
        take(match, Decimal(count), Decimal(1), match["period"])
    for match in _EVERY.finditer(text):
        every = Decimal("0.5") if match["half"] else Decimal(2) if match["other"] else Decimal(1)
        take(
            match,
            Decimal(1),
            Decimal(_number(match["n"])) if match["n"] else every,
            match["period"],
        )
    for match in _ADVERB.finditer(text):
        half = Decimal("0.5") if match["half"] else Decimal(1)
        take(match, Decimal(1), half, _ADVERBS[match["adverb"].lower()])
    return found


def _number(said: str) -> int:
    return int(said) if said.isdigit() else WORD_NUMBERS[said.lower()]


def same_frequency(key: str, answer: str) -> Found | None:
    """Where the answer says the frequency of the key, when it says no other; None elsewhere."""
    wanted = find_frequencies(key)
    if len(wanted) != 1 or len(re.sub(r"\W", "", key)) > wanted[0][0].end - wanted[0][0].start:
        return None  # the key says more than how often
    said = find_frequencies(answer)
    if not said or any(frequency != wanted[0][1] for _, frequency in said):
        return None
    return said[0][0]
