"""Is a matched phrase really asserted, and is anything asserted that contradicts it?"""

import re

from assistant.scoring.forms import plain_word
from assistant.scoring.numbered import numbered_twin
from assistant.scoring.paraphrase import WEEKDAYS
from assistant.scoring.past import asks_past
from assistant.scoring.relations import of_something_else
from assistant.scoring.roots import root, stem
from assistant.scoring.text import (
    Found,
    Prepared,
    bound_at,
    segment,
)

_DETERMINER = (
    r"(?:(?:a|an|the|just|exactly|for|in|on|by|at|to|of|within|after|from|called|named|be|been|"
    r"necessarily|actually|really|always|about|its|their|my|your|our)\s+){0,3}"
)
DIRECT_DENIAL = re.compile(
    rf"\b(?:not|never|no longer|rather than|instead of|neither|nor|unlike|except(?: for)?|"
    rf"excluding|other than|isnt|anything but)\s+{_DETERMINER}$",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:used to be|previously|formerly|originally|in the past|once was|was once|"
    r"changed from|raised from|lowered from|increased from|reduced from|down from|up from|"
    rf"replac(?:es|ed|ing)(?!\s+by)|until recently(?: was)?)\s*:?\s+{_DETERMINER}$",
    re.IGNORECASE,
)
DENIED_AFTER = re.compile(
    r"^\W*(?:(?:is|are|was|were|would be)\s+)?(?:not\s+(?:the\s+)?(?:correct|right|true|answer|"
    r"valid|any\s*more)|wrong|incorrect|outdated|no longer)\b",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(
    r"\b(?:all|every|everyone|everybody|everything|any|anyone|anything|each)\b[^.;,]{0,30}"
    rf"\b(?:but|except|save|bar|besides|apart\s+from)\s+{_DETERMINER}$",
    re.IGNORECASE,
)
_VERB_DENIED = re.compile(
    r"\W*(?:is|are|was|were|does|do|did|has|have|can|may|must|will|should|would)\s+"
    r"(?:not|never)\s+(?:\w+ly\s+)?(?:be\s+)?(\w+)",
    re.IGNORECASE,
)
_STRICTLY = re.compile(
    r"(?<!not )(?<!no )\b(?:more|greater|higher|less|fewer|lower)\s+than\s+$", re.IGNORECASE
)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_CLAUSE_DENIAL = re.compile(
    r"\b(?:not|never|no|nor|neither|without)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)
SOFT = re.compile(
    r"\b(?:not\s+(?:only|just|merely|hesitate|forget|until|before|after|always|necessarily only)|"
    r"no\s+(?:matter|doubt|wonder|problem|need)|atmost|atleast)\b",
    re.IGNORECASE,
)
_HEDGE_AFTER = re.compile(r"^\W*,?\s*or\s+(?:(?:maybe|perhaps|possibly|else)\s+)?", re.IGNORECASE)
_HEDGE_BEFORE = re.compile(r"\bor\s+(?:(?:maybe|perhaps|possibly|else)\s+)?$", re.IGNORECASE)
_HARMLESS_OR = re.compile(
    r"^(?:more|less|fewer|earlier|later|so|above|below|higher|lower|over|under|longer|shorter|"
    r"older|newer|both|any|if|when|by|equal|equivalently|about|better|greater|smaller|sooner|"
    r"until|after|before|whenever|wherever|in other words)\b",
    re.IGNORECASE,
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
    if _OR.search(said) and not _OR.search(key.text):
        return f"gives {said!r} as alternatives"
    if _wrong_bound(answer, place, key, question):
        return f"gives {said!r} only as a bound the wrong way round"
    turned = turned_round(answer, place, key)
    if turned:
        return turned
    denied = _denied(answer, place, key, question)
    if denied:
        return denied
    if PAST.search(wider) and not asks_past(question):
        return f"says {said!r} of the past"
    elsewhere = of_something_else(answer, place, key, question)
    if elsewhere:
        return elsewhere
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
    negative_key = any(
        t.word in ("not", "no", "never", "without") or root(t.word) == "ban" for t in key.tokens
    )
    if not negative_key:
        hit = DIRECT_DENIAL.search(wider)
        if hit and not SOFT.search(hit[0]) and not re.search(r"[.;!?\n]", hit[0]):
            return f"denies {said!r} ({hit[0].strip()!r})"
        if _ALL_BUT.search(wider):
            return f"excludes {said!r}"
        if DENIED_AFTER.match(answer.text[place.end : place.end + 40]):
            return f"says that {said!r} is wrong"
        negative = _NEGATIVE.search(question.text.casefold())
        verb = _VERB_DENIED.match(answer.text[place.end : place.end + 60])
        asked_verb = verb and stem(plain_word(verb[1])) in {stem(t.word) for t in question.tokens}
        if asked_verb and not negative:
            return f"denies it of {said!r}"
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
    if _STRICTLY.search(answer.text[max(0, place.start - 40) : place.start]):
        return True  # "more than 34" leaves 34 out
    asks_most = re.search(
        r"\b(?:may|atmost|maximum|max|limit|can|until|till|latest|highest|longest)\b",
        question.text,
        re.I,
    )
    asks_least = re.search(r"\b(?:must|atleast|minimum|need|require)", question.text, re.I)
    if said == "least":
        return bool(asks_most and not asks_least)
    return bool(asks_least and not asks_most)


def turned_round(answer: Prepared, place: Found, key: Prepared) -> str:
    """Say "from Lund" for "to Lund", and "Monday to Friday" for Monday and Friday."""
    to_key = re.match(r"\s*to\s", key.text, re.IGNORECASE)
    if to_key and re.search(r"\bfrom\s+(?:the\s+)?$", answer.text[: place.start], re.IGNORECASE):
        return f"says from, not {key.text.strip()!r}"
    days = [t for t in key.tokens if t.word in WEEKDAYS]
    said = answer.text[place.start : place.end]
    if len(days) > 1 and not _DAY_RANGE.search(key.text) and _DAY_RANGE.search(said):
        return "names a range of days"
    return ""


_DAY_RANGE = re.compile(r"day\w*\s*(?:to|until|till|through|[-–])\s*\w+day", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"\b(?:not|no|never|nobody|nothing|none|cannot|without|closed|forbidden|banned|prohibited|exclude[sd]?|lacks?)\b"
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
    softened = SOFT.sub("", before)
    return _CLAUSE_DENIAL.search(softened) is not None


def _other_subject(
    answer: Prepared, left: int, right: int, key: Prepared, question: Prepared
) -> str:
    """A code in this clause that is of the shape of the one asked about, but is another one."""
    twin = numbered_twin(answer.text[left:right], key.tokens, question)
    if twin:
        return twin
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
