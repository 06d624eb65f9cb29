"""Makers of answer values, one per value type named in the relation tables."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from assistant.foundation.fictional import words
from assistant.foundation.fictional.names import code, fill, nonce, organisation, person, town
from assistant.foundation.fictional.quantities import (
    DAYS,
    MONTHS,
    clock,
    count,
    date,
    hours,
    large_sum,
    money,
    number,
    ordinal,
    span,
    temperature,
    unit,
)


def _pick(table: str) -> Callable[[Random], str]:
    entries = words.TABLES[table]
    return lambda rng: _expand(rng, rng.choice(entries))


def _expand(rng: Random, text: str) -> str:
    """Fill the slots of a phrase: ``#`` a number, ``@`` an invented name."""
    while "#" in text:
        text = text.replace("#", str(rng.randint(2, 60)), 1)
    while "@" in text:
        text = text.replace("@", nonce(rng), 1)
    return text


def _list(table: str) -> Callable[[Random], str]:
    def make(rng: Random) -> str:
        items = rng.sample(words.TABLES[table], rng.choice((2, 2, 3)))
        return ", ".join(items[:-1]) + " and " + items[-1]

    return make


def _email(rng: Random) -> str:
    host = nonce(rng).lower() + rng.choice((".com", ".org", ".example", ".net", ".co.uk", ".io"))
    user = rng.choice(
        (nonce(rng), "info", "help", "team." + nonce(rng), nonce(rng)[0] + "." + nonce(rng))
    )
    return f"{user.lower()}@{host}"


def _url(rng: Random) -> str:
    host = nonce(rng).lower() + rng.choice((".com", ".org", ".example", ".net", ".dev"))
    path = rng.choice(("", "", f"/{nonce(rng).lower()}", "/help", f"/docs/v{rng.randint(1, 9)}"))
    return rng.choice(("https://", "www.", "")) + host + path


def _path(rng: Random) -> str:
    name, tail = (
        nonce(rng).lower(),
        rng.choice((".toml", ".yaml", ".conf", ".log", ".json", ".ini")),
    )
    return rng.choice(
        (
            f"/etc/{name}{tail}",
            f"~/.{name}{tail}",
            f"config/{name}{tail}",
            f"/var/log/{name}/app{tail}",
        )
    )


def _command(rng: Random) -> str:
    name = nonce(rng).lower()
    return rng.choice(
        (
            f"pip install {name}",
            f"{name} start --port {rng.randint(1000, 9999)}",
            f"npm run {name}",
            f"sudo systemctl restart {name}",
            f"{name} --reset",
            f"docker run {name}:{rng.randint(1, 9)}",
        )
    )


def _version(rng: Random) -> str:
    parts = [str(rng.randint(0, 24)) for _ in range(rng.choice((2, 3, 3)))]
    return rng.choice(("v", "version ", "", "release ")) + ".".join(parts)


MAKERS: dict[str, Callable[[Random], str]] = {
    "person": person,
    "town": town,
    "org": organisation,
    "code": code,
    "date": date,
    "money": money,
    "span": span,
    "time": clock,
    "hours": hours,
    "email": _email,
    "url": _url,
    "path": _path,
    "command": _command,
    "version": _version,
    "temperature": temperature,
    "money_small": lambda r: money(r, 2, 40),
    "money_big": large_sum,
    "money_year": lambda r: f"{money(r, 1000, 99000)} a {r.choice(('year', 'month'))}",
    "year": lambda r: str(r.randint(1450, 2030)),
    "weekday": lambda r: r.choice(DAYS) + r.choice(("", "s")),
    "month": lambda r: r.choice(MONTHS),
    "percent": lambda r: (
        f"{number(r, 2, 99, 0)}{r.choice(('', '', '.5'))}{r.choice(('%', '%', ' %', ' percent'))}"
    ),
    "weight": unit(2, 900, "kg|kilograms|grams|g|tonnes|pounds"),
    "length": unit(2, 900, "cm|mm|metres|m|inches"),
    "length_m": unit(2, 3000, "m|metres|feet"),
    "length_s": unit(2, 300, "cm|mm|metres"),
    "power": unit(2, 5000, "W|watts|kW|kilowatts"),
    "voltage": unit(3, 400, "V|volts", 0.05),
    "speed": unit(5, 400, "km/h|kilometres per hour|mph|knots"),
    "distance": unit(2, 2000, "km|kilometres|miles"),
    "volume": unit(2, 900, "litres|l|ml|cubic metres|gallons"),
    "area": unit(5, 9000, "square kilometres|hectares|square metres|acres"),
    "memory": unit(2, 900, "GB|MB|TB|gigabytes|megabytes", 0.05),
    "decibel": unit(20, 110, "dB|decibels", 0.1),
    "frequency": _pick("frequency"),
    "material": _pick("material"),
    "colour": _pick("colour"),
    "action": _pick("action"),
    "reason": _pick("reason"),
    "meaning": _pick("meaning"),
    "goal": _pick("goal"),
    "licence": _pick("licence"),
    "language_p": _pick("language_p"),
    "ingredient": _pick("ingredient"),
    "fuel": _pick("fuel"),
    "interface": _pick("interface"),
    "industry": _pick("industry"),
    "job": _pick("job"),
    "department": _pick("department"),
    "hobby": _pick("hobby"),
    "subject": _pick("subject"),
    "task": _pick("task"),
    "status": _pick("status"),
    "place_in": _pick("place_in"),
    "equipment": _pick("equipment"),
    "document": _pick("document"),
    "topic": _pick("topic"),
    "requirement": _pick("requirement"),
    "exam": _pick("exam"),
    "habitat": _pick("habitat"),
    "priority": _pick("priority"),
    "venue": _pick("venue"),
    "product": _pick("product_like"),
    "list_os": _list("os"),
    "list_food": _list("ingredient"),
    "list_lang": _list("language"),
    **{
        f"one_{table}": _pick(table)
        for table in ("os", "ingredient", "language", "equipment", "fuel", "colour", "document")
    },
    "characters": count(6, 32, "characters|letters and digits"),
    "times": count(2, 12, "attempts|failed attempts|tries"),
    "users": count(2, 900, "users|people|accounts|seats"),
    "days": count(2, 40, "days|working days"),
    "items": count(2, 30, "books|items|devices|tools|games"),
    "count_people": count(2, 9000, "people|members|employees|visitors"),
    "count_sites": count(2, 400, "branches|shops|sites|offices|depots"),
    "count_kids": count(2, 8, "children|sons|daughters"),
    "count_floors": count(2, 60, "floors|storeys"),
    "count_seats": count(8, 9000, "seats|places"),
    "count_pages": count(20, 1400, "pages"),
    "credits": count(2, 15, "credits|credit points|ECTS"),
    "hours_week": lambda r: f"{r.randint(8, 48)} hours a week",
    "age": lambda r: f"{number(r, 2, 70)} years",
    "number": lambda r: number(r, 200, 900_000, 0),
    "port": lambda r: str(r.randint(80, 65535)),
    "monthday": lambda r: ordinal(r.randint(1, 28)),
    "span_years": count(2, 90, "years|months|weeks"),
    "phone": lambda r: r.choice(
        (
            fill(r, "+99 999 999999"),
            fill(r, "0999 999999"),
            fill(r, "555-9999"),
            fill(r, "ext. 9999"),
            fill(r, "(999) 999-9999"),
        )
    ),
    "iban": lambda r: fill(
        r, r.choice(("DE99 9999 9999 9999 9999 99", "GB99 AAAA 9999 9999", "999-999999-9"))
    ),
    "address": lambda r: (
        f"{r.randint(1, 240)} {nonce(r)} {r.choice(('Street', 'Road', 'Lane', 'Avenue', 'Square'))}"
        + r.choice(("", f", {town(r)}"))
    ),
    "room": lambda r: r.choice(
        (
            f"room {r.randint(1, 499)}",
            f"room {fill(r, 'A.999')}",
            f"building {fill(r, 'A')}",
            f"the {nonce(r)} room",
            f"office {fill(r, '9A')}",
        )
    ),
    "channel": lambda r: "#" + nonce(r).lower() + r.choice(("", "-team", "-help")),
    "code_ip": lambda r: f"IP{r.randint(20, 69)}",
    "org_uni": lambda r: r.choice(("the University of {}", "{} University", "{} College")).format(
        nonce(r)
    ),
    "award": lambda r: r.choice(
        ("the {} Prize", "the {} Medal", "the {} Award", "the Golden {}")
    ).format(nonce(r)),
    "river": lambda r: "the " + nonce(r),
    "region": lambda r: r.choice(
        ("{} Valley", "the province of {}", "North {}", "{} County")
    ).format(nonce(r)),
    "platform": lambda r: (
        r.choice(("platform ", "gate ", "bay ")) + r.choice((str(r.randint(1, 40)), fill(r, "A9")))
    ),
    "nickname": lambda r: r.choice(("the Grey {}", "Little {}", '"{}"', "the Old {}", "{}")).format(
        nonce(r)
    ),
}
