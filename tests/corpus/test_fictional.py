"""The fictional company: its size and variety, and answers that really stand in the sources.

The conversions here are deliberately the simplest ones that work. If they came from the library, a
reader that drops a table would make the reference of that table look wrong.
"""

import csv
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2] / "corpus" / "tessholm"
DOCUMENTS = ROOT / "documents"
REVISION = ROOT / "revision"
FILES = sorted(p for p in DOCUMENTS.rglob("*") if p.is_file())
FIELDS = [
    *("id", "question", "references", "must", "checks"),
    *("answerable", "sources", "group", "kind", "tags"),
]
KINDS = {
    *("fact", "number", "date", "code", "table"),
    *("procedure", "two_document", "near_twin", "unanswerable"),
}


def _load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


GOLD = _load(ROOT / "questions" / "gold.jsonl")
PROMPT_DEV = _load(ROOT / "questions" / "dev.jsonl")
DEV = PROMPT_DEV + _load(ROOT / "questions" / "dev-retrieval.jsonl")
REVISED = _load(REVISION / "questions.jsonl")
COUNTS = Counter(q["kind"] for q in GOLD)


def _blocks(path: Path) -> list[tuple[bool, str]]:
    """(is a heading, text) in reading order."""
    if path.suffix == ".md":
        lines = path.read_text(encoding="utf-8").splitlines()
        return [(bool(re.match("#+ ", line)), re.sub("^#+ ", "", line)) for line in lines]
    if path.suffix == ".html":
        body = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").body
        assert body is not None
        tags = ["h1", "h2", "h3", "p", "li", "td", "th", "dt", "dd"]
        return [(t.name.startswith("h"), t.get_text(" ", strip=True)) for t in body.find_all(tags)]
    if path.suffix == ".docx":
        found = []
        for block in docx.Document(str(path)).iter_inner_content():
            if isinstance(block, docx.table.Table):
                found += [(False, " ".join(c.text for c in row.cells)) for row in block.rows]
            else:
                assert block.style is not None
                found.append((str(block.style.name).startswith("Heading"), block.text))
        return found
    if path.suffix == ".pdf":
        return [(False, page.extract_text()) for page in pypdf.PdfReader(path).pages]
    rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    return [(False, ", ".join(row)) for row in rows]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*`]", "", text)).strip().casefold()


@cache
def _sections(path: Path) -> dict[str, str]:
    """Heading -> text below it; the key `` holds the whole document."""
    sections = {"": ""}
    heading = ""
    for is_heading, text in _blocks(path):
        if is_heading:
            heading = re.sub(r"[*`]", "", text).strip()
            assert heading not in sections, f"{path.name}: two sections are named {heading!r}"
            sections[heading] = ""
        if heading:
            sections[heading] += "\n" + text
        sections[""] += "\n" + text
    return {name: _plain(text) for name, text in sections.items()}


def _source_text(source: str, overlay: Path | None = None) -> str:
    path, _, heading = source.partition("#")
    file = overlay / path if overlay and (overlay / path).exists() else DOCUMENTS / path
    return _sections(file)[heading]


def _says(text: str, phrase: str) -> bool:
    """Whether the phrase stands there as whole words: "5" is not in "15" or in "2.5"."""
    return bool(re.search(rf"(?<![\w.,])-?{re.escape(_plain(phrase))}(?!\w|[.,]\d)", text))


def _missing(question: dict[str, Any], overlay: Path | None = None) -> list[str]:
    """Phrases that should stand in the sources and do not."""
    text = " ".join(_source_text(s, overlay) for s in question["sources"])
    if question["must"]:
        return [m for m in question["must"] if not _says(text, m)]
    found = any(_says(text, r) for r in question["references"])
    return [] if found else question["references"]


def test_documents_are_many_and_of_many_kinds() -> None:
    kinds = Counter(p.suffix for p in FILES)
    assert len(FILES) >= 44
    assert kinds[".html"] >= 5
    assert kinds[".pdf"] >= 5
    assert kinds[".docx"] >= 5
    assert kinds[".csv"] >= 4
    assert sum(len(_sections(p)[""].split()) for p in FILES) >= 27_000


def test_pdfs_have_pages_and_a_text_layer() -> None:
    for path in (p for p in FILES if p.suffix == ".pdf"):
        pages = pypdf.PdfReader(path).pages
        assert len(pages) >= 2, path.name
        assert all(len(page.extract_text().split()) > 40 for page in pages), path.name


@pytest.mark.parametrize("top", ["", "revision"])
def test_rendered_files_say_what_their_source_says(top: str) -> None:
    folder = ROOT / top / "sources"
    sources = sorted(folder.rglob("*.md"))
    assert sources
    marks = re.compile(r"\|[-|]+\||^---$|^#+ |^(?:-|\d+\.) |\|", re.M)
    for source in sources:
        rendered = ROOT / top / "documents" / source.relative_to(folder).with_suffix("")
        words = Counter(_plain(marks.sub(" ", source.read_text("utf-8"))).split())
        lost = words - Counter(_sections(rendered)[""].split())
        assert not lost, f"{rendered.name}: run tools/render.py, lost {lost}"


def test_counts_of_questions() -> None:
    assert len(GOLD) >= 320
    assert set(COUNTS) == KINDS
    assert COUNTS["two_document"] >= 25
    assert COUNTS["near_twin"] >= 40
    assert COUNTS["unanswerable"] >= 55
    assert 50 <= len(PROMPT_DEV) <= 80
    assert len(DEV) >= 150


def test_questions_are_well_formed_and_unique() -> None:
    rows = GOLD + DEV
    assert all(list(q) == FIELDS for q in rows)
    assert len({q["id"] for q in rows}) == len(rows)
    texts = Counter(_plain(q["question"]) for q in rows)
    assert [t for t, n in texts.items() if n > 1] == []


def test_groups_are_three_wordings_of_one_fact() -> None:
    groups: dict[str, list[dict[str, Any]]] = {}
    for question in GOLD:
        groups.setdefault(question["group"], []).append(question)
    groups.pop("")
    assert len(groups) >= 40
    for name, members in groups.items():
        assert len(members) == 3, name
        assert len({json.dumps([m["references"], m["sources"]]) for m in members}) == 1, name


def test_unanswerable_questions_carry_nothing_to_match() -> None:
    for question in GOLD + DEV:
        answerable = question["kind"] != "unanswerable"
        assert question["answerable"] is answerable
        assert bool(question["references"]) is answerable, question["id"]
        assert bool(question["sources"]) is answerable, question["id"]


def test_every_answer_stands_in_its_source() -> None:
    wrong = {q["id"]: _missing(q) for q in GOLD + DEV if q["answerable"]}
    assert {name: lost for name, lost in wrong.items() if lost} == {}


def test_sources_name_a_section_where_the_format_has_sections() -> None:
    for source in {s for q in GOLD + DEV for s in q["sources"]}:
        path, _, heading = source.partition("#")
        assert bool(heading) is (not path.endswith((".pdf", ".csv"))), source


def test_two_document_questions_need_both() -> None:
    for question in (q for q in GOLD if q["kind"] == "two_document"):
        assert len({s.partition("#")[0] for s in question["sources"]}) >= 2, question["id"]
        for phrase in question["must"]:
            assert any(_says(_source_text(s), phrase) for s in question["sources"])


def test_references_are_short() -> None:
    for question in GOLD + DEV:
        assert all(len(r.split()) <= 16 for r in question["references"]), question["id"]
    first = [len(q["references"][0].split()) for q in GOLD if q["references"]]
    assert sum(n <= 8 for n in first) / len(first) >= 0.9


def test_development_questions_ask_for_other_facts() -> None:
    def facts(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
        pairs = [(q["sources"], q["must"] or q["references"][:1]) for q in rows if q["answerable"]]
        return {("|".join(s), _plain("|".join(keys))) for s, keys in pairs}

    assert facts(GOLD) & facts(DEV) == set()


def test_revision_changes_documents_that_exist() -> None:
    changed = sorted(p for p in (REVISION / "documents").rglob("*") if p.is_file())
    removed = (REVISION / "removed.txt").read_text().split()
    assert 9 <= len(changed) <= 14
    assert len(removed) == 1
    assert (DOCUMENTS / removed[0]).is_file()
    for path in changed:
        old = DOCUMENTS / path.relative_to(REVISION / "documents")
        assert _sections(old)[""] != _sections(path)[""], path.name


def test_revised_questions_have_the_new_answer_and_no_longer_the_old_one() -> None:
    gold = {q["id"]: q for q in GOLD}
    overlay = REVISION / "documents"
    seen = Counter(q["tags"][-1] for q in REVISED)
    assert seen["changed"] >= 30
    assert seen["withdrawn"] >= 3
    assert seen["unchanged"] >= 5
    for question in REVISED:
        before, mark = gold[question["id"]], question["tags"][-1]
        assert question["question"] == before["question"]
        if mark == "withdrawn":
            assert not question["answerable"]
            continue
        assert _missing(question, overlay) == [], question["id"]
        same = (question["references"], question["must"]) == (before["references"], before["must"])
        assert same is (mark == "unchanged"), question["id"]


def test_every_answer_that_the_revision_removed_is_listed() -> None:
    listed = {q["id"] for q in REVISED}
    removed = (REVISION / "removed.txt").read_text().split()
    for question in (q for q in GOLD if q["answerable"] and q["id"] not in listed):
        assert not {s.partition("#")[0] for s in question["sources"]} & set(removed)
        assert _missing(question, REVISION / "documents") == [], question["id"]
