"""Where a training run stands: in its batches and in its time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.finetuning.course import TrainingRecord
from assistant.finetuning.development import DevScore
from assistant.finetuning.encoding import Example
from assistant.finetuning.plan import (
    MAX_EXPOSURES,
    Pool,
    TrainingPlan,
    batches_of_pass,
    padded_tokens,
)


class Stream:
    """The batches of all passes, entered at any step."""

    def __init__(self, plan: TrainingPlan, pool: Pool, step: int) -> None:
        self._plan, self._pool, self._pass = plan, pool, 0
        self._batches = batches_of_pass(plan, pool, 0)
        self._next = 0
        while step >= len(self._batches) and self._batches:
            step -= len(self._batches)
            self._turn_page()
        self._next = step

    def next(self) -> list[Example]:
        """The batch of the next step."""
        if self._next >= len(self._batches):
            self._turn_page()
        self._next += 1
        return self._batches[self._next - 1]

    def _turn_page(self) -> None:
        self._pass += 1
        self._batches, self._next = batches_of_pass(self._plan, self._pool, self._pass), 0


class Clock:
    """Wall clock against a budget; time spent before a kill counts."""

    def __init__(self, budget: float) -> None:
        self.budget, self._start, self._before = budget, time.monotonic(), 0.0

    def add(self, seconds: float, budget: float) -> None:
        """Counts time of an earlier part of the run, whose budget may have been smaller.

        Making pairs took its share of the minutes then; training does not get it now.
        """
        self._before += seconds
        self.budget = min(self.budget, budget)

    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._start + self._before

    def left(self) -> float:
        """Seconds until the budget is spent; negative after that."""
        return self.budget - self.spent()


@dataclass(slots=True)
class Run:
    """A run under way: how far it is, how far it will go, when it last wrote things down."""

    plan: TrainingPlan
    before: DevScore | None
    step: int
    target: int
    """Steps to make if time allows."""
    end: int = 0
    """Steps to make at the present pace."""
    stopped: str = "done"
    flexible: bool = False
    """Whether the number of passes may still grow when the machine turns out to be faster."""
    saved_at: float = 0.0
    scored_at: float = 0.0
    _recorded_at: float = 0.0
    _recent: list[float] = field(default_factory=list)
    _marks: list[tuple[float, int]] = field(default_factory=list)

    def begin(self) -> None:
        """Starts all clocks."""
        self.end = self.target
        self.saved_at = self.scored_at = self._recorded_at = time.monotonic()
        self._marks = [(time.monotonic(), self.step)]

    def learned(self, loss: float) -> None:
        """One more step."""
        self.step += 1
        self._recent.append(loss)
        self._marks.append((time.monotonic(), self.step))
        self._marks = self._marks[-200:]

    @property
    def pace(self) -> float:
        """Seconds a step over the last steps, scoring and saving included."""
        (start, first), (now, last) = self._marks[0], self._marks[-1]
        return (now - start) / max(1, last - first)

    def keep_time(self, clock: Clock) -> None:
        """Moves the end to where time will be up; back again when the machine is free again."""
        if len(self._marks) < 8 and clock.left() > 0:
            return
        spare = clock.left() - (2 * self.before.seconds if self.before else 0.0)
        possible = self.step + max(0, int(spare / max(self.pace, 1e-9)))
        if self.flexible and self.step >= self.plan.steps // 4:
            # Calibration met a busy moment: the same facts are met more often instead of stopping
            # early, up to where more meetings bring nothing.
            self.flexible = False
            most = self.plan.steps * MAX_EXPOSURES // self.plan.exposures
            if possible > 1.15 * self.target:
                self.target = max(self.target, min(int(0.95 * possible), most))
        self.end = min(self.target, possible)
        if self.stopped in {"done", "time"}:
            self.stopped = "time" if possible < self.target else "done"

    def finish_by(self, step: int) -> None:
        """The score is good enough: no more steps than this."""
        if step < self.target:
            self.target = step
            self.end = min(self.end, step)
            self.stopped = "early"

    def due_record(self, scored: bool) -> bool:
        """Every two seconds, after scoring, and at the end."""
        late = time.monotonic() - self._recorded_at > 2.0
        return bool(self._recent) and (late or scored or self.step >= self.end)

    def record(self, clock: Clock, score: DevScore | None) -> TrainingRecord:
        """What happened since the last record."""
        mean = sum(self._recent) / len(self._recent)
        self._recent, self._recorded_at = [], time.monotonic()
        ahead = (self.end - self.step) * self.pace
        return TrainingRecord(self.step, self.end, mean, clock.spent(), ahead, score)


COLD_SHARE = 0.3
"""Of the meetings with a row, its first: about thirty meetings in eight wordings a fact."""


def padded_speed(
    step: Callable[[Sequence[Example]], object],
    batches: Sequence[Sequence[Example]],
    seconds: float,
) -> float:
    """Padded tokens a second to expect of a whole training.

    Measured twice over the same batches: a row met again costs less where its encoder states are
    kept.
    """
    cold, met = _speed(step, batches, seconds / 2)
    warm, _ = _speed(step, batches[:met], seconds / 2)
    return 1 / (COLD_SHARE / cold + (1 - COLD_SHARE) / warm)


def _speed(
    step: Callable[[Sequence[Example]], object],
    batches: Sequence[Sequence[Example]],
    seconds: float,
) -> tuple[float, int]:
    """Padded tokens a second, and how many batches the seconds allowed (two at least)."""
    start, tokens, n = time.monotonic(), 0, 0
    while n < min(2, len(batches)) or (n < len(batches) and time.monotonic() - start < seconds):
        step(batches[n])
        tokens, n = tokens + padded_tokens(batches[n]), n + 1
    return tokens / max(1e-6, time.monotonic() - start), n
