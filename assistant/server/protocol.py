"""The OpenAI chat protocol as far as we speak it: requests in, answers and errors out."""

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.schema import Answer

MOST_BYTES = 1_000_000
MOST_CHARACTERS = 8_000
MOST_TOKENS = 4_096
_REFUSED = ("tools", "functions", "response_format", "logprobs", "audio")
"""What would change the answer's meaning and we do not do; anything else unknown is ignored."""


class ApiError(Exception):
    """An error in OpenAI's shape.

    Args:
        status: HTTP status.
        message: for a person.
        kind: `invalid_request_error`, `authentication_error`, `rate_limit_error`, `server_error`.
        code: for a program.
        param: the field that is wrong.
    """

    def __init__(
        self,
        status: int,
        message: str,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"message": message, "type": kind, "param": param, "code": code}}


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One question to one approach."""

    model: str
    question: str
    stream: bool
    include_usage: bool
    max_tokens: int | None
    ignored_messages: int
    """Earlier turns and system messages: each question is answered on its own."""


def parse_chat(data: bytes) -> ChatRequest:
    """Read the body of `/v1/chat/completions`.

    Raises:
        ApiError: 400 with the field that is wrong.
    """
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, f"the body is not JSON: {str(error)[:200]}") from error
    if not isinstance(body, Mapping):
        raise ApiError(400, "the body must be a JSON object")
    for name in _REFUSED:
        if body.get(name):
            raise ApiError(400, f"{name} is not supported here", param=name, code="unsupported")
    if body.get("n") not in (None, 1):
        raise ApiError(400, "n must be 1: decoding is greedy, answers do not vary", param="n")
    model = body.get("model")
    if not isinstance(model, str) or not model:
        raise ApiError(400, "model is missing: name an approach, such as rag", param="model")
    question, others = _question(body.get("messages"))
    options = body.get("stream_options")
    usage = isinstance(options, Mapping) and options.get("include_usage") is True
    return ChatRequest(model, question, _flag(body, "stream"), usage, _tokens(body), others)


def completion(request: ChatRequest, answer: Answer) -> dict[str, Any]:
    """A whole answer."""
    return {
        **_envelope(request.model, "chat.completion"),
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": answer.text},
                "finish_reason": _finish(answer),
                "logprobs": None,
            }
        ],
        "usage": usage_of(answer),
        **extras(request, answer),
    }


class Chunks:
    """The pieces of one streamed answer; all of them share an id."""

    def __init__(self, request: ChatRequest) -> None:
        self.request = request
        self._envelope = _envelope(request.model, "chat.completion.chunk")
        self._sent = ""

    def begin(self) -> dict[str, Any]:
        """The first one: who speaks."""
        return self._chunk({"role": "assistant", "content": ""})

    def grow(self, text: str) -> dict[str, Any] | None:
        """What is new in the text so far; None when nothing is, or what was sent changed."""
        if not text.startswith(self._sent) or text == self._sent:
            return None
        new, self._sent = text[len(self._sent) :], text
        return self._chunk({"content": new})

    def end(self, answer: Answer) -> list[dict[str, Any]]:
        """The last ones: what remains, why it ended, citations, and usage where asked for."""
        rest = self.grow(answer.text)
        last = self._chunk({}, _finish(answer))
        last.update(extras(self.request, answer))
        found = [*([rest] if rest else []), last]
        if self.request.include_usage:
            found.append({**self._envelope, "choices": [], "usage": usage_of(answer)})
        return found

    def _chunk(self, delta: Mapping[str, str], finish: str | None = None) -> dict[str, Any]:
        return {
            **self._envelope,
            "choices": [{"index": 0, "delta": dict(delta), "finish_reason": finish}],
        }


def extras(request: ChatRequest, answer: Answer) -> dict[str, Any]:
    """What OpenAI has no word for: citations, passages, and where the answer comes from."""
    passages = {p.number: p.chunk for p in answer.passages}
    return {
        "citations": [
            {
                "number": c.number,
                "source": passages[c.number].source,
                "page": passages[c.number].page,
                "supported": c.supported,
            }
            for c in answer.citations
            if c.number in passages
        ],
        "assistant": {
            "text": answer.text,
            "base_model": answer.model,
            "adapter": answer.adapter,
            "index": answer.index,
            "prompt_hash": answer.prompt_hash,
            "ignored_messages": request.ignored_messages,
            "passages": [
                {"number": number, "source": c.source, "page": c.page, "text": c.text}
                for number, c in passages.items()
            ],
        },
    }


def usage_of(answer: Answer) -> dict[str, int]:
    """Tokens, as counted by the model that answered."""
    return {
        "prompt_tokens": answer.prompt_tokens,
        "completion_tokens": answer.completion_tokens,
        "total_tokens": answer.prompt_tokens + answer.completion_tokens,
    }


def model_data(name: str) -> dict[str, Any]:
    """One entry of `/v1/models`."""
    return {"id": name, "object": "model", "created": 0, "owned_by": "assistant"}


def _question(messages: object) -> tuple[str, int]:
    if not isinstance(messages, list) or not messages:
        raise ApiError(400, "messages must be a list with a user message", param="messages")
    texts = [
        _text(m.get("content")) if isinstance(m, Mapping) and m.get("role") == "user" else None
        for m in messages
    ]
    question = next((t.strip() for t in reversed(texts) if t is not None), "")
    if not question:
        raise ApiError(400, "there is no user message with text", param="messages")
    if len(question) > MOST_CHARACTERS:
        raise ApiError(
            400,
            f"the question has {len(question):,} characters; the most is {MOST_CHARACTERS:,}",
            code="context_length_exceeded",
            param="messages",
        )
    return question, len(messages) - 1


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        parts = []
        for part in content:
            if not isinstance(part, Mapping) or not isinstance(part.get("text"), str):
                raise ApiError(400, "only parts of type text are supported", param="messages")
            parts.append(part["text"])
        return "\n".join(parts)
    raise ApiError(400, "the content of a user message must be text", param="messages")


def _flag(body: Mapping[str, Any], name: str) -> bool:
    value = body.get(name, False)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise ApiError(400, f"{name} must be true or false", param=name)


def _tokens(body: Mapping[str, Any]) -> int | None:
    for name in ("max_completion_tokens", "max_tokens"):
        value = body.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ApiError(400, f"{name} must be a whole number above 0", param=name)
        return min(value, MOST_TOKENS)
    return None


def _finish(answer: Answer) -> str:
    return "length" if answer.finish == "length" else "stop"


def _envelope(model: str, kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": kind,
        "created": int(time.time()),
        "model": model,
    }
