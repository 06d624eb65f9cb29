"""Token ids -> padded tensors and the loss on the answer, for both kinds of architecture."""

from collections.abc import Callable, Sequence
from typing import Any

from assistant.finetuning.encoding import Example
from assistant.finetuning.precision import autocast
from assistant.models.local import LocalModel

PART_TOKENS = 1024
"""Computed on at once on a processor: larger parts are no faster there and need more memory."""

IGNORED = -100
"""Label of positions the loss leaves out (PyTorch's convention)."""


def collate(batch: Sequence[Example], local: LocalModel) -> dict[str, Any]:
    """Pads a batch on the right.

    Returns:
        `input_ids` and `attention_mask`, (rows, prompt length); `labels`, (rows, answer length)
        for an encoder-decoder, (rows, prompt plus answer length) with `IGNORED` on the prompt for
        a decoder-only model.
    """
    import torch

    if local.encoder_decoder:
        sources = [list(e.source) for e in batch]
        labels = [list(e.target) for e in batch]
    else:
        sources = [[*e.source, *e.target] for e in batch]
        labels = [[IGNORED] * len(e.source) + list(e.target) for e in batch]
    return {
        "input_ids": torch.tensor(_padded(sources, local.pad_id), device=local.device),
        "attention_mask": torch.tensor(
            _padded([[1] * len(s) for s in sources], 0), device=local.device
        ),
        "labels": torch.tensor(_padded(labels, IGNORED), device=local.device),
    }


def target_loss(network: Any, inputs: dict[str, Any]) -> Any:
    """Mean cross-entropy over the answer tokens of the batch, a scalar tensor."""
    return network(**inputs).loss


def add_gradients(
    network: Any,
    batch: Sequence[Example],
    local: LocalModel,
    precision: str,
    inputs_of: Callable[[Sequence[Example], str], dict[str, Any]] | None = None,
) -> float:
    """Adds the gradient of the batch's loss, part by part; returns the loss.

    The same as in one pass, with a fraction of the activations in memory. `inputs_of` makes the
    inputs of a part in a precision, for models whose encoder's work is kept; default is `collate`.
    """
    answers = sum(len(example.target) for example in batch)
    total = 0.0
    for part in small_parts(batch, local.device):
        inputs = inputs_of(part, precision) if inputs_of else collate(part, local)
        with autocast(local.device, precision):
            mean = target_loss(network, inputs)
        loss = mean * (sum(len(example.target) for example in part) / answers)
        loss.backward()
        total += float(loss.detach())
    return total


def small_parts(batch: Sequence[Example], device: str) -> list[Sequence[Example]]:
    """A batch as parts of at most `PART_TOKENS` padded tokens on a processor; whole elsewhere."""
    if device != "cpu":
        return [batch]
    width = max(len(e.source) for e in batch) + max(len(e.target) for e in batch)
    rows = max(1, PART_TOKENS // width)
    return [batch[start : start + rows] for start in range(0, len(batch), rows)]


def _padded(rows: Sequence[Sequence[int]], filler: int) -> list[list[int]]:
    width = max(len(row) for row in rows)
    return [[*row, *[filler] * (width - len(row))] for row in rows]
