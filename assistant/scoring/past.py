"""What held once and holds no more: until 2010, the old rule, cut from 18 to 12 months."""

import re

from assistant.scoring.text import Found, Prepared, segment

_ASKS_PAST = re.compile(
    r"\b(?:former|formerly|used to|previous|previously|original|originally|old|earlier|before|"
    r"initially|at first|in the past|replaced|succeeded|superseded)\b",
    re.IGNORECASE,
)
_PAST_QUESTION = re.compile(r"\b(?:was|were|did|had|until|till)\b|\b\w{3,}ed\b", re.IGNORECASE)
_GIVEN_UP = re.compile(
    r"\W*(?:(?:was|were|is|are|has\s+been|have\s+been|had\s+been|got)\s+)(?:\w+ly\s+)?"
    r"(?P<verb>replaced|superseded|succeeded|abolished|discontinued|retired|phased)\b",
    re.IGNORECASE,
)
_ONCE_WAS = re.compile(
    r"\W*(?:was|were)\s+(?:(?:the|an?|its|their|our)\s+)?(?:old|former|previous|original|earlier)\b",
    re.IGNORECASE,
)
_TAKEN_FROM = re.compile(
    r"\b(?P<verb>took\s+over|taken\s+over|takes\s+over|succeeded|succeeds|inherited|superseded)"
    r"\s+(?:it\s+)?(?:from\s+)?(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_YEAR = r"(?:(?:\w+\s+)?(?:1[0-9]|20)\d\d|recently|last\s+\w+|then)"
_UNTIL_BEFORE = re.compile(
    rf"\b(?:until|till|before|prior\s+to|up\s+to|atmost)\s+{_YEAR}\W+"
    r"(?:(?:it|this|that|they|he|she)\s+)?(?:(?:was|were|had\s+been)\s+)?(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_UNTIL_AFTER = re.compile(rf"[^.;,]{{0,40}}\b(?:until|till)\s+{_YEAR}", re.IGNORECASE)
_WAS = re.compile(r"\b(?:was|were|had been)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since then|now|today|afterwards|currently)\b", re.IGNORECASE)
_CHANGED_FROM = re.compile(
    r"\b(?:cut|raised|lowered|increased|reduced|changed|rose|fell|went|gone|dropped|grew|sank|"
    r"shortened|extended|lengthened|moved|revised|amended|adjusted|corrected|doubled|halved|"
    r"declined|shrank|increase|reduction|change|rise|drop)\s+(?:\w+\s+)?from\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_CHANGED_TO = re.compile(r"\s*(?:(?:down|up)\s+)?to\s+\S", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|today|currently|nowadays|at present)\b", re.IGNORECASE)


def asks_past(question: Prepared) -> bool:
    """Whether the question is about what held before, which makes "used to be" right."""
    return _ASKS_PAST.search(question.text) is not None


def time_before(answer: Prepared, place: Found, question: Prepared) -> str:
    """What held once: until 2010, the old rule, replaced by another, cut from 18 to 12 months."""
    left, right = segment(answer, place.start, place.end)
    before, after = answer.text[max(0, place.start - 60) : place.start], answer.text[place.end :]
    if _CHANGED_FROM.search(before) and _CHANGED_TO.match(after):
        return "" if asks_past(question) else "gives as the old value"
    if asks_past(question):
        present = _NOW.search(answer.text[left:right]) and not _WAS.search(answer.text[left:right])
        return "says of today" if present and "former" in question.text.casefold() else ""
    given_up = _GIVEN_UP.match(after) or _TAKEN_FROM.search(before)
    if given_up and given_up["verb"].split()[0].casefold()[:6] not in question.text.casefold():
        return "says of the past"
    if _ONCE_WAS.match(after):
        return "says of the past"
    if not _PAST_QUESTION.search(question.text):
        was = _WAS.search(answer.text[left:right]) or _SINCE.search(after)
        if _UNTIL_BEFORE.search(before) or (was and _UNTIL_AFTER.match(after)):
            return "says of the past"
    return ""
