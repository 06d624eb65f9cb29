"""Which layers of a base model an adapter changes."""

import re
from typing import Any

from assistant.models.local import LocalModel


def adapted_layers(local: LocalModel) -> str:
    """PEFT's `target_modules` for a base model.

    All linear layers of a decoder-only model (Dettmers et al. 2023, arXiv:2305.14314). Of an
    encoder-decoder only those of the decoder: the encoder is what reads passages, and an adapter
    that may change it unlearns reading. Untouched, its states are also the same in every pass over
    a row (`states.py`) and for the approaches with and without the adapter.
    """
    if not local.encoder_decoder:
        return "all-linear"
    import torch

    inside = _prefix(local.model, local.model.get_decoder())
    leaves = {
        name.rsplit(".", 1)[-1]
        for name, layer in local.model.named_modules()
        if name.startswith(inside) and isinstance(layer, torch.nn.Linear)
    }
    return rf"{re.escape(inside)}.*\.({'|'.join(sorted(leaves))})"


def _prefix(model: Any, part: Any) -> str:
    return next(str(name) for name, module in model.named_modules() if module is part) + "."
