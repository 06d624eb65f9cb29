"""What training cost: measured once an adapter, before its first score, and kept beside it.

    forgetting/<adapter>.json     the result in words, and the hash of its answers
    forgetting/<adapter>.jsonl    every question with what base and adapter said to it

The result is counted from the answers again whenever it is read.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.parts import Parts

if TYPE_CHECKING:
    from assistant.answering.pipeline import Pipeline
    from assistant.evaluation.kept_answers import KeptQuestion
    from assistant.schema import Approach


@dataclass(frozen=True, slots=True)
class Forgetting:
    """The result in words, and whether a loss is confirmed."""

    words: str
    """Its numbers open the answers, where those were kept."""
    forgot: bool | None
    """None: the base knows too little to lose anything measurable."""
    answers: "tuple[KeptQuestion, ...]" = ()
    """Empty: measured before answers were stored."""


def forgetting_of(parts: Parts, adapter: str) -> Forgetting | None:
    """The kept result of an adapter; None when it was never measured."""
    from assistant.decision.words import answers_not_stored
    from assistant.evaluation.kept_answers import load_kept

    try:
        kept = json.loads(forgetting_file(parts, adapter).read_text(encoding="utf-8"))
        words, forgot, sha256 = kept["words"], kept["forgot"], kept.get("answers_sha256", "")
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    rows = load_kept(answers_file(parts, adapter), sha256) if sha256 else ()
    if rows:
        return _result(rows)
    again = answers_not_stored(f"assistant score --corpus {parts.corpus_name}")
    return Forgetting(f"{words}; {again}", forgot)


def measure_once(parts: Parts, pipeline: "Pipeline", approach: "Approach") -> Forgetting:
    """Ask base and adapter the packaged questions, unless their answers are kept from before.

    Args:
        parts: where the result is kept.
        pipeline: its base model and prompt templates are used.
        approach: one with an adapter; its prompt style is asked with.

    Raises:
        ModelError: the model does not answer at all.
    """
    from assistant.answering.prompts import render
    from assistant.evaluation.forgetting import ask_forgetting
    from assistant.evaluation.jsonl import write_whole
    from assistant.evaluation.kept_answers import save_kept
    from assistant.models.engine import Engine

    assert approach.adapter is not None
    kept = forgetting_of(parts, approach.adapter)
    if kept is not None and kept.answers:
        return kept
    template, generator = pipeline.template_for(approach), pipeline.generator
    rows = ask_forgetting(
        generator,
        approach.adapter,
        lambda question, passages: render(template, question, passages, pipeline.examples),
        text_loss=generator.text_loss if isinstance(generator, Engine) else None,
    )
    result = _result(rows)
    # The answers first: a result names them by their hash, so it is never without them.
    sha256 = save_kept(answers_file(parts, approach.adapter), rows)
    data = {"words": str(result.words), "forgot": result.forgot, "answers_sha256": sha256}
    write_whole(forgetting_file(parts, approach.adapter), json.dumps(data, indent=1) + "\n")
    return result


def forgetting_file(parts: Parts, adapter: str) -> Path:
    """Where the result of an adapter is kept."""
    return parts.corpus.root / "forgetting" / f"{adapter}.json"


def answers_file(parts: Parts, adapter: str) -> Path:
    """Where the answers behind it are kept."""
    return forgetting_file(parts, adapter).with_suffix(".jsonl")


def _result(rows: "tuple[KeptQuestion, ...]") -> Forgetting:
    from assistant.decision.forgetting_words import forgetting_words
    from assistant.evaluation.forgetting_result import count_forgetting

    found = count_forgetting(rows)
    return Forgetting(forgetting_words(found), found.forgot, rows)
