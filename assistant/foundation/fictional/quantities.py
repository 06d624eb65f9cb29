"""Makers of numbers with units, dates, sums and times."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from assistant.foundation.spaced import spaced

MONTHS = spaced(
    "January February March April May June July August September October November December"
)
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
SMALL = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"]


def number(rng: Random, low: int, high: int, words_share: float = 0.15) -> str:
    """An integer, skewed towards small ones, sometimes written as a word."""
    if low <= 2 and rng.random() < words_share:
        return rng.choice(SMALL)
    top = rng.choice((high, high, max(low + 1, high // 8), max(low + 1, high // 50)))
    value = rng.randint(low, min(top, high))
    return f"{value:,}" if value >= 10_000 or (value >= 1000 and rng.random() < 0.7) else str(value)


def date(rng: Random) -> str:
    """A date in one of five formats."""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1890, 2031)
    name = MONTHS[month - 1]
    return rng.choice(
        (
            f"{day} {name} {year}",
            f"{name} {day}, {year}",
            f"{year}-{month:02d}-{day:02d}",
            f"{day} {name}",
            f"{day:02d}/{month:02d}/{year}",
            f"{day} {name} {year}",
        )
    )


def money(rng: Random, low: int = 2, high: int = 9000) -> str:
    """An amount with a currency sign or word, with or without cents."""
    amount = number(rng, low, high, 0)
    if rng.random() < 0.35 and "," not in amount:
        amount += f".{rng.choice(('50', '99', '90', '25', '00', str(rng.randint(10, 99))))}"
    return rng.choice(
        (
            f"€{amount}",
            f"${amount}",
            f"£{amount}",
            f"{amount} euros",
            f"{amount} EUR",
            f"{amount} €",
        )
    )


def span(rng: Random) -> str:
    """A length of time."""
    low, high, unit = rng.choice(
        (
            (2, 90, "days"),
            (2, 72, "hours"),
            (2, 30, "weeks"),
            (2, 36, "months"),
            (2, 15, "years"),
            (5, 90, "minutes"),
            (2, 30, "working days"),
            (5, 90, "seconds"),
            (2, 30, "calendar days"),
        )
    )
    if rng.random() < 0.06:
        return rng.choice(
            ("one day", "one week", "one month", "one year", "half an hour", "1 hour")
        )
    return f"{number(rng, low, high)} {unit}"


def unit(low: int, high: int, units: str, decimals: float = 0.25) -> Callable[[Random], str]:
    """A maker of numbers with one of the units (separated by ``|``)."""
    choices = units.split("|")

    def make(rng: Random) -> str:
        amount = number(rng, low, high, 0)
        if rng.random() < decimals and "," not in amount:
            amount += f".{rng.randint(1, 9)}"
        return f"{amount} {rng.choice(choices)}"

    return make


def count(low: int, high: int, nouns: str) -> Callable[[Random], str]:
    """A maker of counted things."""
    choices = nouns.split("|")
    return lambda rng: f"{number(rng, low, high)} {rng.choice(choices)}"


def ordinal(day: int) -> str:
    """``1st``, ``2nd``, ..."""
    tail = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{'th' if day in (11, 12, 13) else tail}"


def clock(rng: Random) -> str:
    """A time of day."""
    hour, minute = rng.randint(1, 23), rng.choice((0, 0, 15, 30, 45, rng.randint(0, 59)))
    if rng.random() < 0.4:
        return f"{(hour - 1) % 12 + 1}:{minute:02d} {'a.m.' if hour < 12 else 'p.m.'}"
    return f"{hour:02d}:{minute:02d}"


def hours(rng: Random) -> str:
    """Opening hours."""
    first, second = sorted(rng.sample(range(7), 2))
    start, end = rng.randint(6, 11), rng.randint(13, 22)
    days = rng.choice((f"{DAYS[first]} to {DAYS[second]}", "on weekdays", "every day"))
    return rng.choice((f"{days} from {start}:00 to {end}:30", f"from {start} to {end} o'clock"))


def temperature(rng: Random) -> str:
    """A temperature, sometimes below zero."""
    return (
        rng.choice(("", "", "-")) + f"{rng.randint(2, 240)} " + rng.choice(("°C", "degrees", "°F"))
    )


def large_sum(rng: Random) -> str:
    """A sum in thousands, millions or billions."""
    amount = f"{rng.randint(1, 900)}" + rng.choice(("", "", f".{rng.randint(1, 9)}"))
    return rng.choice(
        (
            f"{amount} million euros",
            f"${amount} million",
            f"€{amount},000",
            f"{amount} billion dollars",
        )
    )
