"""`assistant.toml`: what can be set, checked once, all mistakes reported together.

Only the workspace and the doors read settings; every part below takes plain values.
"""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import UsageError

FILE = "assistant.toml"

TEMPLATE = """\
# Settings of this workspace. Every line is optional; the values shown are the defaults.

# corpus = "my-documents"       # folder under corpus/, or any path

[model]
# base = "embedded"             # or a folder, a hub id such as "Qwen/Qwen2.5-0.5B-Instruct"
# candidates = []               # other models to score beside it: hub ids, folders, or
#                               # "provider:name" chat models, e.g. "openai:gpt-4.1-mini"
# base_url = ""                 # for OpenAI-compatible servers (vLLM, llama.cpp, Ollama /v1)
# dtype = "float32"
# device = "auto"
# max_new_tokens = 128

[retrieval]
# embedder = "embedded"         # or a folder, or a hub id
# passages = 5                # default: 5, and 1 for the embedded model, a weak reader
# chunk_tokens = 256

[finetune]
# minutes = 10.0
# seed = 0
"""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelSettings(_Strict):
    """Which models answer."""

    base: str = "embedded"
    candidates: tuple[str, ...] = ()
    base_url: str = ""
    dtype: Literal["float32", "bfloat16", "float16"] = "float32"
    device: str = "auto"
    max_new_tokens: int = Field(default=128, ge=1, le=4096)


class RetrievalSettings(_Strict):
    """How documents are cut and found."""

    embedder: str = "embedded"
    passages: int | None = Field(default=None, ge=1, le=50)
    """Passages per question. None: 5; 1 for the embedded model, which reads one far better than
    several (measured on the sample's development questions, see the README)."""
    chunk_tokens: int = Field(default=256, ge=32, le=8192)


class FinetuneSettings(_Strict):
    """How long to train."""

    minutes: float = Field(default=10.0, gt=0)
    seed: int = 0


class Settings(_Strict):
    """The whole file."""

    corpus: str = ""
    model: ModelSettings = ModelSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    finetune: FinetuneSettings = FinetuneSettings()


def load_settings(home: Path) -> Settings:
    """Read `home/assistant.toml`; defaults when there is none.

    Raises:
        UsageError: naming every unknown key and bad value at once.
    """
    path = home / FILE
    if not path.is_file():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}", f"edit {path}") from error
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise UsageError(
            f"{path} has {len(lines)} mistake(s): " + "; ".join(lines), f"edit {path}"
        ) from error
