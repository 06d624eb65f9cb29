"""Number formats, threads and CPU settings for training."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How training steps are computed."""

    precision: str
    """`float32` or `bfloat16` (autocast; weights and their moments stay float32)."""
    attention: str
    """`eager`, `sdpa`, or empty for what the model came with."""


def pick_arithmetic(
    device: str,
    step: Callable[[str], object],
    model: Any,
    clock: Callable[[], float] = time.monotonic,
) -> Arithmetic:
    """The fastest precision and attention on this machine; ties go to float32 and the default.

    A CPU without bfloat16 instructions emulates them and can be many times slower, and fused
    attention, made for long rows, can take twice the time of the plain one on the short rows of
    facts. So all four are measured on a typical step (after one to warm up) instead of guessed
    from a processor's name. The number of threads is settled the same way first: on a busy machine
    several threads that wait for each other at every small matrix are slower than one.

    Args:
        device: of the model.
        step: one training step that changes no weight, in the precision it is given.
        model: the transformers model that `step` runs; left with the attention that was picked.
        clock: seconds that only grow.
    """
    import torch

    kind = device.split(":")[0]
    if kind == "cuda":
        return Arithmetic("bfloat16" if torch.cuda.is_bf16_supported() else "float32", "")
    if kind != "cpu":
        return Arithmetic("float32", "")
    _pick_threads(step, clock)
    seconds: dict[Arithmetic, float] = {}
    for attention in ("sdpa", "eager"):
        if use_attention(model, attention):
            for precision in ("float32", "bfloat16"):
                seconds[Arithmetic(precision, attention)] = _timed(step, precision, clock)
    if not seconds:
        seconds = {Arithmetic(p, ""): _timed(step, p, clock) for p in ("float32", "bfloat16")}
    first = next(iter(seconds))
    best = min(seconds, key=lambda way: seconds[way])
    best = best if seconds[best] < 0.9 * seconds[first] else first
    use_attention(model, best.attention)
    return best


def use_attention(model: Any, name: str) -> bool:
    """Switches a model's attention; false when its architecture does not have it.

    Args:
        model: a transformers model.
        name: `eager` or `sdpa`; empty changes nothing.
    """
    if not name:
        return True
    try:
        model.set_attn_implementation(name)
    except (AttributeError, ImportError, ValueError):
        return False
    return True


def _pick_threads(step: Callable[[str], object], clock: Callable[[], float]) -> None:
    """Leaves torch with one thread or with as many as it had, whichever is faster now."""
    import torch

    many = torch.get_num_threads()
    if many == 1:
        return
    seconds = {}
    for threads in (1, many):
        torch.set_num_threads(threads)
        seconds[threads] = _timed(step, "float32", clock)
    torch.set_num_threads(1 if seconds[1] < seconds[many] else many)


def _timed(
    step: Callable[[str], object], precision: str, clock: Callable[[], float], repeats: int = 2
) -> float:
    """Seconds of the quickest of some steps: another program's burst slows one, seldom all."""
    step(precision)
    seconds = []
    for _ in range(repeats):
        start = clock()
        step(precision)
        seconds.append(clock() - start)
    return min(seconds)
