"""Turns facts into running text: pronouns, joined sentences, openers, changes over time."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from assistant.foundation.fictional.names import person, town
from assistant.foundation.fictional.relations import NO_GENERIC
from assistant.foundation.fictional.values import MAKERS

if TYPE_CHECKING:
    from assistant.foundation.fictional.documents import Fact

FILLERS = (
    "Please read this page carefully.",
    "More is said in the next section.",
    "Some details may change in the future.",
    "This page is checked by the editors from time to time.",
    "If anything is unclear, talk to your contact.",
    "We are proud of what we have reached together.",
    "Many people have asked about this.",
    "The following holds for all sites.",
    "Thank you for your interest.",
    "Older notes on the matter no longer count.",
    "None of this applies to our partners abroad.",
    "Exceptions have to be agreed in writing.",
    "We will keep you informed about any changes.",
    "Earlier versions of this text are kept in the archive.",
)
_OPENERS = (
    "Since {date}, {s}",
    "As of {date}, {s}",
    "According to {person}, {s}",
    "In general, {s}",
    "As a rule, {s}",
    "After a long debate it was agreed: {s}",
    "Please note that {s}",
    "For the time being, {s}",
    "At our site in {town}, {s}",
    "Unlike in the past, {s}",
    "Under section {number}, {s}",
    "To keep things simple, {s}",
    "Good to know: {s}",
    "Following a request from {org}, {s}",
    "During the first {span}, nothing else matters: {s}",
)
_ENDINGS = (
    " (see page {number})",
    ", as {person} has confirmed",
    ", just like last year",
    ", with few exceptions",
    " (last changed on {date})",
    ", no matter what the brochure of {org} says",
    ", unless agreed otherwise",
    ", both in {town} and elsewhere",
)
_CHANGES = (
    "Until {date}, the {a} of {e} was {old}; since then it has been {v}.",
    "The {a} of {e} was changed from {old} to {v}.",
    "The {a} of {e} is no longer {old} but {v}.",
    "On {date}, the {a} of {e} went from {old} to {v}.",
    "{e} used to have a {a} of {old}; it is now {v}.",
)
_STANDS_FOR = {
    "product": ("The device", "The product"),
    "machine": ("The machine", "The unit"),
    "vehicle": ("The vehicle",),
    "software": ("The program", "The software"),
    "plan": ("The plan", "The contract"),
    "food": ("The dish",),
    "building": ("The building", "The house"),
    "team": ("The team", "The group"),
    "project": ("The project",),
    "event": ("The event",),
    "course": ("The course",),
    "species": ("The species",),
    "route": ("The route", "The line"),
    "room": ("The room",),
    "company": ("The company", "The firm"),
    "place": ("The town",),
    "book": ("The book",),
}


def _fill(rng: Random, text: str, **known: str) -> str:
    fills = {
        "date": MAKERS["date"](rng),
        "person": person(rng),
        "town": town(rng),
        "span": MAKERS["span"](rng),
        "number": str(rng.randint(2, 90)),
        "org": MAKERS["org"](rng),
    }
    return text.format(**fills, **known)


def lower_start(text: str, names: Sequence[str]) -> str:
    """Lower-case the first letter unless a name or a code starts the text."""
    first = text.split(" ", 1)[0]
    proper = any(name.startswith(first) for name in names) or first.upper() == first
    return text if proper else text[0].lower() + text[1:]


def decorate(rng: Random, sentence: str, names: Sequence[str]) -> str:
    """Sometimes put an opener or an ending with distracting values around a sentence."""
    chance = rng.random()
    if chance < 0.13:
        return _fill(rng, rng.choice(_OPENERS), s=lower_start(sentence, names))
    if chance < 0.19 and sentence.endswith("."):
        return sentence[:-1] + _fill(rng, rng.choice(_ENDINGS)) + "."
    return sentence


def changed(rng: Random, fact: Fact) -> str | None:
    """A sentence with an old and the present value; None where that would read badly."""
    if fact.relation.kind in NO_GENERIC or "rule" in fact.relation.entities:
        return None
    old = MAKERS[fact.relation.kind](rng)
    if old == fact.value:
        return None
    text = _fill(
        rng,
        rng.choice(_CHANGES),
        a=rng.choice(fact.relation.names),
        e=fact.entity,
        old=old,
        v=fact.value,
    )
    return text[0].upper() + text[1:]


def stand_in(rng: Random, kind: str) -> str:
    """What a text says for an entity that only the title names ("The device")."""
    return rng.choice(_STANDS_FOR.get(kind, ("It",)))


def with_pronoun(text: str, entity: str, pronoun: str) -> str:
    """Say ``pronoun`` for an entity that was named before, where grammar allows."""
    upper = entity[0].upper() + entity[1:]
    if text.startswith(upper + " ") and text.count(entity[1:]) == 1:
        return pronoun[0].upper() + pronoun[1:] + text[len(upper) :]
    if pronoun not in ("he", "she") and text.count(entity) == 1:
        return text.replace(entity, pronoun[0].lower() + pronoun[1:])
    return text


def write(
    rng: Random, facts: Sequence[Fact], unseen: bool, human: bool, title_only: str = ""
) -> list[str]:
    """Sentences that state the facts.

    Args:
        rng: Source of chance.
        facts: What to say.
        unseen: Use held-out wordings.
        human: The entities are people ("he", "she").
        title_only: If given, the (single) entity is never named; this stands for it.
    """
    grouped = rng.random() < 0.6
    order = list(facts)
    if not grouped:
        rng.shuffle(order)
    pronoun, previous = rng.choice(("he", "she")), ""
    names = [f.entity for f in facts] + [f.value for f in facts]
    sentences: list[str] = []
    for fact in order:
        text = (changed(rng, fact) if not unseen and rng.random() < 0.05 else None) or (
            fact.relation.statement(rng, fact.entity, fact.value, unseen)
        )
        if title_only:
            text = with_pronoun(
                text, fact.entity, title_only if not sentences or rng.random() < 0.4 else "it"
            )
        elif (
            grouped
            and fact.entity == previous
            and rng.random() < 0.55
            and "rule" not in fact.relation.entities
        ):
            text = with_pronoun(text, fact.entity, pronoun if human else "it")
        previous = fact.entity
        sentences.append(decorate(rng, text, names))
    return _join(rng, sentences, names)


def _join(rng: Random, sentences: list[str], names: Sequence[str]) -> list[str]:
    out: list[str] = []
    for text in sentences:
        if out and rng.random() < 0.12 and out[-1].endswith(".") and len(out[-1]) < 120:
            link = rng.choice((" and ", ", and ", "; ", ", while ", ", but "))
            out[-1] = out[-1][:-1] + link + lower_start(text, names)
        else:
            out.append(text)
    return out


def filler(rng: Random) -> str:
    """A sentence that answers nothing, sometimes with an invented name."""
    if rng.random() < 0.3:
        return _fill(
            rng,
            rng.choice(
                (
                    "{org} was there before us.",
                    "{person} wrote the first draft of this page.",
                    "See also the report of {date}.",
                    "A copy is kept in {town}.",
                    "It took {span} to collect all this.",
                )
            ),
        )
    return rng.choice(FILLERS)
