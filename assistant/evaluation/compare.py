"""Two runs: what got better, what got worse, on the questions that did not change."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.errors import GateFailed, RunError
from assistant.evaluation.codec import key_hash
from assistant.evaluation.contrasts import contrast
from assistant.evaluation.records import Contrast
from assistant.evaluation.runs import RunFolder
from assistant.evaluation.scored import ScoredAnswer, score_run
from assistant.evaluation.summary import DEFAULT_MARGIN
from assistant.scoring.clusters import make_clusters

_SAME_SET = 0.5
"""Below this share of the smaller set, two runs asked different question sets."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer whose outcome changed."""

    question_id: str
    approach: str
    before: str
    after: str
    answer_before: str
    answer_after: str


@dataclass(frozen=True, slots=True)
class RunComparison:
    """The second run against the first."""

    first: str
    second: str
    paired: int
    """Questions with the same id, wording and key in both."""
    only_first: int
    only_second: int
    edited: int
    """Same id, but wording or key changed: not compared."""
    differences: Mapping[str, Contrast]
    """Approach -> second minus first."""
    got_worse: tuple[Changed, ...]
    got_better: tuple[Changed, ...]
    differing_ids: tuple[str, ...]
    """Header fields that differ: what the change may come from."""


def compare_runs(
    first: RunFolder,
    second: RunFolder,
    *,
    margin: float = DEFAULT_MARGIN,
    partial: bool = False,
) -> RunComparison:
    """Pair the unchanged questions of two runs, approach by approach.

    Args:
        first: before.
        second: after.
        margin: smallest difference that matters, 0..1.
        partial: also where the two asked mostly different questions.

    Raises:
        RunError: the runs share no question, fewer than half of the smaller set (unless
            `partial`), or no approach.
    """
    old = {q.id: q for q in first.questions}
    new = {q.id: q for q in second.questions}
    shared = [q for q in old if q in new]
    same = [q for q in shared if key_hash(old[q]) == key_hash(new[q])]
    if not same:
        raise RunError(
            f"runs {first.header.id} and {second.header.id} share no unchanged question",
            cure="compare runs of one question file",
        )
    if len(same) < _SAME_SET * min(len(old), len(new)) and not partial:
        raise RunError(
            f"runs {first.header.id} and {second.header.id} asked different question sets: only "
            f"{len(same)} of {len(old)} and {len(new)} questions are unchanged",
            cure="score both on one question file, or add --partial to compare on those few",
        )
    before, after = _by_key(first), _by_key(second)
    names = [a.name for a in first.header.approaches]
    names = [n for n in names if n in {a.name for a in second.header.approaches}]
    if not names:
        raise RunError(
            f"runs {first.header.id} and {second.header.id} share no approach",
            cure="score both with the same --approaches",
        )
    clusters = make_clusters([new[q] for q in same])
    differences: dict[str, Contrast] = {}
    worse: list[Changed] = []
    better: list[Changed] = []
    for name in names:
        pairs = {q: (before.get((name, q)), after.get((name, q))) for q in same}
        scored = {
            q: (a, b) for q, (a, b) in pairs.items()
            if a and b and a.score.outcome is not None and b.score.outcome is not None
        }  # fmt: skip
        outcomes = {
            "first": {q: float(a.score.correct) for q, (a, _) in scored.items()},
            "second": {q: float(b.score.correct) for q, (_, b) in scored.items()},
        }
        differences[name] = contrast(outcomes, "second", "first", clusters, margin)
        for question, (a, b) in scored.items():
            if a.score.correct != b.score.correct:
                (better if b.score.correct else worse).append(_changed(question, name, a, b))
    return RunComparison(
        first=first.header.id,
        second=second.header.id,
        paired=len(same),
        only_first=len(old) - len(shared),
        only_second=len(new) - len(shared),
        edited=len(shared) - len(same),
        differences=differences,
        got_worse=tuple(worse),
        got_better=tuple(better),
        differing_ids=_differing(first, second),
    )


def require_no_regression(
    comparison: RunComparison,
    *,
    max_regression: float | None = None,
    approach: str | None = None,
) -> None:
    """Fail when an approach lost more than allowed.

    Args:
        comparison: from `compare_runs`.
        max_regression: largest loss in share correct, 0..1; None allows any.
        approach: look at this one only.

    Raises:
        GateFailed: naming every approach over the limit (exit code 3).
    """
    if max_regression is None:
        return
    bad = [
        f"{name} lost {-c.difference.estimate * 100:.1f} points ({c.losses} worse, {c.wins} better)"
        for name, c in comparison.differences.items()
        if approach in (None, name) and -c.difference.estimate > max_regression + 1e-9
    ]
    if bad:
        raise GateFailed(
            f"more than {max_regression * 100:g} points lost since {comparison.first}: "
            + "; ".join(bad),
            cure=f"assistant compare {comparison.first} {comparison.second} lists the questions",
        )


def require_share(shares: Mapping[str, float], fail_under: float, approach: str) -> None:
    """Fail when an approach is right on too few questions.

    Args:
        shares: approach -> share correct, 0..1.
        fail_under: the threshold, 0..1.
        approach: the one to look at.

    Raises:
        GateFailed: it is below, or was not scored.
    """
    share = shares.get(approach)
    if share is None or share < fail_under - 1e-9:
        found = "not scored" if share is None else f"{share * 100:.1f} %"
        raise GateFailed(
            f"{approach} correct: {found}, asked for at least {fail_under * 100:g} %",
            cure="look at the wrong answers in the report, or lower --fail-under",
        )


def _by_key(run: RunFolder) -> dict[tuple[str, str], ScoredAnswer]:
    return {(row.answer.approach, row.question.id): row for row in score_run(run)}


def _changed(question: str, approach: str, a: ScoredAnswer, b: ScoredAnswer) -> Changed:
    before = a.score.outcome.value if a.score.outcome else ""
    after = b.score.outcome.value if b.score.outcome else ""
    return Changed(question, approach, before, after, a.answer.text, b.answer.text)


def _differing(first: RunFolder, second: RunFolder) -> tuple[str, ...]:
    names = ("corpus", "index", "embedder", "model", "model_fingerprint", "dtype", "adapters",
             "prompt_hashes", "passages", "max_new_tokens")  # fmt: skip
    return tuple(n for n in names if getattr(first.header, n) != getattr(second.header, n))
