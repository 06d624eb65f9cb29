"""The sample corpora must not have entered training: no wording of the generator stands in them."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from assistant.foundation.fictional import words
from assistant.foundation.fictional.relations import ALL
from assistant.foundation.handbook import examples, registers

CORPUS = Path(__file__).parents[2] / "corpus"
LENGTH = 7
"""Words in a row; shorter runs ("how many days of") are ordinary English."""


def runs(text: str) -> set[tuple[str, ...]]:
    found = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(found[i : i + LENGTH]) for i in range(len(found) - LENGTH + 1)}


def corpus_text() -> str:
    suffixes = {".md", ".txt", ".html", ".csv", ".json", ".jsonl", ".rst"}
    files = [p for p in CORPUS.rglob("*") if p.is_file() and p.suffix in suffixes]
    assert files, "there is no sample corpus"
    return "\n".join(p.read_text(encoding="utf-8", errors="replace") for p in files)


def test_no_long_run_of_words_is_shared() -> None:
    wordings = [t for r in ALL for t in (*r.statements, *r.questions)]
    wordings += [phrase for table in words.TABLES.values() for phrase in table]
    ours: set[tuple[str, ...]] = set()
    for wording in wordings:
        for part in re.split(r"\{\w\}|[#@]", wording):
            ours |= runs(part)
    assert len(ours) > 100
    shared = ours & runs(corpus_text())
    assert not shared, sorted(" ".join(run) for run in shared)[:5]


def test_generated_pages_do_not_quote_the_corpus() -> None:
    made = "\n".join(page.text for n in range(400) for page in examples.make_pages(Random(n), 2)[1])
    tables = (registers.register(Random(n), 1, []) for n in range(400))
    made += "\n".join(source for source, _ in filter(None, tables))
    shared = runs(made) & runs(corpus_text())
    assert not shared, sorted(" ".join(run) for run in shared)[:5]


def test_no_sentence_of_the_corpus_is_quoted_in_the_recipe() -> None:
    recipe = "\n".join(
        p.read_text(encoding="utf-8")
        for p in (CORPUS.parent / "assistant" / "foundation").rglob("*.py")
    )
    shared = runs(recipe) & runs(corpus_text())
    assert not shared, sorted(" ".join(run) for run in shared)[:5]
