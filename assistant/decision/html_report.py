"""The report as one HTML file: no request, charts inline, light and dark, printable.

The first screen is for whoever decides: the verdict, each candidate in three numbers, what would
change it, what was not measured. Tables and the question matrix follow. Text of documents and
models travels as data and is put in as text, never as markup.
"""

import json
import math
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from typing import Any

from assistant.decision.charts import cost_chart, share_chart
from assistant.decision.choice import candidates
from assistant.decision.report import Report, facts
from assistant.decision.tables import Table
from assistant.decision.words import counted, number
from assistant.schema import Answer

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)


def to_html(report: Report, *, target: float = 0.80) -> str:
    """The whole page.

    Args:
        report: from `report.make_report`.
        target: share correct that is good enough, drawn as a line.
    """
    r = report.recommendation
    body = [
        _first_page(report),
        "<h2>Share correct, with 95 % intervals</h2>",
        share_chart(report.summary.approaches, target),
        *(_table(t) for t in report.tables),
        _costs(report),
        _matrix(report),
        _table(Table("Where the numbers come from", ("what", "value"), tuple(facts(report)))),
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
        f"<title>{_text(r.verdict.value)}: the verdict</title><style>{css}</style></head>"
        f"<body><main>{''.join(body)}</main>"
        '<dialog id="detail" aria-label="Answers"><button class="close">Close</button>'
        '<div class="body"></div></dialog>'
        f'<script type="application/json" id="data">{_island(_data(report))}</script>'
        f"<script>{js}</script></body></html>\n"
    )


def _text(value: str) -> str:
    return escape(value, quote=True)


def _first_page(report: Report) -> str:
    r, h = report.recommendation, report.summary.header
    chips = [
        f"certainty: {r.certainty.value}",
        f"model: {r.model}",
        f"questions by: {h.authored_by or 'not stated'}",
        h.created[:10],
        f"{report.summary.headline} questions, {report.summary.clusters} clusters",
        f"{len(h.unreadable)} unreadable documents",
    ]
    advice = ""
    if r.training:
        advice = (
            '<p class="lead">Is training worth trying? '
            f"<strong>{_text(r.training.worth_trying)}.</strong> {_text(r.training.sentence)}</p>"
        )
    lists = "".join(
        f"<section><h3>{title}</h3><ul>{_items(items)}</ul></section>"
        for title, items in (
            ("Why", r.reasons),
            ("What would change it", r.flips),
            ("What was not measured", r.not_measured),
            ("Classic mistakes to look at", r.guard_rails),
        )
        if items
    )
    return (
        f'<p class="eyebrow">RAG or fine-tune? Run {_text(h.id)}</p>'
        f"<h1>{_text(r.sentence)}</h1>{advice}"
        f'<ul class="chips">{_items(chips)}</ul>'
        f'<div class="cards">{_cards(report)}</div><div class="two">{lists}</div>'
    )


def _cards(report: Report) -> str:
    lines = {line.name: line for line in report.recommendation.costs}
    cards = []
    for a in candidates(report.summary):
        line = lines.get(a.name)
        cost = number(line.monthly if line else None, report.prices.currency)
        chosen = " chosen" if a.name == report.recommendation.candidate else ""
        cards.append(
            f'<section class="card{chosen}"><h3>{_text(a.label)}</h3><dl>'
            f"<dt>correct</dt><dd>{_text(counted(a.correct))}</dd>"
            f"<dt>confidently wrong</dt><dd>{_text(counted(a.confidently_wrong))}</dd>"
            f"<dt>a month</dt><dd>{_text(cost)}</dd></dl></section>"
        )
    return "".join(cards)


def _items(items: Sequence[str]) -> str:
    return "".join(f"<li>{_text(item)}</li>" for item in items)


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_text(c)}</th>' for c in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    note = f'<p class="note">{_text(table.note)}</p>' if table.note else ""
    return (
        f'<h2>{_text(table.title)}</h2><div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{note}"
    )


def _costs(report: Report) -> str:
    lines = report.recommendation.costs
    if not lines:
        return ""
    start = math.log10(max(lines[0].volume, 1))
    return (
        f"<h2>Cost a month over volume, {_text(report.prices.currency)}</h2>"
        f"{cost_chart(lines, report.prices.currency)}"
        '<p class="slider"><label for="volume">Volume</label> '
        f'<input id="volume" type="range" min="1" max="7" step="0.05" value="{start:.2f}"> '
        '<output id="volume-said"></output><br><output id="cost-said"></output></p>'
    )


def _matrix(report: Report) -> str:
    names = [a.name for a in report.summary.header.approaches]
    head = "".join(f'<th scope="col">{_text(n)}</th>' for n in ("question", *names))
    return (
        '<h2>Every question</h2><div class="filters" role="group" aria-label="Filter"></div>'
        '<p class="note" id="shown" aria-live="polite"></p>'
        '<noscript><p class="note">The list of questions needs JavaScript; the same rows are in '
        "the CSV report.</p></noscript>"
        f'<div class="scroll"><table class="matrix"><thead><tr>{head}</tr></thead>'
        "<tbody></tbody></table></div>"
    )


def _data(report: Report) -> dict[str, Any]:
    passages: dict[str, dict[str, str]] = {}
    questions: dict[str, dict[str, Any]] = {}
    counted_ids = set(report.summary.headline_ids)
    for row in report.scored:
        q, a = row.question, row.answer
        for p in a.passages:
            passages[p.chunk.id] = {"source": p.chunk.source, "text": p.chunk.text}
        entry = questions.setdefault(
            q.id,
            {
                "question": q.question,
                "references": list(q.references),
                "answerable": q.answerable,
                "counted": q.id in counted_ids,
                "answers": [],
            },
        )
        entry["answers"].append({
            "approach": a.approach,
            "text": a.text,
            "outcome": row.score.outcome.value if row.score.outcome else None,
            "explanation": row.score.explanation,
            "graded": row.score.graded,
            "error": a.error,
            "passages": [p.chunk.id for p in a.passages],
            "prompt": _prompt(a),
        })  # fmt: skip
    return {
        "approaches": [a.name for a in report.summary.header.approaches],
        "questions": list(questions.values()),
        "passages": passages,
        "currency": report.prices.currency,
        "costs": [
            {"name": c.name, "fixed": c.fixed, "per_answer": c.per_answer}
            for c in report.recommendation.costs
        ],
    }


def _prompt(answer: Answer) -> list[dict[str, str]]:
    """The prompt with passage texts shortened: they stand once, beside it."""
    told = []
    for message in answer.messages:
        content = message.content
        for p in answer.passages:
            if len(p.chunk.text) > 40:
                content = content.replace(p.chunk.text, p.chunk.text[:37] + "...")
        told.append({"role": message.role, "content": content})
    return told


def _island(data: dict[str, Any]) -> str:
    """JSON that cannot end its script element, whatever is in it."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
