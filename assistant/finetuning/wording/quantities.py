"""Question words for quantities: how many, how long, how much, within how many days."""

import re

from assistant.finetuning.extractors.quantities import Measure, measure
from assistant.finetuning.text import word_set
from assistant.finetuning.wording.marked import Slot, inverted
from assistant.finetuning.wording.verbs import BE

_TAKES_A_QUANTITY = word_set(
    "take last run cost weigh measure hold keep store need have allow support accept live contain"
)
_OPENINGS = {
    "money": "how much",
    "duration": "how long",
    "temperature": "what temperature",
    "percent": "what percentage",
    "measure": "how much",
    "bare": "how many",
}
_LIMITS = {
    "up to": "up to",
    "at most": "at most",
    "no more than": "at most",
    "not more than": "at most",
    "at least": "at least",
    "more than": "more than",
    "less than": "less than",
    "over": "over",
    "under": "under",
}
_OF_PHRASE = re.compile(r"^(of .+?)(?:\s(?:at|in|on|by|for|to|from|with|after|before)\s|$)")


def quantity_questions(slot: Slot) -> list[str]:
    """Questions whose answer is a number with its unit; none where the number is part of more."""
    found = measure(slot.value)
    limit = _LIMITS.get(slot.hedge, "")
    if slot.clause.auxiliary in BE and not (slot.core or slot.preposition or slot.clause.verb):
        return [] if limit else _linked(slot, found)
    if slot.preposition == "every":
        return [] if re.search(r"\d", slot.core) else [_ask(slot, "how often")]
    if slot.preposition == "from":
        ranged = re.search(r"\d\D*(?:to|-|–)", slot.value) and found.sort == "temperature"
        return [_ask(slot, "in what temperature range")] if ranged else []
    if slot.preposition in {"of", "to", "as", "through", "on"}:
        return []
    if slot.preposition:
        return _after_preposition(slot, found, limit)
    if slot.core and slot.clause.verb not in _TAKES_A_QUANTITY:
        last = slot.core.split()[-1]
        if last not in {"be", "last", "take", "cost"}:
            return []
    if found.sort == "count" or (found.sort == "measure" and len(found.unit) > 4):
        return [_ask(slot, f"{limit} how many {found.unit}")]
    questions = [_ask(slot, f"{limit} {_OPENINGS[found.sort]}")]
    if found.sort == "duration" and len(found.unit) > 3:
        questions.append(_ask(slot, f"{limit} how many {found.unit}"))
    return questions


def _ask(slot: Slot, opening: str) -> str:
    """`within 45 days of the end of the month`: the of-phrase stays with what it belongs to."""
    after = slot.after
    if (match := _OF_PHRASE.match(after)) and "how many" in opening:
        opening, after = f"{opening} {match[1]}", after[match.end(1) :]
    return inverted(opening, slot.clause, slot.core, after)


def _linked(slot: Slot, found: Measure) -> list[str]:
    """`The limit is 60 requests per minute` -> `What is the limit per minute?`."""
    subject, finite, after = slot.clause.subject, slot.clause.auxiliary, slot.after
    questions = [f"what {finite} {subject} {after}"]
    if found.sort == "money":
        questions.append(f"how much {finite} {subject} {after}")
    elif found.sort == "duration" and not after:
        questions.append(f"how long {finite} {subject}")
    elif found.sort == "temperature" and not after:
        questions.append(f"what temperature {finite} {subject}")
    return questions


def _after_preposition(slot: Slot, found: Measure, limit: str) -> list[str]:
    word = slot.preposition
    if word == "by" and found.sort in {"temperature", "measure", "percent", "money"}:
        return [_ask(slot, f"by {limit} how much")]
    if found.sort in {"bare", "measure"}:
        return []
    counted = {
        "money": "what price",
        "temperature": "what temperature",
        "percent": "what percentage",
    }.get(found.sort, f"how many {found.unit}")
    fronted = _ask(slot, f"{word} {limit} {counted}")
    if found.sort == "duration" and word == "for":
        return [
            _ask(slot, f"{limit} how long" if limit != "over" else "for over how long"),
            fronted,
        ]
    if found.sort == "duration" and word == "after":
        return [fronted, _ask(slot, "after how long")]
    if found.sort == "duration" and word in {"within", "in"}:
        return [fronted, _ask(slot, "how soon")]
    return [fronted]
