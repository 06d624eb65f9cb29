"""Prompts of one batch as model inputs, without computing what is only padding.

A question alone has 20 tokens, the same question with passages 1,000. Padded together, an encoder
would compute 1,000 positions for both. So an encoder-decoder's encoder runs once for each group of
similar lengths, and the decoder then runs once for all rows together.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from assistant.models.local import LocalModel

_RATIO, _SLACK = 1.5, 16
"""A row joins a group while it is at most 1.5 times as long as its shortest row, plus 16."""


def prompt_inputs(
    local: LocalModel,
    network: Any,
    prompts: Sequence[Sequence[int]],
    adapters: list[str] | None,
) -> dict[str, Any]:
    """What `generate` takes: token ids, or encoder outputs where grouping saves work.

    Args:
        local: the model's facts.
        network: the plain model, or its PEFT wrapper.
        prompts: token ids of each row, none empty.
        adapters: PEFT adapter name per row; None for a plain model.
    """
    groups = length_groups([len(p) for p in prompts]) if local.encoder_decoder else []
    if len(groups) < 2:
        return pad(local, prompts)
    import torch
    from transformers.modeling_outputs import BaseModelOutput

    encoder = local.model.get_encoder()
    mask = torch.zeros(
        (len(prompts), max(len(p) for p in prompts)), dtype=torch.long, device=local.device
    )
    hidden = None
    for group in groups:
        inputs = pad(local, [prompts[row] for row in group])
        names = None if adapters is None else [adapters[row] for row in group]
        # What PEFT's own `generate` does around the whole model, here around the encoder alone.
        hooks = (
            nullcontext()
            if names is None
            else network._enable_peft_forward_hooks(adapter_names=names)
        )
        with hooks:
            states = encoder(**inputs, return_dict=True).last_hidden_state
        if hidden is None:
            hidden = states.new_zeros((*mask.shape, states.shape[-1]))
        width = states.shape[1]
        hidden[group, :width] = states
        mask[group, :width] = inputs["attention_mask"]
    return {"encoder_outputs": BaseModelOutput(last_hidden_state=hidden), "attention_mask": mask}


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
