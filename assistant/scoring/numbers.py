"""Numbers found in text with sign, thousands separators, multiplier, unit and rate."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.scoring.units import CURRENCY_DIMENSIONS, PHRASES, Unit, find_unit
from assistant.scoring.wordlist import word_list

_SMALL = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty"
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORD_NUMBERS: dict[str, int] = {word: i for i, word in enumerate(_SMALL)}
WORD_NUMBERS |= {word: 10 * (i + 2) for i, word in enumerate(_TENS)} | {"dozen": 12, "hundred": 100}

_SPACE = "\u0020\u00a0\u2009\u202f"
_NUMERAL = (
    rf"\d{{1,3}}(?:[,'’{_SPACE}]\d{{3}})+(?![\d])(?:\.\d+)?"  # 2,480  2 480  32'000
    r"|\d{1,3}(?:\.\d{3})+,\d+"  # 2.480,50
    r"|\d+(?:[.,]\d+)?|\.\d+"
)
_DIGITS = re.compile(
    rf"(?:(?<!\w)|(?<=\bEUR)|(?<=\bUSD)|(?<=\bGBP))(?<!\d[.,])(?P<sign>(?<![\d)])[-−–+±]|\b(?:minus|negative)\s+)?(?P<n>{_NUMERAL})"
    r"(?P<mult>k(?![A-Za-z])|M(?![A-Za-z])|bn\b|\s?(?:thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"\b(?P<sign>(?:minus|negative)\s+)?(?:(?P<tens>{'|'.join(_TENS)})[-\s])?"
    rf"(?P<word>{'|'.join(sorted(WORD_NUMBERS, key=len, reverse=True))})\b"
    r"(?P<mult>\s(?:hundred|thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:an?|per)\s+(?=(?:second|minute|hour|day|week|month|year)\b)", re.I)
_HALF = re.compile(
    r"\bhalf\b(?!\s+(?:an?|past|hour|day|year|way))|\ba quarter\b(?=\s+of)", re.IGNORECASE
)
_MULTIPLIER = {"k": 1000, "m": 10**6, "bn": 10**9, "hundred": 100, "thousand": 1000}
_MULTIPLIER |= {"million": 10**6, "billion": 10**9}
_PREFIX = re.compile(r"(US\$|C\$|[€$£]|\b(?:EUR|USD|GBP|CHF|SEK|CAD))[\s\u00a0]?$", re.IGNORECASE)
_SUFFIX = re.compile(
    r"[\s\u00a0\u202f-]{0,2}(?P<two>[A-Za-z]+\s[A-Za-z]+)|"
    r"[\s\u00a0\u202f-]{0,2}(?P<one>[°℃µμ%€$£]?[A-Za-z$]*(?:/[A-Za-z]+)?)"
)
_RATE = re.compile(
    r"\s?(?:/\s?|per\s+|an?\s+(?=(?:second|minute|hour|day|week|month|year)\b))([A-Za-z]+)", re.I
)
_NOUN_RATE = re.compile(r"\s+([A-Za-z]+)\s?(?:/\s?|\bper\s+|\ba\s+(?=(?:second|minute|hour|day)\b))"
                        r"([A-Za-z]+)", re.I)  # fmt: skip


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


def find_numbers(text: str) -> Iterator[FoundNumber]:
    """Numbers in digits, then spelled ones, then "a month" as a spelled 1."""
    for match in _DIGITS.finditer(text):
        sign = -1 if (match["sign"] or "").strip().lower() in _MINUS else 1
        currency = _PREFIX.search(text[max(0, match.start() - 5) : match.start()])
        unit = find_unit(currency[1]) if currency else None
        begin = match.start() - len(currency[0]) if currency else match.start()
        number = _parse(match["n"], match["mult"])
        yield _finish(text, begin, match.end(), sign * number, unit, match["n"])
    for match in _WORDS.finditer(text):
        number = Decimal(WORD_NUMBERS[match["word"].lower()])
        if match["tens"]:
            if not 1 <= number <= 9:
                continue
            number += WORD_NUMBERS[match["tens"].lower()]
        if match["mult"]:
            number *= _MULTIPLIER[match["mult"].strip().lower()]
        if match["sign"]:
            number = -number
        yield _finish(text, *match.span(), number, None, "")
    for match in _HALF.finditer(text):
        share = Decimal(50 if match[0].lower() == "half" else 25)
        yield FoundNumber(*match.span(), share, find_unit("%"), spelled=True)
    for match in _ARTICLE.finditer(text):
        if not match[0].lower().startswith("per"):
            yield _finish(text, *match.span(), Decimal(1), None, "")


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
    if unit is None:
        unit, end = _unit_after(text, end)
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
    return FoundNumber(start, end, number, unit, per, span, spelled=not digits, digits=digits)


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
