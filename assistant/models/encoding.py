"""Prompts of one batch as model inputs, without computing what is only padding.

A question alone has 20 tokens, the same question with passages 1,000. Padded together, an encoder
would compute 1,000 positions for both. So an encoder-decoder's encoder runs once for each group of
similar lengths, and the decoder then runs once for all rows together.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from assistant.models.local import LocalModel

_RATIO, _SLACK = 1.5, 16
"""A row joins a group while it is at most 1.5 times as long as its shortest row, plus 16."""


def encoder_states(
    local: LocalModel,
    network: Any,
    prompts: Sequence[Sequence[int]],
    adapters: Sequence[str] | None,
) -> tuple[Any, Any]:
    """What the encoder makes of all prompts, and which of it is not padding.

    Args:
        local: facts of an encoder-decoder.
        network: the plain model, or its PEFT wrapper.
        prompts: token ids of each row, none empty.
        adapters: PEFT adapter name per row; None for a plain model.

    Returns:
        Hidden states, shape (rows, longest, width), and mask, shape (rows, longest).
    """
    import torch

    encoder = local.model.get_encoder()
    if not _adapted(encoder):
        # Approaches that differ in the adapter alone have the same prompt: read it once.
        places: dict[tuple[int, ...], int] = {}
        index = [places.setdefault(tuple(p), len(places)) for p in prompts]
        if len(places) < len(prompts):
            hidden, mask = encoder_states(local, network, list(places), None)
            rows = torch.tensor(index, device=hidden.device)
            return hidden[rows], mask[rows]
        adapters = None
    groups = length_groups([len(p) for p in prompts])
    mask = torch.zeros(
        (len(prompts), max(len(p) for p in prompts)), dtype=torch.long, device=local.device
    )
    hidden = None
    for group in (sorted(group) for group in groups):
        inputs = pad(local, [prompts[row] for row in group])
        with arms(network, None if adapters is None else [adapters[row] for row in group]):
            states = encoder(**inputs, return_dict=True).last_hidden_state
        if len(groups) == 1:
            return states, inputs["attention_mask"]
        if hidden is None:
            hidden = states.new_zeros((*mask.shape, states.shape[-1]))
        width = states.shape[1]
        hidden[group, :width] = states
        mask[group, :width] = inputs["attention_mask"]
    return hidden, mask


def _adapted(encoder: Any) -> bool:
    """Whether any layer of it carries a LoRA."""
    return any(hasattr(layer, "lora_A") for layer in encoder.modules())


def arms(network: Any, names: Sequence[str] | None) -> AbstractContextManager[Any]:
    """What PEFT's own `generate` does around a whole call, here around any part of it."""
    if names is None:
        return nullcontext()
    hooks: AbstractContextManager[Any] = network._enable_peft_forward_hooks(
        adapter_names=list(names)
    )
    return hooks


def length_groups(lengths: Sequence[int]) -> list[list[int]]:
    """Rows of similar length together, shortest first; every row once."""
    groups: list[list[int]] = []
    for row in sorted(range(len(lengths)), key=lambda r: (lengths[r], r)):
        if groups and lengths[row] <= _RATIO * lengths[groups[-1][0]] + _SLACK:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def pad(local: LocalModel, prompts: Sequence[Sequence[int]]) -> dict[str, Any]:
    """`input_ids` and `attention_mask`, each (rows, longest).

    Encoders are padded on the right, decoder-only models on the left, so that the last position of
    every row is its newest token.
    """
    import torch

    width = max(len(p) for p in prompts)
    ids = torch.full((len(prompts), width), local.pad_id, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, prompt in enumerate(prompts):
        where = slice(0, len(prompt)) if local.encoder_decoder else slice(width - len(prompt), None)
        ids[row, where] = torch.tensor(list(prompt), dtype=torch.long)
        mask[row, where] = 1
    return {"input_ids": ids.to(local.device), "attention_mask": mask.to(local.device)}
