"""The forgetting check question by question: what the model said before and after training."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.evaluation.forgetting_result import ADAPTER, BASE, TEXT
from assistant.schema import Outcome
from ui.answers import draw_reference
from ui.cards import draw_text
from ui.escape import clean, escape, escape_block
from ui.words import count

if TYPE_CHECKING:
    from assistant.evaluation.kept_answers import KeptAnswer, KeptQuestion
    from assistant.workspace import Workspace

WHO = {BASE: "Before training", ADAPTER: "After training"}
PARTS = {"read": "answer in a passage", "know": "general knowledge", "decline": "without an answer"}
SIGNS = {
    Outcome.CORRECT: "✓ correct",
    Outcome.INCORRECT: "✗ wrong",
    Outcome.ABSTAINED: "– abstained",
    None: "failed",
}
TABLE_HEIGHT = 320
WIDTHS = {"Question": 250, **dict.fromkeys(WHO.values(), 180)}
"""Both answers have to fit beside the question."""

FILTERS: "Mapping[str, Callable[[KeptQuestion], bool]]" = {
    "Lost": lambda row: row.answers[BASE].correct and not row.answers[ADAPTER].correct,
    "Gained": lambda row: row.answers[ADAPTER].correct and not row.answers[BASE].correct,
    "All": lambda row: True,
}


def draw_forgetting(workspace: "Workspace", run_id: str) -> None:
    """A table of the questions and the one that is picked; nothing where no answer was kept."""
    rows = [row for row in workspace.pages.forgetting(run_id) if row.part != TEXT]
    if not rows:
        return
    with st.expander("Forgetting check, question by question", icon=":material/psychology:"):
        _draw_rows(rows)


def _draw_rows(rows: "Sequence[KeptQuestion]") -> None:
    counts = {name: sum(map(fits, rows)) for name, fits in FILTERS.items()}
    names = [name for name, n in counts.items() if n]
    chosen = st.pills(
        "Show",
        names,
        default=names[0],
        format_func=lambda name: f"{name} ({counts[name]:,})",
        key="forgetting-filter",
    )
    shown = [row for row in rows if FILTERS[chosen or "All"](row)]
    st.caption(f"{count(len(shown), 'question')}, each asked before and after training.")
    st.dataframe(
        _columns(shown),
        key="forgetting-rows",
        hide_index=True,
        height=min(TABLE_HEIGHT, 40 + 36 * len(shown)),
        column_config={label: st.column_config.Column(width=w) for label, w in WIDTHS.items()},
        alt="Questions of the forgetting check with both answers",
    )
    by_id = {row.question.id: row for row in shown}
    opened = st.selectbox(
        "Question of the check",
        list(by_id),
        index=None,
        key="forgetting-open",
        format_func=lambda i: clean(by_id[i].question.question) if i in by_id else i,
        placeholder="Pick a question to see answers, passage and prompt",
    )
    if opened in by_id:
        _draw_one(by_id[opened])


def _columns(rows: "Sequence[KeptQuestion]") -> dict[str, list[str]]:
    found = {"Question": [clean(row.question.question) for row in rows]}
    for who, label in WHO.items():
        found[label] = [_told(row.answers[who]) for row in rows]
    return found | {
        "Reference": [clean(" / ".join(row.question.references)) or "(decline)" for row in rows],
        "Part": [PARTS.get(row.part, row.part) for row in rows],
    }


def _told(answer: "KeptAnswer") -> str:
    return f"{SIGNS[answer.outcome]}: {clean(answer.text)}"


def _draw_one(row: "KeptQuestion") -> None:
    draw_reference(row.question)
    for (who, label), column in zip(WHO.items(), st.columns(2, border=True), strict=True):
        answer = row.answers[who]
        with column:
            st.markdown(f"**{label}** · {SIGNS[answer.outcome]}")
            draw_text(answer.text)
            st.caption(escape(answer.error or answer.explanation))
    if row.passage:
        st.markdown("**The passage that was shown**")
        st.markdown(escape_block(row.passage))
    with st.popover("Exact prompt", type="tertiary", key="forgetting-prompt"):
        for message in row.prompt:
            st.caption(message.role)
            st.code(message.content, language=None, wrap_lines=True)
