"""What goes into an adapter's version folder besides its weights."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.finetuning.course import LoraSettings, TrainingResult
from assistant.finetuning.records import LOSSES_FILE, PAIRS_FILE, write_training_set
from assistant.models.adapters import AdapterManifest, new_id
from assistant.models.local import LocalModel
from assistant.schema import Fact, Pair, Question


def hash_of(parts: Iterable[str]) -> str:
    """First 16 hex digits of the SHA-256 of the lines."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def pairs_hash(pairs: Iterable[Pair]) -> str:
    """Changes when any pair is added, removed or changed; order does not matter."""
    return hash_of(sorted(pair.id for pair in pairs))


def gold_hash(questions: Sequence[Question]) -> str:
    """Of the questions kept out of training; empty when there were none."""
    return hash_of(sorted(q.question for q in questions)) if questions else ""


def trained_pairs(pairs: Iterable[Pair], result: TrainingResult) -> list[Pair]:
    """The pairs whose facts were trained, and those that belong to no fact."""
    chosen = frozenset(result.plan.fact_ids)
    return [pair for pair in pairs if not pair.fact_id or pair.fact_id in chosen]


def make_manifest(
    local: LocalModel,
    result: TrainingResult,
    settings: LoraSettings,
    pairs: Sequence[Pair],
    facts: Sequence[Fact],
    gold_questions: Sequence[Question],
    *,
    chunk_ids: Iterable[str],
    index_version: str | None,
    corpus_hash: str,
) -> AdapterManifest:
    """The provenance of an adapter, for `AdapterVersions.publish`."""
    chosen = frozenset(result.plan.fact_ids)
    return AdapterManifest(
        id=new_id(),
        base_model=local.name,
        base_fingerprint=local.fingerprint,
        index_version=index_version,
        corpus_hash=corpus_hash,
        pairs_hash=pairs_hash(pairs),
        gold_hash=gold_hash(gold_questions),
        facts_total=result.plan.facts_total,
        facts_trained=len(chosen),
        exposures=float(result.exposures),
        seconds=round(result.seconds, 1),
        loss=round(result.losses[-1][1], 4) if result.losses else 0.0,
        dev_score=round(result.after.f1, 4) if result.after else None,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        rank=settings.rank,
        learning_rate=result.learning_rate,
        chunk_ids=tuple(sorted(chunk_ids)),
        wordings=PAIRS_FILE,
    )


def write_files(
    folder: Path, result: TrainingResult, pairs: Sequence[Pair], facts: Sequence[Fact]
) -> None:
    """Trained pairs, all facts, and the course of training (`training.json`)."""
    write_training_set(folder, trained_pairs(pairs, result), facts, result.plan.fact_ids)
    plan = {k: v for k, v in result.plan.to_json().items() if k != "fact_ids"}
    course = {
        "plan": plan,
        "steps": result.steps,
        "stopped": result.stopped,
        "precision": result.precision,
        "losses": result.losses,
        "development": {
            "before": result.before.to_json() if result.before else None,
            "after": result.after.to_json() if result.after else None,
        },
    }
    (folder / LOSSES_FILE).write_text(json.dumps(course, indent=1) + "\n", "utf-8")
