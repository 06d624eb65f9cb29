"""Matching an answer against a question's key: references, must phrases, lists, yes/no, JSON."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assistant.schema import Question
from assistant.scoring.asked import Asked
from assistant.scoring.assertion import turned_round, why_not_asserted
from assistant.scoring.checks import find_json
from assistant.scoring.frequency import same_frequency
from assistant.scoring.paraphrase import same_words_in_a_clause
from assistant.scoring.polarity import polarity, polarity_key
from assistant.scoring.text import (
    Found,
    Prepared,
    Token,
    find_phrase,
    prepare,
)
from assistant.scoring.values import Value
from assistant.scoring.writings import glued, spellings, without_question_words

ITEM_SPLIT = re.compile(r"\s*(?:[;\n]|,(?=\s)|\s/\s|\s\+\s|\band\b|&|\bor\b)\s*", re.IGNORECASE)
_TWO_PARTS = re.compile(r"\b(?:when|where|who|what|how|which)\b.*\band\b", re.IGNORECASE)
_PART_SPLIT = re.compile(r"\s+(?=(?:in|at|on|since|from|by|near)\s)", re.IGNORECASE)
_IN_ORDER = re.compile(r"\bthen\b|→|\bfollowed by\b|\border\b|\bsequence\b", re.IGNORECASE)
_HOW_OFTEN = re.compile(r"\bhow (?:often|frequently)\b|\bhow many times\b", re.IGNORECASE)
_WHERE = re.compile(r"\W*(?:where|in (?:which|what) (?:city|town|place))\b", re.IGNORECASE)
_PARENTHESES = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Match:
    """Whether the key was matched, by what, and in words."""

    matched: bool
    explanation: str
    keys: tuple[Value, ...] = ()
    """Values of the phrases that decided."""
    place: Found | None = None
    """Where the phrase stands, when it stands as one run."""


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
    denied, refused = "", list[Found]()
    streams = [answer.content, without_question_words(answer, tokens, asked)]
    joined = glued(tokens, answer)
    for stream in (*streams, joined) if joined else streams:
        for wanted in spellings(key, asked):
            for start, end in find_phrase(wanted, stream, asked.context):
                place = Found(stream[start].start, stream[end - 1].end)
                if any(r.start < place.end and place.start < r.end for r in refused):
                    continue  # less of what is denied in full is denied as well
                reason = why_not_asserted(answer, place, key, asked.prepared)
                if not reason:
                    return Match(True, f"says {phrase!r}", key.values, place)
                refused.append(place)
                denied = denied or reason
    if not denied:
        place_in_clause = _in_other_words(key, tokens, asked, answer)
        if place_in_clause:
            denied = why_not_asserted(answer, place_in_clause, key, asked.prepared)
            if not denied:
                return Match(True, f"says {phrase!r} in other order", key.values)
    return Match(False, denied or f"does not say {phrase!r}", key.values)


def _in_other_words(
    key: Prepared, tokens: Sequence[Token], asked: Asked, answer: Prepared
) -> Found | None:
    if _HOW_OFTEN.search(asked.prepared.text):
        period = re.search(
            r"\btimes\s+((?:an?|per|each)\s+\w+)", asked.prepared.text, re.IGNORECASE
        )
        said = f"{key.text.strip(' .')} {period[1]}" if period else key.text
        return same_frequency(said, answer.text)
    return same_words_in_a_clause(key.text, tokens, asked.prepared, answer, asked.context)


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
    if not cuts and key.values and _TWO_PARTS.search(asked.prepared.text):
        cuts = list(_PART_SPLIT.finditer(key.text))
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
    if not missing and _IN_ORDER.search(key.text + " " + asked.prepared.text):
        stands = [p.place.start for p in parts if p.place]
        if stands != sorted(stands):
            return Match(False, "names the list in another order", key.values)
    if not missing and _either(parts, key, answer):
        return Match(False, "names the items of the list as alternatives", key.values)
    if missing:
        found = len(items) - len(missing)
        said = f"names {found} of {len(items)}; missing: {', '.join(missing)}"
        return Match(False, said, key.values)
    return Match(True, f"names all {len(items)} of the list", key.values)


def _either(parts: Sequence[Match], key: Prepared, answer: Prepared) -> bool:
    """Say "A-3 or B-7" where both are right."""
    if re.search(r"\bor\b", key.text, re.IGNORECASE):
        return False
    places = sorted((p.place for p in parts if p.place), key=lambda place: place.start)
    return any(
        re.fullmatch(r"\W*or\W*(?:(?:the|an?|form|else)\s+)?", answer.text[a.end : b.start], re.I)
        for a, b in pairwise(places)
    )


def _match_polarity(wanted: bool, reference: str, asked: Asked, answer: Prepared) -> Match:
    said = polarity(answer.text, asked.prepared.text)
    rest = prepare(re.sub(r"^\W*\w+\W*", "", reference), context=asked.context)
    name = "yes" if wanted else "no"
    if said is None or said != wanted:
        heard = "neither yes nor no" if said is None else "yes" if said else "no"
        return Match(False, f"the answer says {heard}, the key is {name}", rest.values)
    return Match(True, f"says {name}", rest.values)


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
