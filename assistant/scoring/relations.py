"""The right words in the wrong place: a relative, a longer name, the loser, the time before.

"Ingrid Solheim's predecessor" is not Ingrid Solheim, "Mr Varga replaced Mina Holt" does not say
that she replaced him, and "Lake Ostra until 2010" is not what holds today.
"""

import re

from assistant.scoring.forms import plain_word
from assistant.scoring.opposites import said_of_the_opposite
from assistant.scoring.past import time_before
from assistant.scoring.roots import root, stem
from assistant.scoring.text import Found, Prepared, segment
from assistant.scoring.twins import longer_name, parallel_subject, relative
from assistant.scoring.wordlist import word_list

_VERB = re.compile(
    r"(?:ed|s|wrote|built|made|led|won|beat|bought|sold|gave|took|held|found|sent|taught|ran|drew|"
    r"met|paid|told|chose|drove|hit|sank|sang|wore|broke|caught|brought|taught|left|lost|began)$"
)
_HOLDER_ASKED = re.compile(
    r"\b(?:does|do|did|is|are|was|were|has|have|can|may|must)\s+the\s+(?P<noun>[a-z]+)(?=\s+\w)"
)
_HOLDER_SAID = re.compile(
    r"\W*the\s+(?P<noun>[a-z]+)\s+(?:(?:is|are|was|were|can|may|must|will)\s+)?(?P<verb>[a-z]{3,})\b",
    re.IGNORECASE,
)
_OBJECT_ASKED = re.compile(
    r"\b(?:did|does|do)\s+(?P<who>(?:[\w-]+\s+){1,4}?)(?P<verb>\w+)\b(?=\W|$)", re.I
)
_NEARBY = re.compile(
    r"\b(?:near|outside|behind|beside|opposite|around|beyond|towards|next to|close to|"
    r"in front of)\s+"
    r"(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\s+(?:is|are|was|were|has\s+been|have\s+been|got)\s+(?:\w+ly\s+)?(\w+)\s+by\b", re.IGNORECASE
)
_AUXILIARY = frozenset(
    word_list(
        "is are was were be been being do does did can may must should will would has have had "
        "could might shall"
    )
)


def of_something_else(answer: Prepared, place: Found, key: Prepared, question: Prepared) -> str:
    """Why the phrase at `place` is said of another thing, person or time; empty when it is not."""
    said = answer.text[place.start : place.end]
    opposite = said_of_the_opposite(answer, place, key, question)
    if opposite:
        return f"says {said!r} of the opposite ({opposite!r})"
    for reason in (
        relative(answer, place, question),
        longer_name(answer, place, key, question),
        _exchanged(answer, place, question),
        time_before(answer, place, question),
        _nearby(answer, place, key, question),
        _other_holder(answer, place, question),
        parallel_subject(answer, place, key, question),
    ):
        if reason:
            return f"{reason} {said!r}"
    return ""


def _exchanged(answer: Prepared, place: Found, question: Prepared) -> str:
    """Who did it to whom: "X replaced KEY", "KEY was replaced by X" for "who replaced X?"."""
    wh = re.match(r"\W*(?:who|which|what)\b", question.text, re.IGNORECASE)
    after = answer.text[place.end :]
    turned = _object_for_subject(after, question) if wh else False
    verb = _asked_verb(question, 1 if wh[0].strip().lower() == "who" else 2) if wh else ""
    if verb:
        passive = _PASSIVE.match(after)
        turned = turned or bool(passive and stem(plain_word(passive[1])) == verb)
        turned = turned or _follows_verb(answer, place, verb)
    return "says the other way round who did what:" if turned else ""


def _asked_verb(question: Prepared, first: int) -> str:
    """The stem of the verb in "who replaced X", "which firmware fixed X"; none after is, did, may.

    The word right after "which" is what is asked for; the verb comes after it.
    """
    for token, then in zip(question.tokens[first:5], question.tokens[first + 1 :], strict=False):
        if token.word in _AUXILIARY or then.word in _AUXILIARY:
            return ""
        if _VERB.search(question.text[token.start : token.end]):
            return stem(token.word)
    return ""


def _follows_verb(answer: Prepared, place: Found, verb: str) -> bool:
    """Mr Varga replaced KEY."""
    before = [t for t in answer.tokens if t.end <= place.start][-4:]
    while before and before[-1].word in ("the", "a", "an", "mr", "mrs", "ms", "dr"):
        before.pop()
    if len(before) < 2 or before[-1].value or stem(before[-1].word) != verb:
        return False
    gap = answer.text[before[-1].end : place.start]
    direct = re.fullmatch(r"\s+(?:(?:the|an?|mr|mrs|ms|dr)\.?\s+)?", gap, re.IGNORECASE)
    subject = before[-2].word
    return bool(direct) and subject not in _AUXILIARY and subject not in ("to", "and", "not", "1st")


def _object_for_subject(after: str, question: Prepared) -> bool:
    """KEY beat Harstad, where "which club did Harstad beat?" was asked."""
    did = _OBJECT_ASKED.search(question.text)
    does = re.match(r"\s+(\w+)\s+(?:the\s+)?(\w+)", after)
    if not did or not does or root(plain_word(does[1])) != root(plain_word(did["verb"])):
        return False
    return plain_word(does[2]) in {plain_word(w) for w in re.findall(r"\w+", did["who"])}


def _nearby(answer: Prepared, place: Found, key: Prepared, question: Prepared) -> str:
    """Near Lund where Lund is right."""
    where = re.match(r"\W*(?:where|in (?:which|what))\b", question.text, re.IGNORECASE)
    near = _NEARBY.search(answer.text[max(0, place.start - 30) : place.start])
    named = key.text.strip()[:1].isupper()
    if (where or named) and near and near[0].split()[0].casefold() not in key.text.casefold():
        return f"says only {near[0].split()[0].casefold()!r} of"
    return ""


def _other_holder(answer: Prepared, place: Found, question: Prepared) -> str:
    """The pool has 140, where the gym was asked about: the same verb of another definite thing."""
    asked = _HOLDER_ASKED.search(question.text)
    left, right = segment(answer, place.start, place.end)
    said = _HOLDER_SAID.match(answer.text[left:right])
    if not asked or not said:
        return ""
    noun, verb = said["noun"].casefold(), root(plain_word(said["verb"]))
    known = {t.word for t in question.tokens}
    verbs = {root(t.word) for t in question.tokens if t.start >= asked.end()}
    if verb not in verbs or plain_word(noun) in known or root(noun) in {root(w) for w in known}:
        return ""
    return f"says of the {noun}, not of the {asked['noun']}:"
