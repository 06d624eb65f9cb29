"""The rows behind every number of the HTML report, as data that cannot become markup.

Everything stands once: texts, passages and names of marks are lists, and rows point into them.
"""

import json
from collections.abc import Iterable
from typing import Any

from assistant.decision.beside import Marked
from assistant.decision.report import Report
from assistant.evaluation.scored import ScoredAnswer
from assistant.schema import Answer, Chunk, Question

CITATION_MARKS = ("written by the model", "says it")
"""Of a citation, beside the marks of its answer: who wrote it, and whether the passage says it."""


def island(report: Report) -> str:
    """JSON that cannot end its script element, whatever is in it."""
    text = json.dumps(_data(report), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


class _Once:
    """A list in which everything stands once."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}

    def place(self, item: Any) -> int:
        return self._places.setdefault(item, len(self._places))

    def places(self, items: Iterable[Any]) -> list[int]:
        return [self.place(item) for item in items]

    @property
    def items(self) -> list[Any]:
        return list(self._places)


def _data(report: Report) -> dict[str, Any]:
    behind = report.behind
    marks, texts, passages = _Once(), _Once(), _Once()
    names = [a.name for a in report.summary.header.approaches]
    questions = {q.id: _question(q, report, marks) for q in behind.questions}
    for row, told in zip(report.scored, behind.answers, strict=True):
        found = _answer(row, passages, texts) | {"marks": marks.places(sorted(told))}
        key = row.answer.approach, row.question.id
        if key in behind.seconds:
            found["seconds"] = round(behind.seconds[key], 3)
        questions[row.question.id]["answers"].append(found)
    beside = {
        measure: [_beside(one, marks, texts, passages) for one in rows]
        for measure, rows in report.beside.items()
    }
    return {
        "approaches": names,
        "questions": list(questions.values()),
        "beside": beside,
        "marks": marks.items,
        "texts": texts.items,
        "passages": [{"source": place, "text": text} for place, text in passages.items],
        "files": list(report.summary.header.unreadable),
        "currency": report.prices.currency,
        "costs": [
            {"name": c.name, "hosting": c.hosting, "refresh": c.refresh, "answer": c.per_answer,
             "correct": c.correct_share}
            for c in report.recommendation.costs
        ],
    }  # fmt: skip


def _question(q: Question, report: Report, marks: _Once) -> dict[str, Any]:
    behind = report.behind
    old = behind.before.get(q.id)
    return {
        "id": q.id,
        "question": q.question,
        "references": list(q.references or q.must),
        "was": list((old.references or old.must) if old else ()),
        "answerable": q.answerable,
        "left": report.summary.left_out_ids.get(q.id, ""),
        "marks": marks.places(sorted(behind.marks[q.id])),
        "cluster": behind.clusters.cluster_of.get(q.id),
        "fact": f"g:{q.group}" if q.group else f"q:{q.id}",
        "answers": [],
    }


def _beside(one: Marked, marks: _Once, texts: _Once, passages: _Once) -> dict[str, Any]:
    """A question that was asked beside the run, in the same shape."""
    kept, q = one.kept, one.kept.question
    shown = (
        [[1, passages.place(("the passage that was shown", kept.passage))]] if kept.passage else []
    )
    prompt = [[m.role, texts.place(_without(m.content, (kept.passage,)))] for m in kept.prompt]
    return {
        "id": q.id,
        "question": q.question,
        "references": list(q.references or q.must),
        "was": [],
        "answerable": q.answerable,
        "left": "",
        "marks": marks.places(sorted(one.marks)),
        "answers": [
            {
                "approach": who,
                "text": a.text,
                "outcome": a.outcome.value if a.outcome else None,
                "explanation": a.explanation,
                "error": a.error,
                "passages": shown,
                "citations": [],
                "prompt": prompt,
                "loss": a.loss,
                "marks": marks.places(sorted(one.answers[who])),
            }
            for who, a in kept.answers.items()
        ],
    }


def _answer(row: ScoredAnswer, passages: _Once, texts: _Once) -> dict[str, Any]:
    a = row.answer
    return {
        "approach": a.approach,
        "text": a.text,
        "outcome": row.score.outcome.value if row.score.outcome else None,
        "explanation": row.score.explanation,
        "error": a.error,
        "passages": [
            [p.number, passages.place((_place(p.chunk), p.chunk.text))] for p in a.passages
        ],
        "citations": [[c.number, c.supported, c.written_by_model] for c in a.citations],
        "prompt": [[role, texts.place(content)] for role, content in _prompt(a)],
        "tokens": [a.prompt_tokens, a.completion_tokens],
    }  # fmt: skip


def _place(chunk: Chunk) -> str:
    return f"{chunk.source}{f', page {chunk.page}' if chunk.page else ''}"


def _prompt(answer: Answer) -> Iterable[tuple[str, str]]:
    """The prompt with passage texts shortened: they stand once, beside it."""
    shown = [p.chunk.text for p in answer.passages]
    return ((m.role, _without(m.content, shown)) for m in answer.messages)


def _without(content: str, shown: Iterable[str]) -> str:
    for text in shown:
        if len(text) > 40:
            content = content.replace(text, text[:37] + "...")
    return content
