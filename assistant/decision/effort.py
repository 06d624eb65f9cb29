"""What one-off work took where it was done: noted when it happens, never estimated afterwards."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexWork:
    """One reindex that changed something."""

    seconds: float
    touched: int
    """Documents added, changed or removed."""
    documents: int
    """Documents in the index afterwards."""
    embedded: int
    """Chunks whose vector had to be computed."""
    chunks: int
    """Chunks in the index afterwards."""


@dataclass(frozen=True, slots=True)
class TrainingWork:
    """One finished training."""

    seconds: float
    """Training alone, as the adapter's manifest says."""
    pair_seconds: float | None = None
    """Making the pairs; None: not noted."""
    pairs: int | None = None
    tokens: int | None = None
    """Tokens the model was trained on, padding included; None: not noted."""
    delta_facts: int = 0
    """Changed facts, for a training on what changed; 0 for a training on everything."""

    @property
    def total(self) -> float:
        """Seconds from the documents to an adapter."""
        return self.seconds + (self.pair_seconds or 0.0)


@dataclass(frozen=True, slots=True)
class Effort:
    """One-off work behind a run. None always means "not measured"."""

    build: IndexWork | None = None
    """The whole index from nothing."""
    update: IndexWork | None = None
    """The latest reindex after a change to some of the documents."""
    training: TrainingWork | None = None
    """On everything; of the adapter that others went on from, where one did."""
    delta: TrainingWork | None = None
    """The latest training on only what changed."""
