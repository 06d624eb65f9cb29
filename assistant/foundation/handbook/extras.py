# ruff: noqa: E501
"""Parts of pages that are looked up by a number in a range or by a code."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

from assistant.foundation.fictional.values import MAKERS
from assistant.foundation.handbook.amounts import TYPES
from assistant.foundation.handbook.blocks import pipes
from assistant.foundation.handbook.facts import sentence


@dataclass(frozen=True)
class Extra:
    """A part of a page with its questions; ``missing`` are questions that it does not answer."""

    text: str
    asked: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()


_RANGES = (
    (
        "Weight",
        "kg",
        "Price",
        "fee",
        "I am sending a parcel of {x}. What will it cost?;How much is a parcel of {x}?;price {x} parcel;My box weighs {x}. What do I pay?",
        "parcels",
    ),
    (
        "Group size",
        "people",
        "Discount",
        "percent",
        "We are {x}. What discount do we get?;What is taken off for a group of {x}?;discount {x}",
        "groups",
    ),
    (
        "Years of service",
        "years",
        "Extra leave",
        "days",
        "I have been here for {x}. How much extra leave do I have?;What extra leave comes with {x} of service?;extra leave {x}",
        "staff",
    ),
    (
        "Distance",
        "km",
        "Fee",
        "fee",
        "I live {x} away. What is the fee?;How much is charged for {x}?;fee {x}",
        "trips",
    ),
    (
        "Order quantity",
        "pieces",
        "Rebate",
        "percent",
        "We order {x}. How much rebate is that?;What rebate do {x} earn?;rebate for {x}",
        "orders",
    ),
    (
        "Age",
        "years",
        "Ticket",
        "fee",
        "My son is {x} old. What does his ticket cost?;What does one pay at the age of {x}?;ticket {x} old",
        "visitors",
    ),
    (
        "Amount of the damage",
        "euros",
        "Approval by",
        "role",
        "The damage is {x}. Who approves it?;Who decides on a damage of {x}?",
        "claims",
    ),
    (
        "Notice given",
        "days",
        "Fee",
        "percent",
        "I cancel {x} before. What part do I pay?;What share is due when cancelling {x} ahead?",
        "bookings",
    ),
    (
        "Temperature",
        "°C",
        "Oil",
        "code",
        "It is {x} here. Which oil do I use?;Which oil is right at {x}?",
        "machines",
    ),
    (
        "Storage used",
        "GB",
        "Price",
        "money",
        "We use {x}. What do we pay?;What does {x} of storage cost?;cost {x}",
        "accounts",
    ),
)


def ranges(rng: Random) -> Extra:
    """A table of number ranges; the question names a number inside one of them."""
    title, unit, result, kind, forms, whom = rng.choice(_RANGES)
    step = rng.choice((2, 5, 10, 20, 25, 50, 100))
    bounds = [0]
    for _ in range(rng.choice((3, 3, 4, 5))):
        bounds.append(bounds[-1] + step * rng.choice((1, 1, 2, 3)))
    series = TYPES[kind](rng)
    shape = rng.choice(("{a} to {b}", "{a}-{b}", "from {a} up to {b}", "{a} – {b}"))
    rows, cells = [], []
    for low, high in pairwise(bounds):
        first = low + (low > 0) if step > 1 else low
        label = shape.format(a=first, b=high)
        if low == 0 and rng.random() < 0.4:
            label = f"up to {high}"
        rows.append((label, first, high, series(rng)))
    last = series(rng)
    rows.append(
        (
            rng.choice(
                (f"over {bounds[-1]}", f"more than {bounds[-1]}", f"{bounds[-1] + 1} and more")
            ),
            bounds[-1] + 1,
            bounds[-1] * 2,
            last,
        )
    )
    asked = []
    for _, low, high, value in rows:
        x = f"{rng.randint(max(low, 1), max(high, 1))} {unit}"
        asked.append((rng.choice(forms.split(";")).format(x=x), value))
    style = rng.random()
    if style < 0.6:
        in_head = rng.random() < 0.5
        head = [f"{title} ({unit})" if in_head else title, result]
        cells = [[label if in_head else f"{label} {unit}", value] for label, _, _, value in rows]
        text = pipes(rng, [head, *cells])
    elif style < 0.8:
        text = f"{result} for {whom}:\n" + "\n".join(
            f"- {label} {unit}: {value}" for label, _, _, value in rows
        )
    else:
        text = "\n".join(
            f"{title}: {label} {unit}; {result}: {value}" for label, _, _, value in rows
        )
    return Extra(text, tuple(asked))


def codes(rng: Random) -> Extra:
    """Codes with their meaning and what to do, as table, list or rows."""
    series = TYPES["code"](rng)
    names = list(dict.fromkeys(series(rng) for _ in range(rng.choice((3, 4, 5, 6)))))
    meaning = [MAKERS["meaning"](rng) for _ in names]
    action = [MAKERS["action"](rng) for _ in names]
    head = rng.choice(
        (
            ["Code", "Meaning", "What to do"],
            ["Error", "Cause", "Remedy"],
            ["Number", "Problem", "Solution"],
        )
    )
    style = rng.random()
    if style < 0.5:
        text = pipes(
            rng, [head, *([n, m, a] for n, m, a in zip(names, meaning, action, strict=True))]
        )
    elif style < 0.75:
        text = "\n".join(
            f"{head[0]}: {n}; {head[1]}: {m}; {head[2]}: {a}"
            for n, m, a in zip(names, meaning, action, strict=True)
        )
    else:
        text = "\n".join(
            f"- {n}: {m}. {sentence(a)}" for n, m, a in zip(names, meaning, action, strict=True)
        )
    asked = []
    for n, m, a in zip(names, meaning, action, strict=True):
        asked.append(
            (
                rng.choice(
                    (
                        f"What does {n} mean?",
                        f"{n} meaning",
                        f"The display says {n}. What is wrong?",
                        f"Why do I see {n}?",
                    )
                ),
                m,
            )
        )
        asked.append(
            (
                rng.choice(
                    (
                        f"What should I do about {n}?",
                        f"{n} what to do",
                        f"The screen shows {n}. How do I solve it?",
                        f"How is {n} fixed?",
                    )
                ),
                a,
            )
        )
        if meaning.count(m) == 1:
            asked.append(
                (rng.choice((f"Which code appears when {m}?", f"Which code means that {m}?")), n)
            )
    other = series(rng)
    missing = (f"What does {other} mean?", f"{other} what to do") if other not in names else ()
    return Extra(text, tuple(asked), missing)
