import dataclasses
import json

from assistant.decision.effort import Effort, IndexWork, TrainingWork
from assistant.finetuning.records import DeltaCounts, FinetuneReport, Funnel
from assistant.journeys.effort import effort_file, effort_of, note_reindex, note_training
from assistant.retrieval.reindex import IndexReport
from tests.evaluation.helpers import UNTRAINED, facts, header
from tests.journeys.helpers import workspace

BUILD = IndexReport("v1", 40, 0, 0, 0, (), 200, 200, 12.3456)
UPDATE = IndexReport("v2", 0, 1, 0, 39, (), 3, 200, 0.61)
NOTHING = IndexReport("v2", 0, 0, 0, 40, (), 0, 200, 0.03)
FROM_CACHE = IndexReport("v3", 40, 0, 0, 0, (), 0, 200, 0.9)
TRAINED = FinetuneReport(
    "a1", Funnel(10, {"plain": 90}, 0, 0, {}, {"plain": 70, "passage": 10}), 10, 8, 40, 300,
    230.64, 21.07,
)  # fmt: skip


def test_work_is_noted_where_it_happens_and_found_again(tmp_path):
    parts = workspace(tmp_path).parts
    for report in (BUILD, UPDATE, NOTHING, FROM_CACHE):
        note_reindex(parts, report)
    folder = parts.corpus.root / "adapters" / "versions" / "a1"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    course = {"plan": {"tokens": 1000, "steps": 100}, "steps": 300}
    (folder / "training.json").write_text(json.dumps(course))
    note_training(parts, TRAINED)
    note_training(parts, dataclasses.replace(TRAINED, adapter=None))
    found = effort_of(parts, header(facts(3), adapters=("a1",)))
    assert found.build == IndexWork(12.346, 40, 40, 200, 200)
    assert found.update == IndexWork(0.61, 1, 40, 3, 200)
    assert found.training == TrainingWork(230.6, 21.1, 80, 3000)
    assert found.training.total == 251.7
    assert len(effort_file(parts).read_text().splitlines()) == 4


def test_nothing_noted_is_not_measured(tmp_path):
    parts = workspace(tmp_path).parts
    assert effort_of(parts, header(facts(3), UNTRAINED)) == Effort()
    assert effort_of(parts, header(facts(3), adapters=("gone",))).training is None


def test_a_damaged_note_costs_only_the_note(tmp_path):
    parts = workspace(tmp_path).parts
    note_reindex(parts, BUILD)
    effort_file(parts).write_text("{nonsense}\n")
    assert effort_of(parts, header(facts(3), UNTRAINED)) == Effort()
    note_reindex(parts, UPDATE)


def test_reindexing_a_workspace_is_noted(tmp_path):
    from tests.retrieval.fakes import BagOfWords

    found = workspace(tmp_path)
    found.parts.__dict__["embedder"] = BagOfWords()
    (tmp_path / "corpus" / "mine" / "documents" / "b.md").write_text("# B\n\nMore.\n")
    found.reindex(dry_run=True)
    assert not effort_file(found.parts).exists()
    found.reindex()
    found.reindex()
    (tmp_path / "corpus" / "mine" / "documents" / "a.md").write_text("# A\n\nNew text here.\n")
    found.reindex()
    effort = effort_of(found.parts, header(facts(3), UNTRAINED))
    assert (effort.build.documents, effort.build.touched) == (2, 2)
    assert (effort.update.touched, effort.update.embedded) == (1, 1)
    assert 0 < effort.update.seconds < 60


def test_a_delta_is_not_taken_for_a_full_training(tmp_path):
    from tests.finetuning.test_delta import manifest

    parts = workspace(tmp_path).parts
    for made in (manifest([], id="a1"), manifest([], id="a2", parent="a1", delta_facts=3)):
        folder = parts.corpus.root / "adapters" / "versions" / made.id
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps(dataclasses.asdict(made)))
    note_training(parts, TRAINED)
    counts = DeltaCounts("a1", 3, 12, 9)
    note_training(parts, dataclasses.replace(TRAINED, adapter="a2", seconds=20.0, delta=counts))
    found = effort_of(parts, header(facts(3), adapters=("a2",)))
    assert found.training.seconds == 230.6
    assert (found.delta.seconds, found.delta.delta_facts) == (20.0, 3)
