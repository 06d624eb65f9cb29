"""What is behind the numbers of a report: the marks by which a number finds its rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.decision.records import Recommendation
from assistant.evaluation.kept_answers import KeptQuestion
from assistant.evaluation.marks import Context, Key, decided_mark, id_mark, left_mark, mark_rows
from assistant.evaluation.records import RunSummary
from assistant.evaluation.runs import Timing
from assistant.evaluation.scored import ScoredAnswer
from assistant.evaluation.staleness import key_differs, tellings
from assistant.evaluation.strata import Stratum
from assistant.evaluation.summary import NEEDS_REVIEW, blame_of
from assistant.schema import Question
from assistant.scoring.clusters import Clusters, make_clusters


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a run beside its answers."""

    questions: Sequence[Question] = ()
    """All questions of the run, also those without an answer; empty: those of the answers."""
    strata: Mapping[str, Stratum] = field(default_factory=dict)
    """Question id -> relation to the training pairs, as given to `summarise`."""
    stale: Collection[str] = frozenset()
    """Ids of questions about documents that changed since the adapter was trained."""
    before: Mapping[str, Question] = field(default_factory=dict)
    """Changed questions with the key of the old documents."""
    timings: Sequence[Timing] = ()
    forgetting: Sequence[KeptQuestion] = ()
    """The answers of the forgetting check; empty: not measured, or not kept."""
    curve: Sequence[KeptQuestion] = ()
    """Those of the learning curve, by name of the point."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows of a run, marked."""

    questions: tuple[Question, ...]
    answers: tuple[frozenset[str], ...]
    """The marks of every scored answer, in order."""
    marks: Mapping[str, frozenset[str]]
    """Question id -> its marks."""
    clusters: Clusters
    """Of the questions that are compared on."""
    seconds: Mapping[Key, float]
    """Of the answers that were timed alone."""
    before: Mapping[str, Question]
    """Questions whose answer changed, with the old key."""


def look_behind(
    summary: RunSummary, recommendation: Recommendation, scored: Sequence[ScoredAnswer],
    known: Known,
) -> Behind:  # fmt: skip
    """Mark every answer and question of a run.

    Args:
        summary: the run in numbers.
        recommendation: its verdict, which may compare approaches that no contrast was planned for.
        scored: its answers.
        known: what else is known.
    """
    asked = {r.question.id: r.question for r in scored}
    questions = tuple(known.questions or asked.values())
    before = {
        q.id: known.before[q.id]
        for q in questions if q.id in known.before and key_differs(known.before[q.id], q)
    }  # fmt: skip
    seconds = {(t.approach, t.question_id): t.seconds for t in known.timings if t.alone}
    kept = set(summary.headline_ids)
    pairs = [(c.first, c.second) for c in summary.contrasts]
    pairs += [(x.challenger, x.incumbent) for x in recommendation.standings]
    context = Context(
        headline=kept,
        strata=known.strata,
        blame=blame_of(r for r in scored if r.question.id in kept) if summary.blame else {},
        contrasts=[*pairs, ("oracle", "rag")],
        tellings=tellings(before, questions, (r.answer for r in scored)),
        timed=seconds.keys(),
        k=summary.header.passages,
    )
    marks = {q.id: frozenset(_marks(q, summary, known.stale, before)) for q in questions}
    return Behind(
        questions, tuple(mark_rows(scored, context)), marks, make_clusters(questions).only(kept),
        seconds, before,
    )  # fmt: skip


def _marks(
    question: Question,
    summary: RunSummary,
    stale: Collection[str],
    before: Mapping[str, Question],
) -> Iterable[str]:
    why = summary.left_out_ids.get(question.id)
    yield "unanswerable" if not question.answerable else "answerable"
    if why:
        yield left_mark(why)
        yield "left out"
    else:
        yield "headline"
    if why == NEEDS_REVIEW:
        yield "needs review"
    if any(question.id == r.question_id for r in summary.staleness.waiting):
        yield id_mark(question.id)
    if question.id in summary.staleness.decided:
        yield decided_mark(summary.staleness.decided[question.id])
    if question.id in stale:
        yield "stale"
    if question.id in before:
        yield "changed"
