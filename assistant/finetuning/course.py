"""Settings, progress and outcome of a training run."""

import math
from dataclasses import dataclass

from assistant.finetuning.development import DevScore
from assistant.finetuning.plan import TrainingPlan


@dataclass(frozen=True, slots=True)
class LoraSettings:
    """Shape and speed of learning. `learning_rate` None: by model size, see `default_rate`."""

    rank: int = 32
    alpha: int = 64
    learning_rate: float | None = None


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """One line of progress."""

    step: int
    steps: int
    loss: float
    """Mean of the steps since the last record."""
    seconds: float
    eta_seconds: float
    dev: DevScore | None = None


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What came out of training."""

    plan: TrainingPlan
    steps: int
    seconds: float
    losses: tuple[tuple[int, float], ...]
    """(step, mean loss) at each record."""
    before: DevScore | None
    after: DevScore | None
    stopped: str
    """`done`, `early` (development score reached), `time` or `interrupted`."""
    precision: str
    learning_rate: float

    @property
    def exposures(self) -> int:
        """Passes over the facts that were really made; fewer than planned when time ran out."""
        return max(1, round(self.plan.exposures * self.steps / max(1, self.plan.steps)))


def default_rate(parameters: int) -> float:
    """3e-3 up to 40 M parameters, falling to 2e-4 at 500 M and staying there.

    Small models take (and need) large steps: the embedded one learns as many facts at 3e-3 as at
    4e-3 and keeps more of its reading, and learns fewer at 2e-3 (`foundation/LOG.md`). 2e-4 is the
    customary value for LoRA on models of some hundred million parameters and more. In between it
    falls as a power of the size.
    """
    low, high = 4e7, 5e8
    share = min(1.0, max(0.0, (_log(parameters) - _log(low)) / (_log(high) - _log(low))))
    return float(3e-3 * (2e-4 / 3e-3) ** share)


def _log(value: float) -> float:
    return math.log(max(1.0, value))
