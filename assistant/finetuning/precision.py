"""Number formats, threads and CPU settings for training."""

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
    On a CPU the number of threads is settled the same way first: on a busy machine several threads
    that wait for each other at every small matrix are slower than one.
    """
    import torch

    kind = device.split(":")[0]
    if kind == "cuda":
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    if kind != "cpu":
        return "float32"
    _pick_threads(step)
    seconds = {precision: _timed(step, precision) for precision in ("float32", "bfloat16")}
    return "bfloat16" if seconds["bfloat16"] < 0.9 * seconds["float32"] else "float32"


def _pick_threads(step: Callable[[str], object]) -> None:
    """Leaves torch with one thread or with as many as it had, whichever is faster now."""
    import torch

    many = torch.get_num_threads()
    if many == 1:
        return
    seconds = {}
    for threads in (1, many):
        torch.set_num_threads(threads)
        seconds[threads] = _timed(step, "float32")
    torch.set_num_threads(1 if seconds[1] < seconds[many] else many)


def _timed(step: Callable[[str], object], precision: str) -> float:
    step(precision)
    start = time.monotonic()
    step(precision)
    return time.monotonic() - start
