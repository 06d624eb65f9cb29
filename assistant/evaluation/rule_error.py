"""How often the published rule is wrong, on answers graded by hand.

Every answer was graded before the rule had read it. Sets whose errors were looked at to mend the
rule are development; the held-out set was written and graded before the last mending and its
errors were not looked at, so it tells how the rule does on answers nobody tuned it to. All are hard
on purpose: units, signs, negations, bounds, versions, paraphrases, contradictions.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.evaluation.codec import question_from_data
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

    held_out: Interval
    all_answers: Interval
    too_kind: int
    """Held out: the rule says correct, the person does not."""
    too_strict: int
    """Held out: the person says correct, the rule does not."""

    def __str__(self) -> str:
        wrong = round(self.held_out.estimate * self.held_out.n)
        return (
            f"{self.held_out.estimate * 100:.1f} % ({self.held_out.low * 100:.1f} to "
            f"{self.held_out.high * 100:.1f}): {wrong} of {self.held_out.n} held-out answers "
            f"graded by hand, {self.too_kind} too kind, {self.too_strict} too strict"
        )


@lru_cache(maxsize=1)
def graded_answers() -> tuple[GradedAnswer, ...]:
    """The set that ships with the package."""
    text = files("assistant.evaluation").joinpath("graded_answers.jsonl").read_text("utf-8")
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
    """The rule's error rate with its 95 % interval; answers to one question form a cluster."""
    answers = graded_answers()
    wrong = {id(a): outcome for a, outcome in disagreements(answers)}
    held = [a for a in answers if a.held_out]
    kind = sum(wrong.get(id(a)) is Outcome.CORRECT for a in held if id(a) in wrong)
    strict = sum(a.verdict is Outcome.CORRECT for a in held if id(a) in wrong)
    return RuleError(_interval(held, set(wrong)), _interval(answers, set(wrong)), kind, strict)


def _interval(answers: Sequence[GradedAnswer], wrong: set[int]) -> Interval:
    clusters: dict[str, list[float]] = {}
    for a in answers:
        clusters.setdefault(a.question.question, []).append(float(id(a) in wrong))
    return share_interval(list(clusters.values()))
