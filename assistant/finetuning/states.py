"""What the encoder makes of each training row, computed once: training does not change it."""

from collections.abc import Callable, Sequence
from typing import Any

from assistant.finetuning.collate import collate
from assistant.finetuning.encoding import Example
from assistant.finetuning.precision import autocast
from assistant.models.local import LocalModel

LIMIT_BYTES = 1 << 30
"""Of kept states; rows beyond are encoded anew each time they are met."""


class EncoderStates:
    """Model inputs of a batch with the encoder's part already done.

    Args:
        local: an encoder-decoder whose encoder carries no adapter.
    """

    def __init__(self, local: LocalModel, limit_bytes: int = LIMIT_BYTES) -> None:
        self._local, self._limit = local, limit_bytes
        self._kept: dict[tuple[int, ...], Any] = {}
        self._room, self._precision = limit_bytes, ""
        self._wrapped: Callable[..., Any] = dict

    def inputs(self, batch: Sequence[Example], precision: str) -> dict[str, Any]:
        """`encoder_outputs`, `attention_mask` and `labels`, padded on the right."""
        from torch.nn.utils.rnn import pad_sequence

        if precision != self._precision:
            self._kept, self._room, self._precision = {}, self._limit, precision
        missing = {e.source: e for e in batch if e.source not in self._kept}
        fresh = self._encode(list(missing.values()), precision) if missing else {}
        rows = [fresh[e.source] if e.source in fresh else self._kept[e.source] for e in batch]
        self._keep(fresh)
        inputs = collate(batch, self._local)
        del inputs["input_ids"]
        return {
            "encoder_outputs": self._wrapped(last_hidden_state=pad_sequence(rows, True)),
            **inputs,
        }

    def _encode(self, batch: Sequence[Example], precision: str) -> dict[tuple[int, ...], Any]:
        import torch

        inputs = collate(batch, self._local)
        encoder = self._local.model.get_encoder().eval()  # kept states must not be random
        with torch.no_grad(), autocast(self._local.device, precision):
            states = encoder(input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"])
        self._wrapped = type(states)
        states = states.last_hidden_state
        if precision == "bfloat16":
            states = states.bfloat16()
        return {e.source: row[: len(e.source)] for e, row in zip(batch, states, strict=True)}

    def _keep(self, fresh: dict[tuple[int, ...], Any]) -> None:
        for source, row in fresh.items():
            size = row.numel() * row.element_size()
            if size <= self._room:
                self._room -= size
                self._kept[source] = row.clone()  # a slice would keep the whole batch alive
