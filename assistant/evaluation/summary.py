"""A run in numbers: everything the report prints, computed once, loading no model."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assistant.evaluation.approach_summary import summarise_approach
from assistant.evaluation.changes import StalenessSummary
from assistant.evaluation.contrasts import (
    INDICATIVE_CLUSTERS,
    MINIMUM_CLUSTERS,
    PLANNED,
    Outcomes,
    planned_contrasts,
)
from assistant.evaluation.grades import GradeBook, agreement
from assistant.evaluation.records import Blame, Count, RunSummary, is_helper
from assistant.evaluation.runs import RunFolder
from assistant.evaluation.scored import ScoredAnswer, score_run
from assistant.evaluation.strata import Stratum
from assistant.schema import Outcome, Question
from assistant.scoring.clusters import Clusters, make_clusters
from assistant.scoring.planning import detectable_difference
from assistant.scoring.statistics import Interval, share_interval

DEFAULT_MARGIN = 0.10
UNREVIEWED_TAG = "unreviewed"
NEEDS_REVIEW = "needs review: its sentence changed since the reference was written"
DROPPED = "dropped in review"
TRAINED = "trained with the same wording"


def summarise(
    run: RunFolder,
    *,
    margin: float = DEFAULT_MARGIN,
    strata: Mapping[str, Stratum] | None = None,
    needs_review: Iterable[str] = (),
    dropped: Iterable[str] = (),
    staleness: StalenessSummary | None = None,
    book: GradeBook | None = None,
    scored: Sequence[ScoredAnswer] | None = None,
) -> RunSummary:
    """Summarise a run.

    Args:
        run: the run folder.
        margin: smallest difference in share correct that matters, 0..1.
        strata: question id -> how it relates to the adapter's training pairs (`map_strata`).
        needs_review: ids of questions whose reference belongs to an older corpus; they leave the
            score and are counted.
        dropped: ids of questions a person took out after the run.
        staleness: what is known of old references, for the report.
        book: people's grades; default: those of this run and of the runs beside it.
        scored: the answers with scores, when the caller has them already.
    """
    book = book if book is not None else GradeBook.around(run.path)
    rows = list(scored) if scored is not None else score_run(run, book)
    names = [a.name for a in run.header.approaches]
    set_aside = dict.fromkeys(needs_review, NEEDS_REVIEW) | dict.fromkeys(dropped, DROPPED)
    headline, left = _headline(run.questions, rows, names, strata or {}, set_aside)
    kept = [r for r in rows if r.question.id in headline]
    clusters = make_clusters(run.questions).only(headline)
    outcomes = outcomes_of(kept, names)
    main = {name: o for name, o in outcomes.items() if not is_helper(name)}
    timings = list(run.timings())
    approaches = tuple(
        summarise_approach(
            approach,
            [r for r in kept if r.answer.approach == approach.name],
            clusters,
            [t for t in timings if t.approach == approach.name and t.alone],
            strata or {},
            k=run.header.passages,
            all_rows=[r for r in rows if r.answer.approach == approach.name],
        )
        for approach in run.header.approaches
    )
    contrasts = tuple(planned_contrasts(main, clusters, margin))
    discordances = [(c.wins + c.losses) / len(headline) for c in contrasts if headline]
    oracle = [r for r in kept if r.answer.approach == "oracle" and r.score.outcome]
    questions = [q for q in run.questions if q.id in headline]
    return RunSummary(
        header=run.header,
        questions=len(run.questions),
        headline=len(headline),
        headline_ids=tuple(q.id for q in questions),
        left_out=dict(Counter(left.values())),
        left_out_ids=left,
        clusters=clusters.count,
        unanswerable=sum(not q.answerable for q in questions),
        groups=len(set(clusters.group_of.values())),
        approaches=approaches,
        contrasts=contrasts,
        oracle=_oracle(oracle, clusters),
        blame=_blame(kept) if {"rag", "oracle"} <= set(names) else None,
        already_known=_already_known(kept),
        graded=sum(r.score.graded for r in kept),
        agreement=agreement([(r.question, r.answer.text, r.rule) for r in rows], book),
        margin=margin,
        detectable=detectable_difference(
            len(set(clusters.group_of.values())), clusters.count, contrasts=len(PLANNED)
        ),
        discordance=max(discordances, default=None),
        evidence=_evidence(clusters.count, questions),
        notes=run.header.notes,
        staleness=staleness or StalenessSummary(),
    )


def outcomes_of(
    rows: Iterable[ScoredAnswer], names: Sequence[str], *, of: Outcome = Outcome.CORRECT
) -> Outcomes:
    """Approach -> question -> 1.0 where that was the outcome, else 0.0; unscored left out."""
    found: dict[str, dict[str, float]] = {name: {} for name in names}
    for row in rows:
        if row.score.outcome is not None and row.answer.approach in found:
            found[row.answer.approach][row.question.id] = float(row.score.outcome is of)
    return found


def _headline(
    questions: Sequence[Question],
    rows: Sequence[ScoredAnswer],
    names: Sequence[str],
    strata: Mapping[str, Stratum],
    set_aside: Mapping[str, str],
) -> tuple[set[str], Mapping[str, str]]:
    """The questions every approach is compared on, and why each of the others left."""
    main = {n for n in names if not is_helper(n)} or set(names)
    scored: dict[str, set[str]] = {}
    for row in rows:
        if row.score.outcome is not None:
            scored.setdefault(row.question.id, set()).add(row.answer.approach)
    kept, reasons = set(), dict[str, str]()
    for question in questions:
        if not question.scorable:
            reasons[question.id] = "no reference, must phrase or check"
        elif question.id in set_aside:
            reasons[question.id] = set_aside[question.id]
        elif strata.get(question.id) is Stratum.SAME_WORDING:
            reasons[question.id] = TRAINED
        elif not main <= scored.get(question.id, set()):
            reasons[question.id] = "an approach failed on it or did not answer it"
        else:
            kept.add(question.id)
    return kept, reasons


def _oracle(rows: Sequence[ScoredAnswer], clusters: Clusters) -> Interval | None:
    values = {r.question.id: float(r.score.correct) for r in rows if r.question.answerable}
    return share_interval(clusters.averaged(values)) if values else None


def _blame(rows: Sequence[ScoredAnswer]) -> Blame:
    found = Counter(blame_of(rows).values())
    return Blame(found["retrieval"], found["reader"], found["unknown"])


def blame_of(rows: Iterable[ScoredAnswer]) -> dict[str, str]:
    """Question id -> why `rag` is not right: `retrieval`, `reader` (or reference), `unknown`.

    Args:
        rows: scored answers of every approach to the questions of the headline.
    """
    by = {(r.answer.approach, r.question.id): r for r in rows}
    found: dict[str, str] = {}
    for (approach, question_id), row in by.items():
        if approach != "rag" or row.score.correct or not row.question.answerable:
            continue
        oracle = by.get(("oracle", question_id))
        if oracle is None or oracle.score.outcome is None or not oracle.answer.passages:
            found[question_id] = "unknown"
        elif oracle.score.correct:
            found[question_id] = "retrieval"
        else:
            found[question_id] = "reader"
    return found


def _already_known(rows: Sequence[ScoredAnswer]) -> Count:
    asked = [r for r in rows if r.answer.approach == "prompt" and r.question.answerable]
    return Count(sum(r.score.outcome is Outcome.CORRECT for r in asked), len(asked))


def _evidence(clusters: int, questions: Sequence[Question]) -> str:
    if clusters < MINIMUM_CLUSTERS:
        return "none"
    unreviewed = sum(UNREVIEWED_TAG in q.tags for q in questions)
    if clusters < INDICATIVE_CLUSTERS or unreviewed:
        return "indicative"
    return "firm"
