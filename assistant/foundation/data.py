"""What a training run reads, and what it keeps apart for testing."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.foundation.encyclopedia import Article
from assistant.foundation.mixture import Sources
from assistant.foundation.reading import Reading


@dataclass(frozen=True)
class Data:
    """Training sources and what is kept apart for testing."""

    sources: Sources
    test_readings: list[Reading]
    test_articles: list[Article]
