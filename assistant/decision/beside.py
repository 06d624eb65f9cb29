"""What was measured beside the run, marked so that its numbers find their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.decision.curve_words import CURVE, point_label
from assistant.decision.forgetting_words import FORGETTING
from assistant.decision.tables import Measure
from assistant.evaluation.forgetting_result import ADAPTER, BASE
from assistant.evaluation.kept_answers import KeptAnswer, KeptQuestion
from assistant.evaluation.learning_curve import FACTS, WORDINGS, Curve


@dataclass(frozen=True, slots=True)
class Marked:
    """One kept question with the marks of its own and of every answer to it."""

    kept: KeptQuestion
    marks: frozenset[str]
    answers: Mapping[str, frozenset[str]]
    """Who answered -> marks."""


def mark_beside(
    forgetting: Sequence[KeptQuestion], curve: Curve | None, answers: Sequence[KeptQuestion]
) -> dict[Measure, tuple[Marked, ...]]:
    """Mark the rows of every measurement whose answers were kept.

    Args:
        forgetting: the answers of the forgetting check.
        curve: the learning curve.
        answers: its answers, by name of the point.
    """
    found: dict[Measure, tuple[Marked, ...]] = {}
    if forgetting:
        found[FORGETTING] = _marked(forgetting, [(ADAPTER, BASE)])
    if curve and answers:
        labels = {point.name: point_label(point) for point in curve.points}
        gains = [gain for sweep in (FACTS, WORDINGS) if (gain := curve.gain(sweep))]
        pairs = [(point_label(gain.end), point_label(gain.start)) for gain in gains]
        named = [
            replace(row, answers={labels[name]: a for name, a in row.answers.items()})
            for row in answers
        ]
        found[CURVE] = _marked(named, pairs)
    return found


def _marked(rows: Sequence[KeptQuestion], pairs: Sequence[tuple[str, str]]) -> tuple[Marked, ...]:
    return tuple(_one(row, pairs) for row in rows)


def _one(row: KeptQuestion, pairs: Sequence[tuple[str, str]]) -> Marked:
    marks = {f"part:{row.part}"}
    if all(answer.outcome for answer in row.answers.values()):
        marks.add("counted")
    own = {who: _own(answer) for who, answer in row.answers.items()}
    for first, second in pairs:
        both = [row.answers[who].correct for who in (first, second) if who in row.answers]
        if len(set(both)) == 2:
            own[first].add(f"differs:{second}")
    return Marked(row, frozenset(marks), {who: frozenset(found) for who, found in own.items()})


def _own(answer: KeptAnswer) -> set[str]:
    told = {
        answer.outcome.value if answer.outcome else "unscored": True,
        "trained": answer.trained,
        "loss": answer.loss is not None,
    }
    return {mark for mark, holds in told.items() if holds}
