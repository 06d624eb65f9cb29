"""Values in text: numbers with units, dates, times, codes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from assistant.scoring.codes import find_codes
from assistant.scoring.dates import YearMonthDay, find_dates, find_times
from assistant.scoring.numbers import FoundNumber, find_numbers
from assistant.scoring.units import CURRENCY_DIMENSIONS, Unit, find_unit
from assistant.scoring.wordlist import word_list

Kind = Literal["number", "date", "time", "code"]

_MASK = "\x1f"
_RANGE = re.compile(r"\s?(?:to|and|through|or|[-–—…]|\.\.\.?)\s?", re.IGNORECASE)
_COMPOSITE = re.compile(r"\s?(?:and\s)?", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nothing|neither|nor|cannot|without|non)\b|n['’]t\b|\bno longer\b",
    re.IGNORECASE,
)
_UNIT_WORD = re.compile(r"[A-Za-z°€$£%µμ]+(?:/[A-Za-z]+)?")


@dataclass(frozen=True, slots=True)
class Value:
    """One value and where it stands."""

    kind: Kind
    text: str
    start: int
    end: int
    number: Decimal | None = None
    unit: Unit | None = None
    per: str = ""
    noun: str = ""
    """For unitless numbers: the next word, casefolded."""
    readings: frozenset[YearMonthDay] = frozenset()
    key: str = ""
    """Codes: comparable key. Times: minutes after midnight. Numbers: digits as written."""
    shape: str = ""
    spelled: bool = False
    lowered: bool = False
    """Said of a fall or a loss: agrees with the negative number."""
    sign: str = ""
    """A written `±` or `+`."""
    hidden_span: tuple[int, int] = (0, 0)
    """Text that belongs to this value though a noun comes between ("60 requests/min")."""

    @property
    def weak(self) -> bool:
        """Spelled, unitless "one": as often a pronoun as a number, so it never conflicts."""
        return self.spelled and (self.number == 1 or self.unit is None)


@dataclass(frozen=True, slots=True)
class Context:
    """What the question already says, so that an answer need not repeat it."""

    unit_names: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    versions: bool = False
    """The question asks about a version: plain decimals are compared as written."""
    times: bool = False
    """The question asks for a time of day: `23.40` is then one."""
    counted: frozenset[str] = frozenset()
    """Words that may name the thing counted: those right after "how many"."""
    per: str = ""
    """The period or thing the question asks a price or rate for: "annual fee", "per kilo"."""
    asked_noun: str = ""
    """What is counted in "how many loggers", when it is no unit: "60 kg" is then no answer."""
    asked_unit: Unit | None = field(default=None)
    """The unit in "how many days", "what percentage": what a bare number in the key means."""


def negations(text: str) -> list[str]:
    """Negation markers as written, in order."""
    return [m[0] for m in _NEGATION.finditer(text)]


def context_of(question: str) -> Context:
    """What `question` says about units, years and versions."""
    names = {u.name for w in _UNIT_WORD.findall(question) if len(w) > 1 and (u := find_unit(w))}
    names |= {"percent"} if re.search(r"percentage|per cent|%", question, re.I) else set()
    names |= {"workday"} if re.search(r"\b(?:working|business) days\b", question, re.I) else set()
    names |= {"year"} if re.search(r"\b(?:age|old)\b", question, re.I) else set()
    asked = re.search(
        r"\b(?:how many|number of|in|in how many)\s+((?:working |business )?[a-z]+)", question, re.I
    )
    unit = find_unit(asked[1]) if asked else None
    if unit is None and asked:
        unit = find_unit(asked[1].split()[0])
    if unit is None and re.search(r"\bwhat percentage\b", question, re.I):
        unit = find_unit("%")
    counted = re.search(r"\bhow many\s+([a-z]{3,})", question, re.I)
    noun = counted[1].casefold() if counted and unit is None else ""
    return Context(
        asked_noun=noun,
        counted=_counted(question, counted.start(1)) if counted else frozenset(),
        per=_per(question),
        unit_names=frozenset(names),
        years=frozenset(int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", question)),
        versions=bool(re.search(r"\b(?:version|firmware|release|build)\b", question, re.I)),
        times=bool(re.search(r"\b(?:what time|when|opening hours|o'clock)\b", question, re.I)),
        asked_unit=unit,
    )


def _counted(question: str, start: int) -> frozenset[str]:
    """The words right after "how many": one of the first three is the thing counted."""
    return frozenset(w.rstrip("s") for w in re.findall(r"[a-z]+", question[start:].casefold())[:3])


_PER = re.compile(
    r"\b(?:per|each|an?(?=\s+(?:second|minute|hour|day|week|month|year)\b\W*(?:$|,)))\s+([a-z]+)",
    re.I,
)
_PERIODS = {
    "hourly": "h", "daily": "day", "weekly": "week", "monthly": "month", "annual": "year",
    "yearly": "year", "annually": "year",
}  # fmt: skip
_PERIODIC = re.compile(r"\b(" + "|".join(_PERIODS) + r")\b", re.IGNORECASE)


def _per(question: str) -> str:
    if found := _PERIODIC.search(question):
        return _PERIODS[found[1].casefold()]
    found = _PER.search(question)
    if not found:
        return ""
    unit = find_unit(found[1])
    return unit.name if unit else found[1].casefold().rstrip("s")


def extract(text: str, *, context: Context | None = None) -> tuple[Value, ...]:
    """All values of `text`, in order, never overlapping."""
    return _extract(text, context or Context())


@lru_cache(maxsize=8192)  # references, questions and passages are read again for every answer
def _extract(text: str, context: Context) -> tuple[Value, ...]:
    values: list[Value] = []
    masked = text

    def take(found: Iterable[Value]) -> None:
        nonlocal masked
        for value in sorted(found, key=lambda v: (v.start, -v.end)):
            if _MASK in masked[value.start : value.end] or value.end <= value.start:
                continue
            values.append(value)
            masked = _cover(masked, value.start, value.end)
            if value.hidden_span[1]:
                masked = _cover(masked, *value.hidden_span)

    dates = [
        Value("date", text[d.start : d.end], d.start, d.end, readings=d.readings)
        for d in find_dates(text)
    ]
    take(dates)
    groups: dict[str, list[Value]] = {}
    for code in find_codes(masked):
        group = code.shape if code.shape in ("email", "url", "ip", "phone", "version") else "code"
        found = Value(
            "code", text[code.start : code.end], code.start, code.end, key=code.key,
            shape=code.shape,
        )  # fmt: skip
        groups.setdefault(group, []).append(found)
    for group in ("email", "url", "ip", "phone", "version", "code"):
        take(groups.get(group, ()))
    take(
        Value("time", text[t.start : t.end], t.start, t.end, key=str(t.minutes))
        for t in find_times(masked, asked=context.times)
    )
    numbers = list(find_numbers(masked))
    take(_number(text, n, context) for n in numbers if not n.spelled)
    take(_number(text, n, context) for n in find_numbers(masked) if n.spelled)
    values.sort(key=lambda v: v.start)
    return tuple(_compose(_spoken_parts(_inherit_units(values, text), text), text))


def _cover(text: str, start: int, end: int) -> str:
    return text[:start] + _MASK * (end - start) + text[end:]


def _number(text: str, found: FoundNumber, context: Context) -> Value:
    noun = ""
    if found.unit is None:
        after = re.match(r"[\s-]{1,2}([A-Za-z]{3,})", text[found.end :])
        noun = after[1].casefold() if after and after[1].casefold() not in _NOT_NOUNS else ""
    version = context.versions and found.unit is None and "." in found.digits
    return Value(
        "code" if version else "number", text[found.start : found.end], found.start, found.end,
        number=found.number, unit=found.unit, per=found.per, noun=noun, key=found.digits,
        shape="version" if version else "", spelled=found.spelled, lowered=found.lowered,
        sign=found.sign, hidden_span=found.rate_span,
    )  # fmt: skip


_NOT_NOUNS = frozenset(
    word_list(
        "and are but can for from has have into its nor not now only over per plus than "
        "that the then they this under until when where which while will with was were each "
        "either more less fewer maximum minimum days"
    )
)


def _inherit_units(values: list[Value], text: str) -> list[Value]:
    """In "-40 to +85 °C" and "between 5 and 10 days" the first number has the second's unit."""
    for i in range(len(values) - 2, -1, -1):
        left, right = values[i], values[i + 1]
        joined = _RANGE.fullmatch(text[left.end : right.start])
        if left.kind == right.kind == "number" and joined and left.unit is None and right.unit:
            values[i] = replace(left, unit=right.unit, noun="", per=left.per or right.per)
    return values


def _spoken_parts(values: list[Value], text: str) -> list[Value]:
    """`two dollars fifty` and `one metre eighty`: hundredths said after the unit."""
    out: list[Value] = []
    for value in values:
        last = out[-1] if out else None
        if (
            last
            and last.kind == value.kind == "number"
            and last.unit
            and (last.unit.name == "m" or last.unit.dimension in CURRENCY_DIMENSIONS)
            and last.number is not None
            and value.number is not None
            and last.number == int(last.number)
            and text[last.end - 1].isalpha()
            and 10 <= value.number <= 99
            and value.number == int(value.number)
            and not (value.unit or value.noun or last.per)
            and text[last.end : value.start] == " "
        ):
            number = last.number + value.number / 100
            out[-1] = replace(
                last, end=value.end, text=text[last.start : value.end], number=number, per=value.per
            )
        else:
            out.append(value)
    return out


def _compose(values: list[Value], text: str) -> list[Value]:
    """`1 hour 30 minutes` is one duration."""
    out: list[Value] = []
    for value in values:
        last = out[-1] if out else None
        if (
            last
            and last.kind == value.kind == "number"
            and last.unit
            and value.unit
            and last.number is not None
            and value.number is not None
            and last.unit.dimension == value.unit.dimension in ("time", "months")
            and last.unit.factor > value.unit.factor
            and not last.per
            and value.number > 0
            and _COMPOSITE.fullmatch(text[last.end : value.start])
            and value.number * value.unit.factor < last.unit.factor
        ):
            total = last.number * last.unit.factor + value.number * value.unit.factor
            out[-1] = replace(
                last, end=value.end, text=text[last.start : value.end],
                number=total / last.unit.factor, per=value.per, spelled=False,
            )  # fmt: skip
        else:
            out.append(value)
    return out
