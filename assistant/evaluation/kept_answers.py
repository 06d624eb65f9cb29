"""Answers to what was asked beside a run, kept as they were given: one JSON line a question."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.evaluation.codec import dumps, question_from_data, question_to_data
from assistant.evaluation.jsonl import read_lines, write_whole
from assistant.schema import Message, Outcome, Question

_PASSAGE = "\u0002passage\u0003"
"""Stands in a kept prompt for the text of the passage, which is kept beside it."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What one model said to one question, and the verdict on it when it was measured."""

    text: str
    outcome: Outcome | None = None
    """None: nothing was asked but the loss, or the model failed."""
    explanation: str = ""
    error: str = ""
    loss: float | None = None
    """Nats a token of the words that were given to the model, where that was measured."""
    trained: bool = False
    """Whether the fact that is asked for was among those trained."""

    @property
    def correct(self) -> bool:
        """Whether it was right."""
        return self.outcome is Outcome.CORRECT


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """One question (or text) of a measurement with every answer to it."""

    question: Question
    part: str
    """The part of the measurement it belongs to."""
    prompt: tuple[Message, ...] = ()
    passage: str = ""
    """What the model was shown."""
    answers: Mapping[str, KeptAnswer] = field(default_factory=dict)
    """Who answered -> the answer."""


def save_kept(path: Path, rows: Iterable[KeptQuestion]) -> str:
    """Write questions with their answers, whole or not at all.

    Returns:
        SHA-256 of the file, by which a result names the answers it counts.
    """
    text = "".join(dumps(_to_data(row)) + "\n" for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)
    return hashlib.sha256(text.encode()).hexdigest()


def load_kept(path: Path, sha256: str | None = None) -> tuple[KeptQuestion, ...]:
    """Read them again; empty when there are none, or none with this hash."""
    try:
        if sha256 is not None and hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            return ()
        return tuple(_from_data(data) for data in read_lines(path))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def answer_to_line(answer: KeptAnswer) -> dict[str, Any]:
    """An answer as JSON data, without empty fields."""
    data = {
        "text": answer.text,
        "outcome": answer.outcome.value if answer.outcome else None,
        "explanation": answer.explanation,
        "error": answer.error,
        "loss": answer.loss,
        "trained": answer.trained,
    }
    return {name: value for name, value in data.items() if value not in ("", None, False)}


def answer_from_line(data: Mapping[str, Any]) -> KeptAnswer:
    """The inverse of `answer_to_line`."""
    outcome = data.get("outcome")
    return KeptAnswer(
        text=data.get("text", ""),
        outcome=Outcome(outcome) if outcome else None,
        explanation=data.get("explanation", ""),
        error=data.get("error", ""),
        loss=data.get("loss"),
        trained=data.get("trained", False),
    )


def _to_data(row: KeptQuestion) -> dict[str, Any]:
    return {
        **question_to_data(row.question),
        "part": row.part,
        "passage": row.passage,
        "prompt": list(_hidden(row)),
        # A list keeps the order, who answered before training first; keys would be sorted.
        "answers": [[who, answer_to_line(answer)] for who, answer in row.answers.items()],
    }


def _hidden(row: KeptQuestion) -> Iterator[tuple[str, str]]:
    for message in row.prompt:
        content = message.content
        yield message.role, content.replace(row.passage, _PASSAGE) if row.passage else content


def _from_data(data: Mapping[str, Any]) -> KeptQuestion:
    passage = data["passage"]
    return KeptQuestion(
        question_from_data(data),
        data["part"],
        tuple(Message(role, text.replace(_PASSAGE, passage)) for role, text in data["prompt"]),
        passage,
        {who: answer_from_line(answer) for who, answer in data["answers"]},
    )
