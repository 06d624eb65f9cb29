"""Is a matched phrase really asserted, and is anything asserted that contradicts it?"""

import re
from collections.abc import Sequence

from assistant.scoring.agreeing import agree, same_type
from assistant.scoring.asked import Asked
from assistant.scoring.text import (
    FILLER,
    Found,
    Prepared,
    Token,
    bound_at,
    plain_word,
    segment,
)
from assistant.scoring.values import Value
from assistant.scoring.wordlist import word_list

_DETERMINER = (
    r"(?:(?:a|an|the|just|exactly|for|in|on|by|at|to|of|within|after|from|called|named|be|been|"
    r"necessarily|actually|really|always|about|its|their|my|your|our)\s+){0,3}"
)
_DIRECT_DENIAL = re.compile(
    rf"\b(?:not|never|no longer|rather than|instead of|neither|nor|unlike|except(?: for)?|"
    rf"excluding|other than|isnt|anything but)\s+{_DETERMINER}$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:used to be|previously|formerly|originally|in the past|once was|was once|"
    r"changed from|raised from|lowered from|increased from|reduced from|down from|up from|"
    rf"replac(?:es|ed|ing)|until recently(?: was)?)\s*:?\s+{_DETERMINER}$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^\W*(?:(?:is|are|was|were|would be)\s+)?(?:not\s+(?:the\s+)?(?:correct|right|true|answer|"
    r"valid|any\s*more)|wrong|incorrect|outdated|no longer)\b",
    re.IGNORECASE,
)
_CLAUSE_DENIAL = re.compile(
    r"\b(?:not|never|no|nor|neither|without)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)
_SOFT = re.compile(
    r"\b(?:not\s+(?:only|just|merely|hesitate|forget|until|before|after|always|necessarily only)|"
    r"no\s+(?:matter|doubt|wonder|problem|need)|atmost|atleast)\b",
    re.IGNORECASE,
)
_HEDGE_AFTER = re.compile(r"^\W*,?\s*or\s+(?:(?:maybe|perhaps|possibly|else)\s+)?", re.IGNORECASE)
_HEDGE_BEFORE = re.compile(r"\bor\s+(?:(?:maybe|perhaps|possibly|else)\s+)?$", re.IGNORECASE)
_CORRECTION = re.compile(
    r"\b(?:no,?\s+wait|wait|correction|sorry|i mean(?:t)?|rather)\b", re.IGNORECASE
)
_SPAN = re.compile(r"\W*(?:(?:to|until|till|through|and)\s+)?", re.IGNORECASE)
_STARTS = re.compile(r"\b(?:open|opens|start|starts|begin|begins|from|since)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:close|closes|end|ends|until|till|finish|stop|stops)\b", re.IGNORECASE)
_HARMLESS_OR = re.compile(
    r"^(?:more|less|fewer|earlier|later|so|above|below|higher|lower|over|under|longer|shorter|"
    r"older|newer|both|any|if|when|by|equal|equivalently|about|better|greater|smaller|sooner|"
    r"until|after|before|whenever|wherever|in other words)\b",
    re.IGNORECASE,
)
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
            "me again mean meant"
        )
    )
)


def why_not_asserted(answer: Prepared, place: Found, key: Prepared, question: Prepared) -> str:
    """Why the phrase at `place` does not count as said; empty when it does.

    Args:
        answer: the answer.
        place: where the phrase stands.
        key: the reference phrase; a phrase that is itself negative is not tested for negation.
        question: what was asked, for "X or Y" questions and the code asked about.
    """
    left, right = segment(answer, place.start, place.end)
    before, after = answer.text[left : place.start], answer.text[place.end : right]
    wider = answer.text[max(0, place.start - 60) : place.start]
    said = answer.text[place.start : place.end]
    if _wrong_bound(answer, place, key, question):
        return f"gives {said!r} only as a bound the wrong way round"
    turned = turned_round(answer, place, key)
    if turned:
        return turned
    denied = _denied(answer, place, key, question)
    if denied:
        return denied
    if _PAST.search(wider):
        return f"says {said!r} of the past"
    other = _other_subject(answer, left, right, key, question)
    if other:
        return f"says {said!r} of {other}, not of what was asked"
    if _hedged(answer, place, before, after, key, question):
        return f"hedges between {said!r} and something else"
    return ""


def _denied(answer: Prepared, place: Found, key: Prepared, question: Prepared) -> str:
    """Whether the phrase is denied; a phrase that is itself negative is not tested."""
    wider = answer.text[max(0, place.start - 60) : place.start]
    before = answer.text[segment(answer, place.start, place.end)[0] : place.start]
    said = answer.text[place.start : place.end]
    negative_key = any(t.word in ("not", "no", "never", "without") for t in key.tokens)
    if not negative_key:
        hit = _DIRECT_DENIAL.search(wider)
        if hit and not _SOFT.search(hit[0]) and not re.search(r"[.;!?\n]", hit[0]):
            return f"denies {said!r} ({hit[0].strip()!r})"
        if _DENIED_AFTER.match(answer.text[place.end : place.end + 40]):
            return f"says that {said!r} is wrong"
        negative = _NEGATIVE.search(question.text.casefold())
        if not key.values and not negative and _clause_denial(before):
            return f"negates {said!r}"
        if _against_negative_question(answer, question):
            return f"says of {said!r} the opposite of what was asked"
    return ""


def _wrong_bound(answer: Prepared, place: Found, key: Prepared, question: Prepared) -> bool:
    """Say "at least 50" where at most 50 is right: by the key, else by what the question asks."""
    said = bound_at(answer, place.start, place.end)
    if not said or not key.values:
        return False
    wanted = bound_at(key, key.values[0].start, key.values[-1].end)
    if wanted:
        return said != wanted
    asks_most = re.search(r"\b(?:may|atmost|maximum|max|limit|can)\b", question.text, re.I)
    asks_least = re.search(r"\b(?:must|atleast|minimum|need|require)", question.text, re.I)
    if said == "least":
        return bool(asks_most and not asks_least)
    return bool(asks_least and not asks_most)


def turned_round(answer: Prepared, place: Found, key: Prepared) -> str:
    """Say "from Lund" for "to Lund", and "Monday to Friday" for Monday and Friday."""
    to_key = re.match(r"\s*to\s", key.text, re.IGNORECASE)
    if to_key and re.search(r"\bfrom\s+(?:the\s+)?$", answer.text[: place.start], re.IGNORECASE):
        return f"says from, not {key.text.strip()!r}"
    days = [t for t in key.tokens if t.word in _WEEKDAYS]
    said = answer.text[place.start : place.end]
    if len(days) > 1 and not _DAY_RANGE.search(key.text) and _DAY_RANGE.search(said):
        return "names a range of days"
    return ""


_WEEKDAYS = frozenset(word_list("monday tuesday wednesday thursday friday saturday sunday"))
_DAY_RANGE = re.compile(r"day\w*\s*(?:to|until|till|through|[-–])\s*\w+day", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"\b(?:not|no|without|closed|forbidden|banned|prohibited|exclude[sd]?|lacks?)\b"
)


def _against_negative_question(answer: Prepared, question: Prepared) -> bool:
    """Ask "which plan has no backups?": "Sprout has backups." says the opposite."""
    asked = re.search(r"\b(?:not|no|without)\b(.*)", question.text, re.IGNORECASE)
    if not asked or re.search(r"\b(?:not|no|without|never|lacks?|only)\b", answer.text, re.I):
        return False
    words = {t.word for t in answer.tokens}
    after = {t.word for t in question.content if t.start >= asked.start(1) and not t.value}
    verbs = {w[:-1] if w.endswith("e") else w for w in after}
    return bool(after) and all(any(x.startswith(v) for x in words) for v in verbs)


def _clause_denial(before: str) -> bool:
    softened = _SOFT.sub("", before)
    return _CLAUSE_DENIAL.search(softened) is not None


def _other_subject(
    answer: Prepared, left: int, right: int, key: Prepared, question: Prepared
) -> str:
    """A code in this clause that is of the shape of the one asked about, but is another one."""
    asked = [v for v in question.values if v.kind == "code"]
    here = [v for v in answer.values if v.kind == "code" and left <= v.start < right]
    keys = [v for v in key.values if v.kind == "code"]
    if not asked or any(v.key == a.key for v in here for a in asked):
        return ""
    for value in here:
        if any(value.shape == a.shape for a in asked) and not any(
            value.key == k.key or value.shape == k.shape for k in keys
        ):
            return value.text
    return ""


def _hedged(
    answer: Prepared, place: Found, before: str, after: str, key: Prepared, question: Prepared
) -> bool:
    """`30 days or something` - but not `30 days or more`, and not a reference with its own or."""
    if key.values or any(t.word == "or" for t in key.tokens):
        return False  # other values are the business of `conflicts`
    rest = answer.text[place.end :]
    hit = _HEDGE_AFTER.match(rest)
    if hit and not _HARMLESS_OR.match(rest[hit.end() :]):
        return True
    return _HEDGE_BEFORE.search(answer.text[: place.start]) is not None


def conflicts(
    answer: Prepared, keys: Sequence[Value], asked: Asked
) -> tuple[tuple[Value, Value], ...]:
    """(key value, conflicting value) pairs the answer asserts; see rule 4 in `correctness`."""
    asked_values = asked.prepared.values
    # "Is it 14 or 30 days?" puts the wrong value into the question: there it protects nothing.
    choice = any(agree(k, v, asked.context) for k in keys for v in asked_values)
    harmless = (*asked.known, *(() if choice else asked_values))
    found: list[tuple[Value, Value]] = []
    for value in answer.values:
        if value.weak and value.unit is None:
            continue
        rivals = [k for k in keys if same_type(k, value) and not _counts_other(value, k, asked)]
        if not rivals or any(agree(h, value, asked.context) for h in (*keys, *harmless)):
            continue
        if any(agree(value, h, asked.context) for h in (*keys, *harmless)):
            continue
        if _withdrawn(answer, value, keys, asked) or _range_end(answer, value, keys, asked):
            continue
        if _is_denied(answer, value) or _about_something_else(answer, value, asked):
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
    direct = _DIRECT_DENIAL.search(wider)
    if direct and not _SOFT.search(direct[0]):
        return True
    if _PAST.search(wider) or re.search(r"\b(?:old|former|earlier|previous)\b[^.;]*$", wider, re.I):
        return True
    return _DENIED_AFTER.match(answer.text[value.end : value.end + 40]) is not None


def _about_something_else(answer: Prepared, value: Value, asked: Asked) -> bool:
    left, right = segment(answer, value.start, value.end)
    asked_words = {t.word for t in asked.prepared.tokens if not t.value}
    for token in answer.tokens:
        if not left <= token.start < right or token.value is value:
            continue
        if _names_something(token, value, asked_words, asked):
            return True
    return False


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
