"""A documentation set: several pages of one organisation with near-twins, and questions on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from assistant.foundation.fictional import prose
from assistant.foundation.fictional.names import nonce, organisation
from assistant.foundation.fictional.values import MAKERS
from assistant.foundation.formats import HEADING_SEPARATOR
from assistant.foundation.handbook import blocks, lists
from assistant.foundation.handbook.amounts import TYPES, Series
from assistant.foundation.handbook.attributes import DOMAINS, IN_DOMAIN, Attribute
from assistant.foundation.handbook.facts import Claim, ask, ask_former, capital, check, keywords
from assistant.foundation.handbook.scopes import Scope, siblings
from assistant.foundation.spaced import spaced

Asked = tuple[str, str]
FAMILIES = (
    frozenset({"span", "days", "hours", "frequency"}),
    frozenset({"money", "fee", "percent"}),
    frozenset({"users", "times", "count", "size"}),
    frozenset({"date", "clock", "opening"}),
    frozenset({"person", "role", "team", "org", "email", "phone"}),
    frozenset({"weight", "length", "temperature", "pressure", "power"}),
)
"""Value types that are easily taken for one another."""
_NO_VALUE = ("unlimited", "not available", "on request", "none", "not included", "free")
_TITLES = spaced(
    "Handbook;Guide;Manual;FAQ;Catalogue;Terms;Release notes;Wiki;Price list;Policy;Data sheet;"
    "Help centre;Plans;Service description;Site guide;Runbook;Product overview;Rules;Onboarding",
    ";",
)
_SECTIONS = spaced(
    "Overview;Details;Limits;Conditions;Exceptions;Technical data;Costs;Deadlines;At a glance;"
    "Contact;What applies;Good to know;Changes;Comparison;Notes",
    ";",
)


@dataclass
class Page:
    """A passage with what it states; ``asked`` holds questions that are not about a claim."""

    heading: str
    text: str
    claims: list[Claim] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


class DocumentSet:
    """Scopes, attributes and their values, drawn once, so that all pages agree."""

    def __init__(self, rng: Random, unseen: bool = False) -> None:
        self.rng, self.unseen = rng, unseen
        domain = rng.choice(sorted(DOMAINS))
        kind = rng.choice(DOMAINS[domain])
        found = siblings(rng, kind, rng.choice((3, 4, 5, 6)))
        self.strangers, self.scopes = found[-1:], found[:-1]
        self.attributes, self.absent = self._attributes(domain)
        self.series: dict[Attribute, Series] = {a: TYPES[a.kind](rng) for a in self.attributes}
        self.general = {a for a in self.attributes if rng.random() < 0.4}
        self.grid: blocks.Grid = {}
        for attribute in self.attributes:
            for scope in (None, *self.scopes):
                name = scope.name if scope else ""
                self.grid[name, attribute] = self._claim(attribute, scope)
        self.title = rng.choice(
            (
                rng.choice(_TITLES),
                f"{nonce(rng)} {rng.choice(_TITLES).lower()}",
                f"{organisation(rng)} {rng.choice(_TITLES).lower()}",
            )
        )

    def _attributes(self, domain: str) -> tuple[list[Attribute], list[Attribute]]:
        """The attributes of the set, often of one family of types, and some that it lacks."""
        rng, every = self.rng, list(IN_DOMAIN[domain])
        rng.shuffle(every)
        if rng.random() < 0.6:
            family = rng.choice(FAMILIES)
            every.sort(key=lambda a: a.kind not in family)
        count = rng.randint(3, 9)
        return every[:count], every[count : count + 3]

    def _claim(self, attribute: Attribute, scope: Scope | None) -> Claim:
        rng = self.rng
        value = self.series[attribute](rng)
        if scope and attribute.kind in ("count", "size", "users", "fee") and rng.random() < 0.06:
            return Claim(attribute, scope, rng.choice(_NO_VALUE))
        former = self.series[attribute](rng)
        if rng.random() < 0.1 and former != value:
            return Claim(attribute, scope, value, former, MAKERS["date"](rng))
        return Claim(attribute, scope, value)

    def _block(self, scopes: list[Scope], attributes: list[Attribute], named: bool) -> Page:
        """One block of text; the layout is drawn."""
        rng, grid = self.rng, self.grid
        plain = [a for a in attributes if a not in self.general]
        layout = rng.choice(("scope", "scope", "rule", "rule", "table"))
        if len(scopes) == 1 or named:
            layout = "scope"
        if layout == "scope" and plain:
            claims = [grid[scopes[0].name, a] for a in plain]
            steady = [c for c in claims if not c.former]
            text = ""
            told: list[Claim] = []
            if steady:
                text, told = blocks.about_scope(rng, steady, named, self.unseen)
            for claim in (c for c in claims if c.former):
                text = f"{text}\n{blocks.changed(rng, claim)}".strip()
                told.append(claim)
            return Page("", text, told)
        if layout == "table" and plain and len(scopes) > 1:
            text, told = blocks.table(rng, scopes, plain[:4], grid)
            told = [Claim(c.attribute, c.scope, c.value) for c in told]
            return Page("", text, told)
        attribute = rng.choice(attributes)
        if attribute in self.general:
            some = rng.sample(self.scopes, rng.randint(0, min(3, len(self.scopes))))
            claims = [grid["", attribute], *(grid[s.name, attribute] for s in some)]
        else:
            claims = [grid[s.name, attribute] for s in scopes]
        moved = [c for c in claims if c.former and c.scope is None]
        if moved and len(claims) == 1:
            return Page("", blocks.changed(rng, moved[0]), moved)
        steady = [Claim(c.attribute, c.scope, c.value) for c in claims]
        text, told = blocks.rule(rng, steady, self.unseen)
        return Page("", text, told)

    def page(self, words: int) -> Page:
        """A page of about ``words`` words."""
        rng = self.rng
        focus = rng.random()
        scopes, attributes = list(self.scopes), list(self.attributes)
        rng.shuffle(scopes)
        rng.shuffle(attributes)
        named = focus < 0.3
        section = rng.choice(_SECTIONS)
        if named:
            scopes = scopes[:1]
            section = capital(rng.choice((scopes[0].name, f"{scopes[0].name} {scopes[0].kind}")))
        elif focus < 0.55:
            section = capital(rng.choice(attributes[0].names))
        page = Page("", "")
        seen: set[tuple[str, Attribute]] = set()
        parts: list[str] = []
        while attributes and sum(len(p.split()) for p in parts) < words and len(parts) < 7:
            take = attributes[: rng.choice((1, 2, 3, 4))]
            attributes = attributes[len(take) :]
            block = self._block(scopes, take, named)
            if not block.text:
                continue
            if rng.random() < 0.35:
                parts.append(prose.filler(rng))
            parts.append(block.text)
            page.claims += [c for c in block.claims if (_name(c), c.attribute) not in seen]
            seen |= {(_name(c), c.attribute) for c in block.claims}
            if not named:
                rng.shuffle(scopes)
        if rng.random() < 0.22 or not parts:
            extra = lists.extra(rng)
            parts.insert(rng.randint(0, len(parts)), extra.text)
            page.asked, page.missing = list(extra.asked), list(extra.missing)
        page.text = _join(rng, parts)
        page.heading = HEADING_SEPARATOR.join((self.title, section))
        return page

    # ---- questions ------------------------------------------------------------------------------
    def question(self, page: Page) -> Asked | None:
        """A question that the page answers."""
        rng = self.rng
        if page.asked and (not page.claims or rng.random() < 0.75):
            return rng.choice(page.asked)
        if not page.claims:
            return None
        claim = rng.choice(page.claims)
        chance = rng.random()
        if claim.former and chance < 0.4:
            return ask_former(rng, claim), claim.former
        if chance < 0.06:
            other = self.series[claim.attribute](rng)
            return check(rng, claim, other)
        scope, attribute = claim.scope, claim.attribute
        if scope is None and chance < 0.4 and self.strangers:
            scope = self.strangers[0]  # a scope without an exception: the general rule holds
        return ask(rng, attribute, scope, claim.value, self.unseen), claim.value

    def missing(self, pages: list[Page]) -> str | None:
        """A question of the same kind that no page answers."""
        rng = self.rng
        direct = [q for page in pages for q in page.missing]
        if direct and rng.random() < 0.5:
            return rng.choice(direct)
        stated = {(_name(c), c.attribute) for p in pages for c in p.claims}
        general = {attribute for name, attribute in stated if not name}
        told = {attribute for _, attribute in stated}
        free: list[tuple[Scope, Attribute]] = []
        for scope in (*self.scopes, *self.strangers):
            known = any(name == scope.name for name, _ in stated)
            wanted = [*told, *self.absent] if known else list(told)
            free += [(scope, a) for a in sorted(wanted, key=lambda a: a.names)
                     if a not in general and (scope.name, a) not in stated]  # fmt: skip
        if not free:
            return None
        scope, attribute = rng.choice(free)
        # A vague question that is refused would teach to refuse vague questions.
        if rng.random() < 0.3 and not self.unseen:
            return keywords(rng, rng.choice(attribute.names), scope)
        return ask(rng, attribute, scope, unseen=self.unseen, plain=rng.random() < 0.9)


def _join(rng: Random, parts: list[str]) -> str:
    """The parts of a page below one another; lists and tables on lines of their own."""
    text = parts[0]
    for part in parts[1:]:
        listed = "\n" in text.rsplit("\n\n", 1)[-1] or "\n" in part
        text += rng.choice(("\n\n", "\n")) if listed else rng.choice(("\n\n", "\n", " ", " "))
        text += part
    return text


def _name(claim: Claim) -> str:
    return claim.scope.name if claim.scope else ""
