"""Measures an exported model for its card and keeps every figure as soon as it is known."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.foundation.abilities import collect, measure, scene_question
from assistant.foundation.batches import collate, encode
from assistant.foundation.fictional.documents import make_scene
from assistant.foundation.intervals import Ability

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BartForConditionalGeneration

    from assistant.foundation.data import Data

PARTS = ("reading", "facts", "labels")
"""What can be measured by itself: all that needs no adapter, and the two probes with LoRA."""


def batch_parity(model: BartForConditionalGeneration, tokenizer: Tokenizer) -> float:
    """Largest difference of fp32 logits between single rows and the same rows in a batch."""
    import torch

    model = model.float().eval()
    rows = [
        encode(tokenizer, *e)
        for e in collect(6, "parity", lambda r: scene_question(r, make_scene(r, 2)))
    ]
    worst = 0.0
    with torch.inference_mode():
        together = model(**_inputs(rows)).logits
        for number, row in enumerate(rows):
            alone = model(**_inputs([row])).logits[0]
            worst = max(worst, float((together[number, : len(row[1])] - alone).abs().max()))
    return worst


def _inputs(rows: list[tuple[list[int], list[int]]]) -> dict[str, object]:
    inputs, mask, labels = collate(rows)
    return {"input_ids": inputs, "attention_mask": mask, "decoder_input_ids": labels.clamp(min=0)}


def measure_folder(
    folder: Path, data: Data | None, seed: int, count: int, parts: tuple[str, ...], kept: Path
) -> None:
    """Measure a model folder, printing card rows and appending JSON lines to ``kept``.

    Args:
        folder: An exported model.
        data: Held-out texts; only the part ``reading`` needs them.
        seed: Of the probes.
        count: Items a row.
        parts: Some of :data:`PARTS`.
        kept: File that the figures are appended to; :mod:`assistant.foundation.card` reads it.
    """
    import torch

    torch.set_flush_denormal(True)  # Adam's tiny moments slow a CPU many times over
    start = time.monotonic()
    for ability in _abilities(folder, data, seed, count, parts):
        print(f"{ability.line()}  ({time.monotonic() - start:.0f} s)", flush=True)
        with kept.open("a", encoding="utf-8") as out:
            out.write(json.dumps(asdict(ability)) + "\n")


def _abilities(
    folder: Path, data: Data | None, seed: int, count: int, parts: tuple[str, ...]
) -> Iterator[Ability]:
    from transformers import AutoModelForSeq2SeqLM

    from assistant.foundation.probes import probe_labels, probe_learning
    from assistant.foundation.tokenizer import load_raw

    if "reading" in parts and data is not None:
        model, tokenizer = AutoModelForSeq2SeqLM.from_pretrained(folder).float(), load_raw(folder)
        yield from measure(model, tokenizer, data, count)
        worst = batch_parity(model, tokenizer)
        yield Ability(
            "largest logit difference of batch 6 and batch 1, fp32", worst, worst, worst, 6
        )
    if "labels" in parts:
        yield from probe_labels(folder, seed)
    if "facts" in parts:
        yield from probe_learning(folder, seed)
