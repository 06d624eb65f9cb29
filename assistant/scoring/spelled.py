"""Numbers written as words: `three hundred and sixty`, `two thirds`, `twice`."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.scoring.wordlist import word_list

_SMALL = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
_SCALE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
WORD_NUMBERS: dict[str, int] = {word: i for i, word in enumerate(_SMALL)}
WORD_NUMBERS |= {word: 10 * (i + 2) for i, word in enumerate(_TENS)} | {"dozen": 12, "hundred": 100}

_ANY = "|".join(sorted((*WORD_NUMBERS, *_SCALE), key=len, reverse=True))
_RUN = re.compile(
    rf"\b(?P<sign>(?:minus|negative)\s+)?(?P<run>(?:{_ANY})"
    rf"(?:(?:\s*-\s*|\s+(?:and\s+)?)(?:{_ANY})\b)*)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_FRACTION = re.compile(
    r"\b(?P<top>two|three|four|five|seven|nine|\d)[\s-](?P<part>thirds|quarters|fifths|sixths|"
    r"eighths|tenths)\b"
    r"|\b(?:a|one)[\s-](?P<one>third|quarter|fifth|tenth)\b(?=\s+of\b|\W*$)"
    r"|(?<![\w/.,-])(?P<over>\d{1,2})/(?P<under>\d{1,2})(?=\s+of\b|\W*$)"
    rf"|\b(?P<out>\d{{1,2}}|{_ANY})\s+(?:out\s+of\s+(?:every\s+)?|in\s+(?:every\s+)?)"
    rf"(?P<all>\d{{1,3}}|{_ANY})\b(?!\s*[%:°€$£.,]?\d|\s*%|\s+(?:seconds?|minutes?|hours?|days?|weeks?|"
    r"months?|years?|rooms?)\b)",
    re.IGNORECASE,
)
_GLYPHS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
GLYPH = re.compile("[" + "".join(_GLYPHS) + "]")


def glyph_value(glyph: str) -> Decimal:
    """The value of `½` and its like."""
    top, bottom = _GLYPHS[glyph].split("/")
    return Decimal(top) / Decimal(bottom)


def find_spelled(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Start, end, value of every number in words; "six and seven" are two numbers."""
    for match in _RUN.finditer(text):
        words = list(_WORD.finditer(text, match.start("run"), match.end("run")))
        start = match.start()
        while words:
            used, value = _read([w[0].lower() for w in words])
            sign = -1 if match["sign"] and start == match.start() else 1
            yield start, words[used - 1].end(), sign * Decimal(value)
            words = words[used:]
            while words and words[0][0].lower() == "and":
                words = words[1:]
            start = words[0].start() if words else 0


def _read(words: list[str]) -> tuple[int, int]:
    """How many words the first number takes, and its value."""
    total, current, used, last, joined = 0, 0, 0, "", False
    limit = 10**12
    for i, word in enumerate(words):
        if word == "and":
            if last not in ("hundred", "scale"):
                break
            joined = True
            continue
        kind = _kind(word)
        fits = {
            "unit": last in ("", "hundred", "scale")
            or (last == "tens" and WORD_NUMBERS.get(word, 0) > 0),
            "teen": last in ("", "hundred", "scale"),
            "tens": last in ("", "hundred", "scale"),
            "hundred": last in ("", "unit", "teen", "tens") and not joined,
            "scale": last != "scale" and not joined and _SCALE.get(word, 0) < limit,
            "dozen": last in ("", "unit", "teen", "tens") and not joined,
        }[kind]
        if not fits:
            break
        if kind == "scale":
            limit = _SCALE[word]
            total, current = total + max(1, current) * limit, 0
        elif kind == "hundred":
            current = max(1, current) * 100
        elif kind == "dozen":
            return i + 1, total + max(1, current) * 12
        else:
            current += WORD_NUMBERS[word]
        used, last, joined = i + 1, kind, False
    return used, total + current


def _kind(word: str) -> str:
    if word in _SCALE:
        return "scale"
    if word in ("hundred", "dozen"):
        return word
    if word in _TENS:
        return "tens"
    return "unit" if WORD_NUMBERS[word] < 10 else "teen"


def _count(said: str) -> int:
    return int(said) if said.isdigit() else WORD_NUMBERS.get(said.lower(), 0)


def find_fractions(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Start, end, value (0..1) of `two thirds`, `a quarter of`, `2/3 of`, `3 out of 5`."""
    for match in _FRACTION.finditer(text):
        if match["part"]:
            said = match["top"].lower()
            top = int(said) if said.isdigit() else WORD_NUMBERS[said]
            bottom = _PARTS[match["part"].lower().removesuffix("s")]
        elif match["one"]:
            top, bottom = 1, _PARTS[match["one"].lower()]
        else:
            top, bottom = (
                _count(match["over"] or match["out"]),
                _count(match["under"] or match["all"]),
            )
        if 0 < top < bottom:
            yield *match.span(), Decimal(top) / Decimal(bottom)
