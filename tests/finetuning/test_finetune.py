"""The journey from chunks to a published adapter."""

import json

import pytest
from safetensors.torch import load_file

from assistant.errors import CorpusError, Locked
from assistant.finetuning.course import LoraSettings
from assistant.finetuning.finetune import finetune
from assistant.finetuning.records import read_training_set
from assistant.finetuning.replay import replay_pairs
from assistant.models.adapters import AdapterVersions
from assistant.schema import Chunk, Pair, Question
from tests.finetuning.conftest import chunk_of

FAST = {
    "minutes": 60.0,
    "exposures": 1,
    "precision": "float32",
    "settings": LoraSettings(8, 16, 5e-3),
}


@pytest.fixture
def versions(tmp_path):
    return AdapterVersions(tmp_path / "adapters")


@pytest.mark.slow
def test_chunks_become_an_adapter(chunks, load_tiny, versions):
    stages = []
    gold = [Question("g", "How much does the north pump PX-1 weigh?", ("12 kg",))]
    mine = [Pair("u", "Ticket: the lid is open", "hardware-fault", variant="user")]
    report = finetune(
        chunks, load_tiny, versions, gold_questions=gold, user_pairs=mine, index_version="v1",
        corpus_hash="abc", progress=lambda stage, done, total: stages.append(stage), **FAST,
    )  # fmt: skip
    folder = versions.path(report.adapter)
    assert versions.current() == report.adapter
    assert {"adapter_config.json", "adapter_model.safetensors", "manifest.json", "pairs.jsonl",
            "facts.jsonl", "training.json"} <= {p.name for p in folder.iterdir()}  # fmt: skip
    weights = load_file(folder / "adapter_model.safetensors")
    assert any(w.abs().sum() > 0 for n, w in weights.items() if "lora_B" in n)
    manifest = versions.manifest(report.adapter)
    assert (manifest.index_version, manifest.corpus_hash) == ("v1", "abc")
    assert manifest.facts_trained == report.facts_trained > 0
    assert set(manifest.chunk_ids) == {c.id for c in chunks}
    trained = read_training_set(folder)
    assert len(trained.trained) == report.facts_trained
    assert "Ticket: the lid is open" in {p.question for p in trained.pairs}
    assert gold[0].question not in {p.question for p in trained.pairs}
    assert report.coverage in "\n".join(report.lines())
    assert stages[0] == "loading the model"
    assert stages[-1] == "saving the adapter"
    assert not (versions.root / "training").exists()


@pytest.mark.slow
def test_interrupted_and_resumed(chunks, load_tiny, versions):
    options = {**FAST, "exposures": 4}
    first = finetune(chunks, load_tiny, versions, stop=lambda: True, **options)
    assert first.adapter is None
    assert versions.current() is None
    assert "resume" in first.lines()[-1]
    second = finetune(chunks, load_tiny, versions, **options)
    assert second.adapter == versions.current()
    course = json.loads((versions.path(second.adapter) / "training.json").read_text("utf-8"))
    assert course["steps"] == second.steps > 1


def test_a_dry_run_trains_nothing(chunks, load_tiny, versions):
    report = finetune(chunks, load_tiny, versions, dry_run=True, **FAST)
    assert report.stopped == "dry run"
    assert report.facts_trained > 0
    assert report.steps > 0
    assert "would train" in report.lines()[-1]
    assert not versions.root.exists()


def test_nothing_to_learn_is_said(load_tiny, versions):
    with pytest.raises(CorpusError, match="no chunks") as error:
        finetune([], load_tiny, versions, **FAST)
    assert error.value.cure == "assistant reindex"
    with pytest.raises(CorpusError, match="no fact"):
        finetune([chunk_of("e", "Empty", "Hello there.")], load_tiny, versions, **FAST)


def test_one_training_at_a_time(chunks, load_tiny, versions):
    with AdapterVersions(versions.root).writing(), pytest.raises(Locked):
        finetune(chunks, load_tiny, versions, **FAST)


def test_replay_rows_are_sound():
    rows = replay_pairs()
    assert len(rows) >= 100
    assert len({p.id for p in rows}) == len(rows)
    assert all(p.question.strip() and p.answer.strip() and p.variant == "replay" for p in rows)
    assert all(isinstance(c, Chunk) and c.text for p in rows for c in p.passages)
