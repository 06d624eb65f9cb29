"""Answers as token streams that keep the characters of values.

Words are casefolded and stripped of accents, articles and filler; a value (number with unit,
date, time, code) is one token that compares by what it means, not by how it is written.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.scoring.agreeing import agree
from assistant.scoring.values import Context, Value, extract
from assistant.scoring.wordlist import word_list

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MORE = (
    r"(?:more|later|longer|faster|higher|larger|greater|bigger|heavier|older|wider|deeper|newer|"
    r"taller|further|above|over)"
)
_LESS = (
    r"(?:less|fewer|earlier|slower|lower|smaller|shorter|lighter|younger|narrower|shallower|sooner|"
    r"below|under)"
)
_EXPAND = (
    (re.compile(r"[’‘`´]"), "'"),
    (re.compile(r"\+\s?/\s?[-−–]"), "±"),
    # "-40 °C up to 85 °C" is a range, not an upper bound.
    (re.compile(r"(\d\s?[^\s\d]{0,3})\s+up to\b", re.I), r"\1 to"),
    (re.compile(r"\bcan'?not\b|\bcan't\b", re.I), "can not"),
    (re.compile(r"\bwon't\b", re.I), "will not"),
    (re.compile(r"n't\b", re.I), " not"),
    (re.compile(r"\bnon-(?=[a-z])", re.I), "not "),
    (
        re.compile(rf"\b(?:no|not) {_MORE} than\b|\bat (?:the )?most\b|\bup to\b", re.I),
        "atmost",
    ),
    (re.compile(rf"\b(?:no|not) {_LESS} than\b|\bat (?:the )?least\b", re.I), "atleast"),
    (re.compile(r"\bunlimited\b", re.I), "no limit"),
    (re.compile(r"(?<=[a-z])'s\b", re.I), ""),
)
_SYNONYM = {
    "maximum": "atmost", "max": "atmost", "minimum": "atleast", "min": "atleast", "okay": "ok",
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "thu": "thursday",
    "thur": "thursday", "thurs": "thursday", "fri": "friday",
    "hrs": "hour", "nr": "number", "no.": "number", "mail": "email",
}  # fmt: skip
FILLER = frozenset(
    word_list(
        "or every each once a an the of in on at to for is are was were be been being by with from "
        "as and that "
        "this these those it its their his her your our my we they you i he she there "
        "within about approximately around roughly exactly only just also does do did will "
        "would shall has have had which who what so per then until till get got gets atmost atleast"
    )
)
_SEGMENT_END = re.compile(
    r"[;:!?()\[\]\n]|\.(?=\s|$)|,(?=\s)|\s[-–—]\s|"
    r"\b(?:and|or|but|while|whereas|although|though|however|then|yet)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word (casefolded, plain) or a value, with its place in the prepared text."""

    word: str
    start: int
    end: int
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready for matching."""

    text: str
    """With contractions and quotes made uniform; offsets refer to this."""
    tokens: tuple[Token, ...]
    """All of them, filler included."""
    values: tuple[Value, ...]

    @property
    def content(self) -> tuple[Token, ...]:
        """Tokens without filler words."""
        return tuple(t for t in self.tokens if t.value or t.word not in FILLER)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a phrase stands in a prepared text, in characters."""

    start: int
    end: int


def prepare(text: str, *, context: Context | None = None, codes: Sequence[Value] = ()) -> Prepared:
    """Tokenise `text`.

    Args:
        text: an answer, a reference, or a question.
        context: what the question already says.
        codes: known codes; `QX 4410` is then read as the code `QX-4410`.
    """
    for pattern, replacement in _EXPAND:
        text = pattern.sub(replacement, text)
    for code in codes:
        text = _join_code(text, code)
    values = extract(text, context=context)
    taken = [(v.start, v.end) for v in values]
    taken += [v.hidden_span for v in values if v.hidden_span[1]]
    tokens = [Token("", v.start, v.end, v) for v in values]
    for match in _WORD.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            tokens.append(Token(plain_word(match[0]), *match.span()))
    tokens.sort(key=lambda t: t.start)
    return Prepared(text, tuple(tokens), values)


def plain_word(word: str) -> str:
    """Casefolded, without accents, apostrophes and the plural s."""
    folded = "".join(
        c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c)
    ).replace("'", "")
    folded = _SYNONYM.get(folded, folded)
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        folded = folded[:-1]
    return folded


def same(reference: Token, answer: Token, context: Context) -> bool:
    """Whether two tokens say the same."""
    if reference.value or answer.value:
        if not (reference.value and answer.value):
            return False
        return agree(reference.value, answer.value, context)
    return reference.word == answer.word


def find_phrase(
    phrase: Sequence[Token], text: Sequence[Token], context: Context
) -> list[tuple[int, int]]:
    """Token ranges of `text` where `phrase` stands as one contiguous run."""
    if not phrase:
        return []
    return [
        (i, i + len(phrase))
        for i in range(len(text) - len(phrase) + 1)
        if all(same(p, text[i + j], context) for j, p in enumerate(phrase))
    ]


def without_known_edges(phrase: Sequence[Token], question: Prepared) -> list[Token]:
    """Drop words the question already says from both ends of `phrase`; never the last token."""
    known = {t.word for t in question.tokens if not t.value}
    kept = list(phrase)
    while len(kept) > 1 and not kept[0].value and kept[0].word in known:
        kept.pop(0)
    while len(kept) > 1 and not kept[-1].value and kept[-1].word in known:
        kept.pop()
    return kept


def bound_at(text: Prepared, start: int, end: int) -> str:
    """`most`, `least` or nothing: how a bound stands around a value ("no more than 5", "5+")."""
    before, after = text.text[max(0, start - 40) : start], text.text[end : end + 30]
    found = _BOUND_BEFORE.search(before) or _BOUND_AFTER.match(after)
    if not found:
        return ""
    if found["least"] and "older" in found["least"] and _VERSIONED.search(text.text[:end]):
        return "most"  # of a version; of a person it is the other way round
    return "most" if found["most"] else "least"


_VERSIONED = re.compile(r"\d\.[\d.]*\d\s*$")


BOUND_WORDS = frozenset(_MORE[3:-1].split("|")) | frozenset(_LESS[3:-1].split("|"))
"""Words of bounds after a value ("or newer"); `bound_at` reads them, matching need not."""
_BOUND_BEFORE = re.compile(
    rf"\b(?:(?P<most>atmost|{_LESS} than|below|under)|(?P<least>atleast|{_MORE} than|above|over|"
    r"exceed(?:s|ing)?))\s+(?:version\s+|a\s+|the\s+|[A-Z]\w*\s+)?$"
)
_BOUND_AFTER = re.compile(
    rf"\s*(?:(?P<least>(?:or|and)\s+(?:{_MORE}|up|upwards?)\b|\+(?!\s*\d)|minimum\b)"
    rf"|(?P<most>(?:or|and)\s+{_LESS}\b|(?<!\w)max(?:imum)?\b))",
    re.IGNORECASE,
)


def segment(text: Prepared, start: int, end: int) -> tuple[int, int]:
    """The clause around a span: up to the next punctuation or conjunction outside values."""
    left, right = 0, len(text.text)
    for match in _SEGMENT_END.finditer(text.text):
        if any(v.start < match.end() and match.start() < v.end for v in text.values):
            continue
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            right = match.start()
            break
    return left, right


def _join_code(text: str, code: Value) -> str:
    """Write loose spellings of a known code (`QX 4410`, `qx4410`) the way the key has it."""
    parts = re.findall(r"[A-Za-z]+|\d+", code.text)
    if len(parts) < 2 or code.shape in ("email", "url", "phone", "version"):
        return text
    if re.search(r"[^A-Za-z0-9_\s-]", code.text):
        return text
    pattern = r"(?<!\w)" + r"[-\s_]?".join(map(re.escape, parts)) + r"(?!\w)"
    return re.sub(pattern, code.text, text, flags=re.IGNORECASE)
