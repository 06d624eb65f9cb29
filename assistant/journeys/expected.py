"""What can be said before an answer is scored: the record, and more only where it was shown."""

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.journeys.since import changed_since
from assistant.journeys.verdict import run_infos, run_path, scored_headline, summarise_run
from assistant.overview import Record
from assistant.parts import Parts

if TYPE_CHECKING:
    from assistant.evaluation.expected import Forecast
    from assistant.evaluation.header import RunHeader
    from assistant.scoring.clusters import Clusters

Stamp = tuple[str, tuple[tuple[str, int], ...]]


def newest_record(parts: Parts, approach: str) -> Record | None:
    """How often an approach was right in the newest run that has it."""
    for info in run_infos(parts):
        if approach not in info.approaches:
            continue
        try:
            summary = summarise_run(parts, info.id)
        except AssistantError:
            continue
        found = summary.approach(approach)
        if found is not None and found.correct.whole:
            changed = changed_since(parts, summary.header, approach)
            return Record(found.correct.part, found.correct.whole, info.id, changed=changed)
    return None


@dataclass(slots=True)
class _Run:
    """One run's outcomes, with forecasts made when first asked for."""

    stamp: Stamp
    header: "RunHeader"
    wording: Mapping[str, str]
    outcomes: Mapping[str, Mapping[str, float]]
    clusters: "Clusters"
    forecasts: "dict[str, Forecast]" = field(default_factory=dict)
    vectors: Mapping[str, Sequence[float]] = field(default_factory=dict)


class FreeRecords:
    """Records for questions nobody has scored; runs are read once and again after a grade."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._lock = threading.Lock()
        self._runs: dict[str, _Run] = {}

    def find(self, question: str, approach: str) -> Record | None:
        """The record of an approach, with an expectation where similar questions allow one.

        Args:
            question: any wording. One that was scored itself gets no expectation: its answer is
                known.
            approach: by name.

        Returns:
            None when the approach was never scored.
        """
        with self._lock:
            for info in run_infos(self._parts):
                if approach not in info.approaches:
                    continue
                with suppress(AssistantError):
                    run = self._read(info.id)
                    outcomes = run.outcomes.get(approach, {})
                    if outcomes:
                        right = round(sum(outcomes.values()))
                        changed = changed_since(self._parts, run.header, approach)
                        expected = None if changed else self._expected(run, approach, question)
                        return Record(right, len(outcomes), info.id, expected, changed)
        return None

    def _read(self, run_id: str) -> _Run:
        stamp = self._stamp(run_id)
        known = self._runs.get(run_id)
        if known is None or known.stamp != stamp:
            header, questions, outcomes, clusters = scored_headline(self._parts, run_id)
            wording = {q.id: q.question for q in questions}
            vectors = known.vectors if known and known.wording == wording else {}
            known = _Run(stamp, header, wording, outcomes, clusters, vectors=vectors)
            self._runs[run_id] = known
        return known

    def _stamp(self, run_id: str) -> Stamp:
        """Changes with every answer and every grade of any run."""
        root = run_path(self._parts, run_id).parent
        files = [*root.glob("*/grades.jsonl"), root / run_id / "answers.jsonl"]
        return run_id, tuple(sorted((str(p), p.stat().st_size) for p in files if p.exists()))

    def _expected(self, run: _Run, approach: str, question: str) -> float | None:
        from assistant.evaluation.expected import check_forecast, expected_correct

        if question.strip() in run.wording.values():
            return None
        with suppress(AssistantError):  # no embedder: the record alone is said
            if not run.vectors:
                run.vectors = self._vectors(run.wording)
            outcomes = run.outcomes[approach]
            if approach not in run.forecasts:
                run.forecasts[approach] = check_forecast(run.vectors, outcomes, run.clusters)
            forecast = run.forecasts[approach]
            if forecast.usable:
                vector = self._parts.embedder.embed_query(question).tolist()
                known = {q: v for q, v in run.vectors.items() if q in outcomes}
                return expected_correct(forecast, vector, known, outcomes)
        return None

    def _vectors(self, wording: Mapping[str, str]) -> Mapping[str, Sequence[float]]:
        """Question id -> vector; kept on disk, for embedding hundreds takes seconds."""
        import numpy as np

        from assistant.retrieval.embedding_cache import EmbeddingCache, text_hash

        embedder = self._parts.embedder
        keys = {q: text_hash(text) for q, text in wording.items()}
        path = self._parts.corpus.root / "cache" / "questions.sqlite"
        cache = EmbeddingCache(path, embedder.fingerprint)
        try:
            found = cache.get(list(dict.fromkeys(keys.values())))
            missing = {keys[q]: text for q, text in wording.items() if keys[q] not in found}
            if missing:
                vectors = np.stack([embedder.embed_query(text) for text in missing.values()])
                cache.put(list(missing), vectors)
                found.update(zip(missing, vectors, strict=True))
        finally:
            cache.close()
        return {q: found[key].tolist() for q, key in keys.items()}
