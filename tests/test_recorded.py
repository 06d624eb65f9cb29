"""The recorded demo belongs to the weights in the repository, and restores only with them."""

import dataclasses
import json

import pytest

from assistant.cli.demo import _fits
from assistant.journeys.forgetting import forgetting_of
from assistant.journeys.recorded import MANIFEST, read_recorded, record, recorded_root, restore
from assistant.models.local import resolve
from assistant.parts import Parts


def test_bound_to_the_embedded_weights():
    recorded = read_recorded()
    assert recorded is not None, "assistant demo --no-ui --record"
    assert recorded.base_fingerprint == resolve("embedded").fingerprint, (
        "the embedded weights changed: refresh with `assistant demo --no-ui --record`"
    )


def test_restores_adapter_and_run_once(tmp_path):
    parts = Parts.open(tmp_path, None)
    recorded = restore(parts)
    assert parts.adapters.current() == recorded.adapter
    assert (parts.runs_root / recorded.run / "header.json").is_file()
    assert forgetting_of(parts, recorded.adapter) is not None
    assert restore(parts) is None


@pytest.mark.parametrize("change", [{"base_fingerprint": "other"}, {"corpus": "guide"}])
def test_other_weights_or_corpus_are_left_alone(tmp_path, change):
    root = tmp_path / "recorded"
    root.mkdir()
    changed = dataclasses.replace(read_recorded(), **change)
    (root / MANIFEST).write_text(json.dumps(dataclasses.asdict(changed)))
    parts = Parts.open(tmp_path / "home", None)
    assert restore(parts, root) is None
    assert parts.adapters.list() == []


def test_record_is_what_restore_reads(tmp_path):
    first = Parts.open(tmp_path / "a", None)
    recorded = restore(first)
    kept = record(first, recorded.run, tmp_path / "kept")
    assert kept == recorded
    second = Parts.open(tmp_path / "b", None)
    assert restore(second, tmp_path / "kept") == recorded
    assert recorded_root().name == "recorded"


def test_the_demo_trains_again_when_the_weights_have_changed(tmp_path):
    parts = Parts.open(tmp_path, None)
    restore(parts)
    adapter = parts.adapter()
    assert _fits(parts, adapter)
    assert not _fits(parts, dataclasses.replace(adapter, base_fingerprint="other"))
