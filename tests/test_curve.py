"""`finetune --curve` on a tiny corpus and model: every point kept, a kill costs one point."""

import json

import pytest
import torch

from assistant.evaluation.learning_curve import load_curve
from assistant.finetuning.curve import Settings, nested, train_point
from assistant.finetuning.encoding import Encoder
from assistant.finetuning.plan import Pool
from assistant.journeys import curve as journey
from assistant.models.local import load_local
from assistant.parts import Parts
from assistant.schema import Pair
from tests.finetuning.tiny import make_model

KINDS = {"question": "Code of {}?", "cloze": "The code of {} is ____", "keywords": "code {}"}


@pytest.fixture
def local(tmp_path):
    return load_local(str(make_model(tmp_path / "bart", "bart")), device="cpu")


def pool_of(local, count=12):
    encoder = Encoder(local)
    rows = {
        f"f{i:02}": [
            encoder.encode(Pair(f"f{i}-{kind}", text.format(f"P{i}"), str(i), f"f{i:02}", variant=kind))
            for kind, text in KINDS.items()
        ]
        for i in range(count)
    }  # fmt: skip
    return Pool(rows), sorted(rows)


def test_facts_and_wordings_are_nested(local):
    pool, order = pool_of(local)
    one, two = nested(pool, order, 4, 1), nested(pool, order, 8, 2)
    assert list(one.facts) == order[:4]
    assert {r.variant for rows in one.facts.values() for r in rows} == {"question"}
    assert all(set(one.facts[f]) < set(two.facts[f]) for f in one.facts)


def test_a_point_trains_and_leaves_the_base_as_it_was(local, tmp_path):
    pool, order = pool_of(local)
    before = {n: p.detach().clone() for n, p in local.model.named_parameters()}
    asked = [rows[0] for rows in pool.facts.values()]
    settings = Settings(2, "float32", "", 0)
    first, second = (
        train_point(local, nested(pool, order, 6, 2), order, asked, settings, seconds=600,
                    folder=tmp_path / name, identity=name)
        for name in ("a", "b")
    )  # fmt: skip
    assert first.answers == second.answers
    assert (len(first.fact_ids), first.wordings, first.exposures) == (6, 2.0, 2)
    after = dict(local.model.named_parameters())
    assert set(after) == set(before)
    assert all(torch.equal(before[n], after[n]) for n in before)


@pytest.fixture
def home(tmp_path, monkeypatch):
    corpus = tmp_path / "corpus" / "small"
    (corpus / "documents").mkdir(parents=True)
    (corpus / "questions").mkdir()
    for i in range(12):
        (corpus / "documents" / f"d{i}.md").write_text(
            f"# Pump PX-{i}\n\nThe pump PX-{i} weighs {i + 20} kg. It was built in {2000 + i}.\n"
        )
    questions = [
        {"id": f"q{i}", "question": f"weight of PX-{i}", "references": [f"{i + 20} kg"],
         "sources": [f"d{i}.md"]}
        for i in range(12)
    ]  # fmt: skip
    (corpus / "questions" / "gold.jsonl").write_text("\n".join(map(json.dumps, questions)))
    (tmp_path / "assistant.toml").write_text(
        f'[model]\nbase = "{make_model(tmp_path / "bart", "bart")}"\n'
    )
    monkeypatch.setattr("assistant.finetuning.plan.MIN_EXPOSURES", 1)
    monkeypatch.setattr(journey, "FEWEST", 4)
    return Parts.open(tmp_path, "small")


@pytest.mark.slow
def test_killed_and_measured_again(home, monkeypatch):
    from assistant.workspace import Workspace

    Workspace.open(home.home, "small").reindex()
    folder = journey.curve_folder(home)
    real, trained = journey._Work._train, []

    def dies(self, point, plan):
        if len(trained) == 2:
            raise KeyboardInterrupt
        trained.append(point.name)
        return real(self, point, plan)

    monkeypatch.setattr(journey._Work, "_train", dies)
    with pytest.raises(KeyboardInterrupt):
        journey.measure_curve(home, minutes=2)
    assert load_curve(folder) is None
    first = {p: p.read_bytes() for p in folder.glob("*/*.json")}
    assert len(first) == 4  # base, plan, two points
    monkeypatch.setattr(
        journey._Work, "_train", lambda s, p, plan: trained.append(p.name) or real(s, p, plan)
    )
    found = journey.measure_curve(home, minutes=2)
    assert trained == [p.name for p in journey_points(found)]
    assert all(path.read_bytes() == data for path, data in first.items())
    assert load_curve(folder) == found
    assert len(found.points) == 7
    assert home.adapters.current() is None
    assert len(found.sweep("facts")[0].right) == 12
    rows = journey.curve_answers_of(home, found)
    assert len(rows) == 12 + len(found.points[0].held_out)
    assert rows[0].question.question in rows[0].prompt[-1].content
    for point in found.points:
        answers = [row.answers[point.name] for row in rows]
        assert sum(a.correct for a in answers) == point.correct + point.recalled
        assert sum(a.trained for a in answers) == point.covered


@pytest.mark.slow
def test_a_point_without_its_answers_is_measured_again(home, monkeypatch):
    from assistant.workspace import Workspace

    Workspace.open(home.home, "small").reindex()
    found = journey.measure_curve(home, minutes=2)
    folder = journey.curve_folder(home) / found.identity
    (folder / "facts-0.5.jsonl").unlink()
    assert journey.curve_answers_of(home, found) == ()
    real, trained = journey._Work._train, []
    monkeypatch.setattr(
        journey._Work, "_train", lambda s, p, plan: trained.append(p.name) or real(s, p, plan)
    )
    again = journey.measure_curve(home, minutes=2)
    assert trained == ["facts-0.5"]
    assert journey.curve_answers_of(home, again)


def journey_points(found):
    from assistant.evaluation.learning_curve import points_of

    return points_of(found.facts_in_reach)
