"""What a scored answer is counted as: the words by which a report finds the rows of a number."""

from collections.abc import Collection, Mapping, Sequence

from assistant.evaluation.approach_summary import agreeing_groups, attempted, retrieval_of
from assistant.evaluation.scored import ScoredAnswer, ungrounded_values
from assistant.evaluation.strata import Stratum
from assistant.schema import Outcome

COUNTED = "counted"
"""The question is one every approach is compared on."""
SCORED = "scored"


def mark_rows(
    rows: Sequence[ScoredAnswer],
    headline: Collection[str],
    *,
    strata: Mapping[str, Stratum] | None = None,
    blame: Mapping[str, str] | None = None,
    contrasts: Sequence[tuple[str, str]] = (),
    k: int = 5,
) -> list[frozenset[str]]:
    """The marks of every answer, in order.

    Args:
        rows: all scored answers of a run.
        headline: ids of the questions every approach is compared on.
        strata: question id -> relation to the training pairs.
        blame: question id -> why `rag` is not right there, from `summary.blame_of`.
        contrasts: pairs of approaches; `beats:OTHER` marks who alone was right.
        k: passages per question.
    """
    kept = set(headline)
    right = {(r.answer.approach, r.question.id) for r in rows if r.score.correct}
    rivals: dict[str, list[str]] = {}
    for a, b in contrasts:
        rivals.setdefault(a, []).append(b)
        rivals.setdefault(b, []).append(a)
    agree, several = agreeing_groups([r for r in rows if r.question.id in kept])
    found = []
    for row in rows:
        name, question = row.answer.approach, row.question
        marks = _own(row, k)
        if question.id in kept:
            marks.add(COUNTED)
            if row.score.correct:
                marks |= {
                    f"beats:{o}" for o in rivals.get(name, ()) if (o, question.id) not in right
                }
            if (name, question.group) in several:
                marks.add("reworded")
            if (name, question.group) in agree:
                marks.add("one outcome")
        if strata and question.id in strata:
            marks.add(f"stratum:{strata[question.id].value}")
        if blame and name == "rag" and question.id in blame:
            marks.add(f"blame:{blame[question.id]}")
        found.append(frozenset(marks))
    return found


def _own(row: ScoredAnswer, k: int) -> set[str]:
    """What the answer alone tells."""
    told = {"asked": True} | _outcome(row) | _grounding(row, k)
    return {name for name, holds in told.items() if holds}


def _outcome(row: ScoredAnswer) -> dict[str, bool]:
    score, question = row.score, row.question
    wrong = score.wrong_kind.value if score.wrong_kind else ""
    declined = score.correct and not question.answerable
    return {
        "answerable": question.answerable,
        "unanswerable": not question.answerable,
        SCORED: score.outcome is not None,
        score.outcome.value if score.outcome else "unscored": True,
        f"kind:{question.kind}": bool(question.kind),
        f"wrong:{wrong}": bool(wrong) and score.outcome is Outcome.INCORRECT,
        "declined": declined or score.outcome is Outcome.ABSTAINED,
        "form asked": score.format_ok is not None,
        "form kept": bool(score.format_ok),
        "task": bool(question.checks),
        "graded": score.graded,
    }


def _grounding(row: ScoredAnswer, k: int) -> dict[str, bool]:
    answer, tried = row.answer, attempted(row)
    return {
        "attempted": tried,
        "supported": tried and any(c.supported for c in answer.citations),
        "ungrounded": tried and bool(ungrounded_values(answer, row.question)),
        "cites": any(c.written_by_model for c in answer.citations),
        "two documents": len({s.split("#", 1)[0] for s in row.question.sources}) > 1,
        "retrieval": retrieval_of(row, k) is not None,
        "dropped": answer.dropped_passages > 0,
    }
