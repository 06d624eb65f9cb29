# ruff: noqa: E501
"""Parts of pages that are no grid: range tables, code tables, contact rows, steps and whole lists."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

from assistant.foundation.fictional.names import person
from assistant.foundation.fictional.values import MAKERS
from assistant.foundation.handbook.amounts import TYPES
from assistant.foundation.handbook.blocks import pipes
from assistant.foundation.handbook.facts import capital, sentence
from assistant.foundation.handbook.scopes import COMMON
from assistant.foundation.spaced import spaced


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


_TOPICS = spaced("invoices;repairs;keys;travel;payroll;training;safety;the archive;visitors;software;data protection;orders;"
                 "complaints;the press;parking;printers;contracts;new staff;deliveries;insurance", ";")  # fmt: skip


def contacts(rng: Random) -> Extra:
    """Who is to be asked about what, with numbers and addresses in columns."""
    topics = rng.sample(_TOPICS, rng.choice((3, 4, 5)))
    columns = {
        "Contact": [person(rng) for _ in topics],
        "Phone": [s(rng) for s in [TYPES["phone"](rng)] for _ in topics],
        "E-mail": [s(rng) for s in [TYPES["email"](rng)] for _ in topics],
        "Room": [MAKERS["room"](rng) for _ in topics],
    }
    chosen = rng.sample(sorted(columns), rng.choice((2, 3, 3, 4)))
    style = rng.random()
    if style < 0.5:
        rows = [
            ["Topic", *chosen],
            *([capital(t), *(columns[c][i] for c in chosen)] for i, t in enumerate(topics)),
        ]
        text = pipes(rng, rows)
    elif style < 0.75:
        text = "\n".join(
            "; ".join([f"Topic: {t}", *(f"{c}: {columns[c][i]}" for c in chosen)])
            for i, t in enumerate(topics)
        )
    else:
        text = "\n".join(
            f"- {capital(t)}: " + ", ".join(columns[c][i] for c in chosen)
            for i, t in enumerate(topics)
        )
    forms = {
        "Contact": "Who is the contact for {t}?;Whom do I ask about {t}?;{t} contact;I have a question on {t}. Who can help?",
        "Phone": "Which number do I call about {t}?;{t} phone;What is the phone number for {t}?;I want to ring someone on {t}. What number?",
        "E-mail": "To which address do I write about {t}?;{t} email address;What is the e-mail for {t}?;I want to write about {t}. Where to?",
        "Room": "In which room is somebody for {t}?;{t} room;Where do I go with questions on {t}?",
    }
    asked = [
        (capital(rng.choice(forms[c].split(";")).format(t=t)), columns[c][i])
        for i, t in enumerate(topics)
        for c in chosen
    ]
    left = [c for c in columns if c not in chosen]
    missing = [rng.choice(forms[c].split(";")).format(t=rng.choice(topics)) for c in left]
    others = [t for t in _TOPICS if t not in topics]
    missing.append(rng.choice(forms[chosen[0]].split(";")).format(t=rng.choice(others)))
    return Extra(text, tuple(asked), tuple(map(capital, missing)))


_STEPS = (
    "Open the cover and wait {v}", "Send the form to {m}", "Set the dial to {n}", "Ask {p} for the key",
    "Enter the code {c}", "Call {t}", "Heat it to {h}", "Add {w} of water", "Leave it for {v}", "Press the button for {s} seconds",
    "Note the number {c}", "Pay {f} at the desk", "Put the box in room {n}", "Sign the list of {p}", "Store the file under {c}",
)  # fmt: skip


def steps(rng: Random) -> Extra:
    """A numbered procedure; questions on single steps and on their order."""
    name = rng.choice(spaced("Starting up;Shutting down;Cleaning;Moving in;Sending a parcel;Closing the shop;Reporting damage;"
                             "Joining a team;Changing a wheel;Making a copy;Leaving the house;Ordering a part", ";"))  # fmt: skip
    number = rng.choice((3, 4, 5, 6))
    said = []
    for form in rng.sample(_STEPS, number):
        said.append(form.format(
            v=TYPES["hours"](rng)(rng), m=TYPES["email"](rng)(rng), n=rng.randint(2, 40), p=person(rng), c=TYPES["code"](rng)(rng),
            t=TYPES["phone"](rng)(rng), h=TYPES["temperature"](rng)(rng), w=TYPES["weight"](rng)(rng), s=rng.randint(2, 30),
            f=TYPES["fee"](rng)(rng)))  # fmt: skip
    lines = [f"{i}. {sentence(s)}" for i, s in enumerate(said, start=1)]
    asked = []
    words = ("first", "second", "third", "fourth", "fifth", "sixth")
    for i, text in enumerate(said):
        low = text[0].lower() + text[1:]
        asked.append(
            (
                rng.choice(
                    (
                        f"What is step {i + 1} of {name.lower()}?",
                        f"What is the {words[i]} step of {name.lower()}?",
                        f"{name} step {i + 1}",
                    )
                ),
                low,
            )
        )
        if i:
            before = said[i - 1][0].lower() + said[i - 1][1:]
            asked.append((f"{name}: what comes after the step '{before}'?", low))
    return Extra(
        f"{name}\n" + "\n".join(lines),
        tuple(asked),
        (f"What is step {number + 2} of {name.lower()}?",),
    )


_LISTS = (
    (
        "one_equipment",
        "The kit contains {l}.;In the kit you find {l}.",
        "What is in the kit?;Which things does the kit contain?;contents of the kit;I open the kit. What should I find?",
    ),
    (
        "one_os",
        "It is available for {l}.;We support {l}.",
        "Which systems are supported?;What is it available for?;supported systems;Which devices can I use it on?",
    ),
    (
        "one_language",
        "The service is offered in {l}.;The manual exists in {l}.",
        "In which languages is it offered?;Which languages are there?;available languages;Which languages can I choose?",
    ),
    (
        "one_document",
        "Applicants must hand in {l}.;Please bring {l}.",
        "Which papers must applicants hand in?;What do I have to bring?;required papers;I am applying. What do I need?",
    ),
    (
        "one_ingredient",
        "It contains {l}.;It is made from {l}.",
        "What does it contain?;What is it made from?;list of ingredients;I have an allergy. What is in it?",
    ),
    (
        "person",
        "The members of the board are {l}.;The board consists of {l}.",
        "Who is on the board?;Who are the members of the board?;board members;Which people make up the board?",
    ),
    (
        "town",
        "There are branches in {l}.;We have offices in {l}.",
        "Where are the branches?;In which towns are there offices?;office towns;I am looking for a branch. Where are they?",
    ),
    (
        "code",
        "The forms needed are {l}.;Use the forms {l}.",
        "Which forms are needed?;What forms must be used?;needed forms",
    ),
)


def lists(rng: Random) -> Extra:
    """A list of three to five things that the answer must give in full."""
    kind, says, asks = rng.choice(_LISTS)
    if kind == "person" and rng.random() < 0.5:
        items = rng.sample(COMMON, rng.choice((3, 4)))
        says, asks = (
            "The teams are called {l}.;We named the rooms {l}.",
            "What are they called?;Which names were given?;all names",
        )
    else:
        items = list(dict.fromkeys(MAKERS[kind](rng) for _ in range(rng.choice((2, 3, 3, 4, 5)))))
    if len(items) < 2:
        items.append(MAKERS[kind](rng))
    joined = ", ".join(items[:-1]) + rng.choice((" and ", " and ", ", and ")) + items[-1]
    said = rng.choice(says.split(";"))
    if rng.random() < 0.3:
        joined = ", ".join(items)
        text = (
            said.format(l="the following").rstrip(".") + ":\n" + "\n".join(f"- {i}" for i in items)
        )
    else:
        text = said.format(l=joined)
    return Extra(text, tuple((q, joined) for q in asks.split(";")))


MAKE = (ranges, codes, contacts, steps, lists)
