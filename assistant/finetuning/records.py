"""What the journey reports, and the files it leaves beside an adapter."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from assistant.schema import Fact, Pair

PAIRS_FILE = "pairs.jsonl"
FACTS_FILE = "facts.jsonl"
LOSSES_FILE = "training.json"


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many pairs were made and what became of them."""

    facts: int
    made: Mapping[str, int]
    """Variant -> pairs made."""
    asked: int
    """Facts the model was asked to write questions about."""
    written: int
    """Questions it wrote, good and bad."""
    dropped: Mapping[str, int]
    """Reason -> pairs dropped."""
    kept: Mapping[str, int]
    """Variant -> pairs kept."""
    reused: int = 0
    """Texts of the model that an earlier training had asked for already."""
    damaged: int = 0
    """Batches of such texts that could not be read and were asked anew."""

    def lines(self) -> list[str]:
        """For a terminal."""
        rows = [
            f"{self.facts:,} facts found, {sum(self.made.values()):,} pairs made "
            f"({_listed(self.made)})"
        ]
        if self.asked:
            kept = f" ({self.reused:,} of its texts kept from before)" if self.reused else ""
            asked = f"  of {self.asked:,} facts the model wrote {self.written:,} questions"
            rows.append(asked + kept)
        if self.damaged:
            rows.append(
                f"  {self.damaged:,} kept batches of its texts were unreadable and asked anew"
            )
        rows += [f"  {n:,} dropped: {reason}" for reason, n in _most(self.dropped)]
        return [*rows, f"{sum(self.kept.values()):,} pairs kept ({_listed(self.kept)})"]


@dataclass(frozen=True, slots=True)
class DeltaCounts:
    """What a delta training was made of."""

    parent: str
    """The adapter it went on from."""
    facts: int
    """Changed or new facts."""
    pairs: int
    """Pairs of these, without those with passages."""
    rehearsal: int
    """Pairs of old facts, against forgetting."""

    @property
    def line(self) -> str:
        """`12 facts changed, 61 pairs (+58 rehearsal), going on from ...`."""
        return (
            f"{self.facts:,} facts changed, {self.pairs:,} pairs (+{self.rehearsal:,} rehearsal), "
            f"going on from {self.parent}"
        )


@dataclass(frozen=True, slots=True)
class FinetuneReport:
    """The outcome of `finetune`, or the plan when it was a dry run."""

    adapter: str | None
    """Version id; None for a dry run or an interrupted training."""
    funnel: Funnel
    facts_total: int
    facts_trained: int
    exposures: int
    steps: int
    seconds: float
    """Training only; for a dry run the estimate."""
    pair_seconds: float
    loss_first: float | None = None
    loss_last: float | None = None
    dev_n: int = 0
    dev_before: float | None = None
    """Token F1 on held-out wordings before training, 0..1."""
    dev_after: float | None = None
    dev_exact: float | None = None
    stopped: str = ""
    """`done`, `early`, `time`, `interrupted` or `dry run`."""
    precision: str = ""
    delta: DeltaCounts | None = None
    """For a training on what changed."""

    @property
    def coverage(self) -> str:
        """`412 of 1,930 facts trained, 40 exposures each`."""
        return (
            f"{self.facts_trained:,} of {self.facts_total:,} facts trained, "
            f"{self.exposures} exposures each"
        )

    def lines(self) -> list[str]:
        """For a terminal."""
        rows = [self.delta.line] if self.delta else self.funnel.lines()
        if self.stopped == "dry run":
            return [
                *rows,
                f"would train {self.coverage.replace(' trained', '', 1)} "
                f"in about {_duration(self.seconds)} ({self.steps:,} steps)",
            ]
        if self.adapter is None:
            return [
                *rows,
                f"interrupted after {self.steps:,} steps; run the command again to resume",
            ]
        rows.append(f"{self.coverage} ({self.steps:,} steps, {_duration(self.seconds)})")
        if self.loss_first is not None and self.loss_last is not None:
            rows.append(f"loss {self.loss_first:.2f} -> {self.loss_last:.2f}")
        if self.dev_before is not None and self.dev_after is not None:
            rows.append(
                f"{self.dev_n} held-out wordings of trained facts, closed book: "
                f"F1 {self.dev_before:.2f} -> {self.dev_after:.2f}, exact {self.dev_exact or 0:.2f}"
            )
        return [*rows, f"adapter {self.adapter} is now in use"]


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """What an adapter was trained on, read back from its folder."""

    pairs: tuple[Pair, ...]
    """Trained pairs; passages are not kept."""
    facts: tuple[Fact, ...]
    """All facts that were found."""
    trained: frozenset[str]
    """Ids of the facts that were trained."""


def write_training_set(
    folder: Path, pairs: Iterable[Pair], facts: Iterable[Fact], trained: Iterable[str]
) -> None:
    """Leaves `pairs.jsonl` and `facts.jsonl` beside the adapter."""
    chosen = frozenset(trained)
    with (folder / PAIRS_FILE).open("w", encoding="utf-8") as file:
        for pair in pairs:
            row = {k: v for k, v in asdict(replace(pair, passages=())).items() if v}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    with (folder / FACTS_FILE).open("w", encoding="utf-8") as file:
        for fact in facts:
            row = {**asdict(fact), "trained": fact.id in chosen}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_training_set(folder: Path) -> TrainingSet:
    """What `write_training_set` left; empty for an adapter that came from elsewhere."""
    pairs, facts, trained = [], [], set()
    for row in _rows(folder / PAIRS_FILE):
        pairs.append(Pair(**{**row, "tags": tuple(row.get("tags", ()))}))
    for row in _rows(folder / FACTS_FILE):
        if row.pop("trained", False):
            trained.add(row["id"])
        facts.append(Fact(**row))
    return TrainingSet(tuple(pairs), tuple(facts), frozenset(trained))


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: -item[1])


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in _most(counts))


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.1f} min"
