"""Reads the files of pages and questions that stand beside this module.

A file is text: ``=== name`` opens a set of pages that belong together, ``# Title > Section`` a page
of our own, ``@ enwiki:row:start:end`` a paragraph of the training texts (which are not shipped),
``?? question ~~ other wording || answer`` a question on the page above, ``!! question`` one that no
page of its set answers. An answer is copied from the page, a list of such copies joined by ", ",
``Yes``, ``No``, or, after ``=``, one of the options that the question offers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.foundation.lines import rows

FOLDER = Path(__file__).parent
KINDS = ("encyclopedia", "pages", "stories", "reasoning")
"""One folder of files each."""


@dataclass(frozen=True)
class Question:
    """A question in one or two wordings, with its answer."""

    wordings: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Page:
    """A passage with its questions.

    Attributes:
        kind: One of :data:`KINDS`.
        group: Name of the set; pages of one set are about one organisation.
        heading: Title and section, or the place of an encyclopedia paragraph.
        text: Empty for a paragraph that has not been looked up.
        questions: What it answers.
        missing: What no page of its set answers.
    """

    kind: str
    group: str
    heading: str
    text: str = ""
    questions: tuple[Question, ...] = ()
    missing: tuple[str, ...] = ()


class WrittenError(ValueError):
    """A line that does not follow the format; names file and line."""


def parse(text: str, kind: str, name: str) -> Iterator[Page]:
    """The pages of one file.

    Raises:
        WrittenError: At a line that fits nothing above.
    """
    group, page = name, None
    for number, line in enumerate(text.splitlines(), 1):
        mark, rest = line[:2], line[2:].strip()
        if line.startswith("===") or mark in ("# ", "@ "):
            if page is not None and page.questions:
                yield page
            page = None
            if line.startswith("==="):
                group = f"{name}: {line[3:].strip()}"
            else:
                page = Page(kind, group if mark == "# " else rest, rest)
        elif not line.strip() and page is None:
            continue
        elif page is None:
            raise WrittenError(f"{name}:{number}: text or a question before any page: {line[:60]}")
        elif mark == "??":
            question = _question(rest, f"{name}:{number}")
            page = replace(page, questions=(*page.questions, question))
        elif mark == "!!":
            page = replace(page, missing=(*page.missing, rest))
        else:
            page = replace(page, text=page.text + line + "\n")
    if page is not None and page.questions:
        yield page


def _question(text: str, where: str) -> Question:
    asked, bar, answer = text.partition(" || ")
    wordings = tuple(w.strip() for w in asked.split("~~"))
    if not bar or not answer.strip() or not all(wordings):
        raise WrittenError(f"{where}: expected '?? question || answer'")
    return Question(wordings, answer.strip().removeprefix("="))


def own(folder: Path = FOLDER) -> list[Page]:
    """All pages, in the order of their files; encyclopedia paragraphs without text."""
    return [
        replace(page, text=page.text.strip())
        for kind in KINDS
        for file in sorted((folder / kind).glob("*.txt"))
        for page in parse(file.read_text(encoding="utf-8"), kind, file.stem)
    ]


def look_up(pages: Iterable[Page], encyclopedia: Path | None) -> list[Page]:
    """Fill in the encyclopedia paragraphs; without that file they are left out."""
    pages = list(pages)
    wanted = {int(p.heading.split(":")[1]) for p in pages if p.kind == "encyclopedia"}
    found: dict[int, tuple[str, str]] = {}
    if encyclopedia is not None:
        for number, row in enumerate(rows(encyclopedia)):
            if number in wanted:
                found[number] = row["title"], row["text"]
    made = []
    for page in pages:
        if page.kind != "encyclopedia":
            made.append(page)
            continue
        _, row_number, start, end = page.heading.split(":")
        if int(row_number) in found:
            title, text = found[int(row_number)]
            made.append(replace(page, heading=title, text=text[int(start) : int(end)].strip()))
    return made


def stands(page: Page, question: Question) -> bool:
    """Whether the answer is what the format allows."""
    answer = question.answer
    return (
        answer in ("Yes", "No")
        or answer in page.text
        or all(part in page.text for part in answer.split(", "))
        or any(answer.lower() in wording.lower() for wording in question.wordings)
    )


def held_out(page: Page, share: float = 0.06) -> bool:
    """Whether a page is kept for testing: decided by its set, or by itself if it stands alone."""
    name = page.group if page.kind == "pages" else f"{page.group}/{page.heading}"
    return hashlib.sha256(name.encode()).digest()[0] < 256 * share
