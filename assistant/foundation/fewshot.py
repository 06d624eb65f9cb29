# ruff: noqa: E501
"""Worked examples in the prompt: labels and JSON, so that the model expects to be shown a format."""

from __future__ import annotations

import json
from random import Random

from assistant.foundation import formats
from assistant.foundation.fictional.documents import make_scene
from assistant.foundation.fictional.names import code, nonce, person, town
from assistant.foundation.fictional.values import MAKERS

_CLASSES = {
    "billing": "I was charged twice for order {c};The invoice of {d} shows the wrong amount;Please refund {m};Why did you take {m} from my account?",
    "technical": "The app closes when I open {n};I see {c} on the screen;My {n} does not start any more;The page will not load since {d}",
    "delivery": "My parcel {c} has not arrived;The box from {t} was damaged;When will you send my {n}?;The driver left it in {t}",
    "praise": "Thank you, {p} was so kind;Great service in {t}!;I love my new {n};{p} solved it in minutes",
    "complaint": "Nobody answers the phone;{p} was rude to me;I have waited since {d};The shop in {t} was dirty",
    "appointment": "Can I come on {d}?;I need to move my visit to {d};Is {p} free on {d}?;Please book me a slot in {t}",
    "account": "I forgot my password;Please change my address to {t};How do I delete my profile?;My user name should be {n}",
}
_RENAMED = {
    "billing": ("billing", "Payment", "MONEY", "finance"),
    "technical": ("technical", "Bug", "TECH", "it-support"),
    "delivery": ("delivery", "Shipping", "LOGISTICS", "parcel"),
    "praise": ("praise", "Positive", "THANKS", "compliment"),
    "complaint": ("complaint", "Negative", "ANGRY", "grievance"),
    "appointment": ("appointment", "Booking", "CALENDAR", "visit"),
    "account": ("account", "Profile", "USER", "login"),
}


def _message(rng: Random, topic: str) -> str:
    text = rng.choice(_CLASSES[topic].split(";"))
    fills = {
        "c": code(rng),
        "d": MAKERS["date"](rng),
        "m": MAKERS["money"](rng),
        "n": nonce(rng),
        "t": town(rng),
        "p": person(rng),
    }
    return text.format(**fills) + rng.choice(("", ".", "!"))


def _labels(rng: Random, shots: int) -> tuple[list[tuple[str, str]], str, str]:
    topics = rng.sample(sorted(_CLASSES), rng.randint(2, 4))
    style = rng.randrange(4)
    names = [_RENAMED[t][style] for t in topics]
    head = rng.choice(
        (
            "",
            "Label the message. ",
            f"Labels: {', '.join(names)}. ",
            f"Choose from {', '.join(names)}: ",
        )
    )
    rows = []
    for number in range(shots + 1):
        topic = (
            topics[number % len(topics)] if number < shots else rng.choice(topics[: max(1, shots)])
        )
        rows.append((head + _message(rng, topic), _RENAMED[topic][style]))
    return rows[:-1], rows[-1][0], rows[-1][1]


def _json(rng: Random, shots: int) -> tuple[list[tuple[str, str]], str, str]:
    keys = rng.choice(
        (
            ("name", "town"),
            ("name", "date"),
            ("item", "price"),
            ("code", "date", "name"),
            ("person", "amount"),
            ("id", "status"),
        )
    )
    makers = {
        "name": person,
        "person": person,
        "town": town,
        "date": MAKERS["date"],
        "item": nonce,
        "id": code,
        "price": MAKERS["money"],
        "amount": MAKERS["money"],
        "code": code,
        "status": MAKERS["status"],
    }
    shapes = {
        "name": "{} wrote to us",
        "person": "{} paid",
        "town": "from {}",
        "date": "on {}",
        "item": "The {}",
        "price": "costs {}",
        "amount": "{}",
        "code": "under {}",
        "id": "Case {}",
        "status": "is {}",
    }
    head = rng.choice(("", "As JSON: ", "Extract the fields. ", f"Fields: {', '.join(keys)}. "))
    rows = []
    order = rng.sample(keys, len(keys)) if rng.random() < 0.3 else keys
    for _ in range(shots + 1):
        values = {k: makers[k](rng) for k in keys}
        text = " ".join(shapes[k].format(values[k]) for k in order) + "."
        rows.append((head + text, json.dumps({k: values[k] for k in keys}, ensure_ascii=False)))
    return rows[:-1], rows[-1][0], rows[-1][1]


def _answers(rng: Random, shots: int) -> tuple[list[tuple[str, str]], str, str]:
    """Earlier questions with answers, then a question on a passage: examples must not distract."""
    turns = []
    for _ in range(shots):
        fact = rng.choice(make_scene(rng, 1).facts)
        turns.append(
            (formats.closed_book(fact.relation.question(rng, fact.entity, False)), fact.value)
        )
    scene = make_scene(rng, 1)
    fact = rng.choice(scene.facts)
    last = formats.with_passages(fact.relation.question(rng, fact.entity, False), scene.passages)
    return turns, last, fact.value


def few_shot(rng: Random, stage: int) -> tuple[str, str]:
    """A conversation with one to four worked examples, and the answer to its last turn."""
    shots = rng.randint(1, (2, 3, 4)[stage])
    make = rng.choices((_labels, _json, _answers), (3, 3, 2))[0]
    examples, last, answer = make(rng, shots)
    return formats.conversation(examples, last), answer


_PROBE = {
    "R1": "The {n} pump is leaking again;Water drips from {n};There is a puddle below {n};Oil runs out of {n}",
    "R2": "{n} makes a strange noise;It rattles inside {n};{n} squeaks since {d};We hear knocking from {n}",
    "R3": "{n} smells of burning;Smoke comes from {n};{n} is far too hot to touch;Flames were seen near {n}",
    "R4": "When will the man for {n} come?;Has anybody been sent to look at {n}?;We still wait for the repair of {n};Nobody has come to see {n}",
}
"""Labels and messages that only the probe uses."""


def label_rows(rng: Random, count: int) -> list[tuple[str, str]]:
    """Messages with labels that training never used."""
    rows = []
    for _ in range(count):
        label = rng.choice(sorted(_PROBE))
        text = rng.choice(_PROBE[label].split(";")).format(n=nonce(rng), d=MAKERS["date"](rng))
        opening = rng.choice(("", "Hello, ", f"{person(rng)} here. ", f"Order {code(rng)}: "))
        rows.append((f"Class of fault: {opening}{text}", label))
    return rows


def json_rows(rng: Random, count: int) -> list[tuple[str, str]]:
    """Sentences and JSON objects with keys and wordings that training never used."""
    rows = []
    for _ in range(count):
        guest, nights, hotel = person(rng), str(rng.randint(2, 30)), nonce(rng)
        text = rng.choice(
            (
                f"{guest} stays {nights} nights at the {hotel}.",
                f"At the {hotel}, {nights} nights were booked by {guest}.",
                f"We reserved the {hotel} for {guest}, {nights} nights in all.",
            )
        )
        rows.append(
            (
                f"Booking as JSON: {text}",
                json.dumps({"guest": guest, "nights": int(nights), "hotel": hotel}),
            )
        )
    return rows
