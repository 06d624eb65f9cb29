"""Greedy decoding of one batch: per-row text as it grows, per-row stop, per-row adapters."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.models.encoding import pad
from assistant.models.greedy import can_loop, greedy
from assistant.models.local import LocalModel
from assistant.models.losses import start_token

Finish = Literal["stop", "length", "cancelled"]


@dataclass(slots=True)
class RowState:
    """What has been decoded for one row."""

    ids: list[int] = field(default_factory=list)
    finish: Finish | None = None
    seconds: float = 0.0
    first_token_seconds: float | None = None
    text: str = ""


class RowTracker:
    """A stopping criterion that watches every row and never raises.

    The loop, or `generate`, asks it after each token. It is the authority on what a row said:
    tokens decoded after a row ended are ignored, whatever they are.

    Args:
        local: for the tokenizer and end tokens.
        rows: number of rows.
        max_new_tokens: cap for each row.
        on_text: called with (row, text so far) after each token of a row.
        cancelled: asked with the row number after each token; true ends the row.
    """

    def __init__(
        self,
        local: LocalModel,
        rows: int,
        max_new_tokens: int,
        on_text: Callable[[int, str], None] | None,
        cancelled: Callable[[int], bool] | None,
    ) -> None:
        self.states = [RowState() for _ in range(rows)]
        self._local = local
        self._max = max_new_tokens
        self._on_text = on_text
        self._cancelled = cancelled
        self._start = time.perf_counter()

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        """Booleans, shape (rows,): which rows have ended."""
        import torch

        self.see(range(len(self.states)), input_ids[:, -1].tolist())
        done = [state.finish is not None for state in self.states]
        return torch.tensor(done, dtype=torch.bool, device=input_ids.device)

    def see(self, rows: Sequence[int], tokens: Sequence[int]) -> list[int]:
        """Take the newest token of some rows; places (in `rows`) of those that go on."""
        elapsed = time.perf_counter() - self._start
        going = []
        for place, (row, token) in enumerate(zip(rows, tokens, strict=True)):
            state = self.states[row]
            if state.finish is None:
                self._advance(row, state, token, elapsed)
            if state.finish is None:
                going.append(place)
        return going

    def finish(self) -> list[RowState]:
        """Final states; texts are decoded here where nobody listened."""
        for row, state in enumerate(self.states):
            if state.finish is None:  # `generate` ended by a limit of its own
                self._end(row, state, "length", time.perf_counter() - self._start)
            if not state.text:
                state.text = self._decode(state.ids)
            # A character cut in two by the end of the answer is left out.
            state.text = self._cut(state.text).rstrip("\ufffd").strip()
        return self.states

    def _advance(self, row: int, state: RowState, token: int, elapsed: float) -> None:
        if state.first_token_seconds is None:
            state.first_token_seconds = elapsed
        if token in self._local.eos_ids:
            self._end(row, state, "stop", elapsed)
            return
        state.ids.append(token)
        if self._on_text is not None or self._local.stop_strings:
            state.text = self._decode(state.ids)
            if self._cut(state.text) != state.text:
                self._end(row, state, "stop", elapsed)
            if self._on_text is not None:
                # A character split over two tokens decodes to U+FFFD until it is complete.
                self._on_text(row, self._cut(state.text).rstrip("\ufffd"))
        if state.finish is None and self._cancelled is not None and self._cancelled(row):
            self._end(row, state, "cancelled", elapsed)
        elif state.finish is None and len(state.ids) >= self._max:
            self._end(row, state, "length", elapsed)

    def _end(self, row: int, state: RowState, finish: Finish, elapsed: float) -> None:
        state.finish = finish
        state.seconds = elapsed

    def _decode(self, ids: Sequence[int]) -> str:
        return str(self._local.tokenizer.decode(ids, skip_special_tokens=True))

    def _cut(self, text: str) -> str:
        body = text.lstrip()
        ends = [at for s in self._local.stop_strings if (at := body.find(s)) >= 0]
        return body[: min(ends)] if ends else text


def decode_batch(
    local: LocalModel,
    network: Any,
    prompts: Sequence[Sequence[int]],
    adapters: list[str] | None,
    max_new_tokens: int,
    on_text: Callable[[int, str], None] | None = None,
    cancelled: Callable[[int], bool] | None = None,
) -> list[RowState]:
    """Decode all prompts together.

    Args:
        local: the model's facts.
        network: the plain model, or its PEFT wrapper.
        prompts: token ids of each row, none empty.
        adapters: PEFT adapter name per row; None for a plain model.
        max_new_tokens: cap for each row.
        on_text: called with (row, text so far).
        cancelled: asked with the row number between tokens.
    """
    tracker = RowTracker(local, len(prompts), max_new_tokens, on_text, cancelled)
    if can_loop(local):
        greedy(local, network, prompts, adapters, tracker.see)
    else:
        _generate(local, network, prompts, adapters, max_new_tokens, tracker)
    return tracker.finish()


def _generate(
    local: LocalModel,
    network: Any,
    prompts: Sequence[Sequence[int]],
    adapters: list[str] | None,
    max_new_tokens: int,
    tracker: RowTracker,
) -> None:
    import torch
    from transformers import StoppingCriteriaList

    options: dict[str, Any] = {} if adapters is None else {"adapter_names": adapters}
    with torch.inference_mode():
        network.generate(
            **pad(local, prompts),
            max_new_tokens=max_new_tokens,
            stopping_criteria=StoppingCriteriaList([tracker]),
            **options,
        )


def next_token_logits(
    local: LocalModel,
    network: Any,
    prompts: Sequence[Sequence[int]],
    adapters: list[str] | None,
) -> Any:
    """Logits of the first answer token, float32 numpy array (rows, vocabulary)."""
    import torch

    batch = pad(local, prompts)
    if local.encoder_decoder:
        batch["decoder_input_ids"] = torch.full(
            (len(prompts), 1), start_token(local), dtype=torch.long, device=local.device
        )
    else:
        positions = batch["attention_mask"].cumsum(-1) - 1
        batch["position_ids"] = positions.clamp(min=0)
    options: dict[str, Any] = {} if adapters is None else {"adapter_names": adapters}
    with torch.inference_mode():
        output = network(**batch, **options)
    return output.logits[:, -1].float().cpu().numpy()
