"""Which weights are these? Hashes that tie adapters and runs to one base model."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from assistant.errors import ModelError, ModelMissing

HASHES = "hashes.json"
_VOLATILE = ("_name_or_path", "transformers_version", "_commit_hash", "torch_dtype", "dtype")


def file_sha256(path: Path) -> str:
    """Hex digest of a file; computed once per (path, size, modification time) and process."""
    stat = path.stat()
    return _sha256(str(path.resolve()), stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=512)
def _sha256(path: str, _size: int, _mtime_ns: int) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def verify_hashes(folder: Path) -> None:
    """Compare every file listed in ``hashes.json`` with its recorded SHA-256.

    Raises:
        ModelMissing: the folder, the list or a listed file is not there.
        ModelError: a file differs, or the list cannot be read.
    """
    reinstall = "pip install --force-reinstall rag-or-finetune-assistant"
    listing = folder / HASHES
    if not listing.is_file():
        raise ModelMissing(
            f"the embedded model is not installed: found no {HASHES} in {folder}", reinstall
        )
    try:
        expected: dict[str, str] = json.loads(listing.read_text("utf-8"))["files"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{listing} is damaged ({error})", reinstall) from error
    for name, digest in expected.items():
        path = folder / name
        if not path.is_file():
            raise ModelMissing(f"the embedded model lacks {name} in {folder}", reinstall)
        if (found := file_sha256(path)) != digest:
            raise ModelError(
                f"{path} has SHA-256 {found[:12]}..., expected {digest[:12]}...", reinstall
            )


def folder_fingerprint(folder: Path) -> str:
    """Hash of weights, configuration and tokenizer of a model folder, 16 hex digits.

    Keys that a re-save changes without changing the model are left out of the configuration.
    """
    config = json.loads((folder / "config.json").read_text("utf-8"))
    parts = [json.dumps({k: v for k, v in config.items() if k not in _VOLATILE}, sort_keys=True)]
    for path in sorted([*folder.glob("*.safetensors"), *folder.glob("tokenizer.json")]):
        parts.append(f"{path.name} {file_sha256(path)}")
    return digest_of(parts)


def snapshot_fingerprint(repository: str, commit: str, folder: Path) -> str:
    """Hash of a downloaded hub snapshot: commit, file names and sizes (no need to read the files).

    Args:
        repository: hub id.
        commit: the snapshot's commit hash.
        folder: where the snapshot lies.
    """
    files = sorted(folder.glob("*.safetensors"))
    return digest_of([repository, commit, *(f"{p.name} {p.stat().st_size}" for p in files)])


def digest_of(parts: list[str]) -> str:
    """First 16 hex digits of the SHA-256 of the lines."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
