"""The rows behind every number of the HTML report, as data that cannot become markup."""

import json
from typing import Any

from assistant.decision.report import Report
from assistant.evaluation.scored import ScoredAnswer
from assistant.schema import Answer, Passage


def island(report: Report) -> str:
    """JSON that cannot end its script element, whatever is in it."""
    text = json.dumps(_data(report), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _data(report: Report) -> dict[str, Any]:
    passages: dict[str, dict[str, str]] = {}
    questions: dict[str, dict[str, Any]] = {}
    headline = set(report.summary.headline_ids)
    for row, marks in zip(report.scored, report.marks, strict=True):
        q = row.question
        for p in row.answer.passages:
            passages[p.chunk.id] = {"source": _place(p), "text": p.chunk.text}
        if q.id not in questions:
            questions[q.id] = {
                "id": q.id,
                "question": q.question,
                "references": list(q.references or q.must),
                "answerable": q.answerable,
                "kind": q.kind,
                "left": "" if q.id in headline else report.summary.left_out_ids.get(q.id, ""),
                "stale": q.id in report.stale,
                "answers": [],
            }
        questions[q.id]["answers"].append(_answer(row, marks))
    return {
        "approaches": [a.name for a in report.summary.header.approaches],
        "questions": list(questions.values()),
        "passages": passages,
        "currency": report.prices.currency,
        "costs": [
            {"name": c.name, "hosting": c.hosting, "refresh": c.refresh, "answer": c.per_answer,
             "correct": c.correct_share}
            for c in report.recommendation.costs
        ],
    }  # fmt: skip


def _answer(row: ScoredAnswer, marks: frozenset[str]) -> dict[str, Any]:
    a, cited = row.answer, {c.number: c.supported for c in row.answer.citations}
    return {
        "approach": a.approach,
        "text": a.text,
        "outcome": row.score.outcome.value if row.score.outcome else None,
        "explanation": row.score.explanation,
        "error": a.error,
        "marks": sorted(marks),
        "passages": [[p.chunk.id, cited.get(p.number)] for p in a.passages],
        "prompt": _prompt(a),
        "tokens": [a.prompt_tokens, a.completion_tokens],
    }


def _place(passage: Passage) -> str:
    page = passage.chunk.page
    return f"{passage.chunk.source}{f', page {page}' if page else ''}"


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
