"""From a model's name to something that generates."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.models.engine import Engine
from assistant.models.local import EMBEDDED, load_local
from assistant.schema import Generator

_REMOTE = re.compile(r"[a-z][a-z0-9_]+:\S")


def is_remote(model: str) -> bool:
    """Whether the name is `provider:name`, as in `openai:gpt-4o-mini` or `ollama:llama3.2`.

    A provider has at least two letters, so a Windows drive is a folder.
    """
    return bool(_REMOTE.match(model)) and not Path(model).exists()


def open_generator(
    model: str = EMBEDDED,
    *,
    adapter_path: Callable[[str], Path] | None = None,
    dtype: str = "float32",
    device: str = "auto",
    base_url: str | None = None,
    **options: Any,
) -> Generator:
    """A generator for a model's name. Nothing is loaded or called before the first use.

    Args:
        model: `embedded`, a folder, a hub id, or `provider:name`.
        adapter_path: folder of an adapter version; local models only.
        dtype: local models only.
        device: local models only.
        base_url: of an OpenAI-compatible server or other provider.
        options: for `RemoteModel` (timeout, retries, ...), or `token_budget` and `max_rows` for
            `Engine`.
    """
    if is_remote(model):
        from assistant.models.remote import RemoteModel

        return RemoteModel(model, base_url=base_url, **options)
    return Engine(
        lambda: load_local(model, dtype=dtype, device=device, adapter_path=adapter_path), **options
    )
