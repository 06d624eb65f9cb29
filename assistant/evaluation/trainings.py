"""How much a fine-tuned number moves from one training to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.header import RunHeader
from assistant.evaluation.records import Count
from assistant.evaluation.runs import RunFolder, list_runs
from assistant.evaluation.scored import ScoredAnswer, score_run


@dataclass(frozen=True, slots=True)
class Trainings:
    """One approach with every adapter that was scored under the same circumstances."""

    approach: str
    correct: tuple[tuple[str, Count], ...]
    """(adapter, right of the questions that all of them were scored on), this run's first."""

    def __str__(self) -> str:
        shares = ", ".join(str(count.part) for _, count in self.correct)
        whole = self.correct[0][1].whole
        return f"{self.approach} in {len(self.correct)} trainings: {shares} of {whole} correct"


def trainings_beside(
    run: RunFolder, scored: Sequence[ScoredAnswer], root: Path, headline: Iterable[str]
) -> tuple[Trainings, ...]:
    """`spread` over the runs of a folder; empty where the run has no adapter."""
    if not run.header.adapters:
        return ()
    return spread(run, scored, other_trainings(run.header, list_runs(root)), headline)


def other_trainings(run: RunHeader, runs: Iterable[RunFolder]) -> list[RunFolder]:
    """Finished runs that differ from `run` in nothing but the adapter; the newest of each adapter.

    Same questions, documents, index, base model, prompts, passages and answer cap.
    """
    found: dict[tuple[str, ...], RunFolder] = {}
    for other in sorted(runs, key=lambda r: r.header.id):
        same = _circumstances(other.header) == _circumstances(run)
        if same and other.header.adapters != run.adapters and other.finished:
            found[other.header.adapters] = other
    return list(found.values())


def spread(
    run: RunFolder,
    scored: Sequence[ScoredAnswer],
    others: Sequence[RunFolder],
    headline: Iterable[str],
) -> tuple[Trainings, ...]:
    """The approaches with an adapter, over this run and the others; empty without others.

    Args:
        run: the run that is reported; the others are scored by its keys, reviewed ones included.
        scored: its answers.
        others: from `other_trainings`.
        headline: ids of the questions that `run` is compared on.
    """
    if not others:
        return ()
    adapters = [", ".join(one.header.adapters) for one in (run, *others)]
    rows = [scored, *(score_run(one.with_questions(run.questions)) for one in others)]
    tables = [{(r.answer.approach, r.question.id): r.score for r in one} for one in rows]
    names = [a.name for a in run.header.approaches if a.adapter]
    ids = list(headline)
    found = []
    for name in names:
        shared = [
            i for i in ids
            if all((s := scores.get((name, i))) and s.outcome is not None for scores in tables)
        ]  # fmt: skip
        if not shared:
            continue
        found.append(
            Trainings(
                name,
                tuple(
                    (
                        adapter,
                        Count(sum(bool(scores[name, i].correct) for i in shared), len(shared)),
                    )
                    for adapter, scores in zip(adapters, tables, strict=True)
                ),
            )
        )
    return tuple(found)


def _circumstances(header: RunHeader) -> tuple[object, ...]:
    return (
        header.questions_sha256,
        header.corpus,
        header.index,
        header.model_fingerprint,
        header.dtype,
        header.decoding,
        header.passages,
        header.max_new_tokens,
        tuple(sorted(header.prompt_hashes.items())),
    )
