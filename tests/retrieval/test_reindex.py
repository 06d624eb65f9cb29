"""What a reindex adds, changes, removes, embeds and refuses."""

import os
import subprocess
import sys
import textwrap

import pytest

from assistant.errors import CorpusError, IndexMismatch, Locked, UsageError
from assistant.retrieval.locks import writer_lock
from assistant.retrieval.reindex import reindex
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.versions import IndexVersions
from assistant.retrieval.writer import check_stores

from .fakes import BagOfWords, write_state


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "pump.md").write_text("# Pump\n\nMax 30 bar.\n\n## Service\n\nEvery 12 months.\n")
    (folder / "lamp.txt").write_text("The lamp LM-10 costs 40 EUR.\n")
    (folder / "bad.pdf").write_bytes(b"nope")
    return folder


@pytest.fixture
def root(tmp_path):
    return tmp_path / "index"


def age(folder):
    """Makes files old enough for size and time to be trusted."""
    for path in folder.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))


def test_life_of_an_index(docs, root):
    embedder = BagOfWords()
    first = reindex(docs, root, embedder)
    assert (first.added, first.changed, first.removed, first.unchanged) == (2, 0, 0, 0)
    assert [s.path for s in first.skipped] == ["bad.pdf"]
    assert first.embedded_chunks == first.total_chunks == len(embedder.embedded) == 3

    embedder.embedded.clear()
    (docs / "pump.md").write_text("# Pump\n\nMax 30 bar.\n\n## Service\n\nEvery 6 months.\n")
    (docs / "new.md").write_text("# New\n\nFresh page.\n")
    (docs / "lamp.txt").unlink()
    second = reindex(docs, root, embedder)
    assert (second.added, second.changed, second.removed, second.unchanged) == (1, 1, 1, 0)
    # Only the changed chunk of the changed document, and the new document.
    assert embedder.embedded == ["New\nFresh page.", "Pump > Service\nEvery 6 months."]
    assert second.line().startswith(
        "1 added, 1 changed, 1 removed, 0 unchanged, 1 skipped (embedded 2"
    )

    retriever = Retriever(root, embedder)
    texts = {hit.chunk.text for hit in retriever.search("lamp LM-10 months fresh", k=50)}
    assert texts == {"Max 30 bar.", "Every 6 months.", "Fresh page."}
    check_stores(IndexVersions(root).path(second.version))


def test_unchanged_run_makes_no_version_and_embeds_nothing(docs, root):
    first = reindex(docs, root, BagOfWords())
    embedder = BagOfWords()
    again = reindex(docs, root, embedder)
    assert embedder.embedded == []
    assert again.version == first.version
    assert (again.unchanged, again.added, again.total_chunks) == (2, 0, 3)
    assert len(IndexVersions(root).list()) == 1


def test_touched_files_are_unchanged_and_trusted_afterwards(docs, root, monkeypatch):
    reindex(docs, root, BagOfWords())
    age(docs)
    assert reindex(docs, root, BagOfWords()).unchanged == 2
    opened = []
    monkeypatch.setattr("assistant.retrieval.changes.file_sha256", opened.append)
    monkeypatch.setattr("assistant.retrieval.writer.read_file", opened.append)
    report = reindex(docs, root, BagOfWords())
    assert opened == []
    assert [s.path for s in report.skipped] == ["bad.pdf"]


def test_same_size_and_time_but_other_content_is_found_by_verify(docs, root):
    age(docs)
    reindex(docs, root, BagOfWords())
    (docs / "lamp.txt").write_text("The lamp LM-10 costs 50 EUR.\n")
    age(docs)
    assert reindex(docs, root, BagOfWords()).changed == 0
    assert reindex(docs, root, BagOfWords(), verify=True).changed == 1


def test_a_file_written_just_now_is_read_again_in_spite_of_size_and_time(docs, root):
    reindex(docs, root, BagOfWords())
    status = (docs / "lamp.txt").stat()
    (docs / "lamp.txt").write_text("The lamp LM-10 costs 50 EUR.\n")
    os.utime(docs / "lamp.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert reindex(docs, root, BagOfWords()).changed == 1


def test_renaming_a_file_embeds_nothing(docs, root):
    reindex(docs, root, BagOfWords())
    (docs / "pump.md").rename(docs / "renamed.md")
    embedder = BagOfWords()
    report = reindex(docs, root, embedder)
    assert (report.added, report.removed) == (1, 1)
    assert embedder.embedded == []


def test_a_new_title_embeds_the_chunks_again_under_the_same_ids(docs, root):
    (docs / "pump.md").write_text("---\ntitle: One\n---\n# H\n\nText.\n")
    reindex(docs, root, BagOfWords())
    before = {c.id for c in Retriever(root, BagOfWords()).chunks_for_source("pump.md")}
    (docs / "pump.md").write_text("---\ntitle: Two\n---\n# H\n\nText.\n")
    embedder = BagOfWords()
    reindex(docs, root, embedder)
    assert embedder.embedded == ["Two > H\nText."]
    retriever = Retriever(root, embedder)
    assert {c.id for c in retriever.chunks_for_source("pump.md")} == before
    vector = embedder.embed_query("Two > H\nText.")
    assert retriever.search("Two > H\nText.", k=1)[0].dense == pytest.approx(1.0, abs=1e-5), vector


def test_document_that_can_no_longer_be_read_leaves_the_index(docs, root):
    reindex(docs, root, BagOfWords())
    (docs / "lamp.txt").write_bytes(b"\x00\x01")
    report = reindex(docs, root, BagOfWords())
    assert report.removed == 1
    assert [s.path for s in report.skipped] == ["bad.pdf", "lamp.txt"]
    assert [i for i, _ in Retriever(root, BagOfWords()).documents()] == ["pump.md"]


def test_removing_every_document_empties_the_index(docs, root):
    reindex(docs, root, BagOfWords())
    for path in docs.iterdir():
        path.unlink()
    report = reindex(docs, root, BagOfWords())
    assert (report.removed, report.total_chunks) == (2, 0)
    assert Retriever(root, BagOfWords()).search("pump") == []


def test_dry_run_writes_nothing(docs, root):
    embedder = BagOfWords()
    report = reindex(docs, root, embedder, dry_run=True)
    assert (report.added, report.embedded_chunks, embedder.embedded) == (2, 3, [])
    assert not root.exists()
    reindex(docs, root, embedder)
    before = sorted(root.rglob("*"))
    (docs / "new.md").write_text("# New\n\nFresh page.\n")
    report = reindex(docs, root, embedder, dry_run=True)
    assert (report.added, report.unchanged, report.embedded_chunks) == (1, 2, 1)
    assert sorted(root.rglob("*")) == before


def test_nothing_to_index(tmp_path, root):
    with pytest.raises(CorpusError, match="no documents folder"):
        reindex(tmp_path / "none", root, BagOfWords())
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.xyz").write_text("x")
    with pytest.raises(CorpusError, match=r"no readable documents.*a.xyz: unsupported type .xyz"):
        reindex(tmp_path / "docs", root, BagOfWords())
    (tmp_path / "docs" / "b.txt").write_bytes(b"\x00")
    with pytest.raises(CorpusError, match=r"b\.txt: binary"):
        reindex(tmp_path / "docs", root, BagOfWords())
    assert IndexVersions(root).current() is None


def test_another_embedder_is_refused_until_rebuilt(docs, root):
    reindex(docs, root, BagOfWords())
    other = BagOfWords("bag-2")
    with pytest.raises(IndexMismatch, match=r"bag-1.*bag-2") as caught:
        reindex(docs, root, other)
    assert "assistant reindex --rebuild" in str(caught.value)
    with pytest.raises(IndexMismatch):
        Retriever(root, other).search("pump")
    with pytest.raises(IndexMismatch, match="settings"):
        reindex(docs, root, BagOfWords(), max_tokens=64)
    report = reindex(docs, root, other, rebuild=True)
    assert (report.added, report.embedded_chunks) == (2, 3)
    assert Retriever(root, other).search("pump")


def test_rebuild_takes_known_vectors_from_the_cache(docs, root):
    reindex(docs, root, BagOfWords())
    embedder = BagOfWords()
    assert reindex(docs, root, embedder, rebuild=True).total_chunks == 3
    assert embedder.embedded == []


@pytest.mark.parametrize("name", ["embeddings.sqlite", "files.sqlite"])
def test_a_damaged_cache_only_costs_time(docs, root, name):
    reindex(docs, root, BagOfWords())
    (root / "cache" / name).write_bytes(b"garbage" * 1000)
    (docs / "new.md").write_text("# New\n\nFresh page.\n")
    assert reindex(docs, root, BagOfWords()).added == 1


def test_second_writer_is_told_who_is_writing(docs, root):
    with writer_lock(root), pytest.raises(Locked, match=f"process {os.getpid()} "):
        reindex(docs, root, BagOfWords())
    reindex(docs, root, BagOfWords())


def test_rollback_and_old_versions(docs, root):
    versions = IndexVersions(root)
    first = reindex(docs, root, BagOfWords()).version
    with pytest.raises(UsageError, match="no earlier version"):
        versions.rollback()
    (docs / "a.md").write_text("a")
    second = reindex(docs, root, BagOfWords()).version
    assert versions.rollback() == first == versions.current()
    assert "a.md" not in dict(Retriever(root, BagOfWords()).documents())
    third = reindex(docs, root, BagOfWords()).version
    assert third > second > first
    (docs / "b.md").write_text("b")
    fourth = reindex(docs, root, BagOfWords()).version
    assert [m.id for m in versions.list()] == [fourth, third]


def test_manifest_tells_what_the_index_is_made_of(docs, root):
    report = reindex(docs, root, BagOfWords())
    manifest = IndexVersions(root).manifest()
    assert (manifest.id, manifest.documents, manifest.chunks) == (report.version, 2, 3)
    assert (manifest.fingerprint, manifest.max_tokens) == ("bag-1", 256)
    assert sorted(manifest.files) == ["lamp.txt", "pump.md"]


@pytest.mark.parametrize("text", ["", "{", '{"id": "x"}', "[]"])
def test_manifest_of_another_release_is_refused_until_rebuilt(docs, root, text):
    version = reindex(docs, root, BagOfWords()).version
    (IndexVersions(root).path(version) / "manifest.json").write_text(text)
    with pytest.raises(IndexMismatch, match="another release"):
        reindex(docs, root, BagOfWords())
    with pytest.raises(IndexMismatch):
        Retriever(root, BagOfWords()).search("pump")
    assert reindex(docs, root, BagOfWords(), rebuild=True).total_chunks == 3
    assert Retriever(root, BagOfWords()).search("pump")


def test_progress_is_reported(docs, root):
    stages = []
    reindex(docs, root, BagOfWords(), progress=lambda *a: stages.append(a))
    assert [s for s, _, _ in stages] == [
        "reading",
        "reading",
        "reading",
        "embedding",
        "embedding",
        "writing",
    ]
    assert stages[4] == ("embedding", 3, 3)


def test_unchanged_run_with_the_real_embedder_loads_neither_torch_nor_chroma(docs, root):
    script = """
        import sys
        from pathlib import Path
        from assistant.retrieval.embedder import Embedder
        from assistant.retrieval.reindex import reindex
        report = reindex(Path(sys.argv[1]), Path(sys.argv[2]), Embedder())
        print(report.unchanged, report.embedded_chunks, report.total_chunks)
        heavy = {"torch", "chromadb", "transformers", "sentence_transformers", "numpy", "pypdf"}
        print(sorted(heavy & set(sys.modules)))
    """
    age(docs)
    command = [sys.executable, "-c", textwrap.dedent(script), str(docs), str(root)]
    outputs = []
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        outputs.append(done.stdout.split("\n")[:2])
    assert outputs[0][0] == "0 3 3"
    assert "torch" in outputs[0][1]
    assert outputs[1] == ["2 0 3", "[]"]


def test_vectors_found_are_the_nearest_after_many_changes(tmp_path, root):
    """Graph indexes lose quality under deletions; ours must stay exact at this size."""
    import numpy as np

    embedder = BagOfWords()
    for state in range(6):
        write_state(tmp_path / "docs", state, documents=20)
        reindex(tmp_path / "docs", root, embedder)
    retriever = Retriever(root, embedder, fusion="dense", document_share=1.0)
    chunks = list(retriever.all_chunks())
    vectors = np.stack([embedder.embed_query(chunk.indexed_text) for chunk in chunks])
    for question in ("machine 7 part 3", "state 5", "filler length words"):
        exact = np.sort(vectors @ embedder.embed_query(question))[::-1][:20]
        found = [hit.dense for hit in retriever.search(question, k=20)]
        assert found == pytest.approx(exact, abs=1e-5)
