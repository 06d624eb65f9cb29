"""Would more facts, more wordings or more training time pay? Short trainings, compared in pairs.

Two sweeps over one nested order of facts: over the share of facts (each met equally often), and
over wordings per fact (the same facts, the same number of meetings). Every point answers the same
questions without passages, so neighbouring points are compared question by question.
"""

import json
from collections.abc import Mapping
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
    def name(self) -> str:
        """As its `Point`; also of its files."""
        return f"{self.sweep}-{self.setting:g}" if self.sweep != BASE else BASE

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

    @property
    def shown(self) -> bool:
        """Whether an interval confirms a gain that is due to data."""
        return not self.starved and (self.questions.low > 0 or self.held_out.low > 0)


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
