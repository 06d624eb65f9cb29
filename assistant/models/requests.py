"""One `generate` call as the engine thread works it off, batch by batch."""

import logging
import queue
from collections import deque
from collections.abc import Callable, Sequence

from assistant.errors import ModelError
from assistant.models.batches import plan_batches
from assistant.models.decoding import RowState
from assistant.models.local import LocalModel
from assistant.models.worker import Worker
from assistant.schema import Generation, Row

log = logging.getLogger(__name__)

TextEvent = tuple[int, str]
_GIVE_UP_AFTER = 3
"""Rows failing alone, one after another, before the rest of a request is given up."""


class GenerateRequest:
    """Rows on their way through the engine.

    The engine thread calls `step` until it returns true; texts and the end arrive in `events`
    (a pair, or None at the end), which the calling thread reads.

    Args:
        rows: as given to `generate`.
        max_new_tokens: cap for each row.
        stream: whether texts are wanted.
        cancelled: the caller's predicate.
        token_budget: see `plan_batches`.
        max_rows: see `plan_batches`.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        max_new_tokens: int,
        *,
        stream: bool,
        cancelled: Callable[[int], bool] | None,
        token_budget: int,
        max_rows: int,
    ) -> None:
        self.events: queue.SimpleQueue[TextEvent | None] = queue.SimpleQueue()
        self.error: BaseException | None = None
        self.abandoned = False
        self._rows = list(rows)
        self._max_new_tokens = max_new_tokens
        self._stream = stream
        self._cancelled = cancelled
        self._limits = token_budget, max_rows
        self._prompts: list[list[int]] = []
        self._pending: deque[list[int]] | None = None
        self._results: list[Generation | None] = [None] * len(self._rows)
        self._adapter_errors: dict[int, ModelError] = {}
        self._failed_alone = 0

    @property
    def results(self) -> list[Generation]:
        """One a row, in the order of the rows; complete once `events` gave None."""
        return [r for r in self._results if r is not None]

    def step(self, worker: Worker) -> bool:
        """Decode one batch. True: nothing is left to do."""
        if self._pending is None:
            self._pending = self._plan(worker)
        if self._pending:
            self._run(worker, self._pending.popleft())
        if self._pending:
            return False
        if self._rows and len(self._adapter_errors) == len(self._rows):
            self.error = self._adapter_errors[0]
        self.events.put(None)
        return True

    def fail(self, error: BaseException) -> None:
        """End the request with an error for the caller."""
        self.error = error
        self.events.put(None)

    def is_cancelled(self, row: int) -> bool:
        """Asked on the engine thread; a predicate that raises counts as true."""
        if self.abandoned:
            return True
        if self._cancelled is None:
            return False
        try:
            return bool(self._cancelled(row))
        except Exception:
            log.exception("a cancel predicate raised; its row is cancelled")
            return True

    def _plan(self, worker: Worker) -> deque[list[int]]:
        local = worker.ready()
        good: list[int] = []
        for number, row in enumerate(self._rows):
            prompt: list[int] = []
            try:
                prompt = worker.encode(local, row.messages)
                problem = _misfit(local, len(prompt), self._max_new_tokens)
            except Exception as error:
                problem = f"the prompt could not be built: {error}"
            self._prompts.append(prompt)
            if problem:
                self._end(number, Generation("", len(prompt), 0, "error", problem))
            else:
                good.append(number)
        plan = plan_batches(
            [len(self._prompts[n]) for n in good],
            self._max_new_tokens,
            token_budget=self._limits[0],
            max_rows=self._limits[1],
        )
        return deque([good[i] for i in batch] for batch in plan)

    def _run(self, worker: Worker, batch: list[int]) -> None:
        assert self._pending is not None
        batch = self._usable(worker, batch)
        if not batch:
            return
        try:
            states = worker.decode(
                [self._prompts[n] for n in batch],
                [self._rows[n].adapter for n in batch],
                self._max_new_tokens,
                (lambda i, text: self.events.put((batch[i], text))) if self._stream else None,
                lambda i: self.is_cancelled(batch[i]),
            )
        except ModelError:
            raise  # the model itself is unusable: for the caller, not for a row
        except Exception as error:
            if len(batch) > 1:
                # One bad row, or too little memory: halves find the row and need less.
                half = len(batch) // 2
                self._pending.extendleft([batch[half:], batch[:half]])
                return
            self._failed_alone += 1
            self._fail_rows(batch, error)
            if self._failed_alone >= _GIVE_UP_AFTER:
                self._fail_rows([n for b in self._pending for n in b], error)
                self._pending.clear()
            return
        self._failed_alone = 0
        for number, state in zip(batch, states, strict=True):
            self._end(number, _generation(state, len(self._prompts[number])))

    def _usable(self, worker: Worker, batch: list[int]) -> list[int]:
        """Drop cancelled rows and rows whose adapter cannot be loaded."""
        failed = worker.load_adapters([self._rows[n].adapter for n in batch])
        usable: list[int] = []
        for number in batch:
            error = failed.get(self._rows[number].adapter or "")
            if error is not None:
                self._adapter_errors[number] = error
                length = len(self._prompts[number])
                self._end(number, Generation("", length, 0, "error", str(error)))
            elif self.is_cancelled(number):
                length = len(self._prompts[number])
                self._end(number, Generation("", length, 0, "cancelled"))
            else:
                usable.append(number)
        return usable

    def _fail_rows(self, numbers: Sequence[int], error: BaseException) -> None:
        text = f"decoding failed: {type(error).__name__}: {str(error)[:300]}"
        for number in numbers:
            self._end(number, Generation("", len(self._prompts[number]), 0, "error", text))

    def _end(self, number: int, generation: Generation) -> None:
        self._results[number] = generation


def _misfit(local: LocalModel, tokens: int, max_new_tokens: int) -> str:
    """Why a prompt cannot be decoded, or an empty text."""
    if tokens == 0:
        return "the prompt is empty"
    if max_new_tokens < 1:
        return f"max_new_tokens is {max_new_tokens}, expected at least 1"
    if tokens > local.context_tokens:
        return f"the prompt has {tokens} tokens, {local.name} reads at most {local.context_tokens}"
    if local.positions is not None:
        used = max_new_tokens + (1 if local.encoder_decoder else tokens)
        if used > local.positions:
            return (
                f"prompt and answer need {used} positions, {local.name} has {local.positions}: "
                "lower max_new_tokens"
            )
    return ""


def _generation(state: RowState, prompt_tokens: int) -> Generation:
    return Generation(
        text=state.text,
        prompt_tokens=prompt_tokens,
        completion_tokens=len(state.ids),
        finish=state.finish or "length",
        seconds=state.seconds,
        first_token_seconds=state.first_token_seconds,
    )
