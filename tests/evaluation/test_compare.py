import dataclasses

import pytest

from assistant.errors import GateFailed, RunError
from assistant.evaluation.compare import compare_runs, require_no_regression, require_share
from assistant.evaluation.runs import RunFolder
from tests.evaluation.helpers import UNTRAINED, by_share, facts, make_run

QUESTIONS = facts(40, documents=20)


def runs(tmp_path, before, after, second=QUESTIONS, **changes):
    approaches = UNTRAINED[:2]
    one = make_run(tmp_path / "one", QUESTIONS, by_share(**before), approaches)
    two = make_run(tmp_path / "two", second, by_share(**after), approaches, id="run-2", **changes)
    return compare_runs(one, two)


def test_pairs_only_unchanged_questions(tmp_path):
    edited = [
        dataclasses.replace(QUESTIONS[0], references=("77 days",)),
        *QUESTIONS[2:],
        *facts(42)[40:],
    ]
    found = runs(
        tmp_path, {"prompt": 0.2, "rag": 0.9}, {"prompt": 0.2, "rag": 0.5}, edited, index="index-2"
    )
    assert (found.paired, found.only_first, found.only_second, found.edited) == (38, 1, 2, 1)
    assert found.differing_ids == ("index",)
    rag = found.differences["rag"]
    assert rag.difference.estimate < -0.2
    assert rag.standing == "worse"
    assert len(found.got_worse) == rag.losses > 0
    assert not found.got_better
    assert found.differences["prompt"].difference.estimate == 0
    assert {c.approach for c in found.got_worse} == {"rag"}
    assert (found.got_worse[0].before, found.got_worse[0].after) == ("correct", "incorrect")


def test_regression_gate(tmp_path):
    found = runs(tmp_path, {"prompt": 0.2, "rag": 0.9}, {"prompt": 0.4, "rag": 0.8})
    lost = -found.differences["rag"].difference.estimate
    require_no_regression(found, max_regression=None)
    require_no_regression(found, max_regression=lost)
    require_no_regression(found, max_regression=0.0, approach="prompt")
    with pytest.raises(GateFailed, match="rag lost") as error:
        require_no_regression(found, max_regression=lost - 0.01)
    assert error.value.exit_code == 3
    assert "assistant compare" in error.value.cure


def test_share_gate():
    require_share({"rag": 0.8}, 0.8, "rag")
    with pytest.raises(GateFailed, match=r"79\.9 %"):
        require_share({"rag": 0.799}, 0.8, "rag")
    with pytest.raises(GateFailed, match="not scored"):
        require_share({}, 0.8, "rag")


def test_nothing_in_common(tmp_path):
    one = make_run(tmp_path / "one", QUESTIONS, by_share(prompt=1), UNTRAINED[:1])
    changed = [dataclasses.replace(q, question=q.question + "!") for q in QUESTIONS]
    two = make_run(tmp_path / "two", changed, by_share(prompt=1), UNTRAINED[:1])
    with pytest.raises(RunError, match="no unchanged question"):
        compare_runs(one, two)
    three = make_run(tmp_path / "three", QUESTIONS, by_share(rag=1), UNTRAINED[1:2])
    with pytest.raises(RunError, match="no approach"):
        compare_runs(one, three)


def test_different_question_sets_are_refused_with_the_cure(tmp_path):
    mostly_new = [*QUESTIONS[:12], *facts(80)[40:]]
    with pytest.raises(RunError, match="only 12 of 40 and 52 questions are unchanged") as error:
        runs(tmp_path, {"prompt": 0.2, "rag": 0.9}, {"prompt": 0.2, "rag": 0.5}, mostly_new)
    assert "--partial" in error.value.cure
    one, two = (RunFolder.open(tmp_path / name) for name in ("one", "two"))
    assert compare_runs(one, two, partial=True).paired == 12
