"""What a recommendation is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.decision.costs import CostLine, Crossover
from assistant.decision.effort import Effort
from assistant.decision.situation import Situation
from assistant.evaluation.records import Contrast
from assistant.scoring.statistics import Interval


class Verdict(StrEnum):
    """The words a verdict can use."""

    PROMPT = "prompt"
    RAG = "rag"
    FINETUNED = "finetuned"
    HYBRID = "hybrid"
    NONE = "none is good enough"
    UNCLEAR = "not enough evidence"


class Certainty(StrEnum):
    """How sure the verdict is."""

    FIRM = "firm"
    """Interval clear of the target, comparison decided, at least 10 clusters."""
    LIKELY = "likely"
    """The estimate says so; the interval or a comparison does not settle it."""
    INDICATIVE = "indicative"
    """Under 10 clusters, or questions nobody reviewed."""


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate: what was asked, what was found, where it led."""

    number: int
    name: str
    question: str
    value: str
    threshold: str
    branch: str
    passed: bool | None
    """None: not measured."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A challenger against the approach it would have to beat."""

    challenger: str
    incumbent: str
    contrast: Contrast


@dataclass(frozen=True, slots=True)
class TrainingAdvice:
    """Without an adapter: is training worth trying?"""

    worth_trying: str
    """yes, no, or `later` (something else comes first)."""
    sentence: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The verdict and everything it rests on."""

    verdict: Verdict
    candidate: str
    """The approach by full name: a candidate on another model reads `rag@name`."""
    sentence: str
    certainty: Certainty
    model: str
    """For which model this holds."""
    practice: bool
    """The model, not the method, is the limit: even the right passage gives too few correct."""
    gates: tuple[GateResult, ...]
    reasons: tuple[str, ...]
    flips: tuple[str, ...]
    """What would change the verdict."""
    excluded: tuple[tuple[str, str], ...]
    """(approach, why)."""
    standings: tuple[Standing, ...]
    costs: tuple[CostLine, ...]
    crossover: Crossover | None
    wrong_costs: float
    """A wrong answer takes away what this many right ones give."""
    training: TrainingAdvice | None
    not_measured: tuple[str, ...]
    guard_rails: tuple[str, ...]
    """Classic mistakes this run would have made, by name."""
    crossovers: tuple[Crossover, ...] = ()
    """Of every two candidates."""
    effort: Effort = field(default_factory=Effort)
    """What one-off work took."""
    situation: Situation = field(default_factory=Situation)
    """What the user said and what is assumed."""
    values: Mapping[str, Interval] = field(default_factory=dict)
    """Candidate -> mean value of an answer (`evaluation.value`), where a wrong one has a cost."""
    value_contrasts: tuple[Contrast, ...] = ()
    """The planned contrasts in that value."""
