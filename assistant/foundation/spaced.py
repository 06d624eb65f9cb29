"""Word lists written as one string."""

from __future__ import annotations


def spaced(text: str, separator: str | None = None) -> list[str]:
    """Split a string at white space, or at ``separator``."""
    return text.split(separator)
