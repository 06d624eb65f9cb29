"""The answers of every point of a learning curve, kept beside the point when it is measured.

    curve/<identity>/questions.jsonl    what every point was asked, with the key and the prompt
    curve/<identity>/facts-0.5.jsonl    what one point said, in the same order

`<identity>` is that of the curve, so answers are never read as those of another one.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.evaluation.codec import dumps
from assistant.evaluation.jsonl import read_lines, write_whole
from assistant.evaluation.kept_answers import (
    KeptAnswer,
    KeptQuestion,
    answer_from_line,
    answer_to_line,
    load_kept,
    save_kept,
)
from assistant.evaluation.learning_curve import Curve, CurvePoint
from assistant.schema import Message, Outcome, Pair, Question
from assistant.scoring.correctness import score
from assistant.scoring.squad import exact_match

ASKED, HELD_OUT = "question", "held out"
"""Parts: the questions, and wordings of trained facts that were kept out of training."""
_FILE = "questions.jsonl"


def rows_of(
    questions: Sequence[Question], held: Sequence[Pair], prompts: Sequence[tuple[Message, ...]]
) -> tuple[KeptQuestion, ...]:
    """What every point of a curve is asked, in the order of its answers."""
    asked = [(ASKED, q) for q in questions]
    asked += [
        (HELD_OUT, Question(p.id, p.question, (p.answer,), sources=(p.document_id,))) for p in held
    ]
    return tuple(
        KeptQuestion(question, part, prompt)
        for (part, question), prompt in zip(asked, prompts, strict=True)
    )


def judge_answers(
    rows: Sequence[KeptQuestion], texts: Sequence[str], trained: Collection[str]
) -> tuple[KeptAnswer, ...]:
    """The verdicts on what a point said: questions by the rule, held-out wordings exactly.

    Args:
        rows: from `rows_of`.
        texts: the answers, in the same order.
        trained: ids of the questions whose fact was trained.
    """
    return tuple(_judged(row, text, trained) for row, text in zip(rows, texts, strict=True))


def _judged(row: KeptQuestion, text: str, trained: Collection[str]) -> KeptAnswer:
    if row.part == ASKED:
        verdict = score(row.question, text)
        return KeptAnswer(
            text, verdict.outcome, verdict.explanation, trained=row.question.id in trained
        )
    exact = exact_match(text, row.question.references)
    return KeptAnswer(text, Outcome.CORRECT if exact else Outcome.INCORRECT)


def save_asked(folder: Path, rows: Sequence[KeptQuestion]) -> None:
    """Keep what is asked, once for all points."""
    save_kept(folder / _FILE, rows)


def save_point_answers(folder: Path, name: str, answers: Sequence[KeptAnswer]) -> None:
    """Keep the answers of a point, in the order of what was asked."""
    text = "".join(dumps(answer_to_line(a)) + "\n" for a in answers)
    write_whole(_answers_file(folder, name), text)


def load_curve_answers(folder: Path, curve: Curve) -> tuple[KeptQuestion, ...]:
    """Every question with the answers of all points, by point name.

    Args:
        folder: of the corpus's curve.
        curve: the result that counts them.

    Returns:
        Empty unless all are there and are what the curve counts.
    """
    folder = folder / curve.identity
    rows = load_kept(folder / _FILE)
    answers = {point.name: _point_answers(folder, point, rows) for point in curve.points}
    if not rows or not all(answers.values()):
        return ()
    return tuple(
        replace(row, answers={name: given[i] for name, given in answers.items()})
        for i, row in enumerate(rows)
    )


def has_answers(folder: Path, point: CurvePoint) -> bool:
    """Whether the answers of a measured point are kept in the folder of its curve."""
    return bool(_point_answers(folder, point, load_kept(folder / _FILE)))


def _point_answers(
    folder: Path, point: CurvePoint, rows: Sequence[KeptQuestion]
) -> tuple[KeptAnswer, ...]:
    """Empty unless they are what the point counts."""
    try:
        found = tuple(map(answer_from_line, read_lines(_answers_file(folder, point.name))))
    except (OSError, ValueError, TypeError):
        return ()
    if len(found) != len(rows):
        return ()
    right = {
        part: {
            row.question.id: answer.correct
            for row, answer in zip(rows, found, strict=True)
            if row.part == part
        }
        for part in (ASKED, HELD_OUT)
    }
    same = right == {ASKED: point.right, HELD_OUT: point.held_out}
    same = same and len(rows) == len(point.right) + len(point.held_out)
    return found if same and sum(a.trained for a in found) == point.covered else ()


def _answers_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.jsonl"
