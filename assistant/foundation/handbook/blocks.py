"""Writes claims as prose, lists, rules with exceptions, tables and rows of "Column: value"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from assistant.foundation.handbook.attributes import Attribute
from assistant.foundation.handbook.facts import Claim, capital, clause, scoped, sentence
from assistant.foundation.handbook.scopes import Scope

Grid = dict[tuple[str, Attribute], Claim]
"""Claims by scope name ("" for the general rule) and attribute."""


def about_scope(
    rng: Random, claims: Sequence[Claim], named: bool, unseen: bool
) -> tuple[str, list[Claim]]:
    """A paragraph or list on one scope; ``named``: the heading names it, the text need not."""
    scope = claims[0].scope
    assert scope is not None
    style = rng.choices(("prose", "bullets", "keys", "bold"), (6, 2, 2, 1))[0]
    if style == "prose":
        said = []
        for number, claim in enumerate(claims):
            body = clause(rng, claim.attribute, claim.value, unseen)
            if rng.random() < 0.15:
                body = f"{body} {rng.choice(_ASIDES)}"
            bare = named or (number and rng.random() < 0.6)
            said.append(sentence(body) if bare else scoped(rng, body, scope))
        return " ".join(said), list(claims)
    lines = [] if named and rng.random() < 0.6 else [_label(rng, scope) + rng.choice((":", ""))]
    shape = {"keys": "{}: {}", "bold": "**{}**: {}", "bullets": "- {}: {}"}[style]
    for claim in claims:
        if style == "bullets" and rng.random() < 0.5:
            lines.append("- " + sentence(clause(rng, claim.attribute, claim.value, unseen)))
        else:
            name = capital(rng.choice(claim.attribute.names))
            lines.append(shape.format(name, claim.value))
    return "\n".join(lines), list(claims)


_ASIDES = (
    "without exception",
    "in most cases",
    "as agreed with the works council",
    "from the first day",
    "in line with the contract",
    "at the latest",
    "unless the page says otherwise",
)


def _label(rng: Random, scope: Scope) -> str:
    return capital(rng.choice((scope.name, f"{scope.name} {scope.kind}", scope.phrases[0])))


_EXCEPTIONS = (
    "{C}, it is {v}.",
    "{C} it is {v}.",
    "{C}: {v}.",
    "An exception holds {c}: {v}.",
    "The value {c} is {v}.",
    "{C}, {b}.",
    "{C}, {b}.",
    "Only {c}, {b}.",
)


_GENERAL = ("In general, {}", "As a rule, {}", "{}", "{}", "Unless noted below, {}")


def rule(rng: Random, claims: Sequence[Claim], unseen: bool) -> tuple[str, list[Claim]]:
    """One attribute for several scopes, the general rule (scope None) first if there is one."""
    attribute = claims[0].attribute
    general = [c for c in claims if c.scope is None]
    special = [c for c in claims if c.scope is not None]
    rng.shuffle(special)
    head = [
        rng.choice(
            ("In general, {}", "As a rule, {}", "{}", "{}", "Unless noted below, {}")
        ).format(clause(rng, attribute, c.value, unseen))
        for c in general
    ]
    if rng.random() < 0.35:
        name = capital(rng.choice(attribute.names))
        lines = [sentence(h) for h in head] or [name + ":"]
        shape = rng.choice(("- {}: {}", "- {} - {}", "- **{}**: {}", "{}: {}"))
        lines += [shape.format(rng.choice((c.scope.name, c.scope.phrases[0])), c.value)
                  for c in special if c.scope]  # fmt: skip
        return "\n".join(lines), list(claims)
    said = [sentence(h) for h in head]
    for claim in special:
        assert claim.scope is not None
        body = clause(rng, attribute, claim.value, unseen)
        phrase = rng.choice(claim.scope.phrases)
        if said and rng.random() < 0.6:
            form = rng.choice(_EXCEPTIONS)
            said.append(form.format(C=capital(phrase), c=phrase, v=claim.value, b=body))
        else:
            said.append(scoped(rng, body, claim.scope))
    return " ".join(said), list(claims)


def changed(rng: Random, claim: Claim) -> str:
    """Sentences with the value before and after a change."""
    phrase = f" {rng.choice(claim.scope.phrases)}" if claim.scope else ""
    form = rng.choice(
        (
            "Until {d} the {a}{c} was {o}. It is {v} now.",
            "The {a}{c} was {o} before {d}; today it is {v}.",
            "On {d} the {a}{c} was changed from {o} to {v}.",
            "Old contracts signed before {d} keep a {a}{c} of {o}. For everyone else it is {v}.",
            "The {a}{c} is {v} (before {d}: {o}).",
        )
    )
    return form.format(
        d=claim.since, a=rng.choice(claim.attribute.names), c=phrase, o=claim.former, v=claim.value
    )


_NUMBER = r"\d[\d,.]*"
_UNIT_LAST = re.compile(rf"({_NUMBER}) ?([a-zA-Z°%/][\w°%/ ]*)")
_UNIT_FIRST = re.compile(rf"([A-Z]{{3}}|[€$£]) ?({_NUMBER})")


def common_unit(values: Sequence[str]) -> tuple[str, list[str]] | None:
    """The unit that all values share and their numbers, or None."""
    for shape, unit, amount in ((_UNIT_LAST, 2, 1), (_UNIT_FIRST, 1, 2)):
        found = [shape.fullmatch(v) for v in values]
        if all(found) and len({m[unit] for m in found if m}) == 1:
            return next(m[unit] for m in found if m), [m[amount] for m in found if m]
    return None


def table(
    rng: Random, scopes: Sequence[Scope], attributes: Sequence[Attribute], grid: Grid
) -> tuple[str, list[Claim]]:
    """Scopes by attributes as a pipe table, either way round, or as rows of "Column: value"."""
    columns: list[tuple[str, list[str]]] = []
    for attribute in attributes:
        values = [grid[s.name, attribute].value for s in scopes]
        title = capital(rng.choice(attribute.names))
        shared = common_unit(values)
        if shared and rng.random() < 0.5:
            title, values = f"{title} ({shared[0]})", shared[1]
        columns.append((title, values))
    first = (capital(scopes[0].kind), [s.name for s in scopes])
    claims = [grid[s.name, a] for s in scopes for a in attributes]
    style = rng.choices(("pipes", "turned", "rows"), (6, 2, 3))[0]
    everything = [first, *columns]
    if style == "rows":
        link, colon = rng.choice(("; ", "; ", ", ", " | ")), rng.choice((": ", ": ", "="))
        lines = [
            link.join(f"{title}{colon}{cells[row]}" for title, cells in everything)
            for row in range(len(scopes))
        ]
        return "\n".join(lines), claims
    if style == "turned":
        rows = [[title, *cells] for title, cells in everything]
    else:
        rows = [[title for title, _ in everything]]
        rows += [[cells[row] for _, cells in everything] for row in range(len(scopes))]
    return pipes(rng, rows), claims


def pipes(rng: Random, rows: Sequence[Sequence[str]]) -> str:
    """A pipe table, with or without the line below its head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if rng.random() < 0.3:
        lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)
