"""Values in one format per column: a drawn series writes all its values alike, as real pages do."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from assistant.foundation.fictional.names import code, fill, nonce, organisation, person, town
from assistant.foundation.fictional.quantities import DAYS, MONTHS, SMALL, clock, hours
from assistant.foundation.fictional.values import MAKERS
from assistant.foundation.spaced import spaced

Series = Callable[[Random], str]
"""Draws one value; all values of a series share their format."""

CURRENCIES = spaced("EUR USD GBP SEK CHF NOK DKK PLN CAD AUD JPY CZK")
_SIGNS = spaced("€ $ £")
_WHOLE = (5, 10, 12, 15, 20, 24, 25, 30, 40, 45, 50, 60, 75, 80, 90, 100, 120, 150, 180, 200, 250)


def _amount(rng: Random, low: int, high: int) -> int:
    near = [n for n in _WHOLE if low <= n <= high]
    return rng.choice(near) if near and rng.random() < 0.5 else rng.randint(low, high)


def _money(rng: Random, low: int, high: int) -> Series:
    currency, sign = rng.choice(CURRENCIES), rng.choice(_SIGNS)
    shape = rng.choice(
        (f"{currency} {{}}", f"{currency} {{}}", f"{{}} {currency}", f"{sign}{{}}", f"{sign}{{}}")
    )
    cents = rng.random() < 0.25
    scale = rng.choice((1, 1, 4, 20))

    def make(r: Random) -> str:
        value = _amount(r, low, high) * r.choice((1, scale))
        return shape.format(f"{value:,}.{r.randint(0, 99):02d}" if cents else f"{value:,}")

    return make


def _counted(rng: Random, low: int, high: int, units: str) -> Series:
    unit = rng.choice(units.split("|"))
    words = rng.random() < 0.15
    tight = len(unit) <= 2 and rng.random() < 0.3

    def make(r: Random) -> str:
        value = _amount(r, low, high)
        if words and value <= 12:
            return f"{r.choice(SMALL)} {unit}"
        return f"{value:,}" + ("" if tight else " ") + unit

    return make


def _span(rng: Random) -> Series:
    low, high, units = rng.choice(
        (
            (2, 90, "days|working days|business days|calendar days"),
            (2, 72, "hours|hours|business hours"),
            (2, 36, "months|weeks"),
            (2, 12, "years"),
            (2, 90, "minutes|seconds"),
        )
    )
    return _counted(rng, low, high, units)


def _days(rng: Random) -> Series:
    return _counted(rng, 2, 60, "days|days|working days|business days|calendar days|weeks")


def _hours(rng: Random) -> Series:
    return _counted(rng, 2, 90, "hours|hours|business hours|minutes")


def _percent(rng: Random) -> Series:
    tail = rng.choice(("%", "%", "%", " %", " percent"))
    half = rng.random() < 0.3
    return lambda r: f"{_amount(r, 1, 99)}{r.choice(('.5', '.25', '.9', '')) if half else ''}{tail}"


def _date(rng: Random) -> Series:
    shape = rng.randrange(5)

    def make(r: Random) -> str:
        day, month, year = r.randint(1, 28), r.randint(1, 12), r.randint(2008, 2031)
        name = MONTHS[month - 1]
        return (
            f"{day} {name} {year}",
            f"{name} {day}, {year}",
            f"{year}-{month:02d}-{day:02d}",
            f"{day} {name}",
            f"{day} {name[:3]} {year}",
        )[shape]

    return make


PHONES = spaced(
    "+99 99 999 9999|+99 999 999 99 99|+9 999 999 9999|(999) 999-9999|0999 999 999|+99 (0)99 99999"
    "|0800 999 9999|+999 99 999 999|ext. 9999|999-9999|+99-99-9999-9999|99 99 99 99 99",
    "|",
)
_CODES = spaced(
    "AA-9999 A999 AAA-99 AA9999 A-99-A AA.99.9 9999-99 AAA_999 AA-999-A A99/9 99-AAA-999 AAA9A AA99"
)
_VERSIONS = spaced("9.9|9.9.9|v9.9|v9.9.9|99.9|9.99.9|9.9.99|R9|9999.9", "|")


def _shaped(shapes: list[str]) -> Callable[[Random], Series]:
    def series(rng: Random) -> Series:
        shape = rng.choice(shapes)
        return lambda r: fill(r, shape)

    return series


def _code(rng: Random) -> Series:
    shape, head = rng.choice(_CODES), rng.choice(("", "", "", "ERR-", "FORM ", "SKU-", "Pol-"))
    if rng.random() < 0.2:
        return code
    return lambda r: head + fill(r, shape)


def _mail(rng: Random) -> Series:
    host = nonce(rng).lower() + rng.choice((".com", ".example", ".org", ".net", ".io", ".co.uk"))
    users = spaced(
        "support billing orders privacy jobs press returns claims training safety it-help travel"
        " facilities payroll security feedback sales repairs service archive events"
    )
    return lambda r: (r.choice(users) if r.random() < 0.6 else nonce(r).lower()) + "@" + host


def _listing(rng: Random) -> Series:
    table = rng.choice(("os", "ingredient", "language", "equipment", "fuel", "colour", "document"))
    link = rng.choice((" and ", " and ", ", ", " or "))

    def make(r: Random) -> str:
        items = [MAKERS[f"one_{table}"](r) for _ in range(r.choice((2, 3, 3, 4)))]
        items = list(dict.fromkeys(items))
        return ", ".join(items[:-1]) + (link if len(items) > 1 else "") + items[-1]

    return make


def plain(maker: Series) -> Callable[[Random], Series]:
    """A series whose values need no common format."""
    return lambda rng: maker


TYPES: dict[str, Callable[[Random], Series]] = {
    "money": lambda r: _money(r, 5, 250),
    "fee": lambda r: _money(r, 2, 60),
    "span": _span,
    "days": _days,
    "hours": _hours,
    "percent": _percent,
    "date": _date,
    "phone": _shaped(PHONES),
    "code": _code,
    "version": _shaped(_VERSIONS),
    "email": _mail,
    "person": plain(person),
    "town": plain(town),
    "org": plain(organisation),
    "clock": plain(clock),
    "opening": plain(hours),
    "weekday": lambda r: lambda s: s.choice(DAYS),
    "size": lambda r: _counted(r, 2, 900, "MB|GB|TB|KB"),
    "weight": lambda r: _counted(r, 2, 250, "kg|kg|g|tonnes|kilograms"),
    "length": lambda r: _counted(r, 2, 900, "mm|cm|m|metres|millimetres"),
    "temperature": lambda r: _counted(r, 2, 240, "°C|°C|degrees|°F"),
    "pressure": lambda r: _counted(r, 2, 90, "bar|bar|kPa|psi"),
    "power": lambda r: _counted(r, 2, 900, "W|kW|watts|Nm|V|rpm|dB|litres per minute|l/h"),
    "users": lambda r: _counted(r, 2, 250, "users|people|seats|accounts|guests|persons"),
    "times": lambda r: _counted(r, 2, 12, "attempts|times|tries"),
    "count": lambda r: _counted(r, 2, 250, "requests|projects|items|boxes|units|files|pages"),
    "frequency": plain(MAKERS["frequency"]),
    "role": plain(MAKERS["job"]),
    "team": plain(MAKERS["department"]),
    "place": plain(MAKERS["place_in"]),
    "list": _listing,
}
