"""Cuts the example stream into batches of equal token counts, sorted by length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from assistant.foundation.formats import MAX_NEW_TOKENS, MAX_POSITIONS
from assistant.foundation.mixture import Mixture
from assistant.foundation.tokenizer import PAD_ID

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

Encoded = tuple[list[int], list[int]]


@dataclass(frozen=True)
class Position:
    """Where in the stream training is: first example of the pool, its stage, batches done."""

    pool_start: int = 0
    stage: int = 0
    done: int = 0


def encode(tokenizer: Tokenizer, source: str, target: str) -> Encoded:
    """Token ids of input (with ``<s>`` and ``</s>``) and labels (with ``</s>`` only)."""
    ids = tokenizer.encode(source).ids
    if len(ids) > MAX_POSITIONS:
        ids = [*ids[: MAX_POSITIONS - 1], ids[-1]]
    return ids, tokenizer.encode(target).ids[1:][:MAX_NEW_TOKENS]


def pool(
    mixture: Mixture, tokenizer: Tokenizer, position: Position, size: int, tokens: int
) -> list[list[Encoded]]:
    """The batches of one pool: ``size`` examples, at most ``tokens`` padded input tokens each."""
    numbers = range(position.pool_start, position.pool_start + size)
    rows = [encode(tokenizer, *mixture.example(n, position.stage)) for n in numbers]
    rows.sort(key=lambda row: len(row[0]))
    batches: list[list[Encoded]] = [[]]
    for row in rows:
        if batches[-1] and (len(batches[-1]) + 1) * len(row[0]) > tokens:
            batches.append([])
        batches[-1].append(row)
    Random(f"{mixture.seed}/{position.pool_start}").shuffle(batches)
    return batches


def stream(
    mixture: Mixture,
    tokenizer: Tokenizer,
    start: Position,
    size: int,
    tokens: Sequence[int],
    stage_now: Sequence[int],
) -> Iterator[tuple[list[Encoded], Position]]:
    """Yield batches and the position *after* each; ``stage_now[0]`` is read at every new pool."""
    position = start
    while True:
        batches = pool(mixture, tokenizer, position, size, tokens[position.stage])
        for number in range(position.done, len(batches)):
            yield batches[number], Position(position.pool_start, position.stage, number + 1)
        position = Position(position.pool_start + size, stage_now[0], 0)


def collate(rows: Sequence[Encoded]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Pad to ``(input ids, attention mask, labels)``, each ``(rows, length)``; -100 pads labels."""
    import torch

    width, height = max(len(a) for a, _ in rows), max(len(b) for _, b in rows)
    inputs = torch.full((len(rows), width), PAD_ID)
    labels = torch.full((len(rows), height), -100)
    for number, (source, target) in enumerate(rows):
        inputs[number, : len(source)] = torch.tensor(source)
        labels[number, : len(target)] = torch.tensor(target)
    return inputs, (inputs != PAD_ID).long(), labels
