"""The words of a phrase in another order: "the pump leaked" for "because of a leaking pump".

Order carries meaning in names and in who did what to whom, so this reading is taken only where a
reason, a way or an action is asked for, and only for phrases of plain words.
"""

import re
from collections.abc import Sequence

from assistant.scoring.text import Found, Prepared, Token, segment

_OPEN = re.compile(
    r"\W*(?:why|how\s+(?:is|are|do|does|can|should|must|was|were)|for what|"
    r"what\s+(?:happens|should|must|does|do|is\s+done|has\s+to|needs))\b",
    re.IGNORECASE,
)
_LINKS = frozenset(("because", "due", "since", "order", "if", "when"))
_SUFFIX = re.compile(r"(?:ing|ed|es|e|s)$")


def stem(word: str) -> str:
    """A word without its verb ending, a doubled last letter made single; short words stay."""
    bare = _SUFFIX.sub("", word)
    if len(bare) < 3:
        return word
    return bare[:-1] if bare[-1] == bare[-2] and bare[-1] not in "sl" else bare


def same_words_in_a_clause(
    phrase: str, wanted: Sequence[Token], question: Prepared, answer: Prepared
) -> Found | None:
    """The clause of the answer that holds all words of the phrase, or None.

    Args:
        phrase: the key as written; one with capitals inside names something and is not read so.
        wanted: its content tokens.
        question: what was asked.
        answer: the answer.
    """
    if not _OPEN.match(question.text) or re.search(r"\b[A-Z]", phrase.strip()[1:]):
        return None
    needed = {stem(t.word) for t in wanted if not t.value and t.word not in _LINKS}
    if len(needed) < 2 or any(t.value or t.word in ("not", "no", "never") for t in wanted):
        return None
    content = answer.content
    for token in content:
        if token.value or stem(token.word) not in needed:
            continue
        left, right = segment(answer, token.start, token.end)
        here = [t for t in content if left <= t.start < right]
        if any(t.word in ("not", "no", "never", "without") for t in here):
            continue
        if needed <= {stem(t.word) for t in here if not t.value}:
            used = [t for t in here if not t.value and stem(t.word) in needed]
            return Found(used[0].start, used[-1].end)
    return None
