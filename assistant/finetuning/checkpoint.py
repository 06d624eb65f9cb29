"""Training state on disk: safetensors and JSON, whole or not there, never a pickle."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LATEST = "LATEST"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What continuing needs. Tensors by name, on the CPU."""

    state: Mapping[str, Any]
    """Plain values: step, plan, losses, what the run belongs to."""
    weights: Mapping[str, Any]
    """The adapter's trainable tensors."""
    optimizer: Mapping[str, Any]
    """`<moment>/<parameter>` -> tensor, and `rng` (uint8) for models with dropout."""


def pack(state: Mapping[str, Any], trainable: Mapping[str, Any], optimizer: Any) -> Checkpoint:
    """Everything a run needs later: weights, Adam's moments, the random state.

    Args:
        state: plain values.
        trainable: parameter name -> parameter.
        optimizer: a torch optimizer over these parameters.
    """
    import torch

    names = {id(parameter): name for name, parameter in trainable.items()}
    moments = {
        f"{key}/{names[id(parameter)]}": value.detach().cpu()
        for parameter, values in optimizer.state.items()
        for key, value in values.items()
    }
    weights = {name: parameter.detach().cpu() for name, parameter in trainable.items()}
    return Checkpoint(state, weights, {**moments, "rng": torch.get_rng_state()})


def unpack(saved: Checkpoint, trainable: Mapping[str, Any], optimizer: Any) -> None:
    """Puts weights, moments and random state back in place."""
    import torch

    with torch.no_grad():
        for name, parameter in trainable.items():
            parameter.copy_(saved.weights[name])
    for key, value in saved.optimizer.items():
        moment, _, name = key.partition("/")
        if name:
            parameter = trainable[name]
            kept = value if moment == "step" else value.to(parameter.device)
            optimizer.state[parameter][moment] = kept.clone()
    torch.set_rng_state(saved.optimizer["rng"])


def save_checkpoint(root: Path, checkpoint: Checkpoint) -> None:
    """Writes a new folder, flushes it to disk, points `LATEST` at it, removes the one before.

    A kill at any moment leaves the previous checkpoint in place.
    """
    from safetensors.torch import save_file

    root.mkdir(parents=True, exist_ok=True)
    name = f"step-{int(checkpoint.state['step']):08d}"
    temporary = root / f"tmp-{name}"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    save_file(
        {k: v.contiguous() for k, v in checkpoint.weights.items()},
        temporary / "weights.safetensors",
    )
    save_file(
        {k: v.contiguous() for k, v in checkpoint.optimizer.items()},
        temporary / "optimizer.safetensors",
    )
    (temporary / "state.json").write_text(json.dumps(dict(checkpoint.state)), "utf-8")
    for file in temporary.iterdir():
        _flush(file)
    final = root / name
    shutil.rmtree(final, ignore_errors=True)
    os.replace(temporary, final)
    pointer = root / f"{_LATEST}.tmp"
    pointer.write_text(name, "utf-8")
    _flush(pointer)
    os.replace(pointer, root / _LATEST)
    for old in root.iterdir():
        if old.is_dir() and old.name != name:
            shutil.rmtree(old, ignore_errors=True)


def load_checkpoint(root: Path) -> Checkpoint | None:
    """The newest whole checkpoint, or None when there is none that can be read."""
    pointer = root / _LATEST
    if not pointer.is_file():
        return None
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    folder = root / Path(pointer.read_text("utf-8").strip()).name
    try:
        return Checkpoint(
            state=json.loads((folder / "state.json").read_text("utf-8")),
            weights=load_file(folder / "weights.safetensors"),
            optimizer=load_file(folder / "optimizer.safetensors"),
        )
    except (OSError, ValueError, SafetensorError):
        return None


def remove_checkpoint(root: Path) -> None:
    """Forgets the training state, once the adapter is published."""
    shutil.rmtree(root, ignore_errors=True)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
