"""Writes the model as a folder that the stock classes load, with a hash of every file."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.foundation.formats import REFUSAL

if TYPE_CHECKING:
    from transformers import BartForConditionalGeneration, PreTrainedTokenizerFast

SHARD_SIZE = "15500KB"
"""Files stay under 16 MB; the token embeddings (15.36 MB in bf16) are the largest tensor."""

CAUTION = 0.5
"""Added to the logit of the refusal's first token in what is exported. Chosen among 0, 0.5 and 1 on
held-out items that the card does not use: it declines more near misses for few right answers."""

HASHES = "hashes.json"


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a model folder but the card and the hash list itself."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in (HASHES, "README.md", "__init__.py")
    }


def write_hashes(folder: Path) -> None:
    """Write ``hashes.json``: ``{"files": {name: sha256}}``."""
    text = json.dumps({"files": file_hashes(folder)}, indent=1) + "\n"
    (folder / HASHES).write_text(text, encoding="utf-8")


def _make_portable(path: Path) -> None:
    """Name the tokenizer class as every version of transformers knows it; drop local traces."""
    config = json.loads(path.read_text(encoding="utf-8"))
    config["tokenizer_class"] = "PreTrainedTokenizerFast"
    for trace in ("is_local", "local_files_only"):
        config.pop(trace, None)
    path.write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load_exported(folder: Path) -> BartForConditionalGeneration:
    """The model of a folder that :func:`export` wrote, in fp32."""
    import torch
    from transformers import BartForConditionalGeneration

    return BartForConditionalGeneration.from_pretrained(folder, dtype=torch.float32)


def average(
    model: BartForConditionalGeneration, start: Path, share: float = 0.5
) -> BartForConditionalGeneration:
    """The weighted mean of a model's weights and those it went on from.

    Keeps what the second training would have unlearnt (Wortsman et al. 2022, arXiv:2109.01903).

    Args:
        model: after training.
        start: folder of the model it went on from.
        share: weight of ``model``, 0..1.
    """
    import copy

    import torch

    before = load_exported(start).state_dict()
    mean = copy.deepcopy(model).to("cpu").float()
    with torch.no_grad():
        for name, weight in mean.named_parameters():  # tied weights once
            weight.copy_(share * weight + (1 - share) * before[name])
    return mean


def export(
    model: BartForConditionalGeneration, tokenizer: PreTrainedTokenizerFast, folder: Path
) -> Path:
    """Save weights in bf16 shards, tokenizer, configuration and hashes; replaces the folder.

    The folder is written beside its place and renamed, so readers see the old or the new one. The
    bias of the output layer, which training leaves out, carries :data:`CAUTION`.
    """
    import copy

    import torch

    fresh, old = folder.with_name(folder.name + ".new"), folder.with_name(folder.name + ".old")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    half = copy.deepcopy(model).to("cpu").to(torch.bfloat16).eval()
    half.final_logits_bias.zero_()
    half.final_logits_bias[0, tokenizer(REFUSAL).input_ids[1]] = CAUTION  # after <s>
    half.save_pretrained(fresh, max_shard_size=SHARD_SIZE)
    tokenizer.save_pretrained(fresh)
    _make_portable(fresh / "tokenizer_config.json")
    write_hashes(fresh)
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return folder
