"""The engine: one thread owns the model, everyone else queues.

PEFT switches adapters with hooks on modules that all rows share, so two threads inside `generate`
would answer with each other's adapters. Requests of several batches take turns, so a question
asked in the app is not stuck behind a long scoring run.
"""

import atexit
import logging
import threading
import weakref
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from assistant.errors import ModelError
from assistant.models.batches import MAX_ROWS, TOKEN_BUDGET
from assistant.models.local import LocalModel, PromptFamily
from assistant.models.losses import AnsweredRow, LossRow, loss_batches
from assistant.models.requests import GenerateRequest
from assistant.models.worker import SelfTest, Worker
from assistant.schema import Generation, Message, Row

log = logging.getLogger(__name__)


class _Task(Protocol):
    def step(self, worker: Worker) -> bool:
        """Do a piece of work; true when nothing is left."""

    def fail(self, error: BaseException) -> None:
        """End with an error."""


class _Call:
    """A function run once on the engine thread."""

    def __init__(self, function: Callable[[Worker], Any]) -> None:
        self._function = function
        self._done = threading.Event()
        self._value: Any = None
        self._error: BaseException | None = None

    def step(self, worker: Worker) -> bool:
        self._value = self._function(worker)
        self._done.set()
        return True

    def fail(self, error: BaseException) -> None:
        self._error = error
        self._done.set()

    def wait(self) -> Any:
        self._done.wait()
        if self._error is not None:
            raise self._error
        return self._value


class Engine:
    """A local model behind a queue. Implements `schema.Generator`; callable from any thread.

    The model is loaded on first use, in the engine's own thread.

    Args:
        loader: gives the model, usually `lambda: load_local(...)`.
        token_budget: padded tokens of one batch, see `plan_batches`.
        max_rows: most rows of one batch.
    """

    def __init__(
        self,
        loader: Callable[[], LocalModel],
        *,
        token_budget: int = TOKEN_BUDGET,
        max_rows: int = MAX_ROWS,
    ) -> None:
        self._worker = Worker(loader)
        self._limits = token_budget, max_rows
        self._tasks: deque[_Task] = deque()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._current: _Task | None = None
        self._closed = False

    # ---- what schema.Generator promises ----

    @property
    def model(self) -> str:
        """Name as given to the loader."""
        return self._local().name

    @property
    def fingerprint(self) -> str:
        """Hash of the weights."""
        return self._local().fingerprint

    @property
    def dtype(self) -> str:
        """Of the weights in memory."""
        return self._local().dtype

    @property
    def context_tokens(self) -> int:
        """Largest prompt."""
        return self._local().context_tokens

    @property
    def supports_adapters(self) -> bool:
        """Whether adapter versions can be found."""
        return self._local().adapter_path is not None

    @property
    def prompt_family(self) -> PromptFamily:
        """Which family of prompt templates the model was made for."""
        return self._local().prompt_family

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Prompt tokens, special tokens included. Does not wait for the queue."""
        return len(self._worker.encode(self._local(), messages))

    def generate(
        self,
        rows: Sequence[Row],
        *,
        max_new_tokens: int,
        on_text: Callable[[int, str], None] | None = None,
        cancelled: Callable[[int], bool] | None = None,
    ) -> list[Generation]:
        """Decode the rows greedily; see `schema.Generator.generate`.

        `on_text` runs on the calling thread and may raise: the rows are then cancelled and the
        exception passes through. `cancelled` runs on the engine thread.

        Raises:
            ModelError: the model, or the adapters of all rows, cannot be loaded.
            IntegrityError: the model could not be restored after a failure.
        """
        if not rows:
            return []
        request = GenerateRequest(
            rows,
            max_new_tokens,
            stream=on_text is not None,
            cancelled=cancelled,
            token_budget=self._limits[0],
            max_rows=self._limits[1],
        )
        self._submit(request)
        try:
            while (event := request.events.get()) is not None:
                if on_text is not None:
                    on_text(*event)
        finally:
            request.abandoned = True  # after the end this changes nothing
        if request.error is not None:
            raise request.error
        return request.results

    # ---- checks ----

    def self_test(self, adapter: str | None = None) -> SelfTest:
        """Adapter-off equals the clean base, adapter-on differs.

        Raises:
            ModelError: the model or the adapter cannot be loaded.
        """
        result: SelfTest = self._call(lambda worker: worker.self_test(adapter))
        return result

    def logits(self, rows: Sequence[Row]) -> Any:
        """Logits of each row's first answer token, one batch: float32 (rows, vocabulary)."""

        def run(worker: Worker) -> Any:
            local = worker.ready()
            prompts = [worker.encode(local, row.messages) for row in rows]
            return worker.logits(prompts, [row.adapter for row in rows])

        return self._call(run)

    def token_ids(self, rows: Sequence[Row], *, max_new_tokens: int) -> list[list[int]]:
        """What `generate` decodes for the rows in one batch, as token ids without the end token."""

        def run(worker: Worker) -> list[list[int]]:
            local = worker.ready()
            prompts = [worker.encode(local, row.messages) for row in rows]
            versions = [row.adapter for row in rows]
            states = worker.decode(prompts, versions, max_new_tokens, None, None)
            return [state.ids for state in states]

        result: list[list[int]] = self._call(run)
        return result

    def text_loss(self, rows: Sequence[AnsweredRow]) -> list[float]:
        """How surprised the model is by given answers, teacher-forced.

        Returns:
            One number a row: mean negative log-likelihood per token of the answer and its end, in
            nats. An answer longer than the model's positions is measured up to there.

        Raises:
            ModelError: the model or an adapter cannot be loaded, or a prompt is too long.
        """
        encoded: list[LossRow] = self._call(
            lambda worker: [worker.encode_answered(row) for row in rows]
        )
        found = [0.0] * len(encoded)
        vocabulary = int(self._local().model.config.vocab_size)
        for batch in loss_batches(encoded, vocabulary):  # between two, others get their turn
            part = [encoded[n] for n in batch]
            values: list[float] = self._call(partial(Worker.losses, rows=part))
            for number, value in zip(batch, values, strict=True):
                found[number] = value
        return found

    def close(self) -> None:
        """Cancel what is running, refuse what waits, and end the thread. May be called twice."""
        with self._wake:
            self._closed = True
            if isinstance(self._current, GenerateRequest):
                self._current.abandoned = True
            self._wake.notify_all()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    # ---- the thread ----

    def _local(self) -> LocalModel:
        local = self._worker.local
        if local is None:
            local = self._call(lambda worker: worker.ready())
        return local

    def _call(self, function: Callable[[Worker], Any]) -> Any:
        call = _Call(function)
        self._submit(call)
        return call.wait()

    def _submit(self, task: _Task) -> None:
        with self._wake:
            if self._closed:
                raise ModelError("this model was closed")
            if self._thread is None:
                _close_at_exit(self)
                self._thread = threading.Thread(target=self._work, name="engine", daemon=True)
                self._thread.start()
            self._tasks.append(task)
            self._wake.notify_all()

    def _work(self) -> None:
        import torch

        torch.set_flush_denormal(True)  # tiny numbers make CPU matrix products crawl
        while True:
            with self._wake:
                self._current = None
                while not self._tasks and not self._closed:
                    self._wake.wait()
                if self._closed:
                    break
                self._current = task = self._tasks.popleft()
            try:
                finished = task.step(self._worker)
            except BaseException as error:  # the thread must outlive whatever a model does
                log.warning("a request failed: %s", type(error).__name__)
                task.fail(_as_model_error(error))
                finished = True
            if not finished:
                with self._wake:
                    self._tasks.append(task)
        for task in self._tasks:
            task.fail(ModelError("this model was closed"))


def _close_at_exit(engine: Engine) -> None:
    """End the thread before the interpreter goes: a decoding thread would crash the exit."""
    reference = weakref.ref(engine)

    def close() -> None:
        alive = reference()
        if alive is not None:
            alive.close()

    atexit.register(close)


def _as_model_error(error: BaseException) -> ModelError:
    if isinstance(error, ModelError):
        return error
    wrapped = ModelError(f"the model failed: {type(error).__name__}: {str(error)[:300]}")
    wrapped.__cause__ = error
    return wrapped
