"""The card's tables come from the measurement alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.foundation import card
from assistant.foundation.intervals import Ability

CARD = "a\n<!-- abilities -->\nold\n<!-- /abilities -->\nb\n<!-- bars -->\n<!-- /bars -->\nc\n"


def test_tables_replace_what_stood_between_the_marks(tmp_path: Path) -> None:
    rows = [
        {"name": "copy: codes, exact", "value": 0.5, "low": 0.4, "high": 0.6, "n": 9},
        {"name": "copy: codes, exact", "value": 0.95, "low": 0.9, "high": 1.0, "n": 200, "model": "x"},
        {"name": "decline: false alarms, fictional documents, unseen wordings", "value": 0.3, "low": 0.2, "high": 0.4, "n": 200},
    ]  # fmt: skip
    path = tmp_path / "abilities.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    measured = card.read_abilities(path)
    assert [a.value for a in measured] == [0.95, 0.3]
    made = card.fill(
        CARD, {"abilities": card.ability_table(measured), "bars": card.bar_table(measured)}
    )
    assert "old" not in made
    assert "| copy: codes, exact | 0.950 | 0.900 to 1.000 | 200 |" in made
    assert "| exact copy of codes, numbers, addresses, names | 0.90 | 0.95 | met |" in made
    assert "| the same, false alarms (at most) | 0.20 | 0.30 | missed |" in made
    assert "| labels (exact) | 0.85 | not measured | |" in made
    assert made.startswith("a\n")
    assert made.endswith("c\n")
    again = {"abilities": card.ability_table(measured), "bars": card.bar_table(measured)}
    assert card.fill(made, again) == made


def test_a_card_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no marks <!-- bars -->"):
        card.fill("nothing", {"bars": "x"})


def test_compute_comes_from_the_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "progress.json"
    raw = {"seconds": 10200.4, "examples": 123456, "tokens": 14_260_000, "step": 7001}
    path.write_text(json.dumps(raw), encoding="utf-8")
    expected = "170 minutes, 123,456 examples, 14.3 million input tokens, 7,001 steps."
    assert card.compute_text(path) == expected


def test_every_bar_names_an_ability_that_is_measured() -> None:
    recipe = "\n".join(
        p.read_text(encoding="utf-8") for p in Path(card.__file__).parent.glob("*.py")
    )
    outside = ("read: sample corpus", "ask: own questions", "speed:")  # measured by benchmarks
    for bar in card.BARS:
        head = bar.start.split(",")[0].split(" 300 ")[0]
        assert recipe.count(head) > 1 or bar.start.startswith(outside), bar
    assert Ability("x", 1.5e-5, 0, 0, 6).line() == "| x | 1.5e-05 | | 6 |"
