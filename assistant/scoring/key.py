"""Matching an answer against a question's key: references, must phrases, lists, yes/no, JSON."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.schema import Question
from assistant.scoring.asked import Asked
from assistant.scoring.assertion import turned_round, why_not_asserted
from assistant.scoring.checks import find_json
from assistant.scoring.paraphrase import same_words_in_a_clause
from assistant.scoring.text import (
    BOUND_WORDS,
    Found,
    Prepared,
    Token,
    find_phrase,
    prepare,
    without_known_edges,
)
from assistant.scoring.values import Value

ITEM_SPLIT = re.compile(r"\s*(?:[;\n]|,(?=\s)|\s/\s|\s\+\s|\band\b|&|\bor\b)\s*", re.IGNORECASE)
_YES = re.compile(r"\W*(?:yes|yep|yeah|correct|true|right|indeed)\b", re.I)
_NO = re.compile(r"\W*(?:no|nope|false|incorrect|wrong|never)\b", re.IGNORECASE)
_SOFT_NOT = re.compile(r"\bnot\s+(?:only|just|merely|hesitate)\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:not|never|cannot|without|nobody|none|neither|nothing)\b|\bno\s", re.I)
_BANNED = re.compile(
    r"\b(?:banned|forbidden|prohibited|disallowed|impossible|refused|denied|illegal)\b",
    re.IGNORECASE,
)
_OPTIONAL = re.compile(r"\b(?:optional|voluntary)\b", re.IGNORECASE)
_REQUIRED = re.compile(
    r"\b(?:required?|mandatory|compulsory|necessary|needed|need|must|obliged)\b", re.IGNORECASE
)
_WHERE = re.compile(r"\W*(?:where|in (?:which|what) (?:city|town|place))\b", re.IGNORECASE)
_PARENTHESES = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Match:
    """Whether the key was matched, by what, and in words."""

    matched: bool
    explanation: str
    keys: tuple[Value, ...] = ()
    """Values of the phrases that decided."""


def match_key(question: Question, asked: Asked, answer: Prepared, raw: str) -> Match:
    """Match `must[]` (all) or else `references[]` (one); with neither, checks decide alone."""
    if question.must:
        parts = [_match_one(phrase, asked, answer, raw) for phrase in question.must]
        keys = tuple(v for part in parts for v in part.keys)
        failed = [part for part in parts if not part.matched]
        if failed:
            return Match(False, "; ".join(part.explanation for part in failed), keys)
        return Match(True, "; ".join(part.explanation for part in parts), keys)
    if not question.references:
        return Match(True, "")
    attempts = [_match_one(reference, asked, answer, raw) for reference in question.references]
    for attempt in attempts:
        if attempt.matched:
            return attempt
    # Report against the first reference: by convention the main one.
    keys = tuple(v for attempt in attempts for v in attempt.keys)
    return Match(False, attempts[0].explanation, keys)


def _match_one(reference: str, asked: Asked, answer: Prepared, raw: str) -> Match:
    data = _json_object(reference)
    if data is not None:
        return _match_json(data, raw)
    polarity = polarity_key(reference)
    if polarity is not None:
        return _match_polarity(polarity, reference, asked, answer)
    first: Match | None = None
    for variant in _variants(reference, asked):
        if not variant:
            continue
        match = _match_phrase(variant, asked, answer)
        if match.matched:
            return match
        first = first or match
    listed = _match_list(reference, asked, answer)
    return listed or first or Match(False, "the reference is empty")


def _variants(reference: str, asked: Asked) -> list[str]:
    """The reference, without its parentheses, and for a place without what it is part of."""
    found = [reference, _PARENTHESES.sub("", reference).strip()]
    if _WHERE.match(asked.prepared.text) and "," in reference:
        found.append(reference.split(",", 1)[0])
    return list(dict.fromkeys(found))


def _match_phrase(phrase: str, asked: Asked, answer: Prepared) -> Match:
    key = prepare(phrase, context=asked.context, codes=asked.codes)
    tokens: Sequence[Token] = key.content
    if not tokens:
        return _match_filler(phrase, answer)
    denied = ""
    for stream in (answer.content, _without_question_words(answer, tokens, asked)):
        for wanted in _spellings(tokens, asked):
            for start, end in find_phrase(wanted, stream, asked.context):
                place = Found(stream[start].start, stream[end - 1].end)
                reason = why_not_asserted(answer, place, key, asked.prepared)
                if not reason:
                    return Match(True, f"says {phrase!r}", key.values)
                denied = denied or reason
    if not denied:
        place_in_clause = same_words_in_a_clause(phrase, tokens, asked.prepared, answer)
        if place_in_clause:
            denied = why_not_asserted(answer, place_in_clause, key, asked.prepared)
            if not denied:
                return Match(True, f"says {phrase!r} in other order", key.values)
    return Match(False, denied or f"does not say {phrase!r}", key.values)


def _without_question_words(
    answer: Prepared, wanted: Sequence[Token], asked: Asked
) -> tuple[Token, ...]:
    """Accept "Linux kernel 6.6" for "Linux 6.6" where a kernel is asked for."""
    keep = {t.word for t in wanted} | {"not", "no", "never", "without"}
    known = {t.word for t in asked.prepared.tokens if not t.value} - keep
    return tuple(t for t in answer.content if t.value or t.word not in known)


def _spellings(tokens: Sequence[Token], asked: Asked) -> list[Sequence[Token]]:
    """The phrase in full, and without what may be missing."""
    found: list[Sequence[Token]] = [tokens, without_known_edges(tokens, asked.prepared)]
    # "120 requests/min": the rate says enough without the noun.
    found.append([
        t for i, t in enumerate(tokens)
        if not (i and not t.value and (v := tokens[i - 1].value) and v.per and not v.unit)
    ])  # fmt: skip
    if any(t.value for t in tokens):
        found.append([t for t in tokens if t.value or t.word not in BOUND_WORDS])
    words = [t for t in tokens if not t.value]
    named = len(words) == len(tokens) and 2 <= len(words) <= 3
    if named and asked.prepared.tokens and asked.prepared.tokens[0].word in ("who", "whose"):
        found.append(tokens[-1:])  # the family name says who
    return found


def _match_filler(phrase: str, answer: Prepared) -> Match:
    """References such as "A" or "The" are filler words elsewhere: the answer must be just that."""
    wanted = re.escape(phrase.strip())
    said = answer.text.strip().strip(".()\"' ")
    alone = re.fullmatch(wanted, said, re.IGNORECASE)
    named = re.search(rf"\b(?:option|answer|choice)\s*(?:is|:)?\s*\(?{wanted}\b", answer.text)
    return Match(bool(alone or named), f"says {phrase!r}" if alone else f"does not say {phrase!r}")


def _match_list(reference: str, asked: Asked, answer: Prepared) -> Match | None:
    key = prepare(reference, context=asked.context)
    cuts = [
        m for m in ITEM_SPLIT.finditer(key.text)
        if not any(v.start < m.end() and m.start() < v.end for v in key.values)
    ]  # fmt: skip
    edges = [0, *(x for m in cuts for x in m.span()), len(key.text)]
    items = [key.text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True)]
    items = [item for item in items if prepare(item).content]
    if len(items) < 2 or any(len(prepare(item).content) > 6 for item in items):
        return None
    turned = turned_round(answer, Found(0, len(answer.text)), key)
    if turned:
        return Match(False, turned, key.values)
    parts = [_match_phrase(item, asked, answer) for item in items]
    missing = [item for item, part in zip(items, parts, strict=True) if not part.matched]
    if missing:
        found = len(items) - len(missing)
        said = f"names {found} of {len(items)}; missing: {', '.join(missing)}"
        return Match(False, said, key.values)
    return Match(True, f"names all {len(items)} of the list", key.values)


def polarity_key(reference: str) -> bool | None:
    """True for a "Yes, ..." key, False for "No, ...", None for any other reference."""
    head = re.match(r"\s*(yes|no)\b(?=\W|$)", reference, re.IGNORECASE)
    if not head:
        return None
    rest = reference[head.end() :].strip()
    if rest and rest[0] not in ",.;:-–—!":
        return None  # "No refunds after 30 days" is a phrase, not a yes/no key
    return head[1].lower() == "yes"


def _match_polarity(wanted: bool, reference: str, asked: Asked, answer: Prepared) -> Match:
    said = polarity(answer.text, asked.prepared.text)
    rest = prepare(re.sub(r"^\W*\w+\W*", "", reference), context=asked.context)
    name = "yes" if wanted else "no"
    if said is None or said != wanted:
        heard = "neither yes nor no" if said is None else "yes" if said else "no"
        return Match(False, f"the answer says {heard}, the key is {name}", rest.values)
    return Match(True, f"says {name}", rest.values)


def polarity(text: str, question: str = "") -> bool | None:
    """True for a yes, False for a no, None for an empty text; a plain statement is a yes.

    Verbs of refusal (banned, forbidden) and "optional" for what may be required count as a no
    where the question does not use them itself.
    """
    if not re.search(r"\w", text):
        return None
    if _NO.match(text):
        return False
    if _YES.match(text):
        return True
    first = re.split(r"(?<=[.!?;])\s|\n|,\s*(?:but|however|although|unless|if)\b", text.strip())[0]
    negative = _DENIAL.search(_SOFT_NOT.sub("", first)) is not None
    if _BANNED.search(first) and not _BANNED.search(question):
        negative = not negative  # "not forbidden" is a yes
    if _OPTIONAL.search(first) and _REQUIRED.search(question):
        negative = not negative
    return not negative


def _json_object(text: str) -> dict[str, Any] | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        data = json.loads(text)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _match_json(wanted: dict[str, Any], raw: str) -> Match:
    try:
        said = find_json(raw)
    except ValueError as error:
        return Match(False, f"is not the expected JSON object ({error})")
    if not isinstance(said, dict):
        return Match(False, "is JSON, but not an object")
    differing = [
        name for name in sorted(set(wanted) | set(said))
        if name not in wanted or name not in said or not _equal(wanted[name], said[name])
    ]  # fmt: skip
    if differing:
        return Match(False, f"JSON differs in {', '.join(differing)}")
    return Match(True, "the JSON object equals the reference")


def _equal(wanted: Any, said: Any) -> bool:
    if isinstance(wanted, str) and isinstance(said, str):
        return " ".join(wanted.casefold().split()) == " ".join(said.casefold().split())
    if isinstance(wanted, bool) or isinstance(said, bool):
        return wanted is said
    if isinstance(wanted, list) and isinstance(said, list) and len(wanted) == len(said):
        left = sorted(json.dumps(x, sort_keys=True).casefold() for x in wanted)
        return left == sorted(json.dumps(x, sort_keys=True).casefold() for x in said)
    if isinstance(wanted, dict) and isinstance(said, dict):
        return set(wanted) == set(said) and all(_equal(wanted[k], said[k]) for k in wanted)
    return bool(wanted == said)
