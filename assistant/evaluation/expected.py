"""How likely is a free question to be answered rightly? Only said where it can be shown.

The plain forecast is the approach's overall record. A forecast from similar scored questions is
used only if, leaving whole documents out, its Brier score beats that constant by a margin whose
interval lies above zero. Otherwise similar questions tell nothing more, and nothing more is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.scoring.clusters import Clusters
from assistant.scoring.statistics import Interval, difference_interval

NEIGHBOURS = 8
PRIOR = 4.0
"""The overall record counts like this many neighbours."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What can be said of a free question before it is answered."""

    record: float
    """Share correct on all scored questions, 0..1."""
    scored: int
    improvement: Interval
    """Brier score of the constant minus that of the neighbours, left-document-out."""

    @property
    def usable(self) -> bool:
        """Whether similar questions forecast better than the constant."""
        return self.improvement.clusters >= 6 and self.improvement.low > 0


def check_forecast(
    vectors: Mapping[str, Sequence[float]], outcomes: Mapping[str, float], clusters: Clusters
) -> Forecast:
    """Test the forecast on the scored questions, leaving each one's cluster out.

    Args:
        vectors: question id -> L2-normalised embedding of the question.
        outcomes: question id -> 1.0 correct, 0.0 not.
        clusters: of these questions.
    """
    ids = [q for q in outcomes if q in vectors and q in clusters.cluster_of]
    record = sum(outcomes[q] for q in ids) / len(ids) if ids else float("nan")
    gains: dict[str, float] = {}
    for question in ids:
        others = [q for q in ids if clusters.cluster_of[q] != clusters.cluster_of[question]]
        if not others:
            continue
        constant = sum(outcomes[q] for q in others) / len(others)
        near = _forecast(vectors[question], {q: vectors[q] for q in others}, outcomes, constant)
        truth = outcomes[question]
        gains[question] = (constant - truth) ** 2 - (near - truth) ** 2
    return Forecast(record, len(ids), difference_interval(clusters.averaged(gains)))


def expected_correct(
    forecast: Forecast,
    vector: Sequence[float],
    vectors: Mapping[str, Sequence[float]],
    outcomes: Mapping[str, float],
) -> float | None:
    """Expected share correct for a free question; None where it would be no better than the record.

    Args:
        forecast: from `check_forecast`.
        vector: L2-normalised embedding of the free question.
        vectors: embeddings of the scored questions.
        outcomes: their outcomes.
    """
    if not forecast.usable:
        return None
    return _forecast(vector, vectors, outcomes, forecast.record)


def _forecast(
    vector: Sequence[float],
    vectors: Mapping[str, Sequence[float]],
    outcomes: Mapping[str, float],
    constant: float,
) -> float:
    """Mean of the nearest questions weighted by cosine, shrunk to the constant."""
    ids = [q for q in vectors if q in outcomes]
    if not ids:
        return constant
    cosines = np.array([vectors[q] for q in ids], dtype=float) @ np.array(vector, dtype=float)
    nearest = np.argsort(-cosines, kind="stable")[:NEIGHBOURS]
    weights = np.clip(cosines[nearest], 0.0, 1.0) ** 2
    values = np.array([outcomes[ids[i]] for i in nearest])
    return float((weights @ values + PRIOR * constant) / (weights.sum() + PRIOR))
