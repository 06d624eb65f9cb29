"""Makers of fictional entities, one per entity kind of the relation tables."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from assistant.foundation.fictional import words
from assistant.foundation.fictional.names import code, fill, nonce, organisation, person, town
from assistant.foundation.spaced import spaced

NOUNS = {
    "product": "pump router scanner battery sensor drone lamp kettle printer camera tent backpack"
    " headset heater toaster drill bike helmet jacket speaker tablet watch charger mixer chair"
    " desk",
    "machine": "pump compressor conveyor lathe press boiler crane excavator mixer oven generator"
    " turbine furnace robot cutter packing line chiller dryer",
    "vehicle": "truck van bus tram ferry scooter tractor train glider locomotive bicycle boat",
    "software": "app editor database server client toolkit portal dashboard planner compiler wiki",
    "plan": "plan package tariff subscription account card membership",
    "food": "bread soup pie cake stew jam cheese salad biscuit pudding sauce juice",
    "building": "tower bridge museum library hall castle mill station theatre lighthouse hospital",
    "team": "team office unit group department crew committee desk",
    "project": "project programme study initiative campaign upgrade",
    "event": "festival conference workshop fair race concert seminar summit exhibition meeting",
    "course": "course class training seminar lecture module workshop",
    "species": "lily beetle owl moss trout frog orchid finch lizard fern bat crab",
    "route": "line express ferry trail bus tram route shuttle",
    "room": "room hall lab studio lounge",
}
"""What an entity of a kind is called."""

GENERIC_NOUN = {
    "person": "person",
    "company": "company",
    "place": "town",
    "book": "book",
    "rule": "group",
    "errorcode": "code",
    "task_item": "task",
}


def _named(kind: str) -> Callable[[Random], str]:
    nouns = NOUNS[kind].split()

    def make(rng: Random) -> str:
        noun, name, form = rng.choice(nouns), nonce(rng), rng.random()
        if kind in ("product", "machine", "vehicle", "software", "plan") and form < 0.3:
            return (
                name
                + " "
                + rng.choice(
                    (
                        fill(rng, "99"),
                        fill(rng, "A9"),
                        fill(rng, "999"),
                        "Pro",
                        "Mini",
                        "Plus",
                        fill(rng, "A-99"),
                        "Max",
                        "One",
                    )
                )
            )
        if kind == "software" and form < 0.6:
            return name + rng.choice(("", "DB", "Mail", "Sync", " Studio", "Hub", "Flow"))
        if kind in ("product", "machine", "software", "plan", "species") and form < 0.5:
            return f"the {name} {noun}"
        if kind in ("team", "room", "building", "event", "project", "course", "route"):
            return f"the {name} {noun}"
        return f"the {name} {noun}" if form < 0.8 else f"{name} {noun}"

    return make


def _book(rng: Random) -> str:
    a, b = (
        nonce(rng),
        rng.choice(spaced("river garden winter clock road letter island night bread mirror")),
    )
    return rng.choice((f'"The {b.capitalize()} of {a}"', f'"{a}"', f'"A {b.capitalize()} in {a}"'))


def _errorcode(rng: Random) -> str:
    return rng.choice(("error ", "code ", "", "message ", "fault ")) + fill(
        rng, rng.choice(("ERR-9999", "E99", "A-999", "9999", "F9A"))
    )


MAKERS: dict[str, Callable[[Random], str]] = {
    **{kind: _named(kind) for kind in NOUNS},
    "person": person,
    "company": organisation,
    "place": town,
    "book": _book,
    "errorcode": _errorcode,
    "task_item": lambda rng: rng.choice(("ticket ", "task ", "order ", "case ")) + code(rng),
    "rule": lambda rng: rng.choice(words.TABLES["groups"]),
}


def noun(kind: str) -> str:
    """What the first column of a table of such entities is called."""
    return GENERIC_NOUN.get(kind, kind)


def siblings(rng: Random, kind: str, count: int) -> list[str]:
    """Distinct entities of a kind; a third of the time they share a name ("Vel 200", "Vel 300")."""
    made: list[str] = []
    base = nonce(rng)
    family = rng.random() < 0.33 and kind in NOUNS and count > 1
    for _ in range(count * 6):
        if family:
            tail = rng.choice(
                (*NOUNS[kind].split(), fill(rng, "99"), fill(rng, "999"), "Pro", "Mini")
            )
            entity = f"the {base} {tail}" if tail[0].islower() else f"{base} {tail}"
        else:
            entity = MAKERS[kind](rng)
        if entity not in made and not any(entity in other or other in entity for other in made):
            made.append(entity)
        if len(made) == count:
            break
    return made
