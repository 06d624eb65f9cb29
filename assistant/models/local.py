"""Loading a transformers model from this machine: the embedded one, a folder, or a hub id."""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assistant.errors import ModelError, ModelMissing
from assistant.models.fingerprint import folder_fingerprint, snapshot_fingerprint, verify_hashes

EMBEDDED = "embedded"
MAX_CONTEXT = 8192
"""Prompts are capped here even for models that read more: memory on a laptop is the limit."""
ANSWER_ROOM = 512
"""Positions a decoder-only model keeps free for its answer, at most a quarter of all."""
DTYPES = ("float32", "bfloat16", "float16")

PromptFamily = Literal["embedded", "chat"]


@dataclass(frozen=True, slots=True)
class ModelSource:
    """Where a local model's files are and which weights they hold."""

    name: str
    folder: Path
    fingerprint: str


@dataclass(slots=True)
class LocalModel:
    """A loaded model with all that is needed to prompt it."""

    name: str
    fingerprint: str
    model: Any
    """`transformers.PreTrainedModel`, evaluation mode, on `device`."""
    tokenizer: Any
    device: str
    dtype: str
    encoder_decoder: bool
    context_tokens: int
    """Largest prompt, special tokens included."""
    positions: int | None
    """Prompt plus answer of a decoder-only model, or the longest answer of an encoder-decoder;
    None where the architecture sets no limit."""
    eos_ids: frozenset[int]
    pad_id: int
    stop_strings: tuple[str, ...]
    prompt_family: PromptFamily
    adapter_path: Callable[[str], Path] | None = None
    """Version id -> PEFT folder."""


def embedded_folder() -> Path:
    """Where the packaged model lies (its files are verified when it is loaded)."""
    return Path(__file__).parent / "embedded"


def resolve(model: str = EMBEDDED) -> ModelSource:
    """Find a model's files without loading them; a hub id is downloaded unless offline.

    Args:
        model: `embedded`, a folder, or a hub id such as `HuggingFaceTB/SmolLM2-135M-Instruct`.

    Raises:
        ModelMissing: nothing there, or not downloaded and no network.
        ModelError: the folder holds no safetensors weights, or the embedded files are damaged.
    """
    if model == EMBEDDED:
        folder = embedded_folder()
        verify_hashes(folder)
        return ModelSource(EMBEDDED, folder, folder_fingerprint(_checked(folder)))
    path = Path(model).expanduser()
    if path.is_dir():
        return ModelSource(model, path, folder_fingerprint(_checked(path)))
    if model.startswith((".", "/", "~", "\\")) or not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", model):
        raise ModelMissing(
            f"no model folder {model}: expected config.json and *.safetensors in it",
            "assistant doctor, or leave the model out to use the embedded one",
        )
    folder = _snapshot(model)
    return ModelSource(model, folder, snapshot_fingerprint(model, folder.name, _checked(folder)))


def load_local(
    model: str = EMBEDDED,
    *,
    dtype: str = "float32",
    device: str = "auto",
    adapter_path: Callable[[str], Path] | None = None,
    max_context: int = MAX_CONTEXT,
) -> LocalModel:
    """Load a model for greedy decoding. No code from the model's folder is ever run.

    Args:
        model: `embedded`, a folder, or a hub id.
        dtype: `float32` (scores), `bfloat16` or `float16`.
        device: `auto` takes cuda, then mps, then cpu.
        adapter_path: gives the PEFT folder of an adapter version.
        max_context: cap on prompt tokens.

    Raises:
        ModelMissing: the files are not on this machine.
        ModelError: they cannot be loaded.
    """
    if dtype not in DTYPES:
        raise ModelError(f"dtype {dtype!r}, expected one of {', '.join(DTYPES)}", "--dtype float32")
    source = resolve(model)
    import torch
    from transformers import (
        AutoConfig,
        AutoModelForCausalLM,
        AutoModelForSeq2SeqLM,
        AutoTokenizer,
    )
    from transformers.utils import logging as hf_logging

    # PEFT reads an alias that transformers gives up; nobody who runs this can do anything about it.
    warnings.filterwarnings("ignore", "`is_gradient_checkpointing` is deprecated", FutureWarning)
    options = {"trust_remote_code": False, "local_files_only": True}
    noisy = hf_logging.is_progress_bar_enabled()
    hf_logging.disable_progress_bar()  # only the doors print
    try:
        config = AutoConfig.from_pretrained(source.folder, **options)
        encoder_decoder = bool(getattr(config, "is_encoder_decoder", False))
        factory = AutoModelForSeq2SeqLM if encoder_decoder else AutoModelForCausalLM
        tokenizer = AutoTokenizer.from_pretrained(source.folder, **options)
        network = factory.from_pretrained(
            source.folder,
            config=config,
            dtype=getattr(torch, dtype),
            use_safetensors=True,
            **options,
        )
    except Exception as error:  # transformers raises OSError, ValueError, KeyError, RuntimeError...
        raise ModelError(
            f"{model} cannot be loaded: {_first_line(error)}",
            "use a text-to-text or chat model with safetensors weights that needs no custom code",
        ) from error
    finally:
        if noisy:
            hf_logging.enable_progress_bar()
    where = _device(device)
    network.to(where).eval()
    local = describe(network, tokenizer, max_context=max_context)
    local.name, local.fingerprint, local.device = source.name, source.fingerprint, where
    local.dtype, local.adapter_path = dtype, adapter_path
    return local


def describe(network: Any, tokenizer: Any, *, max_context: int = MAX_CONTEXT) -> LocalModel:
    """Work out limits, special tokens and prompt family of a model in memory."""
    from transformers import GenerationConfig

    config = network.config
    encoder_decoder = bool(config.is_encoder_decoder)
    old = network.generation_config
    eos = _ids(old.eos_token_id) or _ids(config.eos_token_id) or _ids(tokenizer.eos_token_id)
    pad = next(
        (p for p in (tokenizer.pad_token_id, old.pad_token_id) if p is not None),
        min(eos, default=0),
    )
    # Sampling, beams, penalties and forced tokens a checkpoint brings along would make the arms
    # of a comparison differ from "greedy"; only the token ids are kept.
    network.generation_config = GenerationConfig(
        eos_token_id=sorted(eos) or None,
        pad_token_id=pad,
        bos_token_id=old.bos_token_id,
        decoder_start_token_id=old.decoder_start_token_id,
        forced_bos_token_id=old.forced_bos_token_id,
        do_sample=False,
        num_beams=1,
    )
    positions, relative = _positions(config)
    told = getattr(tokenizer, "model_max_length", None) or 10**9
    readable = min(positions or 10**9, told if told < 10**6 else 10**9, max_context)
    if not encoder_decoder and positions is not None:
        readable = min(readable, positions - min(ANSWER_ROOM, positions // 4))
    template = getattr(tokenizer, "chat_template", None)
    return LocalModel(
        name=type(network).__name__,
        fingerprint="",
        model=network,
        tokenizer=tokenizer,
        device=str(network.device),
        dtype=str(network.dtype).removeprefix("torch."),
        encoder_decoder=encoder_decoder,
        context_tokens=readable,
        positions=None if relative else positions,
        eos_ids=frozenset(eos),
        pad_id=pad,
        # A base model without a chat format goes on to invent the next question.
        stop_strings=() if template or encoder_decoder else ("\n\n", "\nQuestion:"),
        prompt_family="embedded" if template and "'\\nAnswer: '" in template else "chat",
    )


def _positions(config: Any) -> tuple[int | None, bool]:
    """(positions, whether they are relative and so only a habit of training)."""
    for name in ("max_position_embeddings", "n_positions", "n_ctx", "max_sequence_length"):
        value = getattr(config, name, None)
        if isinstance(value, int) and value > 0:
            return value, hasattr(config, "relative_attention_num_buckets")
    return (512, True) if hasattr(config, "relative_attention_num_buckets") else (None, True)


def _ids(value: Any) -> set[int]:
    if value is None:
        return set()
    return {int(v) for v in value} if isinstance(value, list | tuple) else {int(value)}


def _checked(folder: Path) -> Path:
    if not (folder / "config.json").is_file():
        raise ModelMissing(
            f"{folder} is not a model folder: found no config.json", "point to the folder itself"
        )
    if not any(folder.glob("*.safetensors")):
        found = sorted(p.name for p in [*folder.glob("*.bin"), *folder.glob("*.gguf")])
        raise ModelError(
            f"{folder} holds no *.safetensors (found {', '.join(found) or 'no weights'}); "
            "pickled weights are never loaded",
            "save the model again with save_pretrained(folder, safe_serialization=True)",
        )
    return folder


def _snapshot(repository: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        found = snapshot_download(
            repository,
            allow_patterns=["*.json", "*.safetensors", "*.model", "*.txt", "*.jinja"],
            ignore_patterns=["*/*"],
        )
    except (LocalEntryNotFoundError, HfHubHTTPError, HFValidationError, OSError) as error:
        raise ModelMissing(
            f"{repository} is not on this machine and could not be downloaded "
            f"({_first_line(error)})",
            f"hf download {repository}   (on a connected machine), "
            "or leave the model out to use the embedded one",
        ) from error
    return Path(found)


def _device(wanted: str) -> str:
    import torch

    if wanted != "auto":
        return wanted
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
