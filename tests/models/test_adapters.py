"""Adapter versions: whole or not there, one writer, one pointer."""

import json
import multiprocessing
import os
import signal
import time
from dataclasses import replace

import pytest

from assistant.errors import Locked, ModelError, ModelMissing, UsageError
from assistant.models.adapters import AdapterManifest, AdapterVersions, new_id


def manifest(version, created="2026-01-01T00:00:00Z", **changes):
    return replace(
        AdapterManifest(
            id=version, base_model="embedded", base_fingerprint="b" * 16, index_version="i1",
            corpus_hash="c", pairs_hash="p", gold_hash="g", facts_total=10, facts_trained=8,
            exposures=4.0, seconds=12.5, loss=0.3, dev_score=None, created=created, rank=8,
            learning_rate=0.002, chunk_ids=("a", "b"), wordings="wordings.jsonl",
        ),
        **changes,
    )  # fmt: skip


def write(folder, content="weights"):
    (folder / "adapter_config.json").write_text("{}")
    (folder / "adapter_model.safetensors").write_text(content)


def publish(versions, version, **changes):
    with versions.writing() as folder:
        write(folder, version)
        versions.publish(folder, manifest(version, **changes))


@pytest.fixture
def versions(tmp_path):
    return AdapterVersions(tmp_path / "adapters")


def test_nothing_yet(versions):
    assert versions.list() == []
    assert versions.current() is None
    with pytest.raises(ModelMissing, match=r"latest: none.*\n.*finetune --list"):
        versions.path("x")
    with pytest.raises(ModelMissing, match="no older adapter"):
        versions.rollback()


def test_publish_list_use_rollback(versions):
    publish(versions, "v2", created="2026-02-01T00:00:00Z")
    publish(versions, "v1", created="2026-01-01T00:00:00Z")
    assert [m.id for m in versions.list()] == ["v1", "v2"]
    assert versions.current() == "v1"
    versions.use("v2")
    assert versions.current() == "v2"
    assert (versions.path("v2") / "adapter_model.safetensors").read_text() == "v2"
    assert versions.rollback() == "v1"
    assert versions.current() == "v1"
    assert versions.manifest("v2") == manifest("v2", created="2026-02-01T00:00:00Z")
    assert not list(versions.root.glob("tmp-*"))


def test_delete(versions):
    publish(versions, "v1", created="2026-01-01T00:00:00Z")
    publish(versions, "v2", created="2026-02-01T00:00:00Z")
    with pytest.raises(UsageError, match=r"v2 is in use\n.*--use v1"):
        versions.delete("v2")
    versions.delete("v1")
    assert [m.id for m in versions.list()] == ["v2"]
    versions.delete("v2")
    assert versions.current() is None
    assert not list(versions.root.glob("tmp-*"))
    with pytest.raises(ModelMissing):
        versions.delete("v2")


@pytest.mark.parametrize("bad", ["../up", "", ".hidden", "a/b", "x" * 65, "a b"])
def test_ids_cannot_leave_the_folder(versions, bad, tmp_path):
    publish(versions, "v1")
    with pytest.raises(ModelMissing):
        versions.path(bad)
    with versions.writing() as folder:
        write(folder)
        with pytest.raises(UsageError):
            versions.publish(folder, manifest(bad))
    (versions.root / "CURRENT").write_text("../../etc\n")
    assert versions.current() is None


def test_an_id_is_taken_once(versions):
    publish(versions, "v1")
    with versions.writing() as folder:
        write(folder)
        with pytest.raises(UsageError, match="exists already"):
            versions.publish(folder, manifest("v1"))


def test_a_folder_without_weights_is_not_published(versions):
    with versions.writing() as folder:
        (folder / "adapter_config.json").write_text("{}")
        with pytest.raises(ModelError, match="adapter_model"):
            versions.publish(folder, manifest("v1"))
    assert versions.list() == []


def test_damaged_manifests_are_left_out_and_named(versions, caplog):
    publish(versions, "v1")
    publish(versions, "v2", created="2026-02-01T00:00:00Z")
    (versions.root / "versions" / "v1" / "manifest.json").write_text("{")
    assert [m.id for m in versions.list()] == ["v2"]
    assert "v1 has a damaged manifest" in caplog.text
    with pytest.raises(ModelError, match="--delete v1"):
        versions.manifest("v1")
    versions.delete("v1")


def test_a_newer_programs_extra_fields_are_ignored(versions):
    publish(versions, "v1")
    file = versions.path("v1") / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "later": 1}))
    assert versions.manifest("v1") == manifest("v1")


def test_unpublished_and_abandoned_folders_go(versions):
    with versions.writing() as folder:
        write(folder)
    assert not folder.exists()
    orphan = versions.root / "tmp-dead"
    orphan.mkdir()
    write(orphan)
    (versions.root / "tmp-dead.pointer").write_text("v9")
    with versions.writing() as folder:
        assert list(versions.root.glob("tmp-*")) == [folder]


def test_one_writer(versions):
    other = AdapterVersions(versions.root)
    publish(versions, "v1")
    with versions.writing() as folder:
        with pytest.raises(Locked, match="another process"), other.writing():
            pass
        with pytest.raises(Locked):
            other.use("v1")
        assert folder.is_dir()
        assert other.current() == "v1"
    other.use("v1")


def test_new_ids_sort_by_time_and_differ():
    ids = [new_id() for _ in range(20)]
    assert len(set(ids)) == 20
    assert [i[:15] for i in ids] == sorted(i[:15] for i in ids)


def _publish_for_ever(root):
    versions = AdapterVersions(root)
    while True:
        with versions.writing() as folder:
            name = new_id()
            for part in range(5):
                (folder / f"part{part}").write_text(name)
            write(folder, name)
            versions.publish(folder, manifest(name, created=name))


def test_kill_at_any_moment_leaves_whole_versions(tmp_path):
    root = tmp_path / "adapters"
    context = multiprocessing.get_context("fork")
    before = None
    for attempt in range(12):
        writer = context.Process(target=_publish_for_ever, args=(root,), daemon=True)
        writer.start()
        time.sleep(0.02 + 0.011 * attempt)
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        versions = AdapterVersions(root)
        ids = [m.id for m in versions.list()]
        assert len(ids) == len(list((root / "versions").glob("*")))
        for name in ids:
            for file in [
                *versions.path(name).glob("part*"),
                versions.path(name) / "adapter_model.safetensors",
            ]:
                assert file.read_text() == name
        # Killed between the rename and the pointer, the first version is whole but not in use yet.
        now = versions.current()
        assert now in ids or (now is None and before is None)
        before = now
        with versions.writing() as folder:
            assert list(root.glob("tmp-*")) == [folder]
    assert ids
