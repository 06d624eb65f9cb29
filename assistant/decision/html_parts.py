"""Pieces of the HTML report: tables whose numbers open, gates, cost lines, the question matrix."""

import json
import math
from collections.abc import Sequence
from html import escape

from assistant.decision import opened
from assistant.decision.charts import cost_chart
from assistant.decision.records import GateResult
from assistant.decision.report import Report
from assistant.decision.said import links_of, pieces, say
from assistant.decision.tables import Rows, Table

_PUNCTUATION = tuple(".,;:)")
_SAID = {"correct": "correct", "incorrect": "confidently wrong"}
"""Marks that a heading has to name where the text around the number does not."""
_SIGNS = {True: ("✓", "passed"), False: ("✗", "not passed"), None: ("·", "open")}


def text(value: str) -> str:
    """Text as text: never markup, also inside an attribute."""
    return escape(value, quote=True)


def items(values: Sequence[str], where: str) -> str:
    """List items; `where` is what their numbers are."""
    return "".join(f"<li>{linked(value, where)}</li>" for value in values)


def linked(said: str, where: str) -> str:
    """Text whose numbers open the rows they count.

    Args:
        said: the text, with links or without.
        where: what its numbers are, for the heading of the rows and for screen readers.
    """
    parts, at = [], 0
    for link in links_of(said):
        before, label = said[at : link.start], said[link.start : link.end]
        number = _opening(label, link.rows, where)
        at = link.end
        # A line may break beside a button, but not between a number and its comma.
        bracket = "(" if before.endswith("(") else ""
        mark = said[at : at + 1] if said[at : at + 1] in _PUNCTUATION else ""
        at += len(mark)
        if bracket or mark:
            number = f'<span class="held">{bracket}{number}{mark}</span>'
        parts += [text(before.removesuffix(bracket)), number]
    return "".join([*parts, text(said[at:])])


def _opening(label: str, rows: Rows, where: str) -> str:
    choice = json.dumps([rows.approach, rows.whole, rows.part, rows.unit, rows.measure])
    parts = (mark.removeprefix("part:") for mark in rows.whole if mark.startswith("part:"))
    who = () if rows.approach in where else (rows.approach, *parts)
    what = [*who, *(_SAID.get(mark, "") for mark in rows.part)]
    about = ", ".join([where, *(one for one in what if one and one not in where)])
    return (
        f'<button type="button" class="opens" data-rows="{text(choice)}" '
        f'aria-label="{text(f"{about}: {label}; show the {rows.unit}")}">{text(label)}</button>'
    )


def table(found: Table, level: int = 2) -> str:
    """A table with its title; the first cell of a row is its header."""
    head = "".join(f'<th scope="col">{text(c)}</th>' for c in found.columns)
    body = "".join(_row(found, i) for i in range(len(found.rows)))
    note = f'<p class="note">{linked(found.note, found.title)}</p>' if found.note else ""
    return (
        f"<h{level}>{text(found.title)}</h{level}>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{text(found.title)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{note}"
    )


def _row(found: Table, i: int) -> str:
    cells = []
    for j, cell in enumerate(found.rows[i]):
        inside = linked(cell, f"{found.rows[i][0]}, {found.columns[j]}")
        cells.append(f'<th scope="row">{inside}</th>' if j == 0 else f"<td>{inside}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def chart(drawn: str, name: str) -> str:
    """A chart that keeps its size and scrolls where the page is narrow."""
    return f'<div class="scroll chart" tabindex="0" role="region" aria-label="{name}">{drawn}</div>'


def gates(results: Sequence[GateResult]) -> str:
    """Each gate's question, value, threshold and branch, in order."""
    return f'<h2>Gates</h2><ol class="gates" start="0">{"".join(map(_gate, results))}</ol>'


def _gate(g: GateResult) -> str:
    sign, said = _SIGNS[g.passed]
    where = f"gate {g.number}, {g.name}"
    return (
        f'<li class="gate"><h3><span class="sign" role="img" aria-label="{said}">{sign}</span> '
        f"{g.number} {text(g.name)}: {text(g.question)}</h3>"
        f'<ul class="plain">{items(pieces(g.value, "; "), where)}</ul>'
        f'<p class="note">threshold: {text(g.threshold)}</p>'
        f'<p class="branch">→ {text(g.branch)}</p></li>'
    )


def costs(report: Report) -> str:
    """Cost lines with sliders for volume and prices."""
    lines = report.recommendation.costs
    if not lines:
        return ""
    start = math.log10(max(lines[0].volume, 1))
    sliders = (
        ("volume", "Questions a month", 0, 7, 0.05, f"{start:.2f}"),
        ("tokens", "Token prices", -2, 2, 0.1, "0"),
        ("machines", "Hosting, compute and people", -2, 2, 0.1, "0"),
    )
    controls = "".join(
        f'<p><label for="{name}">{label}</label> <input id="{name}" type="range" min="{low}" '
        f'max="{high}" step="{step}" value="{at}"> <output id="{name}-said" for="{name}"></output>'
        "</p>"
        for name, label, low, high, step, at in sliders
    )
    return (
        f"<h2>Cost a month over volume, {text(report.prices.currency)}</h2>"
        f"{chart(cost_chart(lines, report.prices.currency), 'Cost lines')}"
        f'<div class="sliders">{controls}<p id="cost-said" aria-live="polite"></p></div>'
    )


def staleness(report: Report) -> str:
    """What is out of date in this run."""
    s = report.summary
    stale, review = (
        opened.some(
            sum(mark in marks for marks in report.behind.marks.values()),
            Rows("", (mark,), (), "questions"),
        )
        for mark in ("stale", "needs review")
    )
    told = [
        *([f"the adapter is {s.staleness.behind} the index"] if s.staleness.behind else []),
        say(stale, " questions are about documents that changed since the adapter was trained")
        if s.header.adapters else "no adapter in this run, so none can be stale",
        say(review, " questions need review: the sentence of their reference changed"),
    ]  # fmt: skip
    return f"<h2>Staleness</h2><ul>{items(told, 'staleness')}</ul>"


def matrix(report: Report) -> str:
    """Every question against every approach, filled in by the script."""
    names = [a.name for a in report.summary.header.approaches]
    head = "".join(f'<th scope="col">{text(n)}</th>' for n in ("question", *names))
    return (
        '<h2 id="questions">Every question</h2>'
        '<div class="filters" role="group" aria-label="Which questions"></div>'
        '<p class="note" id="shown" aria-live="polite"></p>'
        '<noscript><p class="note">The list of questions needs JavaScript; the same rows are in '
        "the CSV report.</p></noscript>"
        '<div class="scroll" tabindex="0" role="region" aria-label="Questions">'
        f'<table class="matrix"><thead><tr>{head}</tr></thead><tbody></tbody></table></div>'
    )
