"""Killed at any moment, an index is the old one or the new one, and the next reindex completes."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.retrieval.reindex import reindex
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.versions import IndexVersions
from assistant.retrieval.writer import check_stores

from .fakes import BagOfWords, write_state

HERE = Path(__file__).resolve()
KILLS = int(os.environ.get("KILLS", "10"))


def start(docs, root, *crash):
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[2])}
    command = [sys.executable, "-m", "tests.retrieval.fakes", str(docs), str(root), *crash]
    return subprocess.Popen(
        command,
        cwd=HERE.parents[2],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def seen_states(retriever):
    """The states that what is indexed speaks of, through every way of reading."""
    with retriever.pinned() as pinned:
        chunks = list(pinned.all_chunks())
        hits = pinned.search("machine part state", k=200)
        ids = {i for i, _ in pinned.documents()}
        texts = " ".join(pinned.document_text(i) for i in ids)
    assert {hit.chunk.id for hit in hits} <= {chunk.id for chunk in chunks}
    assert {chunk.document_id for chunk in chunks} == ids
    said = " ".join([*(c.text for c in chunks), *(h.chunk.text for h in hits), texts])
    return {int(state) for state in re.findall(r"in state (\d+)", said)}, len(ids)


def expected(state, documents=12):
    return {state}, documents + state % 3


CRASHES = {
    "before copying": "shutil:copytree",
    "before reading": "assistant.retrieval.writer:read_file",
    "before embedding": "__main__:BagOfWords.embed_documents",
    "before storing vectors": "assistant.retrieval.vector_store:VectorStore.upsert",
    "after storing vectors": "assistant.retrieval.vector_store:VectorStore.close",
    "before the check": "assistant.retrieval.writer:check_stores",
    "before the manifest": "assistant.retrieval.versions:IndexVersions.publish",
    "before the rename": "os:rename",
    "before the pointer": "assistant.retrieval.versions:IndexVersions.point_at",
    "before the replace": "os:replace",
}


@pytest.mark.parametrize("point", CRASHES)
def test_crash_before_the_pointer_moves_leaves_the_old_index(tmp_path, point):
    docs, root = tmp_path / "docs", tmp_path / "index"
    write_state(docs, 1)
    reindex(docs, root, BagOfWords())
    retriever = Retriever(root, BagOfWords())
    assert seen_states(retriever) == expected(1)
    write_state(docs, 2)
    process = start(docs, root, CRASHES[point])
    _, errors = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, errors.decode()
    assert seen_states(retriever) == seen_states(Retriever(root, BagOfWords())) == expected(1)
    report = reindex(docs, root, BagOfWords())
    assert (report.changed, report.added) == (13, 1)
    assert seen_states(retriever) == expected(2)
    assert not list((root / "versions").glob("tmp-*"))
    assert len(IndexVersions(root).list()) == 2


def test_crash_after_the_pointer_moved_leaves_the_new_index(tmp_path):
    docs, root = tmp_path / "docs", tmp_path / "index"
    for state in (1, 2):
        write_state(docs, state)
        reindex(docs, root, BagOfWords())
    write_state(docs, 3)
    process = start(docs, root, "assistant.retrieval.versions:shutil.rmtree")
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert seen_states(Retriever(root, BagOfWords())) in (expected(2), expected(3))
    reindex(docs, root, BagOfWords())
    assert seen_states(Retriever(root, BagOfWords())) == expected(3)
    assert len(IndexVersions(root).list()) == 2


@pytest.mark.slow
@pytest.mark.timeout(300 + 20 * KILLS)
def test_random_kills(tmp_path):
    """`KILLS=50` for the long version."""
    docs, root = tmp_path / "docs", tmp_path / "index"
    write_state(docs, 0)
    began = time.monotonic()
    process = start(docs, root)
    process.communicate(timeout=60)
    whole = time.monotonic() - began
    assert process.returncode == 0
    retriever = Retriever(root, BagOfWords())
    chance = random.Random(0)
    killed = completed = visible = 0
    for state in range(1, KILLS + 1):
        write_state(docs, state)
        process = start(docs, root)
        time.sleep(chance.uniform(0.3, 1.1) * whole)
        process.kill()
        process.communicate(timeout=60)
        killed += process.returncode == -signal.SIGKILL
        completed += process.returncode == 0
        found = seen_states(retriever)
        assert found in (expected(visible), expected(state))
        visible = found[0].pop()
    assert killed >= KILLS // 4, f"{killed} kills hit, {completed} runs ended first"
    reindex(docs, root, BagOfWords())
    assert seen_states(retriever) == expected(KILLS)
    check_stores(IndexVersions(root).path(retriever.version))
    print(f"{killed} killed, {completed} completed first")


@pytest.mark.slow
def test_reader_beside_a_writer_always_sees_one_version(tmp_path):
    docs, root = tmp_path / "docs", tmp_path / "index"
    write_state(docs, 0)
    reindex(docs, root, BagOfWords())
    retriever = Retriever(root, BagOfWords())
    reads = 0
    for state in range(1, 6):
        write_state(docs, state)
        process = start(docs, root)
        while process.poll() is None:
            assert seen_states(retriever) in (expected(state - 1), expected(state))
            reads += 1
        assert process.returncode == 0, process.stderr.read().decode()
        process.communicate()
        assert seen_states(retriever) == expected(state)
    assert reads > 20


def test_pinned_version_outlives_its_replacement(tmp_path):
    docs, root = tmp_path / "docs", tmp_path / "index"
    write_state(docs, 0, documents=2)
    reindex(docs, root, BagOfWords())
    retriever = Retriever(root, BagOfWords())
    with retriever.pinned() as pinned:
        first = pinned.version
        for state in (1, 2, 3):
            write_state(docs, state, documents=2)
            reindex(docs, root, BagOfWords())
            assert seen_states(retriever) == expected(state, 2)
            assert pinned.version == first
            assert {
                int(s) for c in pinned.all_chunks() for s in re.findall(r"state (\d+)", c.text)
            } == {0}
            assert all("state 0" in hit.chunk.text for hit in pinned.search("machine state", k=20))
        assert IndexVersions(root).path(first).is_dir()
    write_state(docs, 4, documents=2)
    reindex(docs, root, BagOfWords())
    assert not IndexVersions(root).path(first).exists()
