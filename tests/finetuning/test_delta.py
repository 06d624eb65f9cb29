"""Teaching only what changed."""

from dataclasses import replace

import pytest
from safetensors.torch import load_file

from assistant.errors import AdapterMismatch, ModelError, UsageError
from assistant.finetuning.collect import collect_pairs
from assistant.finetuning.course import LoraSettings
from assistant.finetuning.delta import (
    changed_documents,
    delta_set,
    in_turns,
    merged_manifest,
    require_base,
)
from assistant.finetuning.finetune import finetune
from assistant.finetuning.records import TrainingSet, read_training_set
from assistant.finetuning.retrain import finetune_delta
from assistant.finetuning.start import load_start
from assistant.models.adapters import AdapterManifest, AdapterVersions
from tests.finetuning.conftest import OFFICE, PUMPS, chunk_of


def manifest(chunks, **changes):
    values = dict(
        id="parent", base_model="tiny", base_fingerprint="f", index_version="v1", corpus_hash="c",
        pairs_hash="p", gold_hash="", facts_total=9, facts_trained=9, exposures=30.0, seconds=60.0,
        loss=0.1, dev_score=None, created="2026-01-01", rank=8, learning_rate=1e-3,
        chunk_ids=tuple(c.id for c in chunks),
    )  # fmt: skip
    return AdapterManifest(**{**values, **changes})


@pytest.fixture
def revised():
    """One price and one period changed; the office is as it was."""
    text = PUMPS.replace("lasts 24 months", "lasts 30 months").replace("120.50", "133.00")
    pumps = replace(chunk_of("pumps", "Pumps of the Vell works", text), id="chunk-pumps-2")
    return [pumps, chunk_of("office", "Office handbook", OFFICE, ("Office handbook", "Keys"))]


@pytest.fixture
def old(chunks):
    """As if every fact had been trained."""
    found = collect_pairs(chunks)
    facts = tuple(one.fact for one in found.evidence)
    return TrainingSet(found.pairs, facts, frozenset(f.id for f in facts))


def test_only_documents_with_new_chunks_are_read(chunks, revised):
    parent = manifest(chunks)
    assert {c.document_id for c in changed_documents(revised, parent)} == {"pumps.md"}
    with pytest.raises(UsageError, match="has seen every chunk"):
        changed_documents(chunks, parent)
    with pytest.raises(UsageError, match="does not say"):
        changed_documents(chunks, replace(parent, chunk_ids=()))
    with pytest.raises(AdapterMismatch, match="belongs to base f"):
        require_base(parent, "other")


def test_changed_facts_are_taught_and_old_ones_rehearsed(chunks, revised, old):
    parent = manifest(chunks)
    found = collect_pairs(changed_documents(revised, parent))
    made = delta_set(found, revised, parent, old)
    assert {f.value for f in made.changed} == {"30 months", "133.00"}
    ids = {f.id for f in made.changed}
    taught = {p.answer for p in made.pairs if p.fact_id in ids and p.variant == "question"}
    assert taught == {"30 months", "133.00 EUR"}
    # What only moved with its chunk keeps what was trained about it; what is gone does not stand.
    values = {f.id: f.value for f in made.facts}
    kept = {values[i] for i in made.kept}
    assert {"34 kg", "36 months", "EUR 45"} <= kept
    assert not {"24 months", "120.50", "30 months", "133.00"} & kept
    assert "24 months" not in values.values()
    rehearsed = {p.fact_id for p in made.rehearsal}
    assert len(rehearsed) == 8  # the fewest
    assert rehearsed <= made.kept
    again = delta_set(found, revised, parent, old)
    assert again.rehearsal == made.rehearsal
    assert delta_set(found, revised, parent, old, seed=1).rehearsal != made.rehearsal


def test_a_move_without_a_change_has_nothing_to_teach(chunks, old):
    moved = [replace(chunks[0], id="chunk-moved", start=0), chunks[1]]
    parent = manifest(chunks)
    found = collect_pairs(changed_documents(moved, parent))
    with pytest.raises(UsageError, match="no fact changed"):
        delta_set(found, moved, parent, old)


def test_the_merged_manifest_counts_both_trainings(chunks, revised, old):
    parent = manifest(chunks)
    made = delta_set(collect_pairs(changed_documents(revised, parent)), revised, parent, old)
    trained = frozenset(f.id for f in made.changed) | set(made.rehearsed)
    merged = merged_manifest(manifest([], id="new", exposures=10.0), parent, made, trained, revised)
    assert (merged.id, merged.parent, merged.delta_facts) == ("new", "parent", 2)
    assert merged.facts_trained == len(made.kept) + 2
    assert merged.facts_total == len(made.facts)
    assert merged.chunk_ids == tuple(sorted(c.id for c in revised))
    n = len(made.kept) + 2
    assert merged.exposures == round((len(made.kept) * 30 + 10 * 10) / n, 1)


def test_turns():
    assert in_turns(("a", "b", "c"), ("x",)) == ("a", "x", "b", "c")


FAST = {"minutes": 60.0, "exposures": 2, "precision": "float32"}


def test_a_delta_goes_on_from_its_parent(chunks, revised, load_tiny, tmp_path):
    versions = AdapterVersions(tmp_path / "adapters")
    first = finetune(chunks, load_tiny, versions, settings=LoraSettings(4, 8, 5e-3), **FAST)
    parent = versions.manifest(first.adapter)
    before = load_file(versions.path(parent.id) / "adapter_model.safetensors")
    plan = finetune_delta(revised, load_tiny, versions, parent, dry_run=True, **FAST)
    assert plan.delta.line.startswith("2 facts changed, ")
    assert plan.delta.rehearsal > 0
    assert versions.current() == parent.id
    # At a vanishing rate nothing is learnt: what comes out is what went in.
    still = finetune_delta(revised, load_tiny, versions, parent, learning_rate=1e-12, **FAST)
    after = load_file(versions.path(still.adapter) / "adapter_model.safetensors")
    assert before.keys() == after.keys()
    assert all(before[k].allclose(after[k], atol=1e-6) for k in before)
    moved = finetune_delta(revised, load_tiny, versions, parent, learning_rate=5e-3, **FAST)
    manifest = versions.manifest(moved.adapter)
    assert versions.current() == moved.adapter
    assert (manifest.parent, manifest.delta_facts, manifest.rank) == (parent.id, 2, 4)
    assert set(manifest.chunk_ids) == {c.id for c in revised}
    trained = read_training_set(versions.path(moved.adapter))
    assert len(trained.trained) == manifest.facts_trained
    assert {"30 months", "24 months"} <= {p.answer for p in trained.pairs}  # taught, then replaced
    assert "24 months" not in {f.value for f in trained.facts}
    assert (versions.path(parent.id) / "adapter_model.safetensors").is_file()
    assert "facts changed" in moved.lines()[0]


def test_weights_of_another_shape_are_refused(tmp_path, load_tiny):
    from peft import LoraConfig, TaskType, get_peft_model

    def network(rank):
        config = LoraConfig(r=rank, target_modules="all-linear", task_type=TaskType.SEQ_2_SEQ_LM)
        return get_peft_model(load_tiny().model, config)

    network(4).save_pretrained(str(tmp_path), safe_serialization=True)
    load_start(network(4), tmp_path)
    with pytest.raises(ModelError, match="not those of the model"):
        load_start(network(8), tmp_path)
    (tmp_path / "adapter_model.safetensors").write_bytes(b"no tensors")
    with pytest.raises(ModelError, match="cannot be trained on"):
        load_start(network(4), tmp_path)
