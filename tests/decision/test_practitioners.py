import dataclasses

import pytest

from assistant.decision.effort import Effort, IndexWork, TrainingWork
from assistant.decision.practitioners import practitioner_table
from assistant.decision.situation import Situation
from tests.decision.helpers import SHARES, decide

WORK = Effort(
    IndexWork(75.0, 68, 68, 400, 400),
    IndexWork(0.6, 1, 68, 3, 400),
    TrainingWork(240.0, 20.0, 5000, 372_000),
)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return decide(tmp_path_factory.mktemp("r") / "r", SHARES, n=40, documents=20, effort=WORK)


def cells(report, **changes):
    changed = dataclasses.replace(report.recommendation, **changes)
    table = practitioner_table(report.summary, changed, "USD")
    return {row[0]: dict(zip(table.columns[1:], row[1:], strict=True)) for row in table.rows}


def test_measured_work_fills_the_table(report):
    said = cells(report)
    assert said["set-up time here"] == {
        "prompt": "nothing to build",
        "rag": "index 75 s (68 documents)",
        "finetuned": "pairs 20 s, training 4.0 min (372 thousand tokens)",
        "hybrid": "index 75 s (68 documents); pairs 20 s, training 4.0 min (372 thousand tokens)",
    }
    changed = said["time to reflect one changed document"]
    assert changed["rag"] == "0.6 s (reindex of 1 changed document)"
    assert changed["finetuned"] == "4.3 min (retrain)"
    assert changed["hybrid"] == "0.6 s (reindex of 1 changed document); 4.3 min (retrain)"
    assert said["tied to the base model"]["finetuned"] == (
        "tied to fake; swapping costs a retrain of 4.3 min"
    )
    assert said["data needed"]["finetuned"].startswith("5,000 pairs made from them, 12 of 40 facts")


def test_nothing_measured_says_so(report):
    said = cells(report, effort=Effort(), costs=())
    for row in ("set-up time here", "time to reflect one changed document"):
        assert "not measured" in said[row]["rag"]
        assert "not measured" in said[row]["finetuned"]
    assert said["upfront cost, USD"]["rag"] == "not measured"
    assert said["latency p50 / p95"]["rag"] == "not measured"
    assert said["two-document accuracy"]["rag"] == "not measured"


def test_upfront_counts_examples_people_still_write(tmp_path):
    facts_only = decide(tmp_path / "a", SHARES, n=30, documents=15)
    styled = decide(
        tmp_path / "b", SHARES, n=30, documents=15,
        situation=Situation(format_or_tone=True, examples_available=200, people_rate=60.0),
    )  # fmt: skip
    plain = {c.name: c.upfront for c in facts_only.recommendation.costs}
    more = {c.name: c.upfront for c in styled.recommendation.costs}
    assert plain["prompt"] == 0
    # 300 examples at 4 minutes and 60 an hour.
    assert more["finetuned"] - plain["finetuned"] == pytest.approx(300 * 4 / 60 * 60)
    assert more["rag"] == plain["rag"] > 0
