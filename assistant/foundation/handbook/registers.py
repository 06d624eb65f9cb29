"""Wide tables: registers of parts, people, suppliers, plans and codes, with a question on one cell.

The answer needs the right row *and* the right column, among many of the same kind, and stands
without a sentence around it. Names carry accents here, which byte-level tokens copy badly until
they have practised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from assistant.foundation import formats
from assistant.foundation.fictional.names import fill, nonce, organisation, person, town
from assistant.foundation.fictional.values import MAKERS
from assistant.foundation.formats import REFUSAL, Passage
from assistant.foundation.handbook.amounts import TYPES, Series, plain
from assistant.foundation.handbook.blocks import common_unit, pipes
from assistant.foundation.handbook.columns import KINDS, Column
from assistant.foundation.handbook.facts import capital
from assistant.foundation.spaced import spaced

UNANSWERABLE = 0.17
"""Share of questions on a row or a column that the table does not have."""
MAX_CHARACTERS = (500, 1100, 1800)
"""Of a table, by stage."""

_ACCENTS = {
    **{"a": "áäàâåã", "e": "éèëêě", "i": "íïî", "o": "óöøôő", "u": "úüůû", "n": "ñňń"},
    **{"s": "šśş", "c": "čçć", "z": "žźż", "r": "řŕ", "y": "ýÿ", "l": "ł", "d": "ďđ", "t": "ťţ"},
}


_NOUNS = spaced(
    "pump valve sensor filter lamp belt cable battery display housing seal gasket probe charger"
    " adapter bracket hose motor fan tray lid rack scale printer scanner router tent saddle kettle"
    " drill reagent kit oven mixer tablet lens tripod ladder pallet cartridge module fuse switch"
)
_MORE = spaced("large small spare long short double left right heavy light marine indoor outdoor")
_TITLES = (
    "{k} list",
    "List > {k}",
    "{k} overview",
    "Handbook > {k}",
    "{o}",
    "{o} > {k}",
    "Appendix",
)


def _accented(rng: Random, name: str) -> str:
    return "".join(
        rng.choice(_ACCENTS[c]) if c in _ACCENTS and rng.random() < 0.22 else c for c in name
    )


def _names(maker: Series) -> Callable[[Random], Series]:
    def series(rng: Random) -> Series:
        return lambda r: _accented(r, maker(r)) if r.random() < 0.45 else maker(r)

    return series


def _numbers(rng: Random) -> Series:
    high, decimals = rng.choice((9, 40, 99, 900, 9000)), rng.choice((0, 0, 0, 1, 2))
    return lambda r: f"{r.uniform(1, high):.{decimals}f}"


def _counts(rng: Random) -> Series:
    high = rng.choice((9, 40, 99, 900, 9000))
    return lambda r: str(r.choice((r.randint(1, high), round(r.randint(1, high), -1) or 5)))


_SERIES: dict[str, Callable[[Random], Series]] = {
    **{name: TYPES[name] for name in TYPES if name not in ("person", "town", "org")},
    "person": _names(person),
    "town": _names(town),
    "org": _names(organisation),
    "number": _numbers,
    "count_of": _counts,
    "months": lambda r: lambda s: f"{s.choice((3, 6, 9, 12, 18, 24, 36, 48, 60))} months",
    "letter": lambda r: lambda s: s.choice("ABCDE"),
    "tariff": lambda r: lambda s: fill(s, "9999.99.99"),
    "extension": lambda r: lambda s: fill(s, "9999"),
    "yesno": lambda r: lambda s: s.choice(("yes", "no")),
    "hazard": lambda r: lambda s: s.choice(("None", "Toxic", "Corrosive", "Irritant", "Flammable")),
    **{name: plain(MAKERS[f"one_{name}"]) for name in ("language", "equipment")},
    **{name: plain(MAKERS[name]) for name in ("job", "material", "colour", "action", "meaning")},
}


def _row_names(rng: Random, kind: str, count: int) -> list[str]:
    """Different names of one kind; codes of things are near-twins of each other."""
    if kind in ("thing", "case"):
        shape = rng.choice(spaced("AA-99 A-999 AA-9999 AA99 A99 AA-999 E-999 AAA-9 AA-9"))
        head = "".join(c for c in fill(rng, shape) if c.isalpha())
        bare = shape.replace("A", "").replace("E", "")
        make: Series = lambda r: head + fill(r, bare) + r.choice(("", "", "", "M", "-B"))  # noqa: E731
        if rng.random() < 0.4:
            make = lambda r: fill(r, shape)  # noqa: E731
    elif kind == "plan":
        make = _names(rng.choice((nonce, town)))(rng)
    else:
        make = _names({"person": person, "firm": organisation}[kind])(rng)
    return list(dict.fromkeys(make(rng) for _ in range(count)))


def _told(title: str, column: Column, rng: Random, row: str) -> str:
    """A question for a cell, or its keywords."""
    if rng.random() < 0.15:
        return f"{title.lower()} {row}" if rng.random() < 0.5 else f"{row} {title.lower()}"
    question = rng.choice(column.questions)
    return capital(question.replace("{t}", title.lower()).replace("{r}", row))


@dataclass(frozen=True)
class Register:
    """A drawn table: names and second names of the rows, columns with titles and cells."""

    kind: str
    label: str
    rows: tuple[str, ...]
    seconds: tuple[str, ...]
    columns: tuple[tuple[str, Column, tuple[str, ...]], ...]


def _draw(rng: Random, stage: int) -> Register:
    kind = rng.choices(tuple(KINDS), (5, 3, 2, 4, 2))[0]
    known, labels = KINDS[kind]
    rows = _row_names(rng, kind, rng.randint(2, (4, 8, 14)[stage]))
    count = rng.randint(1, min(len(known), (3, 6, 9)[stage]))
    if kind in ("thing", "case") and rng.random() < 0.3:
        count = max(1, count // 2)
    made: list[tuple[str, Column, tuple[str, ...]]] = []
    for column in rng.sample(known, count):
        title = rng.choice(column.titles).replace("{t}", town(rng))
        if title in {t for t, _, _ in made}:
            continue
        series = _SERIES[column.series](rng)
        cells = [series(rng) for _ in rows]
        shared = common_unit(cells)
        if shared and rng.random() < 0.5:
            title, cells = f"{title} ({shared[0]})", shared[1]
        if rng.random() < 0.12:
            cells[rng.randrange(len(cells))] = rng.choice(("", "-", "none", "on request"))
        made.append((title, column, tuple(cells)))
    seconds: tuple[str, ...] = ()
    if kind == "thing" and rng.random() < 0.6:
        nouns = rng.sample(_NOUNS, min(len(rows), len(_NOUNS)))
        seconds = tuple(capital(f"{n} {rng.choice(_MORE)}" if rng.random() < 0.4 else n)
                        for n in nouns)  # fmt: skip
        seconds = seconds if len(seconds) == len(rows) else ()
    return Register(kind, rng.choice(labels), tuple(rows), seconds, tuple(made))


def _written(rng: Random, table: Register) -> str:
    head = [table.label, *(["Name"] if table.seconds else []), *(t for t, _, _ in table.columns)]
    lines = [head]
    for n, row in enumerate(table.rows):
        second = [table.seconds[n]] if table.seconds else []
        lines.append([row, *second, *(cells[n] for _, _, cells in table.columns)])
    turned = rng.random() < (0.55 if table.kind == "plan" else 0.1)
    if turned:
        lines = [list(cells) for cells in zip(*lines, strict=True)]
        if rng.random() < 0.6:
            lines[0][0] = ""
    style = rng.choices(("pipes", "rows", "cells", "commas"), (7, 1, 1, 0.5))[0]
    if style == "cells" and len(lines[0]) <= 3:  # as pages of PDF files come out
        return "\n".join(cell for line in lines for cell in line if cell)
    if style == "rows" and not turned:
        link, colon = rng.choice(("; ", ", ", " | ")), rng.choice((": ", ": ", "="))
        return "\n".join(link.join(f"{a}{colon}{b}" for a, b in zip(lines[0], line, strict=True))
                         for line in lines[1:])  # fmt: skip
    if style == "commas" and not any("," in cell for line in lines for cell in line):
        return "\n".join(",".join(line) for line in lines)
    return pipes(rng, lines)


def drawn(rng: Random, stage: int) -> Passage | None:
    """A table alone, if it is not too long."""
    table = _draw(rng, stage)
    text = _written(rng, table)
    if len(text) > MAX_CHARACTERS[stage]:
        return None
    return Passage(rng.choice(_TITLES).format(k=table.label, o=organisation(rng)), text)


def register(rng: Random, stage: int, others: list[Passage]) -> tuple[str, str] | None:
    """A table with a question on one of its cells, on a row by its cell, or on neither."""
    table = _draw(rng, stage)
    text = _written(rng, table)
    if len(text) > MAX_CHARACTERS[stage] or not table.columns:
        return None
    if rng.random() < 0.3:
        before = (
            f"What is in use, checked by {person(rng)}.",
            f"Last changed on {TYPES['date'](rng)(rng)}.",
            f"Version {fill(rng, '9.9')}.",
        )
        text = f"{rng.choice(before)}\n{text}"
    number = rng.randrange(len(table.rows))
    title, column, cells = rng.choice(table.columns)
    row, answer, chance = table.rows[number], cells[number], rng.random()
    bare = title.split(" (")[0]
    if chance < UNANSWERABLE:
        made = _missing(rng, table)
        if made is None:
            return None
        question, answer = made, REFUSAL
    elif answer in ("", "-", "none"):
        return None
    elif chance < UNANSWERABLE + 0.12 and cells.count(answer) == 1:
        noun = table.label.lower() if table.label != "Who" else "person"
        form = rng.choice(
            (
                "Which {k} has {a} as its {t}?",
                "{t} {a}: which {k}?",
                "What {k} is listed with {t} {a}?",
                "Which {k} goes with {a}?",
            )
        )
        question = capital(form.format(k=noun, a=answer, t=bare.lower()))
        answer = row
    else:
        named = row
        if table.seconds and rng.random() < 0.5:
            second = table.seconds[number].lower()
            named = rng.choice((f"the {second}", f"the {row} {second}", f"{row} ({second})"))
        question = _told(bare, column, rng, named)
    heading = rng.choice(_TITLES).format(k=table.label, o=organisation(rng))
    passages = [Passage(capital(heading), text), *others]
    rng.shuffle(passages)
    return formats.with_passages(question, passages[:5]), answer


def _missing(rng: Random, table: Register) -> str | None:
    """A question on a row or a column that is not there."""
    title, column, _ = rng.choice(table.columns)
    if rng.random() < 0.6:
        fresh = [r for r in _row_names(rng, table.kind, 3) if r not in table.rows]
        return _told(title.split(" (")[0], column, rng, fresh[0]) if fresh else None
    shown = {c for _, c, _ in table.columns}
    free = [c for c in KINDS[table.kind][0] if c not in shown]
    if not free:
        return None
    other = rng.choice(free)
    return _told(
        rng.choice(other.titles).replace("{t}", "stock"), other, rng, rng.choice(table.rows)
    )
