"""LoRA for the rows of a mixed batch, without copying them.

PEFT gathers the rows of each adapter, multiplies, scales, and scatters the sum back: five copies of
everything for two small products. Rows of one adapter that lie side by side are a slice, and the
second product can add to it in place. The arithmetic is PEFT's, and the tests compare the two.
"""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

BASE = "__base__"
"""PEFT's name for "no adapter on this row"."""


@lru_cache(maxsize=256)
def runs(names: tuple[str, ...]) -> tuple[tuple[str, int, int], ...]:
    """(adapter, first row, row after the last) of neighbours that share one; base left out."""
    found = []
    first = 0
    for place in range(1, len(names) + 1):
        if place == len(names) or names[place] != names[first]:
            if names[first] != BASE:
                found.append((names[first], first, place))
            first = place
    return tuple(found)


def use_slices(wrapped: Any) -> int:
    """Give every plain LoRA layer of a PEFT model the forward below; how many there are.

    Layers of another kind (quantised, embeddings, variants of LoRA) keep PEFT's own. Call it again
    after loading an adapter.
    """
    from peft.tuners.lora.layer import Linear

    plain = 0
    for layer in wrapped.modules():
        if type(layer) is Linear and not layer.lora_variant and not any(_biased(layer)):
            # The layer's own attribute wins over the method of its class.
            layer.__dict__["_mixed_batch_forward"] = partial(_forward, layer)
            plain += 1
    return plain


def _forward(layer: Any, x: Any, *_: Any, adapter_names: Sequence[str], **__: Any) -> Any:
    """Base product of all rows plus scaling x B A of each run's; shape (rows, ..., width)."""
    from torch.nn.functional import linear

    result = layer.base_layer(x)
    for name, first, end in runs(tuple(adapter_names)):
        if name not in layer.lora_A:
            continue
        down, up = layer.lora_A[name].weight, layer.lora_B[name].weight
        inner = linear(x[first:end].to(down.dtype), down).reshape(-1, down.shape[0])
        part = result[first:end]
        if part.dtype == up.dtype and part.is_contiguous():
            part.view(-1, part.shape[-1]).addmm_(inner, up.T, alpha=layer.scaling[name])
        else:
            part += (linear(inner, up) * layer.scaling[name]).view(part.shape).to(part.dtype)
    return result


def _biased(layer: Any) -> list[bool]:
    return [up.bias is not None for up in layer.lora_B.values()]
