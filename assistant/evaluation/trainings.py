"""How much a fine-tuned number moves from one training to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.evaluation.header import RunHeader
from assistant.evaluation.records import Count
from assistant.evaluation.runs import RunFolder
from assistant.evaluation.scored import score_run


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
    run: RunFolder, others: Sequence[RunFolder], headline: Iterable[str]
) -> tuple[Trainings, ...]:
    """The approaches with an adapter, over this run and the others; empty without others.

    Args:
        run: the run that is reported.
        others: from `other_trainings`.
        headline: ids of the questions that `run` is compared on.
    """
    if not others:
        return ()
    every = [run, *others]
    scored = [
        {(r.answer.approach, r.question.id): r.score for r in score_run(one)} for one in every
    ]
    names = [a.name for a in run.header.approaches if a.adapter]
    ids = list(headline)
    found = []
    for name in names:
        shared = [
            i for i in ids
            if all((s := scores.get((name, i))) and s.outcome is not None for scores in scored)
        ]  # fmt: skip
        if not shared:
            continue
        found.append(
            Trainings(
                name,
                tuple(
                    (
                        ", ".join(one.header.adapters),
                        Count(sum(bool(scores[name, i].correct) for i in shared), len(shared)),
                    )
                    for one, scores in zip(every, scored, strict=True)
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
