"""Questions without passages keep the look they had, so that facts can still be taught.

An adapter on the decoder learns facts from what the frozen encoder makes of a bare question. The
loss of pointing at answers in passages changes that: where there is no answer it points at the
first token, and all bare questions come to look alike (measured in the log). So a training that
goes on from weights also gets a loss of distance from the states of their encoder, on questions
only ("learning without forgetting": Li and Hoiem 2016, arXiv:1606.09282, on states in place of
outputs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

KEEP = 3.0
"""Weight of the loss beside the decoder's."""
QUESTIONS = 24
"""Bare questions a step; they cost a quarter of a step."""


class Kept:
    """The encoder as it was before training, which the trained one is compared with.

    Args:
        encoder: called with token ids and mask; another one than that in training. Its weights
            are frozen.
    """

    def __init__(self, encoder: Any) -> None:
        self._before = encoder.eval().requires_grad_(False)

    def loss(self, encoder: Any, inputs: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Mean over tokens of the squared distance, as a share of the squared length before.

        Args:
            encoder: the one in training.
            inputs: token ids ``(batch, length)``.
            mask: ``(batch, length)``, 0 at padding.

        Returns:
            A scalar; 0 where nothing changed.
        """
        import torch

        with torch.no_grad():
            before = self._before(input_ids=inputs, attention_mask=mask).last_hidden_state
        now = encoder(input_ids=inputs, attention_mask=mask).last_hidden_state
        some = mask.bool()
        before, now = before[some].float(), now[some].float()
        return ((now - before) ** 2).sum(-1).div((before**2).sum(-1)).mean()
