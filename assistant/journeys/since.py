"""Whether what answered in a run is what answers now."""

from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.parts import Parts

if TYPE_CHECKING:
    from assistant.evaluation.header import RunHeader


def changed_since(parts: Parts, header: "RunHeader", approach: str) -> str:
    """What answered then and is not what answers now; empty when it is the same.

    Returns:
        `another base model`, `another adapter`, or nothing, also where the base model cannot be
        opened: then nothing answers now.
    """
    asked = next((a for a in header.approaches if a.name == approach), None)
    if asked is None or asked.model:
        return ""
    with suppress(AssistantError):
        if header.model_fingerprint not in ("", parts.generator().fingerprint):
            return "another base model"
    if asked.adapter and asked.adapter != parts.adapters.current():
        return "another adapter"
    return ""
