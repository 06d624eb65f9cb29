"""Facts of a documentation set and the many ways in which people ask for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from assistant.foundation.handbook.attributes import Attribute
from assistant.foundation.handbook.scopes import Scope


@dataclass(frozen=True)
class Claim:
    """``attribute`` of ``scope`` is ``value``; ``scope`` None means that it holds for all.

    ``former`` and ``since`` are set where the page also says what it was before, and until when.
    """

    attribute: Attribute
    scope: Scope | None
    value: str
    former: str = ""
    since: str = ""


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text with a capital and exactly one full stop."""
    return capital(text) + ("" if text.endswith(".") else ".")


def clause(rng: Random, attribute: Attribute, value: str, unseen: bool = False) -> str:
    """A lower-case clause that states the value, without its scope."""
    own = attribute.clauses[-1:] if unseen else attribute.clauses[:-1]
    text = rng.choice(own)
    if not unseen and rng.random() < 0.2:
        text = rng.choice(("the {a} is {v}", "the {a} comes to {v}", "{a}: {v}")).replace(
            "{a}", rng.choice(attribute.names)
        )
    return text.replace("{v}", value)


def scoped(rng: Random, body: str, scope: Scope | None) -> str:
    """A sentence of a clause and its scope, which comes first or last."""
    if scope is None:
        return sentence(body)
    phrase = rng.choice(scope.phrases)
    if rng.random() < 0.5 or body[-1].isdigit() or ":" in body:
        return sentence(f"{capital(phrase)}, {body}")
    return sentence(f"{body} {phrase}")


_INDIRECT = (
    "I would like to know {q}.",
    "Could you tell me {q}?",
    "Do you happen to know {q}?",
    "Please look up {q}.",
    "We need to find out {q}.",
)
_NAMED = (
    "What is the {a} {c}?",
    "What is the {a} {c}?",
    "Which {a} applies {c}?",
    "{A} {c}?",
    "What does the page say about the {a} {c}?",
    "Tell me the {a} {c}.",
)
_MORE = ("", "", "", "what is", "how much", "how long", "?", "please", "exact", "current")
_SHORT = {
    "maximum": "max",
    "minimum": "min",
    "number": "no",
    "temperature": "temp",
    "address": "addr",
}


def keywords(rng: Random, name: str, scope: Scope | None) -> str:
    """A query as typed into a search box: no verb, words in any order, mostly lower-case."""
    for long, short in _SHORT.items():
        if rng.random() < 0.4:
            name = name.replace(long, short)
    words = [name]
    if scope:
        about = rng.choice((scope.name, scope.name, f"{scope.name} {scope.kind}"))
        words.insert(rng.choice((0, 1, 1)), about)
    extra = rng.choice(_MORE)
    text = " ".join([*words, extra] if rng.random() < 0.5 else [extra, *words]).strip()
    text = text.replace(" ?", "?")
    return text.lower() if rng.random() < 0.65 else text


def ask(
    rng: Random,
    attribute: Attribute,
    scope: Scope | None,
    value: str = "",
    unseen: bool = False,
    plain: bool = False,
) -> str:
    """A question for the attribute of a scope (None: the general rule) in one of many styles.

    Args:
        rng: Source of chance.
        attribute: What is asked for.
        scope: What it is asked about.
        value: The answer if known; its unit may be used ("How many days ...").
        unseen: Use the held-out question and situation only.
        plain: A whole sentence that names what it asks for.
    """
    chance = rng.choice((0.1, 0.1) if unseen else (0.1, 0.1, 0.75, 0.85)) if plain else rng.random()
    phrase = rng.choice(scope.phrases) if scope else ""
    name = rng.choice(attribute.names)
    if chance < 0.30 or (unseen and chance < 0.5):
        own = rng.choice(attribute.questions[-1:] if unseen else attribute.questions[:-1])
        if phrase and rng.random() < 0.25:
            return f"{capital(phrase)}, {own}?"
        return capital(f"{own} {phrase}".strip()) + "?"
    if chance < 0.52 or (unseen and not plain and scope is not None):
        situation = rng.choice(attribute.situations[-1:] if unseen else attribute.situations[:-1])
        if scope is None:
            return situation
        intro = rng.choice(scope.intros[-1:] if unseen else scope.intros)
        return f"{intro} {situation}" if rng.random() < 0.8 else f"{situation} {intro}"
    if chance < 0.74:
        return keywords(rng, name, scope)
    counted = re.fullmatch(r"[\d.,]+ ([a-z ]+)", value)
    if counted and chance < 0.79:
        form = rng.choice(("How many {u} is the {a} {c}?", "In {u}, what is the {a} {c}?"))
        return form.format(u=counted[1], a=name, c=phrase).replace(" ?", "?")
    if chance < 0.88:
        form = rng.choice(_NAMED)
        made = form.format(a=name, A=capital(name), c=phrase)
        return re.sub(r" ([?.])$", r"\1", made)
    return rng.choice(_INDIRECT).format(q=f"the {name} {phrase}".strip())


def ask_former(rng: Random, claim: Claim) -> str:
    """A question for the value that held before the change."""
    phrase = rng.choice(claim.scope.phrases) if claim.scope else ""
    form = rng.choice(
        (
            "What was the {a} {c} before {d}?",
            "What was the old {a} {c}?",
            "Which {a} applied {c} until {d}?",
            "What was the {a} {c} previously?",
        )
    )
    made = form.format(a=rng.choice(claim.attribute.names), c=phrase, d=claim.since)
    return re.sub(r" +", " ", made).replace(" ?", "?")


def check(rng: Random, claim: Claim, other: str) -> tuple[str, str]:
    """A yes/no question about the value, with an answer that corrects a wrong guess."""
    guess = claim.value if rng.random() < 0.5 else other
    phrase = rng.choice(claim.scope.phrases) if claim.scope else ""
    name = rng.choice(claim.attribute.names)
    form = rng.choice(("Is the {a} {c} {v}?", "Is it true that the {a} {c} is {v}?"))
    question = re.sub(r" +", " ", form.format(a=name, c=phrase, v=guess))
    return question, "Yes" if guess == claim.value else f"No, {claim.value}"
