"""The endpoint: `/v1/models`, `/v1/chat/completions` (whole or streamed), `/health`."""

import asyncio
import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol

from starlette.applications import Starlette
from starlette.concurrency import iterate_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from assistant.errors import AssistantError, UsageError
from assistant.server.protocol import (
    MOST_BYTES,
    ApiError,
    ChatRequest,
    Chunks,
    completion,
    model_data,
    parse_chat,
)

if TYPE_CHECKING:
    from assistant.answering.side_by_side import Ask

log = logging.getLogger(__name__)
MOST_AT_ONCE = 32
"""Requests being answered or waiting for the model; more are told to come again."""
LOOK_EVERY = 0.5
HELPERS = ("oracle",)
"""Approaches that need the question's author: nobody can ask them anything new."""
Handler = Callable[[Request], Awaitable[Response]]


class Answers(Protocol):
    """What is needed of a workspace."""

    def answering(self) -> tuple[str, ...]:
        """Approaches that can answer now."""

    def ask(
        self,
        text: str,
        approaches: tuple[str, ...],
        k: int | None = None,
        max_new_tokens: int | None = None,
    ) -> "Ask":
        """Start answering; returns at once."""


def make_app(
    workspace: Answers, *, api_key: str = "", hosts: tuple[str, ...] = ("*",)
) -> Starlette:
    """The application; one workspace and so one model for every client.

    Args:
        workspace: answers.
        api_key: what `Authorization: Bearer ...` must hold; empty for no key.
        hosts: names the server may be called by; on loopback only loopback names, for any website
            may point its own name at 127.0.0.1.
    """
    server = _Server(workspace, api_key)
    return Starlette(
        routes=[
            Route("/health", server.health),
            Route("/v1/models", server.guarded(server.models)),
            Route("/v1/models/{name:path}", server.guarded(server.model)),
            Route("/v1/chat/completions", server.guarded(server.chat), methods=["POST"]),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
        exception_handlers={HTTPException: _http_error},
    )


class _Server:
    def __init__(self, workspace: Answers, api_key: str) -> None:
        self.workspace = workspace
        self.api_key = api_key
        # Touched by the event loop's one thread only.
        self.starting = 0
        self.asks: list[Ask] = []

    def guarded(self, handler: Handler) -> Handler:
        """The handler behind the key, every error in OpenAI's shape."""

        async def guard(request: Request) -> Response:
            try:
                self._check_key(request)
                return await handler(request)
            except ApiError as error:
                return JSONResponse(error.body, error.status)
            except Exception as error:
                found = as_api_error(error)
                return JSONResponse(found.body, found.status)

        return guard

    async def health(self, request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def models(self, request: Request) -> Response:
        names = await asyncio.to_thread(self.workspace.answering)
        return JSONResponse({"object": "list", "data": [model_data(n) for n in names]})

    async def model(self, request: Request) -> Response:
        name = request.path_params["name"]
        await self._check_model(name)
        return JSONResponse(model_data(name))

    async def chat(self, request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith("application/json"):
            # A form of a foreign website may be posted without asking; JSON may not.
            raise ApiError(415, "content-type must be application/json")
        asked = parse_chat(await _body(request))
        await self._check_model(asked.model)
        ask = await self._start(asked)
        if asked.stream:
            # no-transform: a proxy that gathers pieces would undo the streaming
            headers = {"cache-control": "no-cache, no-transform", "x-accel-buffering": "no"}
            return StreamingResponse(
                self._stream(asked, ask), media_type="text/event-stream", headers=headers
            )
        return JSONResponse(await _whole(request, asked, ask))

    async def _start(self, asked: ChatRequest) -> "Ask":
        self.asks = [ask for ask in self.asks if ask.running]
        if len(self.asks) + self.starting >= MOST_AT_ONCE:
            raise ApiError(429, "too many questions are waiting; ask again", "rate_limit_error")
        self.starting += 1
        try:
            ask = await asyncio.to_thread(
                self.workspace.ask, asked.question, (asked.model,), None, asked.max_tokens
            )
        finally:
            self.starting -= 1
        self.asks.append(ask)
        return ask

    async def _stream(self, asked: ChatRequest, ask: "Ask") -> AsyncIterator[str]:
        chunks = Chunks(asked)
        try:
            yield _event(chunks.begin())
            async for event in iterate_in_threadpool(ask.events()):
                grown = chunks.grow(event.text)
                if grown is not None:
                    yield _event(grown)
            answer = (await asyncio.to_thread(ask.result)).answers[0]
            if answer.error:
                raise ApiError(500, answer.error, "server_error")
            for chunk in chunks.end(answer):
                yield _event(chunk)
        except Exception as error:  # the status is sent already: the error is an event
            yield _event(as_api_error(error).body)
        finally:
            ask.cancel()  # the client may have gone; what is finished does not mind
        yield "data: [DONE]\n\n"

    def _check_key(self, request: Request) -> None:
        if not self.api_key:
            return
        given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        if not hmac.compare_digest(given.encode(), self.api_key.encode()):
            raise ApiError(
                401, "the API key is wrong or missing", "authentication_error", "invalid_api_key"
            )

    async def _check_model(self, name: str) -> None:
        names = await asyncio.to_thread(self.workspace.answering)
        if name not in names:
            raise ApiError(
                404,
                f"no approach {name[:80]!r} can answer now; there are: {', '.join(names)}",
                code="model_not_found",
                param="model",
            )


def as_api_error(error: Exception) -> ApiError:
    """Anything that went wrong, in OpenAI's shape; what is unforeseen goes to the log."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, UsageError):
        return ApiError(400, str(error))
    if isinstance(error, AssistantError):
        return ApiError(503, str(error), "server_error", type(error).__name__)
    log.exception("a request failed")
    return ApiError(500, f"something unforeseen: {type(error).__name__}", "server_error")


async def _whole(request: Request, asked: ChatRequest, ask: "Ask") -> dict[str, Any]:
    waiting = asyncio.create_task(asyncio.to_thread(ask.result))
    while not waiting.done():
        await asyncio.wait({waiting}, timeout=LOOK_EVERY)
        if not waiting.done() and await request.is_disconnected():
            ask.cancel()  # nobody is listening any more
    answer = waiting.result().answers[0]
    if answer.error:
        raise ApiError(500, answer.error, "server_error")
    return completion(asked, answer)


async def _body(request: Request) -> bytes:
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > MOST_BYTES:
            raise ApiError(413, f"the body has more than {MOST_BYTES:,} bytes")
    return data


async def _http_error(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 500)
    found = ApiError(status, str(getattr(error, "detail", "not found")))
    return JSONResponse(found.body, status)


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
