"""Chat models on a server, through LangChain: `provider:name`, keys from the environment."""

import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from tenacity import Retrying, retry_if_exception, stop_after_attempt

from assistant.errors import ModelError
from assistant.models.fingerprint import digest_of
from assistant.models.local import PromptFamily
from assistant.models.remote_errors import (
    describe,
    is_passing,
    lasting_error,
    scrub,
    wait_before_retry,
)
from assistant.schema import Generation, Message, Row

log = logging.getLogger(__name__)

CHARACTERS_A_TOKEN = 3
"""Cautious: English has about 4, so prompts are counted too long rather than too short."""
DEFAULT_CONTEXT = 8192
_CUT = frozenset({"length", "max_tokens", "MAX_TOKENS"})


class RemoteModel:
    """A remote chat model. Implements `schema.Generator`; rows cannot name an adapter.

    Nothing is contacted before the first `generate`. Keys are read from the environment by the
    provider's package (`OPENAI_API_KEY`, `ANTHROPIC_API_KEY`, ...) and never logged.

    Args:
        model: `provider:name` as LangChain's `init_chat_model` knows it.
        base_url: of an OpenAI-compatible server, for example `http://localhost:8000/v1`.
        timeout: seconds without an answer before an attempt is given up.
        retries: attempts after the first, on errors that may pass (429, 5xx, time-outs).
        concurrency: rows in flight at once.
        context_tokens: largest prompt; None asks the provider's package, else 8,192.
        options: for the provider's class, for example `temperature` (0 unless set; None leaves it
            out, which reasoning models need).
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        timeout: float = 60.0,
        retries: int = 3,
        concurrency: int = 4,
        context_tokens: int | None = None,
        **options: Any,
    ) -> None:
        self._provider, _, self._name = model.partition(":")
        if not self._provider or not self._name:
            raise ModelError(
                f"{model!r} is no remote model, expected provider:name", "openai:gpt-4.1-mini"
            )
        self._model = model
        self._base_url = base_url or None
        self._timeout = timeout
        self._retries = retries
        self._concurrency = max(1, concurrency)
        self._context = context_tokens
        self._options = {"temperature": 0.0, **options}
        self._chats: dict[int, Any] = {}
        self._lock = threading.Lock()

    # ---- what schema.Generator promises ----

    @property
    def model(self) -> str:
        """`provider:name`."""
        return self._model

    @property
    def fingerprint(self) -> str:
        """Hash of name and address: a server's weights cannot be seen."""
        return digest_of([self._model, self._base_url or ""])

    @property
    def dtype(self) -> str:
        """Always `remote`."""
        return "remote"

    @property
    def context_tokens(self) -> int:
        """Largest prompt, in tokens."""
        if self._context is None:
            profile = getattr(self._chat(16), "profile", None) or {}
            self._context = int(profile.get("max_input_tokens") or DEFAULT_CONTEXT)
        return self._context

    @property
    def supports_adapters(self) -> bool:
        """Never."""
        return False

    @property
    def prompt_family(self) -> PromptFamily:
        """Remote models are prompted as chat models."""
        return "chat"

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """A cautious estimate (one token for three characters), as no tokenizer is at hand."""
        return sum(4 + -(-len(m.content) // CHARACTERS_A_TOKEN) for m in messages)

    def generate(
        self,
        rows: Sequence[Row],
        *,
        max_new_tokens: int,
        on_text: Callable[[int, str], None] | None = None,
        cancelled: Callable[[int], bool] | None = None,
    ) -> list[Generation]:
        """Ask for all rows, a few at once; see `schema.Generator.generate`.

        Token counts are the server's where it reports them, else estimates.

        Raises:
            ModelError: no package or key for the provider, or every row was refused.
        """
        if not rows:
            return []
        chat = self._chat(max_new_tokens)
        events: queue.SimpleQueue[tuple[int, str] | None] = queue.SimpleQueue()
        abandoned = threading.Event()
        left = [len(rows)]
        lasting: list[ModelError] = []

        def stopped(number: int) -> bool:
            return abandoned.is_set() or (cancelled is not None and cancelled(number))

        def work(number: int) -> Generation:
            stream = on_text is not None or cancelled is not None
            try:
                return self._row(chat, number, rows[number], stream, events, stopped)
            except Exception as error:
                if (refused := lasting_error(error, self._model, self._key_name())) is not None:
                    lasting.append(refused)
                return Generation("", 0, 0, "error", describe(error, self._model))
            finally:
                with self._lock:
                    left[0] -= 1
                    if left[0] == 0:
                        events.put(None)

        pool = ThreadPoolExecutor(min(self._concurrency, len(rows)), "remote")
        try:
            futures = [pool.submit(work, number) for number in range(len(rows))]
            while (event := events.get()) is not None:
                if on_text is not None:
                    on_text(*event)
            results = [future.result() for future in futures]
        finally:
            abandoned.set()
            pool.shutdown(wait=False, cancel_futures=True)
        if lasting and all(g.finish == "error" for g in results):
            raise lasting[0]
        return results

    # ---- inside ----

    def _row(
        self,
        chat: Any,
        number: int,
        row: Row,
        stream: bool,
        events: "queue.SimpleQueue[tuple[int, str] | None]",
        stopped: Callable[[int], bool],
    ) -> Generation:
        estimate = self.count_tokens(row.messages)
        if row.adapter is not None:
            problem = f"{self._model} is a remote model: adapter {row.adapter} cannot be used there"
            return Generation("", estimate, 0, "error", problem)
        if estimate > self.context_tokens:
            problem = f"the prompt has about {estimate} tokens, expected {self.context_tokens}"
            return Generation("", estimate, 0, "error", problem)
        turns = [(m.role, m.content) for m in row.messages]
        partial = Generation("", estimate, 0, "cancelled")
        for attempt in Retrying(
            retry=retry_if_exception(is_passing),
            stop=stop_after_attempt(self._retries + 1),
            wait=wait_before_retry,
            reraise=True,
        ):
            with attempt:
                if stopped(number):
                    return partial
                start = time.perf_counter()
                if not stream:
                    reply = chat.invoke(turns)
                    seconds = time.perf_counter() - start
                    return self._generation(reply, estimate, seconds, None)
                reply, first = None, None
                for piece in chat.stream(turns):
                    reply = piece if reply is None else reply + piece
                    text = str(reply.text)
                    if text and str(piece.text):
                        first = first or time.perf_counter() - start
                        events.put((number, text))
                    seconds = time.perf_counter() - start
                    if stopped(number):
                        done = self._generation(reply, estimate, seconds, first)
                        return replace(done, finish="cancelled")
                if reply is None:
                    raise ConnectionError("the server sent an empty reply")
                return self._generation(reply, estimate, time.perf_counter() - start, first)
        return partial  # pragma: no cover - Retrying returns or raises

    def _generation(
        self, reply: Any, estimate: int, seconds: float, first: float | None
    ) -> Generation:
        text = str(reply.text).strip()
        usage = getattr(reply, "usage_metadata", None) or {}
        meta = getattr(reply, "response_metadata", None) or {}
        reason = next(
            (str(meta[k]) for k in ("finish_reason", "stop_reason", "done_reason") if meta.get(k)),
            "stop",
        )
        guess = -(-len(text) // CHARACTERS_A_TOKEN)
        return Generation(
            text=text,
            prompt_tokens=int(usage.get("input_tokens") or estimate),
            completion_tokens=int(usage.get("output_tokens") or guess),
            finish="length" if reason in _CUT else "stop",
            seconds=seconds,
            first_token_seconds=first,
        )

    def _chat(self, max_new_tokens: int) -> Any:
        """The provider's chat model with this answer cap, made once."""
        with self._lock:
            if max_new_tokens not in self._chats:
                self._chats[max_new_tokens] = self._open(max_new_tokens)
            return self._chats[max_new_tokens]

    def _open(self, max_new_tokens: int) -> Any:
        from langchain.chat_models import init_chat_model

        options = {k: v for k, v in self._options.items() if v is not None}
        if self._provider == "ollama":
            options |= {"num_predict": max_new_tokens, "client_kwargs": {"timeout": self._timeout}}
        else:
            options |= {"max_tokens": max_new_tokens, "timeout": self._timeout, "max_retries": 0}
        if self._base_url:
            options["base_url"] = self._base_url
        if self._provider == "openai":
            options.setdefault("stream_usage", True)
            if self._base_url and not os.environ.get("OPENAI_API_KEY"):
                options["api_key"] = "not-needed"  # servers of one's own rarely ask for one
            if self._base_url and "api.openai.com" not in self._base_url:
                # Older servers only know the older name of the cap.
                options["extra_body"] = {"max_tokens": max_new_tokens}
        try:
            return init_chat_model(self._name, model_provider=self._provider, **options)
        except ImportError as error:
            package = str(error).rpartition("`pip install ")[2].rstrip("`. ") or "langchain-..."
            raise ModelError(
                f"{self._model} needs a package that is not installed", f"pip install {package}"
            ) from error
        except Exception as error:
            text = scrub((str(error).strip().splitlines() or [""])[0][:300])
            raise ModelError(
                f"{self._model} cannot be set up: {text}",
                f"export {self._key_name()}=...   (or check the provider's name)",
            ) from None  # the original may hold the key in its arguments

    def _key_name(self) -> str:
        return f"{self._provider.upper()}_API_KEY"
