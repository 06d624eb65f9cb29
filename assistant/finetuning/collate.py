"""Token ids -> padded tensors and the loss on the answer, for both kinds of architecture."""

from collections.abc import Sequence
from typing import Any

from assistant.finetuning.encoding import Example
from assistant.models.local import LocalModel

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


def _padded(rows: Sequence[Sequence[int]], filler: int) -> list[list[int]]:
    width = max(len(row) for row in rows)
    return [[*row, *[filler] * (width - len(row))] for row in rows]
