"""Every classic mistake is named by a run that makes it, and by none that does not."""

from assistant.decision.guard_rails import guard_rails
from assistant.decision.situation import Situation
from assistant.evaluation.scored import score_run
from assistant.evaluation.strata import Stratum
from assistant.evaluation.summary import summarise
from tests.evaluation.helpers import GRID, UNTRAINED, by_share, facts, make_run, right, wrong

SHARES = {"prompt": 0.1, "rag": 0.9, "finetuned": 0.5, "hybrid": 0.9, "oracle": 1.0}


def rails(path, *, say=None, approaches=GRID, strata=None, situation=None, n=60):
    questions = facts(n, documents=20)
    folder = make_run(path, questions, say or by_share(**SHARES), approaches)
    if strata is None:
        strata = {q.id: Stratum.NEW_WORDING for q in questions}
    summary = summarise(folder, scored=score_run(folder), strata=strata)
    return guard_rails(summary, situation or Situation())


def named(told, mistake):
    return [line for line in told if line.startswith(f"{mistake}: ")]


def test_a_sound_run_trips_none(tmp_path):
    assert rails(tmp_path / "r") == ()


def test_tuning_before_prompting(tmp_path):
    without = tuple(a for a in GRID if a.name != "prompt")
    told = rails(tmp_path / "r", approaches=without)
    assert "no prompt-only baseline" in named(told, "tuning before prompting was tried")[0]
    assert not named(rails(tmp_path / "s", approaches=UNTRAINED[1:]), "tuning before prompting")
    # It was tried, and it is enough: training came first all the same.
    enough = rails(tmp_path / "t", say=by_share(**{**SHARES, "prompt": 1.0}))
    assert "meets the target" in named(enough, "tuning where prompting is enough")[0]


def test_too_few_examples(tmp_path):
    told = rails(tmp_path / "r", situation=Situation(examples_available=120))
    line = named(told, "too few examples")[0]
    assert "120" in line
    assert "500" in line
    assert "1,000" in line
    told = rails(tmp_path / "s", situation=Situation(examples_available=600))
    assert "1,000" in named(told, "few examples")[0]
    for enough in (1000, None):
        told = rails(tmp_path / f"t{enough}", situation=Situation(examples_available=enough))
        assert not named(told, "too few examples")
        assert not named(told, "few examples")


def test_no_held_out_evaluation(tmp_path):
    told = rails(tmp_path / "r", strata={})
    assert "not known" in named(told, "no held-out evaluation")[0]
    everything = {q.id: Stratum.SAME_WORDING for q in facts(60)}
    told = rails(tmp_path / "s", strata=everything)
    assert "every question" in named(told, "no held-out evaluation")[0]


def test_evaluating_on_training_data(tmp_path):
    strata = {q.id: Stratum.NEW_WORDING for q in facts(60)}
    strata |= {f"q{i}": Stratum.SAME_WORDING for i in range(7)}
    told = rails(tmp_path / "r", strata=strata)
    assert "7 questions" in named(told, "evaluating on training data")[0]


def test_overfitting_is_a_gap_between_old_and_new_wordings(tmp_path):
    strata = {q.id: Stratum.NEW_WORDING for q in facts(60)}
    strata |= {f"q{i}": Stratum.SAME_WORDING for i in range(20)}

    def memory(question, approach):
        if approach != "finetuned":
            return right(question)
        return right(question) if int(question.id[1:]) < 20 else wrong(question)

    line = named(rails(tmp_path / "r", strata=strata, say=memory), "overfitting")[0]
    assert "finetuned is right on 20 of 20" in line
    assert "0 of 40" in line

    def knowledge(question, approach):
        return right(question)

    assert not named(rails(tmp_path / "s", strata=strata, say=knowledge), "overfitting")
    few = {f"q{i}": Stratum.SAME_WORDING for i in range(2)}
    few |= {f"q{i}": Stratum.NEW_WORDING for i in range(2, 60)}
    assert not named(rails(tmp_path / "t", strata=few, say=memory), "overfitting")


def test_asking_what_the_model_knows_already(tmp_path):
    told = rails(tmp_path / "r", say=by_share(**{**SHARES, "prompt": 0.9}))
    assert named(told, "asking what the model knows already")
