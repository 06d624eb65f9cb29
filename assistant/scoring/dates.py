"""Calendar dates and clock times found in text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.scoring.wordlist import word_list

YearMonthDay = tuple[int | None, int | None, int | None]

_MONTHS = word_list(
    "january february march april may june july august september october november december"
)
_MONTH_NUMBER = {name: i + 1 for i, name in enumerate(_MONTHS)}
_MONTH_NUMBER |= {name[:3]: i + 1 for i, name in enumerate(_MONTHS)} | {"sept": 9}
_MONTH = "(?P<m>" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_BEFORE, _AFTER = r"(?<![\w.,-])", r"(?![\w-]|[.,]\d)"
# "may" and "march" are also verbs, so in front of a number they count only with a capital.
_VERBS = frozenset({"may", "march", "mar"})

_HOURS = word_list("one two three four five six seven eight nine ten eleven twelve")
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _BEFORE + r"(?P<y>\d{4})[-/](?P<n>\d{1,2})[-/](?P<d>\d{1,2})(?=T\d|[^\w-]|$)",
        _BEFORE + _DAY + r"\s+(?:of\s+)?" + _MONTH + r"(?:,?\s+(?P<y>\d{4})" + _AFTER + ")?",
        r"\b" + _MONTH + r"\s+" + _DAY + r"(?![\d:.]\d|\d)\b(?:,?\s+(?P<y>\d{4})" + _AFTER + ")?",
        r"\b" + _MONTH + r",?\s+(?:of\s+)?(?P<y>\d{4})" + _AFTER,
        # A month alone, where nothing but a month can stand.
        r"(?:(?<=\bin )|(?<=\bof )|(?<=\bevery )|(?<=\beach )|(?<=\bduring )|(?<=\buntil )"
        r"|(?<=\band )|(?<=\bor ))" + _MONTH + r"(?!\s*\d)",
        r"^\W*" + _MONTH + r"\W*$",
        r"\b" + _MONTH + r"(?=\u2032\s)",  # May's first Monday
    )
)
_FEAST_DAYS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "halloween": (10, 31),
    "boxing day": (12, 26), "new year\u2032 day": (1, 1), "new year\u2032 eve": (12, 31),
}  # fmt: skip
_FEASTS = re.compile(
    r"\b(?P<feast>" + "|".join(sorted(_FEAST_DAYS, key=len, reverse=True)) + r")\b"
    r"(?:,?\s+(?P<y>\d{4})" + _AFTER + ")?",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(r"(?<![\w./,-])(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\w/-]|[.,]\d)")
_NUMERIC = re.compile(_BEFORE + r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})" + _AFTER)
_TIME = re.compile(
    r"(?<![\w.:,-])(?P<h>\d{1,2})(?:(?::|\.(?=\d\d\s?[ap]\.?m\b))(?P<n>\d{2})(?::\d{2})?)?"
    r"(?:\s?(?P<ap>[ap])\.?m\b\.?)?(?![\w:])",
    re.IGNORECASE,
)
# "23.40" is a time where a time is asked for, or where "at" and no unit say so.
_DOTTED_TIME = re.compile(
    r"(?<![\w.:,-])(?P<h>[01]?\d|2[0-4])\.(?P<n>[0-5]\d)(?![\w:.,]\w|\w|\s?[%°€$£])(?:\s?h\b)?"
)
_PART_OF_DAY = re.compile(
    r"\s*(?:o'?clock\b\s*)?,?\s*"
    r"(?:in the (?P<part>morning|afternoon|evening)|at (?P<night>night))\b",
    re.IGNORECASE,
)
# The second time of a range such as 07:30-18:00.
_TIME_AFTER_DASH = re.compile(
    r"(?:(?<=\d[-–])|(?<=\dT))(?P<h>\d{1,2}):(?P<n>\d{2})(?::\d{2})?Z?(?![\w:])"
)
_SPOKEN = re.compile(
    r"\b(?P<part>half|(?:a\s+)?quarter|five|ten|twenty(?:[-\s]five)?)\s+(?P<side>past|to)\s+"
    r"(?P<hour>\d{1,2}|noon|midday|midnight|" + "|".join(_HOURS) + r")\b",
    re.IGNORECASE,
)
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20}
_BARE_HOUR = re.compile(
    r"(?<![\w.:,/-])(?P<hour>\d{1,2}|"
    + "|".join(_HOURS)
    + r")(?=\s+(?:o'?clock\b|in the (?:morning|"
    r"afternoon|evening)\b|at night\b))",
    re.IGNORECASE,
)
_NAMED_TIMES = re.compile(r"\b(noon|midday|midnight)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date with every way it can be read: 01/02/2026 has two."""

    start: int
    end: int
    readings: frozenset[YearMonthDay]


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A clock time in minutes after midnight."""

    start: int
    end: int
    minutes: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """Dates in `14 March 1994`, `March 14, 1994`, `1994-03-14`, `14/03/1994`, `March 1994` form."""
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            name = groups.get("m")
            verb = name and name.lower() in _VERBS and not name[0].isupper()
            # "14 march 1994" is a date all the same: the day stands in front.
            if verb and match.start() == match.start("m"):
                continue
            month = int(groups["n"]) if groups.get("n") else _MONTH_NUMBER[str(name).lower()]
            year = int(groups["y"]) if groups.get("y") else None
            day = int(groups["d"]) if groups.get("d") else None
            if _valid(year, month, day) and not _overlaps(match.span(), taken):
                taken.append(match.span())
                yield FoundDate(*match.span(), frozenset({(year, month, day)}))
    for match in _FEASTS.finditer(text):
        month, day = _FEAST_DAYS[match["feast"].lower()]
        year = int(match["y"]) if match["y"] else None
        yield FoundDate(*match.span(), frozenset({(year, month, day)}))
    for match in _MONTH_YEAR.finditer(text):
        yield FoundDate(*match.span(), frozenset({(int(match[2]), int(match[1]), None)}))
    for match in _NUMERIC.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        readings = frozenset(
            (year, month, day)
            for month, day in ((second, first), (first, second))
            if _valid(year, month, day)
        )
        if readings and not _overlaps(match.span(), taken):
            yield FoundDate(*match.span(), readings)


def find_times(text: str, *, asked: bool = False) -> Iterator[FoundTime]:
    """Clock times such as `07:30`, `7.30 pm`, `half past ten in the evening`, `noon`.

    Args:
        text: where to look.
        asked: whether a time is asked for: `23.40` is then a time.
    """
    for match in _SPOKEN.finditer(text):
        part = " ".join(match["part"].lower().replace("-", " ").split())
        offset = _MINUTES.get(part, 25)
        minutes = _hour(match["hour"]) * 60 + (
            offset if match["side"].lower() == "past" else -offset
        )
        yield _in_day(text, match, minutes % 1440)
    yield from _clock_times(text)
    for match in _DOTTED_TIME.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()]
        marked = re.search(r"\b(?:at|from|until|by)\s$", before, re.I) or match[0].endswith("h")
        if marked and (asked or _PART_OF_DAY.match(text, match.end())):
            yield _in_day(text, match, (int(match["h"]) * 60 + int(match["n"])) % 1440)
    for match in _BARE_HOUR.finditer(text):
        if _hour(match["hour"]) <= 24:
            yield _in_day(text, match, _hour(match["hour"]) * 60 % 1440)
    for match in _NAMED_TIMES.finditer(text):
        yield FoundTime(*match.span(), 0 if match[0].lower() == "midnight" else 720)


def _clock_times(text: str) -> Iterator[FoundTime]:
    for pattern in (_TIME, _TIME_AFTER_DASH):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            hour, minute, half = int(groups["h"]), groups.get("n"), groups.get("ap")
            if minute is None and half is None:
                continue
            if half and not 1 <= hour <= 12:
                continue
            if half:
                hour = hour % 12 + (12 if half.lower() == "p" else 0)
            if hour <= 24 and int(minute or 0) < 60:
                yield _in_day(text, match, (hour * 60 + int(minute or 0)) % 1440)


def _hour(said: str) -> int:
    folded = said.lower()
    if folded.isdigit():
        return int(folded)
    named = {"noon": 12, "midday": 12, "midnight": 24}
    return named.get(folded) or _HOURS.index(folded) + 1


def _in_day(text: str, match: re.Match[str], minutes: int) -> FoundTime:
    """The time with "in the evening" read along, which makes half past ten 22:30."""
    part = _PART_OF_DAY.match(text, match.end())
    if part is None:
        clock = re.compile(r"\s*o'?clock\b", re.IGNORECASE).match(text, match.end())
        return FoundTime(match.start(), clock.end() if clock else match.end(), minutes)
    late = part["part"] and part["part"].lower() in ("afternoon", "evening")
    if minutes < 720 and (late or (part["night"] and minutes >= 360)):
        minutes += 720
    return FoundTime(match.start(), part.end(), minutes)


def dates_agree(
    reference: frozenset[YearMonthDay], answer: frozenset[YearMonthDay], known_years: frozenset[int]
) -> bool:
    """Whether the answer says everything the reference says.

    Args:
        reference: readings of the gold date.
        answer: readings of the answer's date.
        known_years: years the question names; these may be missing from the answer.
    """
    return any(
        (r[0] == a[0] or r[0] is None or (a[0] is None and r[0] in known_years))
        and (r[1] == a[1] or r[1] is None)
        and (r[2] == a[2] or r[2] is None)
        for r in reference
        for a in answer
    )


def _valid(year: int | None, month: int, day: int | None) -> bool:
    longest = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return (
        1 <= month <= 12
        and (day is None or 1 <= day <= longest)
        and (year is None or 1000 <= year <= 2999)
    )


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)
