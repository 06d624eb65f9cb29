"""The report as one HTML file: no request, charts inline, light and dark, printable.

The first screen is for whoever decides: the verdict, each candidate in three numbers, what would
change it, what was not measured. Gates, tables, costs and the question matrix follow, and every
number opens the answers it counts. Text of documents and models travels as data and is put in as
text, never as markup.
"""

from importlib.resources import files

from assistant.decision import html_parts as parts
from assistant.decision.charts import share_chart
from assistant.decision.html_data import island
from assistant.decision.html_first import first_page
from assistant.decision.learning_chart import curve_chart
from assistant.decision.provenance import provenance_table
from assistant.decision.report import Report
from assistant.decision.value_tables import VALUE_DIFFERENCES

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
_BEFORE_COSTS = ("Outcomes", "Confidently wrong, by kind", "Differences", VALUE_DIFFERENCES,
                 "Side by side")  # fmt: skip


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
        first_page(report),
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
        parts.table(provenance_table(report.summary, report.rule_error)),
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
