"""Every question of a run with what became of it, and the answers of all approaches to one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from assistant.overview import LABELS, ApproachState
from assistant.schema import Outcome, Question
from ui.answers import draw_answers
from ui.cached import scored
from ui.escape import clean
from ui.words import count

if TYPE_CHECKING:
    from assistant.evaluation.records import RunSummary
    from assistant.evaluation.scored import ScoredAnswer
    from assistant.workspace import Workspace

SIGNS = {
    Outcome.CORRECT: "✓ correct",
    Outcome.INCORRECT: "✗ wrong",
    Outcome.ABSTAINED: "– abstained",
    None: "not scored",
}
TABLE_HEIGHT = 360


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the run with every approach's answer."""

    question: Question
    answers: "Mapping[str, ScoredAnswer]"
    compared: bool
    """Whether it is one of the questions every approach is compared on."""

    def any(self, outcome: Outcome) -> bool:
        """Whether an approach that is compared had this outcome."""
        return any(a.score.outcome is outcome for n, a in self.answers.items() if _is_candidate(n))

    @property
    def differ(self) -> bool:
        """Whether one approach was right and another was not."""
        said = {a.score.correct for n, a in self.answers.items() if _is_candidate(n)}
        return len(said) > 1


FILTERS: Mapping[str, Callable[[Line], bool]] = {
    "All": lambda line: True,
    "Approaches differ": lambda line: line.differ,
    "Any wrong": lambda line: line.any(Outcome.INCORRECT),
    "Nobody right": lambda line: not line.any(Outcome.CORRECT),
    "Abstained": lambda line: line.any(Outcome.ABSTAINED),
    "Unanswerable": lambda line: not line.question.answerable,
    "Graded by people": lambda line: any(a.score.graded for a in line.answers.values()),
    "Not compared": lambda line: not line.compared,
}


def lines_of(summary: "RunSummary", rows: "Sequence[ScoredAnswer]") -> list[Line]:
    """One line a question, in the order of the run."""
    compared = set(summary.headline_ids)
    found: dict[str, dict[str, ScoredAnswer]] = {}
    questions: dict[str, Question] = {}
    for row in rows:
        questions[row.question.id] = row.question
        found.setdefault(row.question.id, {})[row.answer.approach] = row
    return [Line(questions[i], answers, i in compared) for i, answers in found.items()]


def fitting(lines: Sequence[Line], name: str, words: str) -> list[Line]:
    """The lines of a filter whose question, key or answers hold every word."""
    wanted = words.casefold().split()

    def holds(line: Line) -> bool:
        texts = [line.question.id, line.question.kind, line.question.question]
        texts += [*line.question.references, *(a.answer.text for a in line.answers.values())]
        whole = " ".join(texts).casefold()
        return all(word in whole for word in wanted)

    return [line for line in lines if FILTERS[name](line) and holds(line)]


def draw_matrix(workspace: "Workspace", summary: "RunSummary", labels: Mapping[str, str]) -> None:
    """Filter, table, and below it the question that was clicked."""
    st.header("Every question", anchor=False)
    lines = lines_of(summary, scored(workspace, summary.header.id))
    counts = {name: sum(map(FILTERS[name], lines)) for name in FILTERS}
    chosen = st.pills(
        "Show",
        [name for name, n in counts.items() if n or name == "All"],
        default="All",
        format_func=lambda name: f"{name} ({counts[name]:,})",
        key="matrix-filter",
        wrap=True,
    )
    words = st.text_input("Search questions and answers", key="matrix-search")
    shown = fitting(lines, chosen or "All", words)
    st.caption(f"{count(len(shown), 'question')}. Click a row to see all answers side by side.")
    if not shown:
        return
    names = [a.name for a in summary.header.approaches]
    ids = [line.question.id for line in shown]
    st.dataframe(
        _columns(shown, names, labels),
        key="matrix",
        hide_index=True,
        height=min(TABLE_HEIGHT, 40 + 36 * len(shown)),
        on_select=lambda: _open(ids),
        selection_mode="single-row",
        alt="Every question with the outcome of every approach",
    )
    by_id = {line.question.id: line for line in shown}
    opened = st.selectbox(
        "Question",
        ids,
        index=None,
        key="matrix-open",
        format_func=lambda i: f"{clean(by_id[i].question.question)} · {i}" if i in by_id else i,
        placeholder="Pick a question, or click a row above",
    )
    if opened in by_id:
        _draw_line(by_id[opened], names, labels)


def _columns(
    lines: Sequence[Line], names: Sequence[str], labels: Mapping[str, str]
) -> dict[str, list[str]]:
    columns = {
        "Question": [clean(line.question.question) for line in lines],
        "Reference": [_reference(line.question) for line in lines],
    }
    for name in names:
        columns[labels.get(name, name)] = [_sign(line.answers.get(name)) for line in lines]
    columns["Kind"] = [clean(line.question.kind) for line in lines]
    return columns


def _reference(question: Question) -> str:
    if not question.answerable:
        return "(must be declined)"
    return clean(" / ".join(question.references or question.must)) or "(checks of form)"


def _sign(row: "ScoredAnswer | None") -> str:
    if row is None:
        return ""
    if row.answer.error:
        return "failed"
    return SIGNS[row.score.outcome] + (" (graded)" if row.score.graded else "")


def _open(ids: Sequence[str]) -> None:
    rows = st.session_state["matrix"]["selection"]["rows"]
    if rows and rows[0] < len(ids):
        st.session_state["matrix-open"] = ids[rows[0]]


def _draw_line(line: Line, names: Sequence[str], labels: Mapping[str, str]) -> None:
    states = [
        ApproachState(name, labels.get(name, name), LABELS.get(name, ("", ""))[1], True)
        for name in names
        if name in line.answers
    ]
    rows = [line.answers[state.name] for state in states]
    if not line.compared:
        st.caption("This question is left out of the comparison; the evidence line above says why.")
    draw_answers(line.question, states, [r.answer for r in rows], [r.score for r in rows])


def _is_candidate(name: str) -> bool:
    return name.split("@")[0] not in ("oracle", "whole")
