"""The first page of the HTML report: for whoever decides, in a minute."""

from assistant.decision import html_parts as parts
from assistant.decision import opened
from assistant.decision.choice import candidates
from assistant.decision.gates import HAVE_AN_ANSWER, ORACLE_LIMIT
from assistant.decision.report import Report
from assistant.decision.said import say
from assistant.decision.words import NOT_MEASURED
from assistant.evaluation.records import ApproachSummary

_NO_FLIP = "no target, limit or circumstance that was tried gives another verdict"
_ALL_MEASURED = "nothing that this report would show"


def first_page(report: Report) -> str:
    """Verdict, candidates in three numbers, the model's limit, what would change it."""
    r, h = report.recommendation, report.summary.header
    advice, more = "", list[str]()
    if r.training:
        sentence = r.training.sentence
        advice = (
            '<p class="lead">Is training worth trying? '
            f"<strong>{parts.text(r.training.worth_trying)}.</strong> "
            f"{parts.linked(sentence, 'is training worth trying')}</p>"
        )
        more = [reason for reason in r.training.reasons if reason not in sentence]
    lists = "".join(
        f"<section><h2>{title}</h2><ul>{parts.items(found, title)}</ul></section>"
        for title, found in (
            ("Why", r.reasons),
            ("For and against training", more),
            ("What would change it", r.flips or (_NO_FLIP,)),
            ("What was not measured", r.not_measured or (_ALL_MEASURED,)),
            ("Classic mistakes to look at", r.guard_rails),
        )
        if found
    )
    return (
        f'<p class="eyebrow">RAG or fine-tune? Run {parts.text(h.id)}</p>'
        f"<h1>{parts.linked(r.sentence, 'the verdict')}</h1>{advice}"
        f'<ul class="chips">{_chips(report)}</ul>'
        f'<div class="cards">{_cards(report)}</div>{_limit(report)}<div class="two">{lists}</div>'
    )


def _chips(report: Report) -> str:
    r, s = report.recommendation, report.summary
    h = s.header
    every = h.documents + len(h.unreadable)
    told = (
        ("certainty", r.certainty.value),
        ("model", r.model),
        ("questions written by", h.authored_by or "not stated"),
        ("date", h.created[:10]),
        ("evidence", say(opened.headline(s), " questions, ", opened.clusters(s), " clusters")),
        ("unreadable documents", say(opened.unreadable(s), f" of {every}")),
    )
    return "".join(
        f"<li><span>{name}</span> {parts.linked(value, name)}</li>" for name, value in told
    )


def _cards(report: Report) -> str:
    return "".join(_card(report, a) for a in candidates(report.summary))


def _card(report: Report, a: ApproachSummary) -> str:
    r = report.recommendation
    lines = {line.name: line for line in r.costs}
    line = lines.get(a.name)
    cost = (
        say(opened.priced(a.name, line.monthly), f" {report.prices.currency}")
        if line else NOT_MEASURED
    )  # fmt: skip
    chosen = a.name == r.candidate
    mark = ' <span class="tag">use this</span>' if chosen else ""
    numbers = "".join(
        f"<dt>{name}</dt><dd>{parts.linked(value, f'{a.label}, {name}')}</dd>"
        for name, value in (
            ("correct", opened.right(a)),
            ("confidently wrong", opened.wrong(a)),
            *((("value per 100", opened.valued(a, r.values)),) if r.values else ()),
            ("a month", cost),
        )
    )
    return (
        f'<section class="card{" chosen" if chosen else ""}">'
        f"<h2>{parts.text(a.label)}{mark}</h2><dl>{numbers}</dl></section>"
    )


def _limit(report: Report) -> str:
    """What the model does with the right passage: more no retrieval can give it."""
    count = opened.oracle_count(report.summary)
    if not count:
        told = say("With the right passage given: not measured, so nothing says whether the model "
                   "is the limit.")  # fmt: skip
    else:
        limit = f"{ORACLE_LIMIT * 100:.0f} %"
        meaning = (
            f"Under {limit}: the model, not the method, is the limit."
            if report.recommendation.practice
            else f"At least {limit}: the model reads well enough for the methods to be compared."
        )
        share = opened.with_right_passage(report.summary)
        told = say("With the right passage given, right on ", count,
                   f" {HAVE_AN_ANSWER}: ", share, f". {meaning}")  # fmt: skip
    return f'<p class="limit">{parts.linked(told, "with the right passage given")}</p>'
