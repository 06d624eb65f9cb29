"""A person over the rule: answers to grade, approaches hidden."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.journeys.verdict import run_path
from assistant.parts import Parts
from assistant.schema import Outcome

if TYPE_CHECKING:
    from assistant.evaluation.grades import GradingItem
    from assistant.evaluation.runs import RunFolder


@dataclass(frozen=True, slots=True)
class GradingDesk:
    """A sample of ungraded answers of one run."""

    run: "RunFolder"
    items: "tuple[GradingItem, ...]"

    def save(self, item: "GradingItem", outcome: Outcome, note: str = "") -> None:
        """Keep one grade, durably.

        Raises:
            UsageError: `abstained` for a question that should be declined.
        """
        from assistant.evaluation.grades import make_grade, save_grade

        save_grade(self.run.path, make_grade(item.question, item.answer, outcome, note=note))


def open_desk(parts: Parts, run_id: str, size: int, seed: int) -> GradingDesk:
    """Draw a sample; the same seed and answers draw the same one."""
    from assistant.evaluation.grades import GradeBook, sample_for_grading
    from assistant.evaluation.runs import RunFolder

    run = RunFolder.open(run_path(parts, run_id))
    questions = {q.id: q for q in run.questions}
    pairs = [(questions[a.question_id], a.text) for a in run.answers() if not a.error]
    return GradingDesk(
        run, tuple(sample_for_grading(pairs, GradeBook.around(run.path), size, seed=seed))
    )
