"""Numbers found in text with sign, thousands separators, multiplier, unit and rate."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.scoring.spelled import GLYPH, find_fractions, find_spelled, glyph_value
from assistant.scoring.units import CURRENCY_DIMENSIONS, PHRASES, Unit, find_unit

_SPACE = "\u0020\u00a0\u2009\u202f"
_NUMERAL = (
    rf"\d{{1,3}}(?:[,'’{_SPACE}]\d{{3}})+(?![\d])(?:\.\d+)?"  # 2,480  2 480  32'000
    r"|\d{1,3}(?:\.\d{3})+,\d+"  # 2.480,50
    r"|\d+(?:[.,]\d+)?|\.\d+"
)
_DIGITS = re.compile(
    rf"(?:(?<!\w)|(?<=\bEUR)|(?<=\bUSD)|(?<=\bGBP))(?<!\d[.,])(?P<sign>(?<![\d)])[-−–+±]|\b(?:minus|negative)\s+)?(?P<n>{_NUMERAL})(?!\d*(?:st|nd|rd|th)\b)"
    r"(?P<mult>k(?![A-Za-z])|\s(?-i:k)(?![A-Za-z])|M(?![A-Za-z])|bn\b|\s?(?:thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:an?|per)\s+(?=(?:second|minute|hour|day|week|month|year)\b)", re.I)
_HALF = re.compile(r"\bhalf\b(?!\s+(?:an?|past|to|hour|day|year|way))", re.IGNORECASE)
_HALF_A = re.compile(r"\bhalf\s+an?\s+(?=[A-Za-z])", re.IGNORECASE)
_OF_A = re.compile(r"\s+of\s+an?\s+(?=[A-Za-z])", re.IGNORECASE)
_AND_PART = re.compile(
    r"\s+and\s+(?:(?P<half>a\s+half)|(?P<quarter>a\s+quarter)|three[\s-]quarters)\b", re.IGNORECASE
)
_ADVERB = re.compile(r"\b(?P<n>once|twice|thrice)\b", re.IGNORECASE)
_ADVERBS = {"once": 1, "twice": 2, "thrice": 3}
_GLYPH_NUMBER = re.compile(rf"(?<![\w.,])(?P<n>\d+)?\s?(?P<g>{GLYPH.pattern})")
_BELOW = re.compile(r"\s*(?:below|under)\s+(?:zero|freezing|sea[\s-]level)\b", re.IGNORECASE)
_LOSS_WORDS = (
    r"(?:fell|falls?|fallen|drop(?:s|ped)?|decreas(?:es?|ed)|declin(?:es?|ed)|down|shrank|lost|"
    r"loss|losing|deficit|shortfall|lower(?:ed)?|reduc(?:es?|ed|tion)|cuts?|sinks?|sank|sunk|shrunk|"
    r"subtract(?:s|ed)?|deduct(?:s|ed)?|minus)"
)
LOSS = re.compile(_LOSS_WORDS, re.IGNORECASE)
"""A word that makes the number after it negative: "a loss of EUR 5"."""
_BEHIND = re.compile(r"\s+(?:\w+\s+)?(?:behind|lower|less|fewer|down)\b(?!\s+than)", re.IGNORECASE)
_LOWERED = re.compile(rf"\b{_LOSS_WORDS}\b[^.;,\d]{{0,20}}$", re.IGNORECASE)
_MULTIPLIER = {"k": 1000, "m": 10**6, "bn": 10**9, "hundred": 100, "thousand": 1000}
_MULTIPLIER |= {"million": 10**6, "billion": 10**9}
_PREFIX = re.compile(r"(US\$|C\$|[€$£]|\b(?:EUR|USD|GBP|CHF|SEK|CAD))[\s\u00a0]?$", re.IGNORECASE)
_SIGN_BEFORE = re.compile(r"(?<![\w)])([-−–+±])\s?$")
_SUFFIX = re.compile(
    r"[\s\u00a0\u202f-]{0,2}(?P<two>[A-Za-z]+\s[A-Za-z]+)|"
    r"[\s\u00a0\u202f-]{0,2}(?P<one>[°℃µμ%€$£]?[A-Za-z$]*[²³]?(?:/[A-Za-z]+)?)"
)
_PERIOD = r"(?:second|minute|hour|day|week|month|year)"
_RATE = re.compile(
    rf"\s?(?:/\s?|per\s+|(?:(?:for\s+)?(?:each|every)|an?)\s+(?={_PERIOD}\b))([A-Za-z]+)", re.I
)
_NOUN_RATE = re.compile(
    rf"\s+([A-Za-z]+)\s?(?:/\s?|\bper\s+|\b(?:an?|each|every)\s+(?={_PERIOD}\b))([A-Za-z]+)", re.I
)


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number, in the unit it was written in."""

    start: int
    end: int
    number: Decimal
    unit: Unit | None
    per: str = ""
    """What a rate is per, singular: `month`, `user`; empty for plain amounts."""
    rate_span: tuple[int, int] = (0, 0)
    """Where "per ..." stands when a noun comes between: `60 requests/min`."""
    spelled: bool = False
    digits: str = ""
    """As written, without sign: tells version 2.10 from 2.1."""
    lowered: bool = False
    """Said of a fall or a loss ("fell by 3 %"): agrees with -3 %."""
    sign: str = ""
    """`±`, `+`, or nothing: a tolerance on both sides is not one on a single side."""


def find_numbers(text: str) -> Iterator[FoundNumber]:
    """Numbers in digits, then spelled ones, then "a month" as a spelled 1."""
    for match in _DIGITS.finditer(text):
        sign = -1 if (match["sign"] or "").strip().lower() in _MINUS else 1
        currency = _PREFIX.search(text[max(0, match.start() - 5) : match.start()])
        unit = find_unit(currency[1]) if currency else None
        begin = match.start() - len(currency[0]) if currency else match.start()
        number = _parse(match["n"], match["mult"])
        written = (match["sign"] or "").strip()
        if currency and not written and (before := _SIGN_BEFORE.search(text[:begin][-3:])):
            written, begin = before[1], begin - len(before[0])  # "-€4,300"
            sign = -1 if written in _MINUS else 1
        found = _finish(text, begin, match.end(), sign * number, unit, match["n"])
        yield replace(found, sign=written) if written in ("±", "+") else found
    yield from _find_parts(text)
    for match in _ADVERB.finditer(text):
        yield _finish(text, *match.span(), Decimal(_ADVERBS[match[0].lower()]), None, "")
    for start, end, number in find_spelled(text):
        yield _finish(text, start, end, number, None, "")
    for match in _ARTICLE.finditer(text):
        if not match[0].lower().startswith("per"):
            yield _finish(text, *match.span(), Decimal(1), None, "")


def _find_parts(text: str) -> Iterator[FoundNumber]:
    """`1½`, `two thirds`, `half an hour`, `half`."""
    for match in _GLYPH_NUMBER.finditer(text):
        number = Decimal(match["n"] or 0) + glyph_value(match["g"])
        yield _finish(text, *match.span(), number, None, match[0])
    for start, end, number in (*find_fractions(text), *_halves(text)):
        of = _OF_A.match(text, end)
        unit, stop = _unit_after(text, of.end()) if of else (None, end)
        if unit:
            yield FoundNumber(start, stop, number, unit, spelled=not text[start].isdigit())
        else:
            percent = find_unit("%")
            yield FoundNumber(start, end, number * 100, percent, spelled=not text[start].isdigit())
    for match in _HALF_A.finditer(text):
        unit, stop = _unit_after(text, match.end())
        if unit:
            yield FoundNumber(match.start(), stop, Decimal("0.5"), unit, spelled=True)


def _halves(text: str) -> Iterator[tuple[int, int, Decimal]]:
    for match in _HALF.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if not re.search(r"\band\s+an?\s+$", before, re.IGNORECASE):
            yield *match.span(), Decimal("0.5")


def _part(match: re.Match[str]) -> Decimal:
    return Decimal("0.5" if match["half"] else "0.25" if match["quarter"] else "0.75")


_MINUS = frozenset({"-", "−", "–", "minus", "negative"})


def _parse(numeral: str, multiplier: str | None) -> Decimal:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", numeral):
        plain = numeral.replace(".", "").replace(",", ".")
    elif re.fullmatch(rf"\d{{1,3}}(?:[,'’{_SPACE}]\d{{3}})+(?:\.\d+)?", numeral):
        plain = re.sub(rf"[,'’{_SPACE}]", "", numeral)
    else:
        plain = numeral.replace(",", ".")
    return Decimal(plain) * _MULTIPLIER.get((multiplier or "").strip().lower(), 1)


def _finish(
    text: str, start: int, end: int, number: Decimal, unit: Unit | None, digits: str
) -> FoundNumber:
    if part := _AND_PART.match(text, end):  # two and a half kilograms
        number, end = number + _part(part), part.end()
    if unit is None:
        unit, end = _unit_after(text, end)
        if unit and (part := _AND_PART.match(text, end)):  # an hour and a half
            number, end = number + _part(part), part.end()
    elif (suffix := _unit_after(text, end))[0] == unit:
        end = suffix[1]  # "€29 EUR"
    if unit and unit.dimension in CURRENCY_DIMENSIONS and re.fullmatch(r"\d+\.\d{3}", digits):
        number *= 1000  # "2.480 EUR": no price has three decimals
    per, span = "", (0, 0)
    rate = _RATE.match(text, end)
    if rate and (unit is None or find_unit(rate[1]) != unit):
        per, end = _singular(rate[1]), rate.end()
    elif unit is None and (rate := _NOUN_RATE.match(text, end)):
        per, span = _singular(rate[2]), (rate.end(1), rate.end())
    if below := _BELOW.match(text, end):
        number, end = -abs(number), below.end()
    lowered = number > 0 and bool(
        _LOWERED.search(text[max(0, start - 40) : start]) or _BEHIND.match(text, end)
    )
    return FoundNumber(start, end, number, unit, per, span, not digits, digits, lowered)


def _unit_after(text: str, end: int) -> tuple[Unit | None, int]:
    match = _SUFFIX.match(text, end)
    if match and match["two"]:
        if " ".join(match["two"].casefold().split()) in PHRASES:
            return find_unit(match["two"]), match.end("two")
        match = re.compile(r"[\s\u00a0\u202f-]{0,2}(?P<one>[A-Za-z]+)").match(text, end)
    if not match:
        return None, end
    degrees = re.compile(r"\s?(?:°\s?[CF]\b|degrees?\s+(?:C|F|celsius|fahrenheit)\b)", re.I).match(
        text, end
    )
    if degrees:
        scale = "°c" if re.search(r"c(?:elsius)?$", degrees[0], re.I) else "°f"
        return find_unit(scale), degrees.end()
    spelling = match["one"]
    for candidate in (spelling, spelling.split("/")[0]):
        unit = find_unit(candidate) if candidate else None
        if unit and not text[match.start("one") + len(candidate) :][:1].isalnum():
            return unit, match.start("one") + len(candidate)
    return None, end


def _singular(word: str) -> str:
    unit = find_unit(word)
    if unit:
        return unit.name
    folded = word.casefold()
    return folded[:-1] if folded.endswith("s") and len(folded) > 3 else folded
