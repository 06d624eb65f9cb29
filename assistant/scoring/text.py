"""Answers as token streams that keep the characters of values.

Words are casefolded and stripped of accents, articles and filler; a value (number with unit,
date, time, code) is one token that compares by what it means, not by how it is written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.scoring.agreeing import agree
from assistant.scoring.forms import LESS, MORE, expand, plain_word
from assistant.scoring.roots import same_root
from assistant.scoring.values import Context, Value, extract
from assistant.scoring.wordlist import word_list

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
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
class Blanked:
    """A code written with blanks; anything of its build is read without them."""

    text: str


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


def prepare(
    text: str, *, context: Context | None = None, codes: tuple[Value | Blanked, ...] = ()
) -> Prepared:
    """Tokenise `text`.

    Args:
        text: an answer, a reference, or a question.
        context: what the question already says.
        codes: known codes; `QX 4410` is then read as the code `QX-4410`.
    """
    text = expand(text)
    for code in codes:
        text = _join_blanked(text, code) if isinstance(code, Blanked) else _join_code(text, code)
    values = extract(text, context=context)
    taken = [(v.start, v.end) for v in values]
    taken += [v.hidden_span for v in values if v.hidden_span[1]]
    tokens = [Token("", v.start, v.end, v) for v in values]
    for match in _WORD.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            tokens.append(Token(plain_word(match[0]), *match.span()))
    tokens.sort(key=lambda t: t.start)
    return Prepared(text, tuple(tokens), values)


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

    def said(token: Token) -> bool:
        return not token.value and any(same_root(token.word, word) for word in known)

    while len(kept) > 1 and said(kept[0]):
        kept.pop(0)
    while len(kept) > 1 and said(kept[-1]):
        kept.pop()
    return kept


def bound_at(text: Prepared, start: int, end: int) -> str:
    """`most`, `least` or nothing: how a bound stands around a value ("no more than 5", "5+")."""
    before, after = text.text[max(0, start - 40) : start], text.text[end : end + 30]
    found = _BOUND_BEFORE.search(before) or _BOUND_AFTER.match(after)
    if not found:
        return "least" if _FROM_ON.search(before + "#" + after) else ""
    if found["least"] and "older" in found["least"] and _VERSIONED.search(text.text[:end]):
        return "most"  # of a version; of a person it is the other way round
    denied = _NOT_MORE.search(before[: found.start()]) if found.re is _BOUND_BEFORE else None
    return "most" if bool(found["most"]) is not bool(denied) else "least"


_VERSIONED = re.compile(r"\d\.[\d.]*\d\s*$")


BOUND_WORDS = frozenset(MORE[3:-1].split("|")) | frozenset(LESS[3:-1].split("|"))
"""Words of bounds after a value ("or newer"); `bound_at` reads them, matching need not."""
_BOUND_BEFORE = re.compile(
    rf"\b(?:(?P<most>atmost|{LESS} than|below|under)|(?P<least>atleast|{MORE} than|above|over|"
    r"exceed(?:s|ing)?))\s+(?:version\s+|a\s+|the\s+|[A-Z]\w*\s+)?$",
    re.IGNORECASE,
)
# "must not weigh more than 5 kg"
_NOT_MORE = re.compile(r"\b(?:not|never|no|nobody|nothing)\b[^.;,]{0,20}$", re.IGNORECASE)
_FROM_ON = re.compile(
    r"\b(?:from|starting (?:at|with))\s+(?:\w+\s+)?#\s*(?:on|onwards?|upwards?|up)\b"
)
_BOUND_AFTER = re.compile(
    rf"\s*(?:(?P<least>(?:or|and)\s+(?:{MORE}|up|upwards?)\b|\+(?!\s*\d)|minimum\b)"
    rf"|(?P<most>(?:or|and)\s+{LESS}\b|(?<!\w)max(?:imum)?\b))",
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


def _join_blanked(text: str, code: Blanked) -> str:
    """Write `C 17`, and codes built like it, without blanks: `C17`."""
    build = []
    for part in re.findall(r"[A-Z]+|\d+|\s+|[^A-Z\d\s]", code.text):
        if part.isspace():
            build.append(r"[\s-]?")
        elif part.isdigit() and " " in code.text:
            build.append(rf"\d{{1,{len(part)}}}")
        else:
            build.append(
                rf"[A-Z]{{{len(part)}}}" if part.isalpha() and part.isupper() else re.escape(part)
            )
    pattern = r"(?<![\w.-])" + "".join(build) + r"(?![\w-])(?!\.\d)"
    return re.sub(pattern, lambda m: re.sub(r"[\s-]", "", m[0]), text)


def _join_code(text: str, code: Value) -> str:
    """Write loose spellings of a known code (`QX 4410`, `qx4410`) the way the key has it."""
    parts = re.findall(r"[A-Za-z]+|\d+", code.text)
    if len(parts) < 2 or code.shape in ("email", "url", "phone", "version"):
        return text
    if re.search(r"[^A-Za-z0-9_\s-]", code.text):
        return text
    pattern = r"(?<!\w)" + r"[-\s_]?".join(map(re.escape, parts)) + r"(?!\w)"
    return re.sub(pattern, code.text, text, flags=re.IGNORECASE)
