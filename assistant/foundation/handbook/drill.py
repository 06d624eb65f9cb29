"""Copying as such: short lists of names, codes, sums whose case and digits must be kept.

A name stands beside the same word in lower case ("the Maple plan", "maple"), and long numbers stand
in groups, because those are what the model got wrong.
"""

from __future__ import annotations

from random import Random

from assistant.foundation import formats
from assistant.foundation.fictional.names import nonce, organisation, person, town
from assistant.foundation.fictional.values import MAKERS
from assistant.foundation.formats import Passage
from assistant.foundation.handbook.amounts import TYPES
from assistant.foundation.handbook.scopes import COMMON
from assistant.foundation.spaced import spaced

_KINDS = spaced("phone phone code code money money email version date percent size person clock")
_LABELS = spaced(
    "reference;hotline;amount;entry;field;value;key;limit;item;record;line;mark;note;figure;label;"
    "account;stock;cell;badge;locker;shelf;route;meter;channel;slot;gate",
    ";",
)


def _name(rng: Random) -> str:
    form = rng.random()
    if form < 0.45:
        return rng.choice(COMMON)
    if form < 0.6:
        return f"{rng.choice(COMMON)} {rng.choice(COMMON)}"
    if form < 0.7:
        return rng.choice(COMMON).lower()
    if form < 0.76:
        return rng.choice(COMMON).upper()
    if form < 0.82:
        return nonce(rng) + nonce(rng)
    return rng.choice((person, organisation, town, nonce))(rng)


def _value(rng: Random) -> str:
    kind = rng.random()
    if kind < 0.4:
        return _name(rng)
    if kind < 0.5:
        return MAKERS[rng.choice(("iban", "url", "path", "command", "address"))](rng)
    return TYPES[rng.choice(_KINDS)](rng)(rng)


def drill(rng: Random, stage: int) -> tuple[str, str]:
    """A short list of labelled values and one question, whose answer is copied."""
    count = rng.randint(2, (4, 7, 10)[stage])
    labels = rng.sample(_LABELS, count)
    if rng.random() < 0.4:
        labels = [f"{label} {rng.randint(1, 99)}" for label in labels]
    pairs = [(label, _value(rng)) for label in labels]
    shape = rng.choice(
        (
            "{0}: {1}",
            "- {0}: {1}",
            "| {0} | {1} |",
            "The {0} is {1}.",
            "{1} is the {0}.",
            "{0} = {1}",
        )
    )
    link = rng.choice(("\n", "\n", " ", "; "))
    text = link.join(shape.format(a, b) for a, b in pairs)
    label, value = rng.choice(pairs)
    form = rng.choice(("What is the {}?", "Which {} is given?", "{}", "{}?", "Give me the {}."))
    question, answer = form.format(label), value
    twice = [a for a, b in pairs if b == value]
    if len(twice) == 1 and rng.random() < 0.15:
        question, answer = f"What does {value} stand for?", label
    elif rng.random() < 0.15 and count <= 4:
        question, answer = "List all values.", ", ".join(b for _, b in pairs)
    elif rng.random() < 0.06:
        free = [a for a in _LABELS if not any(a in b for b in labels)]
        question, answer = form.format(rng.choice(free)), formats.REFUSAL
    heading = rng.choice(("Notes", "List", "Sheet", "Values", _name(rng), f"{_name(rng)} > Values"))
    return formats.with_passages(question, [Passage(heading, text)]), answer
