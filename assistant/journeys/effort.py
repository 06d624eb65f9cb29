"""Noting what one-off work took, when it happens, and finding it again for a report."""

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.decision.effort import Effort, IndexWork, TrainingWork
from assistant.errors import AssistantError
from assistant.evaluation.jsonl import append_lines, read_lines, repair
from assistant.parts import Parts

if TYPE_CHECKING:
    from assistant.evaluation.header import RunHeader
    from assistant.finetuning.records import FinetuneReport
    from assistant.retrieval.reindex import IndexReport

FILE = "effort.jsonl"
_FRESH = 0.9
"""A build with fewer new vectors than this share of its chunks took them from the cache."""


def effort_file(parts: Parts) -> Path:
    """Where work on this corpus is noted, one line each."""
    return parts.corpus.root / FILE


def note_reindex(parts: Parts, report: "IndexReport") -> None:
    """Keep what a reindex took; one that found nothing to do is no work."""
    touched = report.added + report.changed + report.removed
    if touched:
        work = IndexWork(
            round(report.seconds, 3), touched, report.added + report.changed + report.unchanged,
            report.embedded_chunks, report.total_chunks,
        )  # fmt: skip
        _note(parts, {"work": "reindex", "id": report.version, **asdict(work)})


def note_training(parts: Parts, report: "FinetuneReport") -> None:
    """Keep what a training took; a plan or an interrupted one made no adapter."""
    if report.adapter is None:
        return
    work = TrainingWork(
        round(report.seconds, 1),
        round(report.pair_seconds, 1),
        sum(report.funnel.kept.values()),
        _tokens(parts.adapters.path(report.adapter) / "training.json", report.steps),
        report.delta.facts if report.delta else 0,
    )
    _note(parts, {"work": "training", "id": report.adapter, **asdict(work)})


def effort_of(parts: Parts, header: "RunHeader") -> Effort:
    """What is known of the work behind a run.

    The build is the one that computed most vectors: a rebuild may take them all from the cache.
    """
    lines = list(_noted(effort_file(parts)))
    indexing = [_index_work(d) for d in lines if d.get("work") == "reindex"]
    builds = [w for w in indexing if w.touched >= w.documents and w.embedded >= _FRESH * w.chunks]
    updates = [w for w in indexing if w.touched < w.documents]
    trainings = [_training_work(d) for d in lines if d.get("work") == "training"]
    return Effort(
        max(builds, key=lambda w: w.chunks, default=None),
        updates[-1] if updates else None,
        _training(parts, header, lines),
        next((w for w in reversed(trainings) if w.delta_facts), None),
    )


def _training(
    parts: Parts, header: "RunHeader", lines: list[dict[str, Any]]
) -> TrainingWork | None:
    """The training on everything: a delta's own few seconds would pass for a full retrain."""
    if not header.adapters:
        return None
    adapter = _root(parts, header.adapters[0])
    for data in reversed(lines):
        if data.get("work") == "training" and data.get("id") == adapter:
            return _training_work(data)
    with suppress(AssistantError):  # an adapter from elsewhere: its manifest knows the training
        manifest = parts.adapters.manifest(adapter)
        if manifest.parent is None:
            course = parts.adapters.path(adapter) / "training.json"
            return TrainingWork(manifest.seconds, tokens=_tokens(course, None))
    return None


def _root(parts: Parts, adapter: str) -> str:
    """The adapter that this one goes back to; the last one known when some were deleted."""
    met: set[str] = set()
    with suppress(AssistantError):
        while adapter not in met:
            met.add(adapter)
            adapter = parts.adapters.manifest(adapter).parent or adapter
    return adapter


def _training_work(data: dict[str, Any]) -> TrainingWork:
    return TrainingWork(**{k: v for k, v in data.items() if k not in ("work", "id")})


def _index_work(data: dict[str, Any]) -> IndexWork:
    return IndexWork(**{k: v for k, v in data.items() if k not in ("work", "id")})


def _tokens(course: Path, steps: int | None) -> int | None:
    """Planned tokens a step times steps taken."""
    try:
        data = json.loads(course.read_text(encoding="utf-8"))
        plan = data["plan"]
        taken = steps if steps is not None else data["steps"]
        return round(float(plan["tokens"]) / float(plan["steps"]) * float(taken))
    except (OSError, ValueError, KeyError, TypeError, ZeroDivisionError):
        return None


def _noted(path: Path) -> list[dict[str, Any]]:
    try:
        return list(read_lines(path))
    except ValueError:  # a damaged note is no reason to refuse a report
        return []


def _note(parts: Parts, line: dict[str, Any]) -> None:
    path = effort_file(parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    repair(path)
    append_lines(path, [line])
