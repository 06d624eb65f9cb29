"""Is anything asserted that contradicts the key? Rule 4 of `correctness`."""

import re
from collections.abc import Sequence

from assistant.scoring.agreeing import agree, same_type
from assistant.scoring.asked import Asked
from assistant.scoring.assertion import DENIED_AFTER, DIRECT_DENIAL, PAST, SOFT
from assistant.scoring.forms import plain_word
from assistant.scoring.numbered import is_name_part, numbered_twin
from assistant.scoring.roots import stem
from assistant.scoring.text import FILLER, Prepared, Token, segment
from assistant.scoring.values import Value
from assistant.scoring.wordlist import word_list

_CORRECTION = re.compile(
    r"\b(?:no,?\s+wait|wait|correction|sorry|i mean(?:t)?|rather)\b", re.IGNORECASE
)
_SPAN = re.compile(r"\W*(?:(?:to|until|till|through|and)\s+)?", re.IGNORECASE)
_STARTS = re.compile(r"\b(?:open|opens|start|starts|begin|begins|from|since)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:close|closes|end|ends|until|till|finish|stop|stops)\b", re.IGNORECASE)
_EPISTEMIC = frozenset(
    plain_word(w)
    for w in (
        word_list(
            "actually also alternatively maybe perhaps possibly probably either between both "
            "another some say says said source sources think believe guess might may could can "
            "must should or and not no even sometimes often usually up atmost atleast least "
            "most total overall wait correction sorry instead rather other others more less "
            "than over under plus minus answer value number correct right true yes however but "
            "though although elsewhere still "
            "depending now here currently according document documents passage "
            "passages listed states stated reported per each every one ones same it's i'm let "
            "me again mean meant page table section first later then earlier"
        )
    )
)


def conflicts(
    answer: Prepared, keys: Sequence[Value], asked: Asked
) -> tuple[tuple[Value, Value], ...]:
    """(key value, conflicting value) pairs the answer asserts; see rule 4 in `correctness`."""
    asked_values = asked.prepared.values
    # "Is it 14 or 30 days?" puts the wrong value into the question: there it protects nothing.
    choice = any(agree(k, v, asked.context) for k in keys for v in asked_values)
    harmless = (*asked.known, *(() if choice else asked_values))
    bare = any(
        v.kind == "number" and not v.unit and k.unit and agree(k, v, asked.context)
        for v in answer.values for k in keys
    )  # fmt: skip
    found: list[tuple[Value, Value]] = []
    for value in answer.values:
        if value.weak and value.unit is None:
            continue
        rivals = [k for k in keys if same_type(k, value) and not _counts_other(value, k, asked)]
        if bare and value.kind == "number" and not (value.unit or value.noun or value.spelled):
            rivals = rivals or list(keys)  # "16 or 18", where the question names the unit
        if not rivals or any(agree(h, value, asked.context) for h in (*keys, *harmless)):
            continue
        if any(agree(value, h, asked.context) for h in (*keys, *harmless)):
            continue
        if is_name_part(value, answer.text, asked.prepared):
            continue
        if _withdrawn(answer, value, keys, asked) or _range_end(answer, value, keys, asked):
            continue
        if _is_denied(answer, value):
            continue
        if _about_something_else(answer, value, asked) and not _answers_instead(
            answer, value, keys, asked
        ):
            continue
        found.append((rivals[0], value))
    return tuple(found)


def _counts_other(value: Value, key: Value, asked: Asked) -> bool:
    """Rooms where beds were asked for: a detail, not a rival."""
    noun = asked.context.asked_noun
    if key.noun or key.unit or not noun or not value.noun or value.spelled:
        return False
    return plain_word(value.noun) != plain_word(noun) and any(
        v is not value and agree(key, v, asked.context) for v in asked.known
    )


def _withdrawn(answer: Prepared, value: Value, keys: Sequence[Value], asked: Asked) -> bool:
    """Taken back before the key was said: "20 days... no wait, 30 days"."""
    for later in answer.values:
        if later.start > value.start and any(agree(k, later, asked.context) for k in keys):
            return _CORRECTION.search(answer.text[value.end : later.start]) is not None
    return False


def _range_end(answer: Prepared, value: Value, keys: Sequence[Value], asked: Asked) -> bool:
    """The other end of a span of time, when the question asks for one end: "07:30 to 18:00"."""
    if value.kind not in ("time", "date"):
        return False
    for other in answer.values:
        if other.kind != value.kind or not any(agree(k, other, asked.context) for k in keys):
            continue
        first, second = sorted((other, value), key=lambda v: v.start)
        joined = _SPAN.fullmatch(answer.text[first.end : second.start])
        wanted = _STARTS if other is first else _ENDS
        if joined and wanted.search(asked.prepared.text):
            return True
    return False


def _is_denied(answer: Prepared, value: Value) -> bool:
    wider = answer.text[max(0, value.start - 60) : value.start]
    direct = DIRECT_DENIAL.search(wider)
    if direct and not SOFT.search(direct[0]):
        return True
    if PAST.search(wider) or re.search(r"\b(?:old|former|earlier|previous)\b[^.;]*$", wider, re.I):
        return True
    return DENIED_AFTER.match(answer.text[value.end : value.end + 40]) is not None


def _about_something_else(answer: Prepared, value: Value, asked: Asked) -> bool:
    left, right = segment(answer, value.start, value.end)
    conditional = re.match(r"\s+(?:in|with|for|on|at|when|if)\b", answer.text[value.end : right])
    if re.search(r"\bor\W*$", answer.text[:left], re.IGNORECASE) and not conditional:
        return False  # an alternative without a condition, whatever it is ascribed to
    if left and answer.text[left - 1] == ":":  # "the device itself: 36 months"
        left = segment(answer, left - 1, left - 1)[0]
    if numbered_twin(answer.text[left:right], (), asked.prepared):
        return True
    asked_words = {t.word for t in asked.prepared.tokens if not t.value} | asked.words
    for token in answer.tokens:
        if not left <= token.start < right or token.value is value:
            continue
        if _names_something(token, value, asked_words, asked):
            return True
    return False


def _answers_instead(answer: Prepared, rival: Value, keys: Sequence[Value], asked: Asked) -> bool:
    """Whether the rival's clause says what was asked, and the key's clause another thing.

    "19 June was the first draft; the amendment came on 4 August" for "when was it amended?".
    """
    focus = {stem(t.word) for t in asked.prepared.content if not t.value}
    best = 0
    for value in answer.values:
        if not any(agree(k, value, asked.context) for k in keys):
            continue
        said = _clause_words(answer, value)
        if not said - focus:
            return False  # the key stands alone: the rest is detail
        best = max(best, _overlap(said, focus))
    return _overlap(_clause_words(answer, rival), focus) > best


def _clause_words(answer: Prepared, value: Value) -> set[str]:
    left, right = segment(answer, value.start, value.end)
    return {
        stem(t.word) for t in answer.content
        if left <= t.start < right and not t.value and t.word not in _EPISTEMIC
        and t.word != plain_word(value.noun)
    }  # fmt: skip


def _overlap(said: set[str], focus: set[str]) -> int:
    """How many words of the question a clause takes up; "amendment" takes up "amended"."""
    return sum(
        any(
            w == f or (min(len(w), len(f)) >= 4 and (w.startswith(f) or f.startswith(w)))
            for w in said
        )
        for f in focus
    )


def _names_something(token: Token, value: Value, asked_words: set[str], asked: Asked) -> bool:
    if token.value:
        if token.value.kind != "code" or token.value.shape == value.shape:
            return False
        known = (*asked.prepared.values, *asked.known)
        return not any(agree(k, token.value, asked.context) for k in known)
    word = token.word
    if word in FILLER or word in _EPISTEMIC or word in asked_words:
        return False
    return word != plain_word(value.noun) and len(word) > 1
