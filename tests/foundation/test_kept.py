"""The loss of keeping what bare questions looked like."""

from __future__ import annotations

import copy

import pytest
import torch

from assistant.foundation.kept import Kept
from assistant.foundation.warm_start import Shape, empty_model

INPUTS = torch.tensor([[1, 7, 8, 9, 2], [1, 5, 2, 0, 0]])
MASK = (INPUTS != 0).long()


@pytest.fixture
def encoder() -> torch.nn.Module:
    torch.manual_seed(0)
    return empty_model(12, Shape(16, 2, 32, 1, 1, 16)).get_encoder().eval()


def test_nothing_is_lost_where_nothing_changed(encoder: torch.nn.Module) -> None:
    assert Kept(encoder).loss(encoder, INPUTS, MASK).item() == 0.0


def test_it_is_the_squared_distance_over_the_squared_length_without_padding(
    encoder: torch.nn.Module,
) -> None:
    class Doubled(torch.nn.Module):
        def forward(self, **given: torch.Tensor) -> object:
            made = encoder(**given)
            # At padding far away: it must not count.
            far = 100.0 * (1 - given["attention_mask"])[..., None]
            made.last_hidden_state = 2 * made.last_hidden_state + far
            return made

    assert Kept(encoder).loss(Doubled(), INPUTS, MASK).item() == pytest.approx(1.0)


def test_training_on_it_brings_the_encoder_back(encoder: torch.nn.Module) -> None:
    moved = copy.deepcopy(encoder)
    kept = Kept(encoder)
    with torch.no_grad():
        for weight in moved.parameters():
            weight.add_(0.1 * torch.randn_like(weight))
    first = kept.loss(moved, INPUTS, MASK).item()
    optimizer = torch.optim.AdamW(moved.parameters(), lr=3e-3, weight_decay=0.0)
    for _ in range(60):
        optimizer.zero_grad()
        kept.loss(moved, INPUTS, MASK).backward()
        optimizer.step()
    assert 0 < kept.loss(moved, INPUTS, MASK).item() < 0.2 * first
    assert kept.loss(encoder, INPUTS, MASK).item() == 0.0  # it did not move
