"""Which passages an answer rests on, checked mechanically: never a claim that is not there.

A passage supports an answer when every value of the answer (number with unit, date, time, code)
stands in it; an answer without values needs its words, in their order, in the passage. Words
that stand everywhere ("more", "yes") support nothing.
"""

import re
from collections.abc import Sequence

from assistant.schema import Citation, Passage
from assistant.scoring.abstention import is_refusal
from assistant.scoring.agreeing import agree
from assistant.scoring.values import extract, negations

MOST_FOUND = 3
"""How many passages are named when the model wrote no numbers."""
_MARK = re.compile(r"\s*\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "a an the of to in on at by for from with and or is are was were be been it its this that "
        "these those as you your we our they their he she his her will would can may must should "
        "do does did has have had there which who what when where yes no more most less "
        "least many much few some several any all every each other another such "
        "same very also only just than then",
    )
)


def strip_citations(text: str) -> str:
    """The answer without `[1]` marks, as it is scored."""
    return _MARK.sub("", text).strip()


def find_citations(answer_text: str, passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """Citations of an answer as the model wrote it.

    Marks `[n]` are verified: each cites what was said since the previous mark or sentence end. A
    number no passage has is unsupported. Without marks, the passages that hold the answer's values
    are named. A refusal cites nothing.

    Args:
        answer_text: with its marks.
        passages: what the model was shown.
    """
    if not passages or is_refusal(strip_citations(answer_text)):
        return ()
    by_number = {p.number: p for p in passages}
    written = _written(answer_text)
    if written:
        return tuple(
            Citation(
                number=number,
                chunk_id=by_number[number].chunk.id if number in by_number else "",
                supported=number in by_number and all(supports(by_number[number], c) for c in said),
                written_by_model=True,
            )
            for number, said in written.items()
        )
    found = [p for p in passages if supports(p, answer_text)]
    return tuple(Citation(p.number, p.chunk.id, supported=True) for p in found[:MOST_FOUND])


def supports(passage: Passage, claim: str) -> bool:
    """Whether the passage says it, as far as a machine can tell."""
    text = passage.chunk.indexed_text
    words = _words(claim)
    if not words:
        return False
    values = extract(claim)
    if values:
        there = extract(text)
        return all(any(agree(v, other) for other in there) for v in values) and _same_polarity(
            claim, text, words
        )
    return _contains_run(_words(text), words) or (
        len(words) > 3 and _in_one_sentence(text, words) and _same_polarity(claim, text, words)
    )


def _written(text: str) -> dict[int, list[str]]:
    """Number -> claims it was written behind."""
    claims: dict[int, list[str]] = {}
    start, said = 0, ""
    for mark in _MARK.finditer(text):
        between = text[start : mark.start()]
        # "... [1][2]": the second mark stands behind the same claim.
        said = _last_sentence(between) if between.strip(" .,;") else said
        for number in re.findall(r"\d+", mark[1]):
            claims.setdefault(int(number), []).append(said)
        start = mark.end()
    return claims


def _last_sentence(text: str) -> str:
    body = text.rstrip()
    ends = [m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z0-9])", body)]
    return body[ends[-1] :] if ends else body


def _words(text: str) -> list[str]:
    """Words that say something; alone, "more" or "several" stands in every passage."""
    return [w for w in (m.casefold() for m in _WORD.findall(text)) if w not in _EMPTY]


def _contains_run(words: list[str], run: list[str]) -> bool:
    size = len(run)
    return any(words[i : i + size] == run for i in range(len(words) - size + 1))


def _in_one_sentence(text: str, words: list[str]) -> bool:
    wanted = set(words)
    return any(wanted <= set(_words(s)) for s in re.split(r"(?<=[.!?])\s+|\n+", text))


def _same_polarity(claim: str, text: str, words: list[str]) -> bool:
    """A claim with "not" needs a sentence with "not" among those it shares most words with."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", text)
    shared = [len(set(words) & set(_words(s))) for s in sentences]
    closest = [s for s, n in zip(sentences, shared, strict=True) if n == max(shared)]
    return any(bool(negations(claim)) == bool(negations(s)) for s in closest)
