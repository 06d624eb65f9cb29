"""What went wrong on the way to a remote model: passing or lasting, and said without secrets.

Works on attributes all providers share (`status_code`, `response.headers`, class names), so that
no provider's package needs to be imported.
"""

import json
import os
import re
from typing import Any

from tenacity import RetryCallState

from assistant.errors import ModelError

LONGEST_WAIT = 60.0
_PASSING_STATUS = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_LASTING_STATUS = {
    401: "the key was refused",
    402: "the account cannot pay",
    403: "access was refused",
    404: "the server does not know this model or address",
}
_SECRET_NAME = re.compile(r"(_API_KEY|_TOKEN|_SECRET|_SECRET_ACCESS_KEY)$")
_SECRET_SHAPE = re.compile(r"\b(?:sk|pk|hf|gsk|xai)[-_][A-Za-z0-9_*.-]{6,}|(?i:bearer)\s+\S+")


def is_passing(error: BaseException) -> bool:
    """Whether trying again may help."""
    status = status_of(error)
    if status is not None:
        return status in _PASSING_STATUS
    if isinstance(error, ConnectionError | TimeoutError | json.JSONDecodeError):
        return True
    names = " ".join(c.__name__ for c in type(error).__mro__)
    return bool(re.search(r"Timeout|Connection|ConnectError|RemoteProtocol|ReadError", names))


def status_of(error: BaseException) -> int | None:
    """HTTP error status, where the provider's exception carries one."""
    for holder in (error, getattr(error, "response", None)):
        for name in ("status_code", "http_status", "code"):
            value = getattr(holder, name, None)
            if isinstance(value, int) and 400 <= value < 600:
                return value
    return None


def wait_before_retry(state: RetryCallState) -> float:
    """Seconds: what the server asks for (`Retry-After`), else 1, 2, 4, ... with no more than 60."""
    error = state.outcome.exception() if state.outcome else None
    headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        asked = float(headers.get("retry-after", ""))
    except (TypeError, ValueError, AttributeError):
        asked = float(2 ** (state.attempt_number - 1))
    return float(min(max(asked, 0.0), LONGEST_WAIT))


def describe(error: BaseException, model: str) -> str:
    """One line for the user, keys removed."""
    status = status_of(error)
    text = (str(error).strip().splitlines() or [""])[0][:300]
    if status is None:
        kind = "timed out" if "Timeout" in type(error).__name__ else type(error).__name__
        return scrub(f"{model}: {kind}: {text}")
    return scrub(f"{model}: HTTP {status}: {text}")


def lasting_error(error: BaseException, model: str, key_name: str) -> ModelError | None:
    """The error that would hit every row alike (key, model name), or None."""
    status = status_of(error)
    if status in _LASTING_STATUS:
        cure = f"export {key_name}=..." if status in (401, 403) else "check the model's name"
        return ModelError(f"{_LASTING_STATUS[status]} ({describe(error, model)})", cure)
    return None


def scrub(text: str) -> str:
    """Replace everything that is, or looks like, a key."""
    for name, value in os.environ.items():
        if _SECRET_NAME.search(name) and len(value) >= 6:
            text = text.replace(value, "***")
    return _SECRET_SHAPE.sub("***", text)
