"""How often the published rule is wrong, on answers graded by hand.

Every answer was graded before the rule had read it. Sets whose errors were looked at to mend the
rule are development (`graded_answers.jsonl`: two sets that were held out once, and some written
by who mended the rule). A held-out set is written and graded by somebody else before the last
mending and its errors are not looked at, so it tells how the rule does on answers nobody tuned it
to: rows with `"split": "held-out"` in any `graded_*.jsonl` of this folder. Where there is none
the figure printed is that of development, and says so. All are hard on purpose: units, signs,
negations, bounds, versions, paraphrases, contradictions.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.evaluation.codec import question_from_data
from assistant.evaluation.packaged import packaged
from assistant.schema import Outcome, Question
from assistant.scoring.correctness import score
from assistant.scoring.statistics import Interval, share_interval


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """One answer with a person's verdict."""

    question: Question
    answer: str
    verdict: Outcome
    why: str
    topic: str
    held_out: bool


@dataclass(frozen=True, slots=True)
class RuleError:
    """Share of graded answers the rule judges otherwise, clustered by question."""

    share: Interval
    held_out: bool
    """Whether the answers are ones the rule was not mended on."""
    too_kind: int
    """The rule says correct, the person does not."""
    too_strict: int
    """The person says correct, the rule does not."""

    def __str__(self) -> str:
        wrong = round(self.share.estimate * self.share.n)
        which = "held-out answers" if self.held_out else "answers the rule was mended on,"
        return (
            f"{self.share.estimate * 100:.1f} % ({self.share.low * 100:.1f} to "
            f"{self.share.high * 100:.1f}): {wrong} of {self.share.n} {which} "
            f"graded by hand, {self.too_kind} too kind, {self.too_strict} too strict"
        )


@lru_cache(maxsize=1)
def graded_answers() -> tuple[GradedAnswer, ...]:
    """The sets that ship with the package."""
    return tuple(answer for text in packaged("graded_") for answer in read_graded(text))


def read_graded(text: str) -> tuple[GradedAnswer, ...]:
    """Graded answers from JSON lines."""
    found = []
    for line in text.splitlines():
        data = json.loads(line)
        found.append(
            GradedAnswer(
                question_from_data(data), data["answer"], Outcome(data["verdict"]), data["why"],
                data["topic"], data["split"] == "held-out",
            )
        )  # fmt: skip
    return tuple(found)


def disagreements(answers: Sequence[GradedAnswer]) -> list[tuple[GradedAnswer, Outcome | None]]:
    """Answers the rule judges otherwise, with what it says."""
    judged = [(a, score(a.question, a.answer).outcome) for a in answers]
    return [(a, outcome) for a, outcome in judged if outcome is not a.verdict]


@lru_cache(maxsize=1)
def rule_error() -> RuleError:
    """The rule's error rate on the held-out answers, without any on the others."""
    answers = graded_answers()
    return measure([a for a in answers if a.held_out] or answers)


def measure(answers: Sequence[GradedAnswer]) -> RuleError:
    """The error rate on some answers with its 95 % interval; a question's answers are a cluster."""
    wrong = disagreements(answers)
    return RuleError(
        share=_interval(answers, {id(a) for a, _ in wrong}),
        held_out=all(a.held_out for a in answers),
        too_kind=sum(outcome is Outcome.CORRECT for _, outcome in wrong),
        too_strict=sum(a.verdict is Outcome.CORRECT for a, _ in wrong),
    )


def _interval(answers: Sequence[GradedAnswer], wrong: set[int]) -> Interval:
    clusters: dict[str, list[float]] = {}
    for a in answers:
        clusters.setdefault(a.question.question, []).append(float(id(a) in wrong))
    return share_interval(list(clusters.values()))
