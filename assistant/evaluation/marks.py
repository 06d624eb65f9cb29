"""What a scored answer is counted as: the words by which a report finds the rows of a number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.evaluation.approach_summary import (
    agreeing_groups,
    attempted,
    retrieval_of,
    several_documents,
)
from assistant.evaluation.grades import normal_answer
from assistant.evaluation.scored import ScoredAnswer, ungrounded_values
from assistant.evaluation.strata import Stratum
from assistant.schema import Outcome

COUNTED = "counted"
"""The question is one every approach is compared on."""
SCORED = "scored"

Key = tuple[str, str]
"""Approach and question id."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an answer is counted as only in the light of other things than itself."""

    headline: Collection[str] = ()
    """Ids of the questions every approach is compared on."""
    strata: Mapping[str, Stratum] = field(default_factory=dict)
    """Question id -> relation to the training pairs."""
    blame: Mapping[str, str] = field(default_factory=dict)
    """Question id -> why `rag` is not right there, from `summary.blame_of`."""
    contrasts: Collection[Key] = ()
    """Pairs of approaches; `beats:OTHER` marks who alone was right, `differs:OTHER` both."""
    tellings: Mapping[Key, str] = field(default_factory=dict)
    """Old, new or neither, from `staleness.tellings`."""
    timed: Collection[Key] = ()
    """Answers that were timed alone on a warm model."""
    k: int = 5
    """Passages per question."""


def left_mark(why: str) -> str:
    """Of a question that left the comparison."""
    return f"left:{why}"


def id_mark(question_id: str) -> str:
    """Of one question."""
    return f"id:{question_id}"


def decided_mark(decision: str) -> str:
    """Of a question that a person has kept, edited or dropped since the run."""
    return f"decided:{decision}"


def stratum_mark(name: str) -> str:
    """Of an answer by the relation of its question to the training pairs."""
    return f"stratum:{name}"


def mark_rows(rows: Sequence[ScoredAnswer], seen: Context) -> list[frozenset[str]]:
    """The marks of every answer, in order.

    Args:
        rows: all scored answers of a run.
        seen: what else is known.
    """
    kept = set(seen.headline)
    right = {(r.answer.approach, r.question.id) for r in rows if r.score.correct}
    rivals: dict[str, set[str]] = {}
    for a, b in seen.contrasts:
        rivals.setdefault(a, set()).add(b)
        rivals.setdefault(b, set()).add(a)
    agree, several = agreeing_groups([r for r in rows if r.question.id in kept])
    rated = _rated(rows)
    found = []
    for i, row in enumerate(rows):
        name, question = row.answer.approach, row.question
        group = name, question.group
        told = _own(row, seen.k) | {
            "rated": i in rated,
            "rule agrees": i in rated and row.rule.outcome is row.score.outcome,
            "timed": (name, question.id) in seen.timed,
        }
        marks = {mark for mark, holds in told.items() if holds}
        if question.id in kept:
            marks |= {COUNTED} | _against(row, rivals.get(name, set()), right)
            marks |= {"reworded"} if group in several else set()
            marks |= {"one outcome"} if group in agree else set()
        if question.id in seen.strata:
            marks.add(stratum_mark(seen.strata[question.id].value))
        if name == "rag" and question.id in seen.blame:
            marks |= {"blamed", f"blame:{seen.blame[question.id]}"}
        if (name, question.id) in seen.tellings:
            marks |= {"about a changed fact", f"tells:{seen.tellings[name, question.id]}"}
        found.append(frozenset(marks))
    return found


def _against(row: ScoredAnswer, rivals: Collection[str], right: Collection[Key]) -> set[str]:
    """Who else this answer differs from in being right."""
    differing = {r for r in rivals if ((r, row.question.id) in right) != row.score.correct}
    beaten = differing if row.score.correct else set[str]()
    return {f"differs:{r}" for r in differing} | {f"beats:{r}" for r in beaten}


def _rated(rows: Sequence[ScoredAnswer]) -> set[int]:
    """One of each distinct answer that a person graded and the rule scored."""
    last = {
        (r.question.id, normal_answer(r.answer.text)): i
        for i, r in enumerate(rows) if r.score.graded and r.rule.outcome
    }  # fmt: skip
    return set(last.values())


def _own(row: ScoredAnswer, k: int) -> dict[str, bool]:
    """What the answer alone tells."""
    return {"asked": True, "answered": not row.answer.error} | _outcome(row) | _grounding(row, k)


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
    recall, rank = retrieval_of(row, k) or (None, None)
    return {
        "attempted": tried,
        "supported": tried and any(c.supported for c in answer.citations),
        "ungrounded": tried and bool(ungrounded_values(answer, row.question)),
        "two documents": several_documents(row.question),
        "retrieval": recall is not None,
        "all sources found": recall == 1.0,
        "source found first": rank == 1.0,
        "shown passages": bool(answer.passages),
        "dropped": answer.dropped_passages > 0,
    }
