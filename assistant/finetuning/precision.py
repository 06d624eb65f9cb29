"""Number formats and CPU settings for training."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any


def prepare_cpu() -> None:
    """Treats denormal numbers as zero: Adam's tiny moments otherwise slow a CPU many times over."""
    import torch

    torch.set_flush_denormal(True)


def autocast(device: str, precision: str) -> AbstractContextManager[Any]:
    """bfloat16 where it is safe inside the block; nothing for `float32`."""
    import torch

    if precision != "bfloat16":
        return nullcontext()
    kind = device.split(":")[0]
    context: AbstractContextManager[Any] = torch.autocast(kind, dtype=torch.bfloat16)
    return context


def pick_precision(device: str, step: Callable[[str], object]) -> str:
    """The faster of float32 and bfloat16 on this machine; ties go to float32.

    A CPU without bfloat16 instructions emulates them and can be many times slower, so it is
    measured on one typical step (after one to warm up) instead of guessed from a processor's name.
    """
    import torch

    kind = device.split(":")[0]
    if kind == "cuda":
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    if kind != "cpu":
        return "float32"
    seconds = {}
    for precision in ("float32", "bfloat16"):
        step(precision)
        start = time.monotonic()
        step(precision)
        seconds[precision] = time.monotonic() - start
    return "bfloat16" if seconds["bfloat16"] < 0.9 * seconds["float32"] else "float32"
