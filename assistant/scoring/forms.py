"""One form for many writings: contractions, ordinals, spellings, plurals.

What is made uniform here never changes what is said: "can't" is "can not", "third" is "3rd",
"colour" is "color". Offsets of a prepared text refer to the text after `expand`.
"""

import re
import unicodedata
from functools import lru_cache

from assistant.scoring.wordlist import word_list

MORE = (
    r"(?:more|later|longer|faster|higher|larger|greater|bigger|heavier|older|wider|deeper|newer|"
    r"taller|further|above|over)"
)
LESS = (
    r"(?:less|fewer|earlier|slower|lower|smaller|shorter|lighter|younger|narrower|shallower|sooner|"
    r"below|under)"
)
OWNER = "\u2032"
"""Stands for the possessive "'s", which is no word of its own but says whose a thing is."""

_ORDINALS = word_list(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_ORDINAL_TENS = {"twentieth": 20, "thirtieth": 30}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
# "a third of", "two thirds" are fractions, "30 seconds" a time; "first" stays a word in any place.
_ORDINAL = re.compile(
    r"\b(?:(?P<ten>" + "|".join(_TENS) + r")[- ](?P<one>" + "|".join(_ORDINALS[:9]) + r")"
    r"|(?P<word>" + "|".join((*_ORDINALS[2:], *_ORDINAL_TENS)) + r"))\b",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"(?:\b(?:an?|one|two|three|four|five|six|seven|eight|nine)|\d)[\s-]$", re.IGNORECASE
)
_PLACE_IN_ROW = re.compile(
    r"\b(first|second)\b(?=\s+of\s+[A-Z])|(?<=\bthe )(second)\b|(?<=\bevery )(second)\b(?=\s+\w)",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\bQ([1-4])\b(?![-.]?\d)")

_EXPAND = (
    (re.compile(r"[’‘`´]"), "'"),
    (re.compile(r"\+\s?/\s?[-−–]|\bplus\s*(?:/|or)\s*minus\b|\+\s?-(?=\s?\d)", re.I), "±"),
    # "-40 °C up to 85 °C" is a range, not an upper bound.
    (re.compile(r"(\d\s?[^\s\d]{0,3})\s+up to\b", re.I), r"\1 to"),
    (re.compile(r"\bcan'?not\b|\bcan't\b", re.I), "can not"),
    (re.compile(r"\bwon't\b", re.I), "will not"),
    (re.compile(r"n't\b", re.I), " not"),
    (re.compile(r"\bnon-(?=[a-z])", re.I), "not "),
    (re.compile(r"\be-mail", re.I), "email"),
    (re.compile(r"\bbusiness(?= days?\b)", re.I), "working"),
    (
        re.compile(rf"\b(?:no|not) {MORE} than\b|\bat (?:the )?most\b|\bup to\b", re.I),
        "atmost",
    ),
    (re.compile(rf"\b(?:no|not) {LESS} than\b|\bat (?:the )?least\b", re.I), "atleast"),
    (re.compile(r"\bunlimited\b", re.I), "no limit"),
    (re.compile(r"(?<=[a-z])'s\b", re.I), OWNER),
)
_SYNONYM = {
    "maximum": "atmost", "max": "atmost", "minimum": "atleast", "min": "atleast", "okay": "ok",
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "thu": "thursday",
    "thur": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday",
    "sun": "sunday",
    "hrs": "hour", "nr": "number", "no.": "number", "mail": "email",
    "first": "1st", "second": "2nd",
    "aluminum": "aluminium", "gray": "grey", "tire": "tyre", "license": "licence",
    "program": "programme", "catalog": "catalogue", "sulfur": "sulphur", "mold": "mould",
    "plow": "plough", "jewelry": "jewellery", "pajama": "pyjama", "curb": "kerb",
}  # fmt: skip
# colour/color, centre/center, organise/organize; applied to both sides, so a rare odd stem is
# harmless.
_SPELLING = (
    (re.compile(r"(?<=[a-z]{2})our(?=s?$|ed$|ing$|ite|able)"), "or"),
    (re.compile(r"(?<=[a-z]{2})(?<=[tb])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[a-z]{3})is(?=e[drs]?$|ing$|ation)"), "iz"),
    (re.compile(r"(?<=[aeiou][b-df-hj-np-tv-z][ae])ll(?=ed$|ing$|er$)"), "l"),
)


def expand(text: str) -> str:
    """Contractions, quotes, bounds, ordinals and the possessive written in one way."""
    for pattern, replacement in _EXPAND:
        text = pattern.sub(replacement, text)
    if _ORDINAL.search(text):
        text = _ORDINAL.sub(_ordinal, text)
    text = _PLACE_IN_ROW.sub(lambda m: "1st" if m[0].lower() == "first" else "2nd", text)
    return _QUARTER.sub(lambda m: f"{_with_suffix(int(m[1]))} quarter", text)


def _ordinal(match: re.Match[str]) -> str:
    if match["ten"]:
        return _with_suffix(_TENS[match["ten"].lower()] + _ORDINALS.index(match["one"].lower()) + 1)
    word = match["word"].lower()
    before = match.string[max(0, match.start() - 8) : match.start()]
    if _PART_OF.search(before) and word not in ("first", "second"):
        return match[0]
    return _with_suffix(_ORDINAL_TENS.get(word) or _ORDINALS.index(word) + 1)


def _with_suffix(number: int) -> str:
    last = 0 if 10 <= number % 100 <= 20 else number % 10
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(last, 'th')}"


@lru_cache(maxsize=16384)
def plain_word(word: str) -> str:
    """Casefolded, without accents, apostrophes and the plural s, in one spelling."""
    folded = "".join(
        c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c)
    ).replace("'", "")
    folded = _SYNONYM.get(folded, folded)
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        folded = _SYNONYM.get(folded[:-1], folded[:-1])
    for pattern, replacement in _SPELLING:
        folded = pattern.sub(replacement, folded)
    return folded
