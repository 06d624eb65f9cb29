"""LoRA adapters on one base model: loaded on demand, chosen per row, taken apart after a failure.

With `lora_rows` and the trainer, the only part that knows PEFT. Not thread-safe: the engine thread
owns it.
"""

import json
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.errors import AdapterMismatch, ModelError, ModelMissing
from assistant.models.local import LocalModel
from assistant.models.lora_rows import BASE, use_slices

MAX_LOADED = 8
_UNSUPPORTED = ("use_dora", "layer_replication", "alora_invocation_tokens", "target_parameters")


class AdapterSet:
    """The base network with the adapters that rows have asked for so far.

    Args:
        local: the model; `local.adapter_path` finds the folder of a version.
    """

    def __init__(self, local: LocalModel) -> None:
        self.local = local
        self._wrapped: Any = None
        self._loaded: OrderedDict[str, str] = OrderedDict()
        self._count = 0

    @property
    def network(self) -> Any:
        """What to call: the PEFT wrapper once an adapter is loaded, else the plain model."""
        return self.local.model if self._wrapped is None else self._wrapped

    @property
    def loaded(self) -> tuple[str, ...]:
        """Versions in memory, least recently used first."""
        return tuple(self._loaded)

    def row_names(self, versions: Sequence[str | None]) -> list[str] | None:
        """PEFT adapter name of each row, loading what is missing; None when nothing is wrapped.

        Raises:
            ModelMissing: no folder for a version.
            AdapterMismatch: an adapter was trained on another base model.
            ModelError: an adapter cannot be loaded.
        """
        for version in dict.fromkeys(v for v in versions if v is not None):
            self._ensure(version, keep=set(versions))
        if self._wrapped is None:
            return None
        return [BASE if v is None else self._loaded[v] for v in versions]

    def take_apart(self) -> tuple[str, ...]:
        """Remove the wrapper with every hook on it; return the versions that were loaded.

        An exception inside `generate` leaves PEFT's forward hooks on the LoRA layers, and later
        rows would be answered with the arms of the failed batch. Unloading throws those layers
        away, and with them the hooks.
        """
        versions = self.loaded
        if self._wrapped is not None:
            self.local.model = self._wrapped.unload()
            for leftover in ("peft_config", "_hf_peft_config_loaded"):
                self.local.model.__dict__.pop(leftover, None)
        self._wrapped = None
        self._loaded.clear()
        return versions

    def _ensure(self, version: str, keep: set[str | None]) -> None:
        if version in self._loaded:
            self._loaded.move_to_end(version)
            return
        folder = self._folder(version)
        check_adapter(folder, version, self.local.fingerprint)
        self._count += 1
        name = f"adapter{self._count}"  # version ids may hold dots, which PyTorch refuses
        try:
            self._attach(folder, name)
        except Exception as error:
            # A half-loaded adapter must not stay on the model.
            for survivor in self.take_apart():
                self._ensure(survivor, keep)
            raise ModelError(
                f"adapter {version} cannot be loaded onto {self.local.name}: "
                f"{str(error).strip().splitlines()[0][:300]}",
                "assistant finetune",
            ) from error
        self._loaded[version] = name
        # Rows name their adapters; PEFT's "active" one only must not be one that is deleted below.
        self._wrapped.set_adapter(name)
        for old in [v for v in self._loaded if v not in keep]:
            if len(self._loaded) <= MAX_LOADED:
                break
            self._wrapped.delete_adapter(self._loaded.pop(old))

    def _attach(self, folder: Path, name: str) -> None:
        if self._wrapped is None:
            from peft import PeftModel

            self._wrapped = PeftModel.from_pretrained(
                self.local.model, str(folder), adapter_name=name, is_trainable=False
            )
        else:
            self._wrapped.load_adapter(str(folder), adapter_name=name, is_trainable=False)
        self._wrapped.to(self.local.device).eval()
        use_slices(self._wrapped)

    def _folder(self, version: str) -> Path:
        if self.local.adapter_path is None:
            raise ModelMissing(
                f"adapter {version} was asked for, but this model was opened without adapters",
                "assistant finetune --list",
            )
        return self.local.adapter_path(version)


def check_adapter(folder: Path, version: str, base_fingerprint: str) -> None:
    """Refuse an adapter before any of its weights touch the model.

    Args:
        folder: a PEFT folder, with our `manifest.json` where we trained it.
        version: id shown in messages.
        base_fingerprint: of the model it is to be put on; empty skips the comparison.

    Raises:
        ModelMissing: configuration or safetensors weights are not there.
        AdapterMismatch: the manifest names another base model.
        ModelError: not LoRA, or a kind of LoRA that cannot be mixed within a batch.
    """
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        if not (folder / name).is_file():
            raise ModelMissing(
                f"adapter {version}: found no {name} in {folder}", "assistant finetune --list"
            )
    try:
        config = json.loads((folder / "adapter_config.json").read_text("utf-8"))
        manifest_file = folder / "manifest.json"
        manifest = json.loads(manifest_file.read_text("utf-8")) if manifest_file.is_file() else {}
        trained_on = manifest.get("base_fingerprint") or base_fingerprint
    except (ValueError, AttributeError) as error:
        raise ModelError(f"adapter {version} is damaged ({error})", "assistant finetune") from error
    if base_fingerprint and trained_on != base_fingerprint:
        raise AdapterMismatch(
            f"adapter {version} was trained on {manifest.get('base_model', 'another model')} "
            f"({trained_on}), the base model here is {base_fingerprint}",
            "assistant finetune   (trains a new version on this base model)",
        )
    odd = [key for key in _UNSUPPORTED if config.get(key)]
    if config.get("bias") not in (None, "none"):
        odd.append("bias")  # it would overwrite the base model's own
    if config.get("peft_type") != "LORA" or odd:
        raise ModelError(
            f"adapter {version} is {config.get('peft_type')} {' '.join(odd)}".rstrip()
            + ", expected plain LoRA",
            "assistant finetune",
        )
