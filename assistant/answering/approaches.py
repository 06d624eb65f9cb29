"""The approaches that are compared, as records.

| | adapter off | adapter on |
|---|---|---|
| no passages | prompt | finetuned |
| retrieved passages | rag | hybrid |

`oracle` (the passages the question's author named) and `whole` (all documents) are two more.
"""

from collections.abc import Mapping

from assistant.errors import UsageError
from assistant.schema import Approach, PassageMode

DEFAULT_STYLE = "zero-shot"
ORDER = ("prompt", "rag", "finetuned", "hybrid", "oracle", "whole")
"""Simplest first; ties are broken in this order."""

_GRID: dict[str, tuple[PassageMode, bool]] = {
    "prompt": ("none", False),
    "rag": ("retrieved", False),
    "finetuned": ("none", True),
    "hybrid": ("retrieved", True),
    "oracle": ("gold", False),
    "whole": ("all", False),
}
NEEDS_ADAPTER = tuple(name for name in ORDER if _GRID[name][1])


def standard_approaches(adapter: str | None, *, style: str = DEFAULT_STYLE) -> dict[str, Approach]:
    """Every approach that can run on the base model, simplest first.

    Args:
        adapter: version id; without one `finetuned` and `hybrid` are left out.
        style: prompt template, the same one for all.
    """
    return {
        name: Approach(name, style, _GRID[name][0], adapter if _GRID[name][1] else None)
        for name in ORDER
        if adapter or not _GRID[name][1]
    }


def answering(approaches: Mapping[str, Approach], *, indexed: bool) -> tuple[str, ...]:
    """Names of those that can answer a question nobody has written a key for."""
    return tuple(
        name
        for name, approach in approaches.items()
        if approach.passages == "none" or (indexed and approach.passages != "gold")
    )


def candidate(base: str, model: str, *, style: str = DEFAULT_STYLE) -> Approach:
    """`prompt`, `rag`, `oracle` or `whole` on another model, named `rag@model`.

    Raises:
        UsageError: the approach needs an adapter, which belongs to one base model.
    """
    if base not in _GRID or base in NEEDS_ADAPTER:
        possible = [n for n in ORDER if n not in NEEDS_ADAPTER]
        raise UsageError(
            f"approach {base!r} cannot run on another model, expected one of {', '.join(possible)}",
            f"use rag@{model}",
        )
    return Approach(f"{base}@{model}", style, _GRID[base][0], None, model)


def choose(available: dict[str, Approach], names: str) -> list[Approach]:
    """The approaches of a comma-separated list, in the order written.

    Raises:
        UsageError: naming what is unknown, and what would make it available.
    """
    chosen: list[Approach] = []
    for name in dict.fromkeys(n.strip() for n in names.split(",") if n.strip()):
        if name in available:
            chosen.append(available[name])
        elif "@" in name:
            base, model = name.split("@", 1)
            chosen.append(candidate(base, model))
        elif name in NEEDS_ADAPTER:
            raise UsageError(f"{name} needs an adapter, and there is none", "assistant finetune")
        else:
            raise UsageError(
                f"no approach {name!r}, expected some of {', '.join(available)}",
                f"--approaches {','.join(list(available)[:2])}",
            )
    if not chosen:
        raise UsageError("no approach was named", f"--approaches {','.join(list(available)[:2])}")
    return chosen
