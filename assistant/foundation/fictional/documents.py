"""Writes fictional passages about entities and the questions that they answer.

A scene is one to four entities of one kind with some relations each. Entities share relations
with different values (near-twins), so that a question cannot be answered by its topic alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from assistant.foundation.fictional import entities as entity_makers
from assistant.foundation.fictional import prose
from assistant.foundation.fictional.names import nonce
from assistant.foundation.fictional.relations import NO_GENERIC, Relation, of_kind
from assistant.foundation.fictional.values import MAKERS
from assistant.foundation.formats import HEADING_SEPARATOR, Passage
from assistant.foundation.spaced import spaced

KINDS = spaced(
    "product machine vehicle software plan food building team project event course "
    "species route room person person company company place book errorcode task_item rule "
    "rule rule rule"
)
_TITLES = spaced(
    "Handbook;Guide;Manual;FAQ;Notes;Catalogue;Overview;Staff guide;Terms;Release "
    "notes;Report;Wiki;Price list;Policy;Directory;Data sheet;Newsletter;Help centre",
    ";",
)
_SECTIONS = spaced(
    "General;Details;Facts;Contact;Rules;Limits;Technical data;Questions;Overview;About "
    "us;Costs;Dates;Safety;Changes;Terms;People;At a glance;Background;Settings;Service",
    ";",
)
TITLE_KINDS = frozenset(
    spaced(
        "product machine vehicle software plan food building project event course species "
        "route room company place book"
    )
)
"""Kinds that a page title alone may name."""
_OPENERS = ("Hi, ", "Quick question: ", "Please tell me: ", "Hello! ", "One thing: ", "Hey, ")


@dataclass(frozen=True)
class Fact:
    """``relation`` of ``entity`` is ``value``; it is said in passage number ``passage``."""

    entity: str
    relation: Relation
    value: str
    passage: int


@dataclass(frozen=True)
class Scene:
    """Passages with the facts they state. ``unseen`` scenes use the held-out wordings."""

    kind: str
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    unseen: bool


def make_value(rng: Random, relation: Relation) -> str:
    """A value of the relation's type ("Yes" or "No" for yes/no relations)."""
    return rng.choice(("Yes", "No")) if relation.kind == "yesno" else MAKERS[relation.kind](rng)


def make_scene(rng: Random, size: int, unseen: bool = False, held_out: bool = False) -> Scene:
    """Make a scene.

    Args:
        rng: Source of chance.
        size: 1 for one to three sentences, 2 for a paragraph, 3 for several passages.
        unseen: Use the held-out wordings.
        held_out: Use the held-out relations (only for probes).
    """
    kind = rng.choice(KINDS)
    relations = of_kind(kind, held_out)
    while len(relations) < (1 if held_out else 2):
        kind = rng.choice(KINDS)
        relations = of_kind(kind, held_out)
    count = rng.choice(((1, 1, 2), (1, 2, 3), (2, 3, 4, 5))[size - 1])
    wanted = rng.choice(((1, 2, 2), (2, 3, 4), (3, 4, 5, 7))[size - 1])
    names = entity_makers.siblings(rng, kind, count)
    shared = rng.sample(relations, min(wanted, len(relations)))
    apart = size == 3 and rng.random() < 0.75
    style = _style(rng, kind, len(names), size)
    topic = nonce(rng)
    title = rng.choice(_TITLES) if rng.random() < 0.4 else f"{topic} {rng.choice(_TITLES).lower()}"
    facts: list[Fact] = []
    for number, entity in enumerate(names):
        chosen = shared if style == "table" else _some(rng, shared, relations)
        for relation in chosen:
            value = make_value(rng, relation)
            facts.append(Fact(entity, relation, value, number if apart else 0))
    passages = []
    for number in range(len(names) if apart else 1):
        said = [f for f in facts if f.passage == number]
        section = rng.choice((rng.choice(_SECTIONS), said[0].entity, said[0].relation.names[0]))
        top, title_only = title, ""
        alone = len({f.entity for f in said}) == 1 and kind in TITLE_KINDS
        if alone and style in ("prose", "bullets") and rng.random() < 0.25:
            title_only = prose.stand_in(rng, kind)
            top = said[0].entity + rng.choice(("", "", " " + rng.choice(_TITLES).lower()))
            section = rng.choice((rng.choice(_SECTIONS), said[0].relation.names[0]))
        heading = HEADING_SEPARATOR.join(part[0].upper() + part[1:] for part in (top, section))
        passages.append(
            Passage(heading, _write(rng, said, Writing(kind, style, unseen, size, title_only)))
        )
    return Scene(kind, tuple(passages), tuple(facts), unseen)


def _some(rng: Random, shared: list[Relation], relations: tuple[Relation, ...]) -> list[Relation]:
    chosen = [r for r in shared if rng.random() < 0.75] or shared[:1]
    if rng.random() < 0.3:
        extra = rng.choice(relations)
        if extra not in chosen:
            chosen.append(extra)
    return chosen


def _style(rng: Random, kind: str, count: int, size: int) -> str:
    if count > 1 and rng.random() < 0.16:
        return "table"
    return rng.choices(
        ("prose", "bullets", "keys", "faq"), (7, 1.2, 1.2, 0.8 if size > 1 else 0.1)
    )[0]


@dataclass(frozen=True)
class Writing:
    """How a passage is to be written; see :func:`make_scene` and :func:`prose.write`."""

    kind: str
    style: str
    unseen: bool
    size: int
    title_only: str


def _write(rng: Random, facts: list[Fact], how: Writing) -> str:
    style, unseen = how.style, how.unseen
    if style == "table" and len({f.relation for f in facts}) * len(
        {f.entity for f in facts}
    ) == len(facts):
        return _table(rng, facts, how.kind)
    if style == "keys" and all(f.relation.kind not in NO_GENERIC for f in facts):
        return _keys(rng, facts)
    if style == "faq":
        blocks = []
        for fact in facts:
            question = fact.relation.question(rng, fact.entity, unseen)
            reply = fact.relation.statement(rng, fact.entity, fact.value, unseen)
            blocks.append(
                rng.choice(("Q: {}\nA: {}", "**{}** {}", "{}\n{}")).format(question, reply)
            )
        return "\n".join(blocks)
    sentences = prose.write(rng, facts, unseen, how.kind == "person", how.title_only)
    if style == "bullets":
        return "\n".join(f"- {s}" for s in sentences)
    if how.size > 1:
        for _ in range(rng.choice((0, 0, 1, 1, 2))):
            sentences.insert(rng.randint(0, len(sentences)), prose.filler(rng))
    return rng.choice((" ", " ", " ", "\n")).join(sentences)


def _table(rng: Random, facts: list[Fact], kind: str) -> str:
    relations = list(dict.fromkeys(f.relation for f in facts))
    head = [
        entity_makers.noun(kind).capitalize(),
        *(r.names[0][0].upper() + r.names[0][1:] for r in relations),
    ]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    values = {(f.entity, f.relation): f.value for f in facts}
    if len({f.entity for f in facts}) == 1 and rng.random() < 0.6:
        rows = [
            ("Entry", facts[0].entity),
            *((f.relation.names[0].capitalize(), f.value) for f in facts),
        ]
        return "\n".join(f"| {a} | {b} |" for a, b in (rows[0], ("---", "---"), *rows[1:]))
    for entity in dict.fromkeys(f.entity for f in facts):
        cells = [entity.removeprefix("the "), *(values[entity, r] for r in relations)]
        lines.append(
            "| " + " | ".join(c.lower() if c in ("Yes", "No") else c for c in cells) + " |"
        )
    return "\n".join(lines)


def _keys(rng: Random, facts: list[Fact]) -> str:
    shape = rng.choice(("{}: {}", "- {}: {}", "**{}:** {}", "- **{}**: {}"))
    lines = []
    for entity in dict.fromkeys(f.entity for f in facts):
        lines.append(entity[0].upper() + entity[1:] + rng.choice(("", ":")))
        for fact in (f for f in facts if f.entity == entity):
            name = rng.choice(fact.relation.names)
            lines.append(shape.format(name[0].upper() + name[1:], fact.value))
    return "\n".join(lines)


def disturb(rng: Random, question: str) -> str:
    """Make a question a little less tidy, as people do."""
    chance = rng.random()
    if chance < 0.05:
        question = rng.choice(_OPENERS) + question[0].lower() + question[1:]
    elif chance < 0.10:
        question = question[0].lower() + question[1:]
    elif chance < 0.14:
        question = question.rstrip("?.")
    return question


def missing_fact(rng: Random, scene: Scene) -> tuple[str, Relation] | None:
    """An entity and a relation that the scene says nothing about (an unanswerable twin)."""
    stated = {(f.entity, f.relation) for f in scene.facts}
    names = {relation_name for f in scene.facts for relation_name in f.relation.names}
    entity = rng.choice(scene.facts).entity
    if rng.random() < 0.5:
        free = [
            r for r in of_kind(scene.kind) if (entity, r) not in stated and not names & set(r.names)
        ]
        return (entity, rng.choice(free)) if free else None
    other = entity_makers.MAKERS[scene.kind](rng)
    if any(other in f.entity or f.entity in other for f in scene.facts):
        return None
    return other, rng.choice(scene.facts).relation
