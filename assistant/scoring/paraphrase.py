"""The words of a phrase in other form or order: "the pump leaked" for "a leaking pump".

Order carries meaning in names and in who did what to whom, so this reading is taken only where a
reason, a way, an action, a place or a time is asked for. Two readings:

- an open question and a clause that holds every word of the phrase, in whatever form;
- a clause that says no more and no less than the phrase, but for words of the question and verbs
  that say little ("put it in the yellow bin", "it belongs in the yellow bin").
"""

import re
from collections.abc import Iterator, Sequence

from assistant.scoring.agreeing import agree
from assistant.scoring.roots import light, root, same_root
from assistant.scoring.text import FILLER, Found, Prepared, Token, segment
from assistant.scoring.values import Context
from assistant.scoring.wordlist import word_list

_OPEN = re.compile(
    r"\W*(?:why|how\s+(?:is|are|do|does|can|should|must|was|were)|for what|"
    r"what\s+(?:happens|should|must|does|do|is\s+done|has\s+to|needs))\b",
    re.IGNORECASE,
)
_WIDER = re.compile(
    r"\W*(?:where|when|on (?:which|what)|in (?:which|what)|what|which|by when)\b", re.I
)
_LINKS = frozenset(word_list("because due since order if when so reason owing thank"))
_SMALL = _LINKS | frozenset(
    word_list(
        "then finally simply please there always usually must should need have into onto can may "
        "could able so that first let them all it her him you one good"
    )
)
_MODAL = frozenset(word_list("can may must able should so that could"))
_NEGATIVE = frozenset(word_list("not no never without hardly nobody nothing instead except unless"))
WEEKDAYS = frozenset(word_list("monday tuesday wednesday thursday friday saturday sunday"))
_JOINED = re.compile(r"\b(?:and|or)\b|[,;]\s", re.IGNORECASE)
_DIRECTION = re.compile(
    r"\b(?P<way>to|into|towards?|from|out of)\s+(?:the\s+|an?\s+)?(?P<noun>\w+)", re.I
)


def same_words_in_a_clause(
    phrase: str, wanted: Sequence[Token], question: Prepared, answer: Prepared, context: Context
) -> Found | None:
    """The clause of the answer that says the phrase in other form or order, or None.

    Args:
        phrase: the key as written; one with capitals inside names something and is not read so.
        wanted: its content tokens.
        question: what was asked.
        answer: the answer.
        context: what the question already says.
    """
    open_question = _OPEN.match(question.text) is not None
    if not open_question and not _WIDER.match(question.text):
        return None
    named = any(
        not t.value and phrase[t.start : t.start + 1].isupper() and t.word not in WEEKDAYS
        for t in wanted[1:]
    )
    joined = _JOINED.search(phrase) or sum(t.value is not None for t in wanted) > 1
    odd = _denials(wanted)
    words = [
        t for t in wanted
        if not t.value and t.word not in _LINKS and t.word not in _MODAL and not _is_denial(t.word)
    ]  # fmt: skip
    if named or joined or not words or len(answer.content) > 400:
        return None
    for here in _windows(answer):
        if _denials(here) != odd:
            continue
        enough = open_question and len(words) > 1 and not any(t.value for t in wanted)
        if enough and _holds(words, here):
            return _span(here, words)
        if _says_just(wanted, here, question, context) and not _turned(phrase, here, answer):
            return _span(here, wanted)
    return None


def _is_denial(word: str) -> bool:
    return word in _NEGATIVE or root(word) == "ban"


def _denials(tokens: Sequence[Token]) -> bool:
    """Whether the denials leave a denial: "not forbidden" holds none."""
    return sum(_is_denial(t.word) for t in tokens if not t.value) % 2 == 1


def _windows(answer: Prepared) -> Iterator[tuple[Token, ...]]:
    """Clauses, then sentences."""
    seen: set[tuple[int, int]] = set()
    for token in answer.content:
        span = segment(answer, token.start, token.end)
        if span not in seen:
            seen.add(span)
            yield tuple(t for t in answer.content if span[0] <= t.start < span[1])
    start = 0
    for end in [m.end() for m in re.finditer(r"[.!?;](?=\s|$)|\n", answer.text)] + [
        len(answer.text)
    ]:  # fmt: skip
        yield tuple(t for t in answer.content if start <= t.start < end)
        start = end


def _holds(words: Sequence[Token], here: Sequence[Token]) -> bool:
    said = [root(t.word) for t in here if not t.value]
    return all(any(same_root(root(w.word), s) for s in said) for w in words)


def _says_just(
    wanted: Sequence[Token], here: Sequence[Token], question: Prepared, context: Context
) -> bool:
    """Whether the two say the same but for light verbs and words of the question."""
    known = {root(t.word) for t in question.tokens if not t.value}
    odd = _denials(wanted)

    def bare(tokens: Sequence[Token], drop_known: bool) -> list[str]:
        found = [t.word for t in tokens if not (t.value or _is_denial(t.word))]
        found = [w for w in found if light(w) is None and not (odd and root(w) == "allow")]
        found = [root(w) for w in found if w not in _SMALL]
        return [r for r in found if not (drop_known and r in known)]

    mine, theirs = bare(wanted, False), bare(here, False)
    if not mine or not all(any(same_root(w, s) for s in theirs) or w in known for w in mine):
        return False
    if all(w in known for w in mine) and not any(t.value for t in wanted):
        return False
    if not all(any(same_root(w, s) for w in mine) for s in theirs if s not in known):
        return False
    senses = [{light(t.word) for t in side if not t.value} - {None, ""} for side in (wanted, here)]
    if senses[0] and senses[1] and not senses[0] & senses[1]:
        return False
    needed = [t.value for t in wanted if t.value]
    said = [t.value for t in here if t.value]
    allowed = [t.value for t in question.tokens if t.value]
    return all(any(agree(n, s, context) for s in said) for n in needed) and all(
        any(agree(n, s, context) for n in (*needed, *allowed)) for s in said
    )


def _turned(phrase: str, here: Sequence[Token], answer: Prepared) -> bool:
    """From for to, or both ends exchanged around the same middle: man bites dog."""
    text = answer.text[here[0].start - 12 if here[0].start > 12 else 0 : here[-1].end]
    ways = [
        {root(m["noun"].casefold()): m["way"].casefold() in ("from", "out of")
         for m in _DIRECTION.finditer(side)}
        for side in (phrase, text)
    ]  # fmt: skip
    if any(noun in ways[1] and ways[1][noun] is not way for noun, way in ways[0].items()):
        return True
    if re.search(r"\bby\b", text):
        return False
    mine = [root(w.casefold()) for w in re.findall(r"\w+", phrase) if w.casefold() not in FILLER]
    said = [root(t.word) for t in here if not t.value and root(t.word) in mine]
    return len(mine) >= 3 and len(set(mine)) == len(mine) and said == mine[::-1]


def _span(here: Sequence[Token], wanted: Sequence[Token]) -> Found:
    roots = [root(w.word) for w in wanted if not w.value]
    used = [t for t in here if t.value or any(same_root(r, root(t.word)) for r in roots)]
    return Found((used or list(here))[0].start, (used or list(here))[-1].end)
