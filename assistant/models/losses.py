"""Teacher-forced loss: how surprised the model is by a given answer, token by token."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.models.encoding import pad
from assistant.models.local import LocalModel
from assistant.schema import Message

_LOGIT_CELLS = 2**27
"""Logits of one batch (positions x vocabulary) at most: half a gigabyte in float32."""


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """A prompt together with the answer whose loss is wanted."""

    messages: tuple[Message, ...]
    """Empty for running text: the model is then given nothing but its start token."""
    answer: str
    adapter: str | None = None


@dataclass(frozen=True, slots=True)
class LossRow:
    """The same in token ids."""

    prompt: tuple[int, ...]
    target: tuple[int, ...]
    version: str | None


def fitted(local: LocalModel, prompt: Sequence[int], target: Sequence[int]) -> tuple[int, ...]:
    """The target, cut where the model has no more positions for it."""
    if local.positions is None:
        return tuple(target)
    room = local.positions - (0 if local.encoder_decoder else len(prompt))
    return tuple(target[: max(room, 1)])


def loss_batches(rows: Sequence[LossRow], vocabulary: int) -> list[list[int]]:
    """Row numbers of each batch: similar lengths together, logits within the memory limit."""
    budget = _LOGIT_CELLS // max(vocabulary, 1)
    batches: list[list[int]] = []
    lengths = [len(r.prompt) + len(r.target) for r in rows]
    for number in sorted(range(len(rows)), key=lambda n: (lengths[n], n)):
        if batches and (len(batches[-1]) + 1) * lengths[number] <= budget:
            batches[-1].append(number)
        else:
            batches.append([number])
    return batches


def mean_losses(
    local: LocalModel, network: Any, rows: Sequence[LossRow], adapters: list[str] | None
) -> list[float]:
    """Mean negative log-likelihood per target token of each row, in nats.

    Args:
        local: the model's facts.
        network: the plain model, or its PEFT wrapper.
        rows: at least one.
        adapters: PEFT adapter name per row; None for a plain model.
    """
    import torch

    inputs = _seq2seq(local, rows) if local.encoder_decoder else _causal(local, rows)
    options: dict[str, Any] = {} if adapters is None else {"adapter_names": adapters}
    with torch.inference_mode():
        logits = network(**inputs, use_cache=False, **options).logits
        found = []
        for number, row in enumerate(rows):
            # Logits at a position are about the next token: a decoder-only model's last prompt
            # position speaks of the first target token. Its rows end at the right edge.
            n = len(row.target)
            mine = logits[number, :n] if local.encoder_decoder else logits[number, -n - 1 : -1]
            wanted = torch.tensor(row.target, device=logits.device)
            picked = mine.float().log_softmax(-1).gather(-1, wanted[:, None])
            found.append(-float(picked.mean()))
    return found


def _seq2seq(local: LocalModel, rows: Sequence[LossRow]) -> dict[str, Any]:
    import torch

    start = start_token(local)
    width = max(len(r.target) for r in rows)
    decoder = torch.full((len(rows), width), local.pad_id, dtype=torch.long)
    for number, row in enumerate(rows):  # shifted right; what follows a target is never looked at
        decoder[number, : len(row.target)] = torch.tensor([start, *row.target[:-1]])
    inputs = pad(local, [r.prompt for r in rows])
    return {**inputs, "decoder_input_ids": decoder.to(local.device)}


def _causal(local: LocalModel, rows: Sequence[LossRow]) -> dict[str, Any]:
    inputs = pad(local, [(*r.prompt, *r.target) for r in rows])
    positions = inputs["attention_mask"].cumsum(-1) - 1
    return {**inputs, "position_ids": positions.clamp(min=0)}


def start_token(local: LocalModel) -> int:
    """What a decoder is started with."""
    start = local.model.generation_config.decoder_start_token_id
    return int(local.model.config.decoder_start_token_id if start is None else start)
