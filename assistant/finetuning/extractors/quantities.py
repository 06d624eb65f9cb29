"""Numbers with what they count or measure: `±0.3 °C`, `EUR 29`, `60 requests`, `-40 to +85 °C`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.finetuning.extractors.found import Found
from assistant.finetuning.text import word_set

_NUMBER = r"[±+−-]?\s?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|[±+−-]?\d+(?:[.,]\d+)?"
_RANGE = rf"(?:{_NUMBER})(?:\s?(?:-|–|to|and|x|×|/)\s?(?:{_NUMBER}))?"
_CURRENCY = r"(?:EUR|USD|GBP|CHF|SEK|CAD|€|\$|£)"
_SYMBOL = (
    r"(?:%|‰|°\s?[CF]|[kMGT]?i?B(?:/s)?|[kmµnM]?(?:Hz|Wh|W|V|A|Ah|g|L|l|Pa|bar|mol|S)(?:/(?:cm|m|L|l|kg|h|s))?"
    r"|(?:mm|cm|km|µm|nm|m)[²³]?(?:/s|/h)?|ms|s|h|min|mAh|VA|dB|ppm|mg/L|lx|lm|px|Abs|DC|AC|pH)"
)
_UNIT_WORD = (
    r"(?:milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|nights?"
    r"|percent|per cent|percentage points?|points?|degrees?|euros?|dollars?|pounds?"
    r"|kilograms?|grams?|tonnes?|litres?|liters?|millilitres?|metres?|meters?|kilometres?|volts?"
    r"|watts?|amps?|bytes?|kilobytes?|megabytes?|gigabytes?|times?|words?|characters?|tokens?|people)"
)
_TIME_PREFIX = r"(?:(?:working|business|calendar|consecutive|full)\s+)?"
_PER = (
    r"(?:\s?(?:/|per|a|an|each)\s(?:person|user|day|hour|minute|month|year|night|week|second"
    r"|device|case|km|kit|order)\b|/(?:month|min|year|day|h|user)\b)?"
)
_NOUN = r"(?:[a-z]{3,}(?:-[a-z]+)?)"
_NOT_COUNTED = word_set(
    """and or to of in on at for by from with the a an is are was were has have had per than that
    which who when if but not this these those it its as be been will must may can should
    then after before until since because during between both other more less least most
    about also only each every either such via into onto under over again up down out off so
    yet while where do does did means takes lasts costs uses shows contains includes needs
    goes"""
)
_QUANTITY = re.compile(
    rf"(?<![\w.#/:-])(?:"
    rf"{_CURRENCY}\s?(?P<money>{_RANGE}){_PER}"
    rf"|(?P<range>{_RANGE})(?:\s?{_CURRENCY}(?!\w){_PER}|\s?{_SYMBOL}(?![\w²³]){_PER}"
    rf"|\s{_TIME_PREFIX}{_UNIT_WORD}\b{_PER}|(?:-|\s)(?P<noun>{_NOUN})(?P<second>\s{_NOUN})?\b)?"
    rf")(?![\w]|[.,:-]\d)"
)
_MONEY = re.compile(rf"{_CURRENCY}|\b(?:euros?|dollars?|pounds?)\b")
_DURATION = re.compile(
    r"\b(?:milliseconds?|ms|seconds?|s|minutes?|min|hours?|h|days?|weeks?|months?|years?|nights?)\b$"
)
_TEMPERATURE = re.compile(r"°\s?[CF]$|\bdegrees?$")
_PERCENT = re.compile(r"(?:%|\bpercent|\bper cent)$")
_COUNTED = re.compile(rf"^(?:{_RANGE})\s(?P<unit>.+)$")


def find_quantities(text: str) -> Iterator[Found]:
    """Numbers with unit, currency or counted noun; bare numbers only when they have 2+ digits.

    A number of a numbered heading, list marker or code is not a quantity.
    """
    for match in _QUANTITY.finditer(text):
        start, end = match.start(), match.end()
        start += len(match[0]) - len(match[0].lstrip())
        if match["noun"]:
            if match["noun"] in _NOT_COUNTED or not match["noun"].endswith(("s", "le", "ff", "a")):
                end = match.end("range")
            elif match["second"]:
                end = match.end("noun")
        bare = text[start:end].strip("±+−- ").isdigit()
        if not bare or len(text[start:end]) > 1:
            yield Found(start, end, "number")


@dataclass(frozen=True, slots=True)
class Measure:
    """What sort of quantity a value is, for choosing question words."""

    sort: str
    """money, duration, temperature, percent, count, measure or bare."""
    unit: str = ""
    """The counted noun or unit, `requests`; empty for bare numbers."""


def measure(value: str) -> Measure:
    """Classifies a value found by `find_quantities`."""
    bare = re.sub(r"(?:\s?/|\s(?:per|a|an|each)\s)\s?\w+$", "", value)
    match = _COUNTED.match(value)
    unit = match["unit"] if match else ""
    if _MONEY.search(value):
        return Measure("money", unit)
    for sort, pattern in (
        ("duration", _DURATION),
        ("temperature", _TEMPERATURE),
        ("percent", _PERCENT),
    ):
        if pattern.search(bare):
            return Measure(sort, unit)
    if re.fullmatch(r"[a-z]{3,}(?:[ -][a-z]+)*", unit):
        return Measure("count", unit)
    return Measure("measure" if unit or re.search(r"[^\W\d]", value) else "bare", unit)
