"""Small text helpers shared by the stages: words, overlap, clean-up, stable ids."""

import hashlib
import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W_]+(?:[-.'’@/+][^\W_]+)*")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"^\s*>\s|\*\*|__|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|<br\s*/?>")


def word_set(text: str) -> frozenset[str]:
    """The words of a white-space separated list, for lexicons that read better as text."""
    return frozenset(text.split())


STOP_WORDS = word_set(
    """a about after all also an and any are as at be because been before being between both but by
    can could did do does each for from give had has have how i if in into is it its many may me
    more most much must my no not of on one only or other our out over per shall should so some such
    tell than that the their them then there these they this those through to under until up use
    very was we were what when where which while who whom whose why will with within without would
    you your"""
)
"""Words that say nothing about what a question is about."""


def words(text: str) -> list[str]:
    """Lower-cased words; codes, versions and addresses (`qx-4410`, `5.4.1`) stay whole."""
    return _WORD.findall(text.lower())


def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, plural `s` taken off."""
    return frozenset(_singular(word) for word in words(text) if word not in STOP_WORDS)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def distinctive(text: str) -> frozenset[str]:
    """The words that tell near-twins apart: those with a digit (`tl-7c`, `2026`, `v3`)."""
    return frozenset(word for word in words(text) if any(c.isdigit() for c in word))


def normalise(text: str) -> str:
    """Words joined by one space: equal for texts that differ in case, spacing or punctuation."""
    return " ".join(words(text))


def jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """Shared words over all words, 0..1; two empty sets count as equal (1)."""
    return len(first & second) / len(first | second) if first or second else 1.0


def ngrams(tokens: Sequence[str], n: int) -> frozenset[str]:
    """All runs of `n` tokens, joined by spaces; empty when the text is shorter."""
    return frozenset(" ".join(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def squeeze(text: str) -> str:
    """One space for every run of white space, none at the ends."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """Text without Markdown marks (bold, code, links keep their words) and with single spaces."""
    return squeeze(_MARKUP.sub("", _LINK.sub(r"\1", text)))


def short_hash(parts: Iterable[str]) -> str:
    """16 hex digits that change when any part changes (parts are kept apart by a zero byte)."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def contains_value(text: str, value: str) -> bool:
    """Whether `value` stands in `text` as whole words (white space and case aside).

    `5` does not stand in `50` nor `4410` in `QX-4410`.
    """
    needle = re.escape(squeeze(value).lower())
    edge = r"[^\W_]"
    return bool(re.search(rf"(?<!{edge})(?<!\d[.,-]){needle}(?!{edge})", squeeze(text).lower()))
