"""Beginning a training where an earlier one ended, on this machine or another."""

import json
from pathlib import Path
from typing import Any

from assistant.errors import ModelError

WEIGHTS = "adapter_model.safetensors"


def load_start(network: Any, folder: Path | None) -> None:
    """Puts the weights of an adapter folder into a fresh PEFT model of the same shape.

    PEFT saves its parameters without the name of the adapter (`...lora_A.weight` for
    `...lora_A.default.weight`), so the names are put together again here.
    Without a folder the weights stay as they are.

    Raises:
        ModelError: the file cannot be read, or its tensors are not those of the model.
    """
    if folder is None:
        return
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        saved = load_file(folder / WEIGHTS)
    except (OSError, SafetensorError) as error:
        raise _unfit(folder, str(error)) from error
    wanted = {
        name.replace(".default", ""): parameter
        for name, parameter in network.named_parameters()
        if parameter.requires_grad
    }
    if {k: v.shape for k, v in saved.items()} != {k: p.shape for k, p in wanted.items()}:
        raise _unfit(folder, "its tensors are not those of the model")
    with torch.no_grad():
        for name, parameter in wanted.items():
            parameter.copy_(saved[name])


def portable(config: Path) -> None:
    """Names the base in a saved `adapter_config.json` without its place on this machine.

    Done after saving: PEFT looks the name up, also on the hub, while it saves.
    """
    data = json.loads(config.read_text("utf-8"))
    base = Path(data.get("base_model_name_or_path") or "")
    if base.is_absolute():
        data["base_model_name_or_path"] = base.name
        config.write_text(json.dumps(data, indent=2, sort_keys=True), "utf-8")


def _unfit(folder: Path, why: str) -> ModelError:
    return ModelError(
        f"adapter {folder.name} cannot be trained on: {why}",
        "assistant finetune   (without --delta)",
    )
