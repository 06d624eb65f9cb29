"""The guide corpus: enough documents of a readable size, and questions whose answers stand in them."""

import ast
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

GUIDE = Path(__file__).resolve().parents[2] / "corpus" / "guide"
DOCUMENTS = sorted((GUIDE / "documents").glob("*.md"))
FIELDS = {
    *("id", "question", "references", "must", "checks"),
    *("answerable", "sources", "group", "kind", "tags"),
}


def _questions() -> list[dict[str, Any]]:
    lines = (GUIDE / "questions" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


QUESTIONS = _questions()
ANSWERABLE = [q for q in QUESTIONS if q["answerable"]]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*`]", "", text)).casefold()


def _section(source: str) -> str:
    """The text below the named heading, or the whole file where no heading is named."""
    path, _, heading = source.partition("#")
    text = (GUIDE / "documents" / path).read_text(encoding="utf-8")
    if not heading:
        return text
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.M | re.S)
    assert found, f"{source}: no such heading"
    return found[1]


def test_there_are_enough_documents() -> None:
    assert len(DOCUMENTS) >= 15


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_document_has_a_title_sections_and_a_readable_length(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    headings = re.findall(r"^(#+) (.+)$", text, re.M)
    assert [level for level, _ in headings].count("#") == 1
    assert text.startswith("# ")
    names = [name for level, name in headings if level == "##"]
    assert len(names) >= 4
    assert len(set(names)) == len(names), "a source names its section by heading alone"
    assert 600 <= len(text.split()) <= 1200
    assert len(text.split("## ")[0].split()) >= 15, "an introduction says what the page is for"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_sections_are_short_enough_to_be_shown_as_help(path: Path) -> None:
    for section in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        assert 15 <= len(section.split()) <= 230, section.splitlines()[0]


def test_counts_of_questions() -> None:
    assert len(ANSWERABLE) >= 40
    assert len(QUESTIONS) - len(ANSWERABLE) >= 6
    groups = Counter(q["group"] for q in QUESTIONS if q["group"])
    assert len(groups) >= 4
    assert all(size == 3 for size in groups.values())


def test_ids_and_wordings_are_unique() -> None:
    assert len({q["id"] for q in QUESTIONS}) == len(QUESTIONS)
    assert len({_plain(q["question"]) for q in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q["id"])
def test_row_has_exactly_the_fields_of_a_question(question: dict[str, Any]) -> None:
    assert set(question) == FIELDS
    assert question["question"].strip()
    assert question["kind"]
    if not question["answerable"]:
        assert not question["references"]
        assert not question["sources"]


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda q: q["id"])
def test_every_reference_stands_in_its_source(question: dict[str, Any]) -> None:
    sections = [_plain(_section(source)) for source in question["sources"]]
    assert question["references"]
    for wanted in [*question["references"], *question["must"]]:
        assert any(_plain(wanted) in section for section in sections), wanted


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda q: q["id"])
def test_a_group_shares_its_references(question: dict[str, Any]) -> None:
    same = [q for q in QUESTIONS if q["group"] and q["group"] == question["group"]]
    assert all(q["references"] == question["references"] for q in same)


def test_every_document_is_asked_about() -> None:
    asked = {source.partition("#")[0] for q in ANSWERABLE for source in q["sources"]}
    assert {path.name for path in DOCUMENTS} == asked


def test_every_help_topic_of_the_app_is_a_section_of_the_guide() -> None:
    tree = ast.parse((GUIDE.parents[1] / "ui" / "words.py").read_text(encoding="utf-8"))
    found = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "TOPICS"
    ]
    assert len(found) == 1
    for page, heading in found[0].values():
        assert _section(f"{page}.md#{heading}").strip()
