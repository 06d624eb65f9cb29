"""The conversation as a file: Markdown to read, JSON to work with."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.escape import clean
from ui.history import Entry

if TYPE_CHECKING:
    from assistant.overview import Status
    from assistant.schema import Answer, Score


def draw_export(entries: Sequence[Entry], status: "Status", labels: Mapping[str, str]) -> None:
    """Two buttons; the files are made when they are asked for."""
    if not entries:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(":small[Keep this conversation]")
        st.download_button(
            "Markdown",
            partial(to_markdown, tuple(entries), status, labels),
            file_name="conversation.md",
            mime="text/markdown",
            key="export-markdown",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "JSON",
            partial(to_json, tuple(entries), status),
            file_name="conversation.json",
            mime="application/json",
            key="export-json",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )


def to_markdown(entries: Sequence[Entry], status: "Status", labels: Mapping[str, str]) -> str:
    """Every question with its answers; texts of strangers stand in fences they cannot close."""
    lines = ["# Conversation", "", fenced("\n".join(f"{k}: {v}" for k, v in _ids(status).items()))]
    for number, entry in enumerate(entries, start=1):
        lines += ["", f"## Question {number}", "", fenced(entry.request.text)]
        if entry.comparison is None:
            lines += ["", "No answer:", "", fenced(str(entry.error))]
            continue
        if entry.comparison.question.references:
            lines += [
                "",
                "Reference:",
                "",
                fenced(" / ".join(entry.comparison.question.references)),
            ]
        for answer, score in _pairs(entry):
            outcome = f": {score.outcome.value}" if score and score.outcome else ""
            lines += ["", f"### {labels.get(answer.approach, 'Another approach')}{outcome}", ""]
            lines += [fenced(answer.text or answer.error or "(nothing)")]
            if answer.passages:
                sources = "\n".join(f"[{p.number}] {p.chunk.source}" for p in answer.passages)
                lines += ["", "It was given:", "", fenced(sources)]
    return "\n".join(lines) + "\n"


def to_json(entries: Sequence[Entry], status: "Status") -> str:
    """Questions, answers, outcomes, sources, and the ids they came from."""
    data = {"made_with": _ids(status), "questions": [_question(entry) for entry in entries]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def fenced(text: str) -> str:
    """A block of code that shows `text`, whatever back-ticks are in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{clean(text)}\n{fence}"


def _ids(status: "Status") -> dict[str, str]:
    return {
        "corpus": status.corpus,
        "model": status.model,
        "index": status.index or "none",
        "adapter": status.adapter or "none",
    }


def _pairs(entry: Entry) -> "list[tuple[Answer, Score | None]]":
    assert entry.comparison is not None
    return list(zip(entry.comparison.answers, entry.comparison.scores, strict=True))


def _question(entry: Entry) -> dict[str, Any]:
    if entry.comparison is None:
        return {"question": entry.request.text, "error": str(entry.error)}
    question = entry.comparison.question
    return {
        "question": question.question,
        "references": list(question.references),
        "answers": [
            {
                "approach": a.approach,
                "text": a.text,
                "error": a.error,
                "outcome": s.outcome.value if s and s.outcome else None,
                "sources": [p.chunk.source for p in a.passages],
                "prompt_tokens": a.prompt_tokens,
                "completion_tokens": a.completion_tokens,
                "model": a.model,
                "adapter": a.adapter,
                "index": a.index,
                "prompt_hash": a.prompt_hash,
            }
            for a, s in _pairs(entry)
        ],
    }
