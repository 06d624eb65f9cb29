"""Stand-ins that keep every promise of the real parts but load nothing."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

from assistant.errors import ModelError
from assistant.schema import Generation, Message, Row


class FakeGenerator:
    """A deterministic `schema.Generator`: one word is one token.

    Args:
        reply: what a row is answered with: a function of the row, or a mapping searched for the
            first key that occurs in the last user turn. Default: `base:1a2b3c4d`, the adapter (or
            base) and a hash of the prompt, so that a wrong arm or a changed prompt shows.
        fail_on: a row whose last turn holds this text is `finish="error"`.
        broken: generate raises `ModelError`.
    """

    def __init__(
        self,
        reply: Callable[[Row], str] | Mapping[str, str] | None = None,
        *,
        model: str = "fake",
        prompt_family: str = "embedded",
        context_tokens: int = 1024,
        supports_adapters: bool = True,
        fail_on: str | None = None,
        broken: bool = False,
    ) -> None:
        self.model = model
        self.fingerprint = hashlib.sha256(model.encode()).hexdigest()[:16]
        self.dtype = "float32"
        self.context_tokens = context_tokens
        self.supports_adapters = supports_adapters
        self.prompt_family = prompt_family
        self.calls: list[tuple[Row, ...]] = []
        self._reply = reply
        self._fail_on = fail_on
        self._broken = broken

    def count_tokens(self, messages: Sequence[Message]) -> int:
        return 2 + sum(len(m.content.split()) for m in messages)

    def generate(
        self,
        rows: Sequence[Row],
        *,
        max_new_tokens: int,
        on_text: Callable[[int, str], None] | None = None,
        cancelled: Callable[[int], bool] | None = None,
    ) -> list[Generation]:
        self.calls.append(tuple(rows))
        if self._broken:
            raise ModelError("the fake model is broken", "mend it")
        return [
            self._row(number, row, max_new_tokens, on_text, cancelled)
            for number, row in enumerate(rows)
        ]

    def _row(self, number, row, max_new_tokens, on_text, cancelled) -> Generation:
        prompt_tokens = self.count_tokens(row.messages)
        if self._fail_on is not None and self._fail_on in row.messages[-1].content:
            return Generation("", prompt_tokens, 0, "error", "the fake row failed")
        if prompt_tokens > self.context_tokens:
            return Generation("", prompt_tokens, 0, "error", "the prompt is too long")
        words = self._text(row).split(" ")
        finish, said = "stop", []
        for word in words:
            if cancelled is not None and cancelled(number):
                finish = "cancelled"
                break
            if len(said) == max_new_tokens:
                finish = "length"
                break
            said.append(word)
            if on_text is not None:
                on_text(number, " ".join(said))
        return Generation(
            " ".join(said), prompt_tokens, len(said), finish,
            seconds=0.001 * len(said), first_token_seconds=0.001,
        )  # fmt: skip

    def _text(self, row: Row) -> str:
        if callable(self._reply):
            return self._reply(row)
        turn = row.messages[-1].content
        for key, answer in (self._reply or {}).items():
            if key in turn:
                return answer
        prompt = "\x1e".join(f"{m.role}\x1f{m.content}" for m in row.messages)
        digest = hashlib.sha256(prompt.encode()).hexdigest()[:8]
        return f"{row.adapter or 'base'}:{digest}"
