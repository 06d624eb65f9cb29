# ruff: noqa: E501
"""Contact rows, numbered steps and whole lists with their questions."""

from __future__ import annotations

from random import Random

from assistant.foundation.fictional.names import person
from assistant.foundation.fictional.values import MAKERS
from assistant.foundation.handbook.amounts import TYPES
from assistant.foundation.handbook.blocks import pipes
from assistant.foundation.handbook.extras import Extra, codes, ranges
from assistant.foundation.handbook.facts import capital, sentence
from assistant.foundation.handbook.scopes import COMMON
from assistant.foundation.spaced import spaced

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


def extra(rng: Random) -> Extra:
    """A part of any kind."""
    return rng.choice((ranges, codes, contacts, steps, lists))(rng)
