"""Parses the relation tables and fills their wordings.

A table entry is three lines: ``attribute, synonym | value type | entity kinds``, then statements
(``s a / b / c``) and questions (``q a / b / c``). Slots: ``{e}`` entity, ``{r}`` group of people,
``{v}`` value. For ``yesno`` a statement is ``positive ~ negative``.

Two things are never trained on: the **last** statement and question of every relation (unseen
wordings) and every relation in :data:`HELD_OUT` (unseen relations, for the learnability probe).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from assistant.foundation.fictional import (
    relations_people,
    relations_rules,
    relations_things,
    relations_world,
)

NO_GENERIC = frozenset({"yesno", "action", "reason", "meaning", "goal"})
"""Value types that do not read well in "The {attribute} of {entity} is {value}"."""

GENERIC_STATEMENTS = (
    "The {a} of {e} is {v}.",
    "For {e}, the {a} is {v}.",
    "The {a} for {e} was set to {v}.",
    "As to the {a} of {e}: {v}.",
    "{e} has the following {a}: {v}.",
    "{e}: {a} {v}.",
    "We list {v} as the {a} of {e}.",
    "When it comes to {e}, the {a} is {v}.",
)
GENERIC_QUESTIONS = (
    "What is the {a} of {e}?",
    "What is the {a} for {e}?",
    "What's the {a} of {e}?",
    "Which {a} does {e} have?",
    "Which {a} is given for {e}?",
    "Can you tell me the {a} of {e}?",
    "Do you know the {a} of {e}?",
    "What {a} applies to {e}?",
    "I am looking for the {a} of {e}.",
    "{e}: what is the {a}?",
    "Please name the {a} of {e}.",
    "Could you look up the {a} for {e}?",
)
"""The last one of each is kept for tests too."""


@dataclass(frozen=True)
class Relation:
    """One attribute with its wordings; the last statement and question are held out."""

    names: tuple[str, ...]
    kind: str
    entities: tuple[str, ...]
    statements: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def slot(self) -> str:
        """``{r}`` for rules about groups of people, else ``{e}``."""
        return "{r}" if "rule" in self.entities else "{e}"

    def statement(self, rng: Random, entity: str, value: str, unseen: bool) -> str:
        """A sentence that says ``value`` of ``entity``."""
        own = self.statements[-1:] if unseen else self.statements[:-1]
        text = rng.choice(own)
        if self.kind == "yesno":
            positive, negative = text.split(" ~ ")
            text = positive if value == "Yes" else negative
        elif not unseen and self.kind not in NO_GENERIC and rng.random() < 0.22:
            text = rng.choice(GENERIC_STATEMENTS[:-1])
        elif unseen and self.kind not in NO_GENERIC and rng.random() < 0.22:
            text = GENERIC_STATEMENTS[-1]
        return self._fill(rng, text, entity, value)

    def question(self, rng: Random, entity: str, unseen: bool) -> str:
        """A question that ``value`` answers."""
        own = self.questions[-1:] if unseen else self.questions[:-1]
        text = rng.choice(own)
        if self.kind not in NO_GENERIC and rng.random() < 0.25:
            text = GENERIC_QUESTIONS[-1] if unseen else rng.choice(GENERIC_QUESTIONS[:-1])
        return self._fill(rng, text, entity, "")

    def _fill(self, rng: Random, text: str, entity: str, value: str) -> str:
        text = text.replace("{a}", rng.choice(self.names))
        text = text.replace("{e}", entity).replace("{r}", entity).replace("{v}", value)
        if text.endswith(".."):  # a value such as "5 p.m." at the end of a sentence
            text = text[:-1]
        return text[0].upper() + text[1:]


def _parse(text: str) -> list[Relation]:
    relations = []
    for block in text.strip().split("\n\n"):
        header, statements, questions = block.split("\n")
        names, kind, entities = (part.strip() for part in header.split("|"))
        relations.append(
            Relation(
                names=tuple(name.strip() for name in names.split(",")),
                kind=kind,
                entities=tuple(entities.split()),
                statements=tuple(part.strip() for part in statements[2:].split(" / ")),
                questions=tuple(part.strip() for part in questions[2:].split(" / ")),
            )
        )
    return relations


ALL: tuple[Relation, ...] = tuple(
    relation
    for table in (relations_things, relations_people, relations_rules, relations_world)
    for relation in _parse(table.TEXT)
)
HELD_OUT: tuple[Relation, ...] = tuple(ALL[5::11])
TRAINED: tuple[Relation, ...] = tuple(r for i, r in enumerate(ALL) if i % 11 != 5)


@cache
def of_kind(entity_kind: str, held_out: bool = False) -> tuple[Relation, ...]:
    """The relations that an entity kind can have."""
    return tuple(r for r in (HELD_OUT if held_out else TRAINED) if entity_kind in r.entities)
