"""Wide tables: the answer is a cell of the asked row; what is missing is really missing."""

from __future__ import annotations

import re
from random import Random

import pytest

from assistant.foundation.formats import REFUSAL, Passage
from assistant.foundation.handbook.registers import MAX_CHARACTERS, register


@pytest.mark.parametrize("stage", [0, 1, 2])
def test_answers_are_cells_and_questions_name_their_row(stage: int) -> None:
    made = [register(Random(f"{stage}/{n}"), stage, []) for n in range(300)]
    kept = [m for m in made if m is not None]
    assert len(kept) > 250
    refused = 0
    for source, answer in kept:
        question, text = source.split("\n\n", 1)
        assert question.startswith("Question: ")
        assert "{" not in source
        assert len(text) < MAX_CHARACTERS[stage] + 150
        refused += answer == REFUSAL
        if answer != REFUSAL and "\n| " in text and text.count("\n| ") > 2:
            cells = [c.strip() for c in re.split(r"[|\n]", text)]
            assert answer in cells, source
    assert 0.1 < refused / len(kept) < 0.25


def test_in_pipe_tables_the_named_row_holds_the_answer() -> None:
    seen = 0
    for n in range(400):
        made = register(Random(n), 1, [])
        if made is None or made[1] == REFUSAL:
            continue
        question, text = made[0].split("\n\n", 1)
        lines = [[c.strip() for c in x.strip("|").split("|")] for x in text.split("\n") if "|" in x]
        if len({len(x) for x in lines}) != 1 or len(lines) < 3:
            continue
        grids = (lines, [list(column) for column in zip(*lines, strict=True)])  # either way round
        if any(made[1] == row[0] for grid in grids for row in grid):
            continue  # asked the other way round: which row has this cell
        named = [row for grid in grids for row in grid[1:] if row[0] and row[0] in question]
        if named:
            seen += 1
            assert any(made[1] in row for row in named), made
    assert seen > 80


def test_a_seed_decides_and_other_passages_are_kept() -> None:
    other = Passage("Menu", "Soup is served at noon.")
    first, second = (register(Random(5), 2, [other]) for _ in range(2))
    assert first == second
    assert first is not None
    assert "Soup is served at noon." in first[0]
