# ruff: noqa: E501
"""What a value holds for: a plan, a product, a site, a country, a group of people, a version.

Names are invented, or common words written with a capital, so that a model has to copy the case
that the page uses and cannot tell names by their strangeness.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from assistant.foundation.fictional import words
from assistant.foundation.fictional.names import fill, nonce, town
from assistant.foundation.spaced import spaced

COMMON = spaced(
    "Badger Maple Copper Falcon Juniper Granite Willow Amber Comet Heron Saffron Anchor Meadow Falcon Ember Pebble Raven "
    "Clover Summit Delta Marble Linden Sparrow Canyon Thistle Beacon Orchard Glacier Magnet Poplar Basalt Violet Cedar "
    "Hazel Walrus Marten Pigeon Plover Puffin Condor Lynx Bison Gecko Salmon Trout Turbine Prism Vector Matrix Pixel Kite "
    "Mango Papaya Pepper Nutmeg Ginger Cobalt Zinc Silver Bronze Quartz Onyx Opal Ruby Jade Coral Pearl Ivory Slate "
    "Chalk Flint Gravel Valley Ridge Prairie Tundra Lagoon Fjord Island Cliff Dune Forest Grove Bramble Fern Moss Ivy "
    "Tulip Daisy Poppy Aster Iris Lotus Spring Autumn Winter Sunrise Twilight Aurora Eclipse Orbit Rocket Shuttle Voyager "
    "Pioneer Nomad Ranger Scout Pilot Captain Compass Sextant Harvest Windmill Bakery Foundry Mosaic Canvas Easel Sonata "
    "Tempo Chorus Ballad Pulse Spark Bolt Torch Candle Mirror Window Ladder Bridge Tunnel Ferry Tram Wagon Bicycle"
)
TIERS = spaced(
    "Free Basic Starter Standard Plus Premium Business Team Pro Enterprise Solo Family Student Gold"
)
COUNTRIES = spaced(
    "Portugal;Chile;Norway;Japan;Kenya;Canada;Austria;Greece;Brazil;Ireland;Poland;India;Mexico;Denmark;Spain;Italy;"
    "Finland;Morocco;Vietnam;New Zealand;South Africa;the Netherlands;the United Kingdom;Switzerland;Estonia;Peru",
    ";",
)


@dataclass(frozen=True)
class Scope:
    """One thing that values are stated for.

    Attributes:
        kind: What it is ("plan").
        name: As it stands in a table or a keyword query ("Maple").
        phrases: Ends of a sentence ("on the Maple plan").
        intros: How a person says that it is theirs ("I am on the Maple plan.").
    """

    kind: str
    name: str
    phrases: tuple[str, ...]
    intros: tuple[str, ...]


_FORMS = {
    "plan": (
        "on the {n} plan;with the {n} plan;on {n};for customers on {n};under the {n} plan",
        "I am on the {n} plan.;We pay for {n}.;Our company uses the {n} plan.;I just switched to {n}.;We have {n}.",
    ),
    "product": (
        "for the {n};with the {n};of the {n};on the {n};for a {n}",
        "I own a {n}.;We bought a {n}.;Our {n} is new.;I use the {n} every day.;My {n} arrived last week.",
    ),
    "site": (
        "in {n};at the {n} site;at {n};for the {n} site;in our {n} office",
        "I work in {n}.;I am based at the {n} site.;Our team sits in {n}.;I am visiting {n}.;I have moved to {n}.",
    ),
    "country": (
        "in {n};for {n};for orders from {n};to {n};for customers in {n}",
        "I live in {n}.;We are a customer in {n}.;I am writing from {n}.;My address is in {n}.",
    ),
    "group": (
        "for {n};in the case of {n};among {n};with regard to {n}",
        "I look after {n}.;This is about {n}.;I am asking for {n}.",
    ),
    "version": (
        "in version {n};with version {n};since version {n};for {n};under {n}",
        "We run version {n}.;I have {n} installed.;Our server is on version {n}.;We are still on {n}.",
    ),
    "project": (
        "in the {n} project;for {n};at {n};for project {n};in {n}",
        "I have joined {n}.;I work for project {n}.;My team builds {n}.;We look after {n}.",
    ),
    "priority": (
        "for {n} tickets;at priority {n};for {n} incidents;in the case of {n}",
        "I have opened a {n} ticket.;My incident is rated {n}.;We have a {n} case.",
    ),
    "season": (
        "{n};{n}",
        "We want to come {n}.;I am planning something {n}.;We will be there {n}.",
    ),
    "year": (
        "in {n};for {n};as of {n}",
        "I am looking at {n}.;This concerns {n}.;We are planning {n}.",
    ),
}
_SEASONS = spaced(
    "in summer;in winter;at weekends;on weekdays;on public holidays;from May to August;from October to March;during the"
    " school holidays;at night;on Fridays;in December;after 6 p.m.",
    ";",
)
KINDS = tuple(_FORMS)


def _names(rng: Random, kind: str) -> list[str]:
    """A pool of names in one style; siblings are taken from one pool."""
    common, invented = rng.sample(COMMON, 8), [nonce(rng) for _ in range(8)]
    base = rng.choice((common, common, invented))
    if kind == "plan":
        return rng.choice(
            (base, rng.sample(TIERS, 8), [f"{base[0]} {t}" for t in rng.sample(TIERS, 8)])
        )
    if kind == "product":
        shape = rng.choice(("999", "99", "A9", "9000", "A-99", "9A"))
        family = [f"{base[0]} {fill(rng, shape)}" for _ in range(8)]
        named = [f"{n} {fill(rng, shape)}" for n in base]
        tiers = [
            f"{base[0]} {t}" for t in ("Mini", "Max", "Pro", "Lite", "XL", "Duo", "One", "Air")
        ]
        return rng.choice((family, family, named, base, tiers))
    if kind == "site":
        return rng.choice(
            (
                [town(rng) for _ in range(8)],
                base,
                [
                    f"{b} {t}"
                    for b, t in zip(
                        base,
                        rng.sample(
                            ("Street", "Park", "Quay", "Yard", "House", "Lane", "Works", "Point"), 8
                        ),
                        strict=True,
                    )
                ],
            )
        )
    if kind == "country":
        return rng.sample(COUNTRIES, 8)
    if kind == "group":
        return rng.sample(words.TABLES["groups"], 8)
    if kind == "version":
        major = rng.randint(1, 14)
        made = (f"{major}.{m}" for m in rng.sample(range(12), 8))
        return rng.choice(
            (
                [str(major + k) for k in range(8)],
                list(made),
                [f"{base[0]} {major + k}" for k in range(8)],
            )
        )
    if kind == "priority":
        return rng.choice(
            (
                ["P1", "P2", "P3", "P4"],
                ["critical", "high", "medium", "low"],
                ["Severity 1", "Severity 2", "Severity 3", "Severity 4"],
            )
        )
    if kind == "season":
        return rng.sample(_SEASONS, 8)
    if kind == "year":
        return [str(y) for y in rng.sample(range(2012, 2032), 8)]
    return base


def siblings(rng: Random, kind: str, count: int) -> list[Scope]:
    """Up to ``count`` distinct scopes of a kind whose names look alike."""
    phrases, intros = (part.split(";") for part in _FORMS[kind])
    names = list(dict.fromkeys(_names(rng, kind)))
    kept = [n for n in names if not any(n != o and n in o for o in names)] or names[:1]
    return [
        Scope(kind, n, tuple(p.format(n=n) for p in phrases), tuple(i.format(n=n) for i in intros))
        for n in kept[:count]
    ]
