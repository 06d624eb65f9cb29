"""A folder of good and bad files: every file is a document or one line with the reason."""

import itertools
import os

import pytest

from assistant.documents.reading import read_file, read_folder, scan_folder
from assistant.errors import CorpusError
from assistant.schema import Document, Skipped


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "docs"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "guide.md").write_text("# Guide\nText.")
    (root / "notes.TXT").write_text("Notes.")
    (root / "empty.md").write_text("")
    (root / "blank.txt").write_text(" \n \n")
    (root / "data.bin").write_bytes(b"\x00")
    (root / "README").write_text("x")
    (root / "binary.txt").write_bytes(b"a\x00b")
    (root / "broken.pdf").write_bytes(b"%PDF nope")
    (root / ".hidden.md").write_text("no")
    (root / ".git").mkdir()
    (root / ".git" / "config.md").write_text("no")
    (root / "~$open.docx").write_text("no")
    (root / "poetry.lock").write_text("no")
    (root / "gold.jsonl").write_text('{"id": "1", "question": "q?", "references": ["a"]}\n')
    (root / "gold.csv").write_text("id,question,references\n1,q?,a\n")
    return root


def test_documents_and_reasons(folder):
    found = list(read_folder(folder))
    documents = {d.id: d for d in found if isinstance(d, Document)}
    reasons = {s.path: s.reason for s in found if isinstance(s, Skipped)}
    assert documents.keys() == {"sub/guide.md", "notes.TXT"}
    assert documents["sub/guide.md"].title == "Guide"
    assert documents["notes.TXT"].title == "notes"
    assert reasons == {
        "README": "unsupported type (no extension)",
        "binary.txt": "binary content, not text",
        "blank.txt": "no text in it",
        "broken.pdf": "damaged PDF (PdfStreamError)",
        "data.bin": "unsupported type .bin",
        "empty.md": "empty file",
        "gold.csv": "question file; the answers in it must not be indexed",
        "gold.jsonl": "question file; the answers in it must not be indexed",
    }


def test_order_is_that_of_the_ids(folder):
    ids = [file.id for file in scan_folder(folder)]
    assert ids == sorted(ids)


def test_links_are_never_followed(folder, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("secret")
    (folder / "link.md").symlink_to(secret)
    (folder / "dir").symlink_to(tmp_path, target_is_directory=True)
    reasons = {s.path: s.reason for s in read_folder(folder) if isinstance(s, Skipped)}
    assert reasons["link.md"] == reasons["dir"] == "symbolic link, not followed"


def test_too_large(folder):
    reasons = [s.reason for s in read_folder(folder, max_bytes=5) if isinstance(s, Skipped)]
    assert "too large (0 MB, limit 0 MB)" in reasons


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_permission_denied(folder):
    (folder / "notes.TXT").chmod(0)
    reasons = {s.path: s.reason for s in read_folder(folder) if isinstance(s, Skipped)}
    assert "ermission" in reasons["notes.TXT"]


def test_file_that_vanishes_between_listing_and_reading(folder):
    file = next(f for f in scan_folder(folder) if f.id == "notes.TXT")
    file.path.unlink()
    assert read_file(folder, file) == Skipped(
        "notes.TXT", "cannot be read: No such file or directory"
    )


def test_odd_file_names(folder):
    (folder / "line\nbreak [x] %s.md").write_text("Text.")
    os.rename(os.fsencode(folder / "sub" / "guide.md"), os.fsencode(folder) + b"/b\xff.md")
    found = list(read_folder(folder))
    assert Skipped("b\\udcff.md", "file name is not valid Unicode") in found
    assert any(isinstance(d, Skipped) and d.path.startswith("line?break") for d in found)


def test_missing_folder(tmp_path):
    with pytest.raises(CorpusError, match="no documents folder"):
        scan_folder(tmp_path / "none")


def test_hash_and_sections_belong_to_the_text(folder):
    import hashlib

    for document in read_folder(folder):
        if isinstance(document, Document):
            data = (folder / document.id).read_bytes()
            assert document.sha256 == hashlib.sha256(data).hexdigest()
            spans = [(s.start, s.end) for s in document.sections]
            assert spans[0][0] == 0
            assert spans[-1][1] == len(document.text)
            assert all(a[1] == b[0] for a, b in itertools.pairwise(spans))
