"""Records to JSON lines and back; only what is deterministic in an answer."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from math import isfinite
from pathlib import Path
from typing import Any

from assistant.schema import (
    Answer,
    Approach,
    Check,
    Chunk,
    Citation,
    Message,
    Passage,
    Question,
)

_MARK_START, _MARK_END = "\u0002", "\u0003"


def dumps(data: Mapping[str, Any]) -> str:
    """One line of JSON with sorted keys, so that equal records are equal bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def json_data(value: Any) -> Any:
    """Records, enums and paths as what JSON has; a number that is none (NaN, infinity) is null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: json_data(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(json_data(k)): json_data(v) for k, v in value.items()}
    if isinstance(value, set | frozenset):
        return [json_data(v) for v in sorted(value)]
    if isinstance(value, list | tuple):
        return [json_data(v) for v in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def question_to_data(question: Question) -> dict[str, Any]:
    """A question as JSON data, without empty fields."""
    data = asdict(question)
    return {k: v for k, v in data.items() if v not in ("", (), []) or k in ("id", "question")}


def question_from_data(data: Mapping[str, Any]) -> Question:
    """The inverse of `question_to_data`."""
    checks = tuple(Check(c["type"], c["value"]) for c in data.get("checks", ()))
    return Question(
        id=str(data["id"]),
        question=str(data["question"]),
        references=tuple(data.get("references", ())),
        must=tuple(data.get("must", ())),
        checks=checks,
        answerable=bool(data.get("answerable", True)),
        sources=tuple(data.get("sources", ())),
        group=str(data.get("group", "")),
        kind=str(data.get("kind", "")),
        tags=tuple(data.get("tags", ())),
    )


def questions_hash(questions: Sequence[Question]) -> str:
    """SHA-256 over all questions in order, hex."""
    lines = "\n".join(dumps(question_to_data(q)) for q in questions)
    return hashlib.sha256(lines.encode()).hexdigest()


def key_hash(question: Question) -> str:
    """Changes when the wording or the key of a question changes; kind and tags do not matter."""
    data = question_to_data(question)
    names = ("question", "references", "must", "checks", "answerable")
    kept: dict[str, Any] = {name: data[name] for name in names if name in data}
    return hashlib.sha256(dumps(kept).encode()).hexdigest()[:16]


def approach_from_data(data: Mapping[str, Any]) -> Approach:
    """An approach from JSON data."""
    return Approach(**data)


def answer_to_data(answer: Answer) -> dict[str, Any]:
    """The deterministic part of an answer; passages by id, prompts without passage texts."""
    return {
        "question_id": answer.question_id,
        "approach": answer.approach,
        "text": answer.text,
        "written": answer.written,
        "passages": [_passage_to_data(p) for p in answer.passages],
        "dropped_passages": answer.dropped_passages,
        "nearest": [_passage_to_data(p) for p in answer.nearest],
        "citations": [asdict(c) for c in answer.citations],
        "prompt_tokens": answer.prompt_tokens,
        "completion_tokens": answer.completion_tokens,
        "finish": answer.finish,
        "error": answer.error,
        "model": answer.model,
        "adapter": answer.adapter,
        "index": answer.index,
        "prompt_hash": answer.prompt_hash,
        "messages": [
            {"role": m.role, "content": _hide(m.content, answer.passages)} for m in answer.messages
        ],
    }


def answer_from_data(data: Mapping[str, Any], chunks: Mapping[str, Chunk]) -> Answer:
    """The inverse, given the texts of the chunks.

    Raises:
        KeyError: a chunk or field is missing.
    """
    messages = tuple(
        Message(m["role"], _show(m["content"], chunks)) for m in data.get("messages", ())
    )
    return Answer(
        question_id=data["question_id"],
        approach=data["approach"],
        text=data["text"],
        written=data.get("written", ""),
        passages=tuple(_passage_from_data(p, chunks) for p in data["passages"]),
        dropped_passages=data["dropped_passages"],
        nearest=tuple(_passage_from_data(p, chunks) for p in data["nearest"]),
        citations=tuple(Citation(**c) for c in data["citations"]),
        prompt_tokens=data["prompt_tokens"],
        completion_tokens=data["completion_tokens"],
        finish=data["finish"],
        error=data["error"],
        model=data["model"],
        adapter=data["adapter"],
        index=data["index"],
        prompt_hash=data["prompt_hash"],
        messages=messages,
    )


def chunk_from_data(data: Mapping[str, Any]) -> Chunk:
    """A chunk from JSON data."""
    return Chunk(**{**data, "heading_path": tuple(data["heading_path"])})


def _passage_to_data(passage: Passage) -> dict[str, Any]:
    score = None if passage.score is None else round(passage.score, 6)
    return {"number": passage.number, "chunk": passage.chunk.id, "score": score}


def _passage_from_data(data: Mapping[str, Any], chunks: Mapping[str, Chunk]) -> Passage:
    return Passage(data["number"], chunks[data["chunk"]], data["score"])


def _hide(content: str, passages: Sequence[Passage]) -> str:
    """Replace passage texts by their ids: a prompt of five passages shrinks to a few lines."""
    for passage in passages:
        if passage.chunk.text:
            mark = f"{_MARK_START}{passage.chunk.id}{_MARK_END}"
            content = content.replace(passage.chunk.text, mark, 1)
    return content


def _show(content: str, chunks: Mapping[str, Chunk]) -> str:
    pieces = content.split(_MARK_START)
    shown = [pieces[0]]
    for piece in pieces[1:]:
        chunk_id, _, rest = piece.partition(_MARK_END)
        shown.append(chunks[chunk_id].text + rest if chunk_id in chunks else _MARK_START + piece)
    return "".join(shown)
