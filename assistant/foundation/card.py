"""Fills the tables of the model card from what was measured.

``python -m assistant.foundation.card CARD ABILITIES.jsonl [--progress FILE] [--out CARD]`` replaces
what stands between ``<!-- name -->`` and ``<!-- /name -->`` for the names ``abilities``, ``bars``
and ``compute``, so that no figure in the card is typed by hand.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.foundation.intervals import Ability


@dataclass(frozen=True)
class Bar:
    """A figure set beforehand. ``start`` and ``end`` find the measured ability by its name."""

    label: str
    wanted: float
    start: str
    end: str = ""
    at_most: bool = False


BARS = (
    Bar(
        "read, unseen fictional documents, unseen wordings (F1)",
        0.75,
        "read: fictional documents, unseen wordings",
        "(F1)",
    ),
    Bar("read, held-out human reading questions (F1)", 0.40, "read: human reading", "(F1)"),
    Bar(
        "read among retrieved passages, fictional sample corpus (correct; set for five passages)",
        0.45,
        "read: sample corpus,",
    ),
    Bar("exact copy of codes, numbers, addresses, names", 0.90, "copy: codes"),
    Bar("decline when the passages lack the answer, recall", 0.70, "decline: unanswerable twins"),
    Bar(
        "the same, false alarms (at most)",
        0.20,
        "decline: false alarms, fictional documents, unseen",
        at_most=True,
    ),
    Bar("its questions about a chunk that survive the filters", 0.25, "ask: own questions about"),
    Bar(
        "300 facts of unseen relations, new wording (F1)",
        0.75,
        "taught 300 facts, new wording, after",
        "(F1)",
    ),
    Bar("labels (exact)", 0.85, "taught 300 labels rows: exact"),
    Bar("valid JSON", 0.85, "taught JSON rows: valid"),
    Bar(
        "four approaches side by side, warm (seconds, at most)",
        1.5,
        "speed: four approaches",
        at_most=True,
    ),
)
"""The bars of the ``cpu`` budget."""


def read_abilities(path: Path) -> list[Ability]:
    """The measured abilities; of two with one name the later stands.

    Other fields than those of :class:`Ability` are ignored, so that a benchmark's JSON object
    can be appended as it is, on one line.
    """
    found: dict[str, Ability] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        keys = ("name", "value", "low", "high", "n")
        found[raw["name"]] = Ability(**{k: raw[k] for k in keys})
    return list(found.values())


def ability_table(abilities: Sequence[Ability]) -> str:
    """All figures with their intervals."""
    head = ["| ability | value | 95 % interval | n |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *(a.line() for a in abilities)])


def bar_table(abilities: Sequence[Ability]) -> str:
    """Each bar beside its figure; what was not measured says so."""
    lines = ["| bar | wanted | measured | |", "| --- | --- | --- | --- |"]
    for bar in BARS:
        found = [a for a in abilities if a.name.startswith(bar.start) and a.name.endswith(bar.end)]
        if not found:
            lines.append(f"| {bar.label} | {bar.wanted:.2f} | not measured | |")
            continue
        value = found[-1].value
        met = value <= bar.wanted if bar.at_most else value >= bar.wanted
        verdict = "met" if met else "missed"
        lines.append(f"| {bar.label} | {bar.wanted:.2f} | {value:.2f} | {verdict} |")
    return "\n".join(lines)


def compute_text(progress: Path) -> str:
    """What the training cost, from its last checkpoint."""
    raw = json.loads(progress.read_text(encoding="utf-8"))
    return (
        f"{raw['seconds'] / 60:.0f} minutes, {raw['examples']:,} examples, "
        f"{raw['tokens'] / 1e6:.1f} million input tokens, {raw['step']:,} steps."
    )


def fill(card: str, parts: dict[str, str]) -> str:
    """Put each part between its marks.

    Raises:
        ValueError: If the card lacks the marks of a part.
    """
    for name, text in parts.items():
        shape = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
        if not shape.search(card):
            raise ValueError(f"the card has no marks <!-- {name} --> and <!-- /{name} -->")
        card = shape.sub(lambda m, text=text: f"{m[1]}{text}\n{m[2]}", card)  # type: ignore[misc]
    return card


def main() -> None:
    """Read the options and write the card."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.foundation.card", description="Fill the model card's tables."
    )
    parser.add_argument("card", type=Path, help="the card with marks")
    parser.add_argument("abilities", type=Path, help="abilities.jsonl")
    parser.add_argument(
        "--progress", type=Path, nargs="+", help="progress.json of each training's last checkpoint"
    )
    parser.add_argument("--out", type=Path, help="where to write; default: the card itself")
    options = parser.parse_args()
    measured = read_abilities(options.abilities)
    parts = {"abilities": ability_table(measured), "bars": bar_table(measured)}
    if options.progress:
        parts["compute"] = "\n".join(f"- {compute_text(path)}" for path in options.progress)
    text = fill(options.card.read_text(encoding="utf-8"), parts)
    (options.out or options.card).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
