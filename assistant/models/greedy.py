"""The greedy loop: one token a row and step, and rows that have ended leave the batch.

`generate` computes every row until the last one has ended, and prepares each call and each step
for all that it can do besides. Here only the arithmetic is left. What comes out is the same; a
test holds it against `generate`.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from assistant.models.encoding import arms, encoder_states, pad
from assistant.models.local import LocalModel
from assistant.models.losses import start_token

SHRINK = 0.75
"""The batch is made smaller once at most this share of its rows goes on: that copies the cache."""
OnTokens = Callable[[Sequence[int], Sequence[int]], list[int]]
"""(row numbers, their newest tokens) -> places in the batch of the rows that go on."""


def can_loop(local: LocalModel) -> bool:
    """Whether the model is of the usual kind; `generate` decodes the others."""
    model = local.model
    if getattr(model, "_is_stateful", False) or model.generation_config.forced_bos_token_id:
        return False
    takes = inspect.signature(type(model).forward).parameters
    if local.encoder_decoder:
        known = model.generation_config.decoder_start_token_id
        known = model.config.decoder_start_token_id if known is None else known
        return known is not None and {"encoder_outputs", "past_key_values"} <= set(takes)
    return {"attention_mask", "position_ids", "past_key_values"} <= set(takes)


def greedy(
    local: LocalModel,
    network: Any,
    prompts: Sequence[Sequence[int]],
    adapters: Sequence[str] | None,
    on_tokens: OnTokens,
) -> None:
    """Decode all prompts together until `on_tokens` lets no row go on.

    Args:
        local: the model's facts.
        network: the plain model, or its PEFT wrapper.
        prompts: token ids of each row, none empty.
        adapters: PEFT adapter name per row; None for a plain model.
        on_tokens: told every token, see `OnTokens`.
    """
    import torch

    # Rows of one adapter side by side are one slice for its matrices.
    rows = sorted(range(len(prompts)), key=lambda r: (adapters[r] if adapters else "", r))
    names = None if adapters is None else [adapters[r] for r in rows]
    with torch.inference_mode():
        ordered = [prompts[r] for r in rows]
        batch = (_Seq2Seq if local.encoder_decoder else _Causal)(local, network, ordered, names)
        while rows:
            with arms(network, names):
                rows, kept = _until_smaller(local, batch, rows, on_tokens)
            if names is not None:
                names = [names[place] for place in kept]


def _until_smaller(
    local: LocalModel, batch: "_Batch", rows: list[int], on_tokens: OnTokens
) -> tuple[list[int], list[int]]:
    """Step until rows leave the batch; row numbers that stay, and where they were."""
    while True:
        output = local.model(**batch.inputs())
        newest = output.logits[:, -1].float().argmax(-1)
        kept = on_tokens(rows, newest.tolist())
        if not kept:
            return [], []
        batch.advance(output.past_key_values, newest)
        if len(kept) <= SHRINK * len(rows):
            batch.keep(kept)
            return [rows[place] for place in kept], kept


class _Batch:
    """Tensors of the rows that are still decoded; the first dimension of each is the row."""

    def __init__(self) -> None:
        self._cache: Any = None
        self._by_row: dict[str, Any] = {}

    def inputs(self) -> dict[str, Any]:
        """Arguments of the next forward call."""
        return {**self._by_row, "past_key_values": self._cache, "use_cache": True}

    def advance(self, cache: Any, newest: Any) -> None:
        """Go one token on. Shape of `newest`: (rows,)."""
        self._cache = cache

    def keep(self, places: list[int]) -> None:
        """Drop the other rows."""
        import torch

        some = next(iter(self._by_row.values()))
        index = torch.tensor(places, device=some.device)
        self._by_row = {name: value[index] for name, value in self._by_row.items()}
        self._cache.batch_select_indices(index)


class _Seq2Seq(_Batch):
    def __init__(
        self,
        local: LocalModel,
        network: Any,
        prompts: Sequence[Sequence[int]],
        names: Sequence[str] | None,
    ) -> None:
        import torch

        super().__init__()
        hidden, mask = encoder_states(local, network, prompts, names)
        start = torch.full((len(prompts), 1), start_token(local), device=hidden.device)
        self._by_row = {"hidden": hidden, "attention_mask": mask, "decoder_input_ids": start}

    def inputs(self) -> dict[str, Any]:
        from transformers.modeling_outputs import BaseModelOutput

        given = super().inputs()
        return {**given, "encoder_outputs": BaseModelOutput(last_hidden_state=given.pop("hidden"))}

    def advance(self, cache: Any, newest: Any) -> None:
        super().advance(cache, newest)
        self._by_row["decoder_input_ids"] = newest[:, None]


class _Causal(_Batch):
    def __init__(
        self,
        local: LocalModel,
        network: Any,
        prompts: Sequence[Sequence[int]],
        names: Sequence[str] | None,
    ) -> None:
        super().__init__()
        self._by_row = pad(local, prompts)
        positions = self._by_row["attention_mask"].cumsum(-1) - 1
        self._by_row["position_ids"] = positions.clamp(min=0)
        takes = inspect.signature(type(local.model).forward).parameters
        # A whole prompt's logits would be megabytes that nobody looks at.
        self._last = {"logits_to_keep": 1} if "logits_to_keep" in takes else {}

    def inputs(self) -> dict[str, Any]:
        return {**super().inputs(), **self._last}

    def advance(self, cache: Any, newest: Any) -> None:
        import torch

        super().advance(cache, newest)
        mask, positions = self._by_row["attention_mask"], self._by_row["position_ids"]
        self._by_row = {
            "input_ids": newest[:, None],
            "attention_mask": torch.cat([mask, mask.new_ones((len(mask), 1))], dim=1),
            "position_ids": positions[:, -1:] + 1,
        }
