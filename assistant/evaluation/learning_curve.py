"""Would more facts, more wordings or more training time pay? Short trainings, compared in pairs.

Two sweeps over one nested order of facts: over the share of facts (each met equally often), and
over wordings per fact (the same facts, the same number of meetings). Every point answers the same
questions without passages, so neighbouring points are compared question by question.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.jsonl import write_whole
from assistant.scoring.clusters import Clusters
from assistant.scoring.statistics import Interval, difference_interval

FACTS, WORDINGS, BASE = "facts", "wordings", "base"
FILE = "curve.json"
FACT_SHARES, WORDING_COUNTS = (0.25, 0.5, 1.0), (1, 4, 8)
WORDING_SHARE = 0.5
"""Part of the facts in reach that the sweep over wordings trains, at every setting alike."""


@dataclass(frozen=True, slots=True)
class Point:
    """One setting of one sweep, to be trained."""

    sweep: str
    setting: float
    facts: int
    wordings: int | None
    cost: float
    """In units of the largest point's time."""

    @property
    def name(self) -> str:
        """Also of its file."""
        return f"{self.sweep}-{self.setting:g}"


def points_of(reach: int) -> tuple[Point, ...]:
    """All points for a number of facts in reach; facts and wordings of a sweep are nested."""
    half = max(1, round(reach * WORDING_SHARE))
    return (
        *(Point(FACTS, s, max(1, round(reach * s)), None, s) for s in FACT_SHARES),
        *(Point(WORDINGS, n, half, n, WORDING_SHARE) for n in WORDING_COUNTS),
    )


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One short training and what it could answer afterwards."""

    sweep: str
    """`facts`, `wordings`, or `base` for the model before any training."""
    setting: float
    """Share of facts, 0..1, or wordings per fact; 0 for the base."""
    facts: int
    """Facts really trained."""
    wordings: float
    """Wordings a fact had, on average."""
    exposures: int
    """Meetings a fact really had."""
    planned_exposures: int
    seconds: float
    right: Mapping[str, bool]
    """Question id -> correct, closed book."""
    held_out: Mapping[str, bool]
    """Pair id -> exact, of wordings never trained; all points are asked the same ones."""
    covered: int
    """Questions whose fact was trained."""

    @property
    def starved(self) -> bool:
        """Whether time ran out, so that this point says less about data than about time."""
        return self.exposures < 0.8 * self.planned_exposures

    @property
    def correct(self) -> int:
        """Questions answered rightly."""
        return sum(self.right.values())

    @property
    def recalled(self) -> int:
        """Held-out wordings answered rightly."""
        return sum(self.held_out.values())


@dataclass(frozen=True, slots=True)
class Gain:
    """What the last doubling of a sweep brought, in shares of 1."""

    start: CurvePoint
    end: CurvePoint
    questions: Interval
    held_out: Interval

    @property
    def starved(self) -> bool:
        """Whether either end ran out of time."""
        return self.start.starved or self.end.starved

    def __str__(self) -> str:
        told = f"the last doubling gained {points(self.questions)} on the questions"
        if self.held_out.n:
            told += f" and {points(self.held_out)} on held-out wordings"
        return told + (
            "; time ran out in it, so this is not the effect of data" if self.starved else ""
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """All points of one corpus, base model and budget."""

    identity: str
    base_model: str
    created: str
    minutes: float
    facts_total: int
    """Facts of the corpus with at least one pair."""
    facts_in_reach: int
    """Facts that the largest point had time for: 100 % of the first sweep."""
    questions: int
    question_source: str
    clusters: Mapping[str, int]
    """Question id -> cluster."""
    fact_clusters: Mapping[str, str]
    """Held-out pair id -> document."""
    points: tuple[CurvePoint, ...]

    def sweep(self, name: str) -> tuple[CurvePoint, ...]:
        """The points of one sweep, smallest first."""
        return tuple(sorted((p for p in self.points if p.sweep == name), key=lambda p: p.setting))

    @property
    def base(self) -> CurvePoint | None:
        """The model before training."""
        return next((p for p in self.points if p.sweep == BASE), None)

    def gain(self, name: str) -> Gain | None:
        """The last doubling of a sweep; None until both its points are there."""
        found = self.sweep(name)
        if len(found) < 2:
            return None
        start, end = found[-2:]
        answered = Clusters(self.clusters, {q: q for q in self.clusters})
        documents = sorted(set(self.fact_clusters.values()))
        held = Clusters(
            {pair: documents.index(d) for pair, d in self.fact_clusters.items()},
            {pair: pair for pair in self.fact_clusters},
        )
        return Gain(
            start,
            end,
            _difference(start.right, end.right, answered),
            _difference(start.held_out, end.held_out, held),
        )

    def advice(self) -> tuple[str, ...]:
        """Would more data pay, would more training time pay, or is neither measurable?"""
        facts, wordings = self.gain(FACTS), self.gain(WORDINGS)
        told = [*_on_facts(self, facts), *_on_wordings(wordings)]
        if not any(_shown(g) for g in (facts, wordings) if g):
            told.append(
                "neither is measurable with these questions and this budget; "
                f"{self.questions} questions were asked"
            )
        return tuple(told)


def points(interval: Interval) -> str:
    """`+4.0 ± 6.1 points`; in words when there is nothing to compute with."""
    if interval.clusters < 2:
        return "an unknown amount (under two clusters)"
    half = (interval.high - interval.low) / 2
    return f"{interval.estimate * 100:+.1f} ± {half * 100:.1f} points"


def save_curve(curve: Curve, folder: Path) -> Path:
    """Write `curve.json`, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    return write_json(folder / FILE, asdict(curve))


def load_curve(folder: Path) -> Curve | None:
    """The curve of a corpus, from the folder `curve` beside its adapters; None without one."""
    data = read_json(folder / FILE)
    try:
        return Curve(**{**data, "points": tuple(CurvePoint(**p) for p in data["points"])})
    except (KeyError, TypeError):
        return None


def write_json(path: Path, data: Mapping[str, Any]) -> Path:
    """One JSON file, replaced in one step."""
    write_whole(path, json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    return path


def read_json(path: Path) -> dict[str, Any]:
    """What is in a file; empty for none, or for one that is no JSON object."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _difference(
    before: Mapping[str, bool], after: Mapping[str, bool], clusters: Clusters
) -> Interval:
    both = [i for i in before if i in after and i in clusters.cluster_of]
    return difference_interval(clusters.averaged({i: float(after[i]) - before[i] for i in both}))


def _shown(gain: Gain) -> bool:
    return not gain.starved and (gain.questions.low > 0 or gain.held_out.low > 0)


def _on_facts(curve: Curve, gain: Gain | None) -> Sequence[str]:
    if gain is None:
        return ()
    left = curve.facts_total - curve.facts_in_reach
    if gain.starved:
        return ("more training time first: the largest point ran out of it",)
    if not _shown(gain):
        return (f"more facts: no gain shown ({gain})",)
    if left > 0:
        return (
            f"more training time would pay: {gain}, and {left:,} of {curve.facts_total:,} facts "
            "of the documents were out of this budget's reach",
        )
    return (f"more data would pay: {gain}, and every fact of the documents was trained",)


def _on_wordings(gain: Gain | None) -> Sequence[str]:
    if gain is None:
        return ()
    if gain.end.wordings - gain.start.wordings < 0.5:
        return (
            f"more wordings per fact: not measured, the documents gave only "
            f"{gain.end.wordings:.1f} a fact",
        )
    word = "would pay" if _shown(gain) else "no gain shown"
    return (f"more wordings per fact: {word} ({gain})",)
