"""What a training run reads, and what it keeps apart for testing."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.foundation.encyclopedia import Article
from assistant.foundation.mixture import Sources
from assistant.foundation.reading import Reading
from assistant.foundation.written.pages import Page


@dataclass(frozen=True)
class Data:
    """Training sources and what is kept apart for testing."""

    sources: Sources
    test_readings: list[Reading]
    test_articles: list[Article]
    test_pages: list[Page] = field(default_factory=list)
