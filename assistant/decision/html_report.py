"""The report as one HTML file: no request, charts inline, light and dark, printable.

The first screen is for whoever decides: the verdict, each candidate in three numbers, what would
change it, what was not measured. Gates, tables, costs and the question matrix follow, and every
number opens the answers it counts. Text of documents and models travels as data and is put in as
text, never as markup.
"""

from importlib.resources import files

from assistant.decision import html_parts as parts
from assistant.decision.charts import share_chart
from assistant.decision.choice import candidates
from assistant.decision.html_data import island
from assistant.decision.learning_chart import curve_chart
from assistant.decision.report import Report, facts
from assistant.decision.tables import Rows, Table
from assistant.decision.words import counted, money
from assistant.evaluation.records import Count

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
_BEFORE_COSTS = ("Outcomes", "Confidently wrong, by kind", "Differences", "Side by side")


def to_html(report: Report, *, target: float = 0.80) -> str:
    """The whole page.

    Args:
        report: from `report.make_report`.
        target: share correct that is good enough, drawn as a line.
    """
    tables = {t.title: t for t in report.tables if t.title != "Gates"}
    first = [tables.pop(title) for title in _BEFORE_COSTS if title in tables]
    money_tables = [
        tables.pop(title) for title in tuple(tables)
        if title.startswith("Monthly cost") or title == "Crossovers"
    ]  # fmt: skip
    body = [
        _first_page(report),
        "<h2>Share correct, with 95 % intervals</h2>",
        parts.chart(share_chart(report.summary.approaches, target), "Share correct"),
        parts.gates(report.recommendation.gates),
        *map(parts.table, first),
        parts.costs(report),
        *map(parts.table, money_tables),
        *map(parts.table, tables.values()),
        parts.chart(curve_chart(report.curve), "Would more data pay?") if report.curve else "",
        parts.staleness(report),
        parts.matrix(report),
        parts.table(Table("Where the numbers come from", ("what", "value"), tuple(facts(report)))),
    ]
    css, js = (
        files("assistant.decision").joinpath(name).read_text("utf-8")
        for name in ("report.css", "report.js")
    )
    return (
        "<!doctype html>\n"
        f'<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{parts.text(report.recommendation.verdict.value)}: the verdict</title>"
        f"<style>{css}</style></head>"
        f"<body><main>{''.join(body)}</main>"
        '<dialog id="detail" aria-labelledby="detail-title"><div class="bar">'
        '<h2 id="detail-title"></h2><button type="button" class="close">Close</button></div>'
        '<div class="body"></div></dialog>'
        f'<script type="application/json" id="data">{island(report)}</script>'
        f"<script>{js}</script></body></html>\n"
    )


def _first_page(report: Report) -> str:
    r, h = report.recommendation, report.summary.header
    unreadable = len(h.unreadable)
    told = (
        ("certainty", r.certainty.value),
        ("model", r.model),
        ("questions written by", h.authored_by or "not stated"),
        ("date", h.created[:10]),
        ("evidence", f"{report.summary.headline} questions, {report.summary.clusters} clusters"),
        ("unreadable documents", f"{unreadable} of {h.documents + unreadable}"),
    )
    chips = "".join(f"<li><span>{name}</span> {parts.text(value)}</li>" for name, value in told)
    advice = ""
    if r.training:
        advice = (
            '<p class="lead">Is training worth trying? '
            f"<strong>{parts.text(r.training.worth_trying)}.</strong> "
            f"{parts.text(r.training.sentence)}</p>"
        )
    lists = "".join(
        f"<section><h2>{title}</h2><ul>{parts.items(found)}</ul></section>"
        for title, found in (
            ("Why", r.reasons),
            ("What would change it", r.flips or ("no target, limit or circumstance that was "
             "tried gives another verdict",)),
            ("What was not measured", r.not_measured or ("nothing that this report would show",)),
            ("Classic mistakes to look at", r.guard_rails),
        )
        if found
    )  # fmt: skip
    return (
        f'<p class="eyebrow">RAG or fine-tune? Run {parts.text(h.id)}</p>'
        f"<h1>{parts.text(r.sentence)}</h1>{advice}"
        f'<ul class="chips">{chips}</ul>'
        f'<div class="cards">{_cards(report)}</div><div class="two">{lists}</div>'
    )


def _cards(report: Report) -> str:
    lines = {line.name: line for line in report.recommendation.costs}
    cards = []
    for a in candidates(report.summary):
        line = lines.get(a.name)
        cost = f"{money(line.monthly)} {report.prices.currency}" if line else "not measured"
        chosen = a.name == report.recommendation.candidate
        mark = ' <span class="tag">use this</span>' if chosen else ""
        cards.append(
            f'<section class="card{" chosen" if chosen else ""}">'
            f"<h2>{parts.text(a.label)}{mark}</h2><dl>"
            f"<dt>correct</dt><dd>{_open(a.name, a.correct, 'correct')}</dd>"
            f"<dt>confidently wrong</dt>"
            f"<dd>{_open(a.name, a.confidently_wrong, 'incorrect')}</dd>"
            f"<dt>a month</dt><dd>{parts.text(cost)}</dd></dl></section>"
        )
    return "".join(cards)


def _open(approach: str, count: Count, part: str) -> str:
    rows = Rows(approach, ("counted", "scored"), (part,))
    return parts.opening(counted(count), rows, f"{approach}, {part}")
