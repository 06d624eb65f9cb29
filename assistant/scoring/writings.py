"""Other writings of a phrase that say the same, and of the answer it is looked for in."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.scoring.asked import Asked
from assistant.scoring.numbers import LOSS
from assistant.scoring.text import BOUND_WORDS, Prepared, Token, without_known_edges
from assistant.scoring.values import extract

_DIMENSIONS = {
    "wide": "width", "high": "height", "tall": "height", "deep": "depth", "long": "length",
    "thick": "thickness", "width": "wide", "height": "high", "depth": "deep", "length": "long",
}  # fmt: skip


def without_question_words(
    answer: Prepared, wanted: Sequence[Token], asked: Asked
) -> tuple[Token, ...]:
    """Accept "Linux kernel 6.6" for "Linux 6.6" where a kernel is asked for."""
    keep = {t.word for t in wanted} | {"not", "no", "never", "without"}
    known = {t.word for t in asked.prepared.tokens if not t.value} - keep
    return tuple(t for t in answer.content if t.value or t.word not in known)


def spellings(key: Prepared, asked: Asked) -> list[Sequence[Token]]:
    """The phrase in full, and without what may be missing."""
    tokens = key.content
    found: list[Sequence[Token]] = [tokens, without_known_edges(tokens, asked.prepared)]
    # "120 requests/min": the rate says enough without the noun.
    found.append([
        t for i, t in enumerate(tokens)
        if not (i and not t.value and (v := tokens[i - 1].value) and v.per and not v.unit)
    ])  # fmt: skip
    if any(t.value for t in tokens):
        unbound = [t for t in tokens if t.value or t.word not in BOUND_WORDS]
        found += [unbound, without_known_edges(unbound, asked.prepared)]
    found += _other_writings(key)
    words = [t for t in tokens if not t.value]
    named = len(words) == len(tokens) and 2 <= len(words) <= 3
    if named and asked.prepared.tokens and asked.prepared.tokens[0].word in ("who", "whose"):
        family = key.text.rstrip(" .").rfind(" ")
        found.append([t for t in tokens if t.start > family])  # the family name says who
    return found


def _other_writings(key: Prepared) -> list[Sequence[Token]]:
    """Tell "90 cm wide" as "width 90 cm", "the 2nd floor" as "floor 2", a loss as a minus."""
    tokens = key.content
    found: list[Sequence[Token]] = []
    if len(tokens) == 2:
        first, second = tokens
        if first.value and second.word in _DIMENSIONS:
            noun = replace(second, word=_DIMENSIONS[second.word])
            found += [[noun, first], [first, noun]]
        ordinal = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", first.word)
        if ordinal and not second.value:
            number = extract(ordinal[1])[0]
            found.append([second, Token("", first.start, first.end, number)])
    lowered = [t for t in tokens if t.value and t.value.lowered and t.value.number is not None]
    if len(lowered) == 1 and (loss := lowered[0].value) and loss.number:
        minus = replace(loss, number=-loss.number, lowered=False)
        rest = [t for t in tokens if t.value or not LOSS.fullmatch(t.word)]
        found.append([replace(t, value=minus) if t is lowered[0] else t for t in rest])
    return found


def glued(tokens: Sequence[Token], answer: Prepared) -> tuple[Token, ...] | None:
    """The answer with a compound split or joined as the key has it: roadwork, road work."""
    words = [t.word for t in tokens]
    pairs = {a + b: (a, b) for a, b in pairwise(words) if a and b}
    singles = set(words)
    out: list[Token] = []
    changed = False
    for token in answer.content:
        last = out[-1] if out else None
        if token.word in pairs:
            first, second = pairs[token.word]
            middle = token.start + len(first)
            out += [Token(first, token.start, middle), Token(second, middle, token.end)]
            changed = True
        elif last and last.word and token.word and last.word + token.word in singles:
            out[-1] = Token(last.word + token.word, last.start, token.end)
            changed = True
        else:
            out.append(token)
    return tuple(out) if changed else None
