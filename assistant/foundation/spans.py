"""Two more tasks while training: the encoder points at the answer, and the decoder looks there.

A decoder learns slowly where to look: only the words of the answer tell it, through all its layers.
So the encoder also gets the loss of an extractive reader (start and end positions, and the first
token where there is no answer: Devlin et al. 2019, sections 4.2 and 4.3; an answer that stands in
several places counts at all of them: Clark and Gardner 2018, arXiv:1710.10723), and the attention
of the decoder's last layer gets the loss of looking at the token to be written next (as Garg et
al. 2019, arXiv:1909.02074, teach a translator to align). Only the model's own weights are exported;
the head that points is thrown away.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.foundation.tokenizer import EOS_ID

if TYPE_CHECKING:
    import torch

HEAD_RATE = 1e-3
"""Peak learning rate of the head that points, which starts from nothing."""
POINT, LOOK = 1.0, 0.5
"""Weights of the two losses beside the decoder's."""


def find(source: Sequence[int], target: Sequence[int], refusal: Sequence[int]) -> list[range]:
    """Where the tokens of an answer stand in an input.

    Args:
        source: Token ids of the input.
        target: Token ids of the answer, ``</s>`` last.
        refusal: The same of the refusal; its place is the first token.

    Returns:
        Every place; none for an answer that does not stand there as written.
    """
    if list(target) == list(refusal):
        return [range(0, 1)]
    wanted = [t for t in target if t != EOS_ID]
    if not wanted:
        return []
    size, first, whole = len(wanted), wanted[0], list(source)
    return [
        range(start, start + size)
        for start in range(1, len(whole) - size)
        if whole[start] == first and whole[start : start + size] == wanted
    ]


def pointing_loss(
    logits: torch.Tensor, mask: torch.Tensor, places: Sequence[Sequence[range]]
) -> torch.Tensor:
    """Minus the mean log probability of the right starts and ends.

    Args:
        logits: ``(batch, length, 2)``, of start and end.
        mask: ``(batch, length)``, 0 at padding.
        places: Per row what :func:`find` gave; rows without any do not count.

    Returns:
        A scalar; 0 if no row counts.
    """
    import torch

    right = torch.zeros(logits.shape, dtype=torch.bool)
    for row, spans in enumerate(places):
        for span in spans:
            right[row, span.start, 0] = right[row, span.stop - 1, 1] = True
    shares = _log_share(logits.transpose(1, 2), mask[:, None], right.transpose(1, 2))
    return _mean(shares, right.any(1))


def looking_loss(
    scores: torch.Tensor, mask: torch.Tensor, places: Sequence[Sequence[range]]
) -> torch.Tensor:
    """Minus the mean log of the attention, of all heads, that falls on the token to be written.

    Args:
        scores: ``(batch, heads, answer length, length)``, before the softmax.
        mask: ``(batch, length)``, 0 at padding.
        places: Per row what :func:`find` gave.

    Returns:
        A scalar; 0 if no row counts.
    """
    import torch

    batch, heads, steps, length = scores.shape
    right = torch.zeros(batch, 1, steps, length, dtype=torch.bool)
    for row, spans in enumerate(places):
        for span in spans:
            size = min(len(span), steps)
            right[row, 0, range(size), range(span.start, span.start + size)] = True
    looks = _log_share(scores, mask[:, None, None], right.expand(scores.shape))
    return _mean(looks.logsumexp(1) - math.log(heads), right.any(-1)[:, 0])


def _log_share(scores: torch.Tensor, mask: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Log of the share of the softmax over the last dimension that falls on right places."""
    scores = scores.float().masked_fill(mask == 0, -1e4)
    return scores.masked_fill(~right.to(scores.device), -1e4).logsumexp(-1) - scores.logsumexp(-1)


def _mean(shares: torch.Tensor, counted: torch.Tensor) -> torch.Tensor:
    """Minus the mean of the log shares that have a right place."""
    counted = counted.to(shares.device)
    return -(shares * counted).sum() / counted.sum().clamp(min=1)


class Watched:
    """Attention scores of the decoder's last layer that looks at the input.

    They are computed anew from what the layer was given, because fused attention keeps none.
    """

    def __init__(self, model: Any) -> None:
        self._attention = model.model.decoder.layers[-1].encoder_attn
        self._seen: tuple[torch.Tensor, torch.Tensor] | None = None
        self._attention.register_forward_pre_hook(self._keep, with_kwargs=True)

    def _keep(self, module: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:
        if module.training:
            hidden = named["hidden_states"] if "hidden_states" in named else given[0]
            self._seen = hidden, named["key_value_states"]

    def scores(self) -> torch.Tensor:
        """``(batch, heads, answer length, length)`` of the last forward pass in training.

        What was kept is let go: a copy of the model must not drag a graph along.
        """
        assert self._seen is not None
        (hidden, states), self._seen = self._seen, None
        width = self._attention.head_dim
        asked = self._attention.q_proj(hidden).unflatten(-1, (-1, width)).transpose(1, 2)
        keys = self._attention.k_proj(states).unflatten(-1, (-1, width)).transpose(1, 2)
        return asked @ keys.transpose(2, 3) * width**-0.5
