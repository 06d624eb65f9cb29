"""What training cost: measured once an adapter, before its first score, and kept beside it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.parts import Parts

if TYPE_CHECKING:
    from assistant.answering.pipeline import Pipeline
    from assistant.schema import Approach


@dataclass(frozen=True, slots=True)
class Forgetting:
    """The result in words, and whether a loss is confirmed."""

    words: str
    forgot: bool | None
    """None: the base knows too little to lose anything measurable."""


def forgetting_of(parts: Parts, adapter: str) -> Forgetting | None:
    """The kept result of an adapter; None when it was never measured."""
    try:
        return Forgetting(**json.loads(forgetting_file(parts, adapter).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def measure_once(parts: Parts, pipeline: "Pipeline", approach: "Approach") -> Forgetting:
    """Ask base and adapter the packaged questions, unless that was done before.

    Args:
        parts: where the result is kept.
        pipeline: its base model and prompt templates are used.
        approach: one with an adapter; its prompt style is asked with.

    Raises:
        ModelError: the model does not answer at all.
    """
    from assistant.answering.prompts import render
    from assistant.evaluation.forgetting import measure_forgetting
    from assistant.evaluation.jsonl import write_whole
    from assistant.models.engine import Engine

    assert approach.adapter is not None
    kept = forgetting_of(parts, approach.adapter)
    if kept is not None:
        return kept
    template, generator = pipeline.template_for(approach), pipeline.generator
    found = measure_forgetting(
        generator,
        approach.adapter,
        lambda question, passages: render(template, question, passages, pipeline.examples),
        text_loss=generator.text_loss if isinstance(generator, Engine) else None,
    )
    result = Forgetting(str(found), found.forgot)
    path = forgetting_file(parts, approach.adapter)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(asdict(result), indent=1) + "\n")
    return result


def forgetting_file(parts: Parts, adapter: str) -> Path:
    """Where the result of an adapter is kept."""
    return parts.corpus.root / "forgetting" / f"{adapter}.json"
