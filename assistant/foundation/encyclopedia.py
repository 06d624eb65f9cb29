"""Reads encyclopedia articles into passages with question-answer pairs (distant supervision)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from assistant.foundation.lines import rows
from assistant.foundation.questions import from_sentence, from_title, recurring

_SENTENCE = re.compile(r"(?<=[a-z0-9)”\"]{2}[.!?])\s+(?=[A-Z\"“])")
_PERSON = re.compile(r"\b(?:born|died|He|She|his|her)\b")


@dataclass(frozen=True)
class Article:
    """A passage of an article: its sentences and the (question, answer) pairs they answer."""

    title: str
    sentences: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    hidden: tuple[tuple[str, str, int], ...]
    """Recurring spans: (question, answer, sentence that must be left out)."""


def split_sentences(text: str) -> list[str]:
    """Split prose into sentences; good enough for plain encyclopedia text."""
    return [s.strip() for s in _SENTENCE.split(text) if s.strip()]


def read_article(title: str, text: str, known: set[str], rng: Random) -> Article | None:
    """Build a passage of up to about 160 words from an article; None if nothing can be asked."""
    body = text.split("\n\n", 1)[-1]
    paragraphs = [p for p in body.split("\n") if len(p) > 60][:6]
    start = 0 if rng.random() < 0.7 or len(paragraphs) < 3 else rng.randint(1, len(paragraphs) - 2)
    sentences: list[str] = []
    for paragraph in paragraphs[start:]:
        for sentence in split_sentences(re.sub(r"\s+", " ", paragraph)):
            if 15 < len(sentence) < 330 and sum(map(len, sentences)) + len(sentence) < 950:
                sentences.append(sentence)
    if len(sentences) < 2:
        return None
    person = bool(_PERSON.search(" ".join(sentences[:2]))) and title[:1].isupper()
    pairs: dict[str, str] = {}
    if start == 0:
        pairs.update(from_title(" ".join(sentences), title, person, rng))
    for sentence in sentences:
        pairs.update(from_sentence(sentence, title, person, known, rng))
    kept = tuple((q, a.strip()) for q, a in pairs.items() if 1 < len(a) < 110 and len(q) < 150)
    hidden = tuple(recurring(sentences, title, rng))[:2]
    if not kept and not hidden:
        return None
    return Article(title, tuple(sentences), kept, hidden)


def extract(source: Path, target: Path, known: set[str], seed: int, limit: int) -> int:
    """Read ``source`` (JSON lines with title, text) and write articles with pairs to ``target``.

    Returns:
        The number of articles written.
    """
    rng, count = Random(seed), 0
    with target.open("w", encoding="utf-8") as out:
        for row in rows(source):
            article = read_article(row["title"] or "", row["text"], known, rng)
            if article is not None:
                out.write(json.dumps(asdict(article), ensure_ascii=False) + "\n")
                count += 1
                if count >= limit:
                    break
    return count


def load(path: Path) -> Iterator[Article]:
    """Read what :func:`extract` wrote."""
    for row in rows(path):
        yield Article(
            row["title"],
            tuple(row["sentences"]),
            tuple((q, a) for q, a in row["pairs"]),
            tuple((q, a, n) for q, a, n in row["hidden"]),
        )
