import dataclasses

import pytest

from assistant.decision.records import Certainty, Verdict
from assistant.decision.situation import Situation
from tests.decision.helpers import SHARES, decide
from tests.evaluation.helpers import UNTRAINED

LIMIT = Situation(confidently_wrong=0.30)


def test_rag_clearly_best(tmp_path):
    r = decide(tmp_path / "r", SHARES).recommendation
    assert (r.verdict, r.candidate, r.certainty) == (Verdict.RAG, "rag", Certainty.FIRM)
    assert r.sentence.startswith("Use rag: correct on ")
    assert [g.number for g in r.gates] == [0, 1, 2, 3, 4, 5, 6]
    assert [g.passed for g in r.gates[:5]] == [True, False, True, True, True]
    assert all(g.value and g.threshold and g.branch for g in r.gates)
    # The tie with hybrid goes to the simpler one.
    assert [s.contrast.standing for s in r.standings] == ["as good within 10"]
    assert r.model == "fake"
    assert not r.practice


def test_prompting_is_enough_unless_something_is_better(tmp_path):
    r = decide(tmp_path / "r", {**SHARES, "prompt": 0.96}).recommendation
    assert (r.verdict, r.gates[1].passed) == (Verdict.PROMPT, True)
    r = decide(
        tmp_path / "s", {**SHARES, "prompt": 0.81, "rag": 1.0}, situation=LIMIT
    ).recommendation
    assert r.verdict is Verdict.RAG
    assert "points" in r.sentence
    assert "against prompt" in r.sentence


def test_none_is_good_enough_and_not_enough_evidence(tmp_path):
    low = {name: 0.3 for name in SHARES} | {"oracle": 0.4}
    r = decide(tmp_path / "r", low).recommendation
    assert (r.verdict, r.certainty) == (Verdict.NONE, Certainty.FIRM)
    assert r.practice
    assert r.sentence.startswith("Practice verdict (the model, not the method, is the limit)")
    near = {name: 0.3 for name in SHARES} | {"rag": 0.78, "oracle": 0.9}
    r = decide(tmp_path / "s", near, situation=LIMIT).recommendation
    assert r.verdict is Verdict.UNCLEAR
    assert "nearest is rag" in r.sentence


def test_too_few_clusters_means_no_verdict(tmp_path):
    r = decide(tmp_path / "r", SHARES, documents=5).recommendation
    assert r.verdict is Verdict.UNCLEAR
    assert "5 independent clusters" in r.sentence
    assert r.gates[0].passed is False
    r = decide(tmp_path / "s", SHARES, documents=8).recommendation
    assert (r.verdict, r.certainty) == (Verdict.RAG, Certainty.INDICATIVE)


@pytest.mark.parametrize(
    ("change", "out"),
    [
        ({"sources_required": True}, {"prompt", "finetuned"}),
        ({"access_rights": True}, {"finetuned", "hybrid"}),
        ({"can_serve_weights": False}, {"finetuned", "hybrid"}),
        ({"refresh_days": 1}, {"finetuned"}),
        ({"examples_available": 10}, {"finetuned", "hybrid"}),
        (
            {"format_or_tone": True, "examples_available": 100, "deadline_days": 3},
            {"finetuned", "hybrid"},
        ),
        ({"format_or_tone": True, "examples_available": 100, "deadline_days": 5}, set()),
        ({}, set()),
    ],
)
def test_exclusions(tmp_path, change, out):
    r = decide(
        tmp_path / "r", SHARES, situation=Situation(**change), n=30, documents=15
    ).recommendation
    assert {name for name, _ in r.excluded} == out
    assert all(why in r.gates[2].value for _, why in r.excluded)


def test_access_rights_turn_a_hybrid_win_into_something_else(tmp_path):
    shares = {**SHARES, "rag": 0.6, "hybrid": 0.97}
    assert decide(tmp_path / "r", shares).recommendation.verdict is Verdict.HYBRID
    barred = decide(tmp_path / "s", shares, situation=Situation(access_rights=True)).recommendation
    assert barred.verdict is Verdict.NONE
    open_flips = decide(tmp_path / "t", shares).recommendation.flips
    assert any("may not see all documents" in f and "none is good enough" in f for f in open_flips)


def test_flips_name_the_nearest_change(tmp_path):
    shares = {**SHARES, "prompt": 0.79, "rag": 0.83, "hybrid": 0.83}
    r = decide(tmp_path / "r", shares, situation=LIMIT).recommendation
    assert r.verdict is Verdict.RAG
    assert "a target lowered to 75 % correct: prompt" in r.flips
    assert any(f.startswith("a target raised to 85 % correct") for f in r.flips)
    assert "if answers had to show sources" not in " ".join(r.flips)


def test_forgetting_takes_adapters_out(tmp_path):
    shares = {**SHARES, "rag": 0.6, "hybrid": 0.97}
    r = decide(
        tmp_path / "r", shares, forgetting="20 of 50 before, 9 of 50 after", forgot=True
    ).recommendation
    assert r.verdict is not Verdict.HYBRID
    assert r.gates[5].passed is False
    r = decide(tmp_path / "s", shares, forgetting="base scores 3/50", forgot=None).recommendation
    assert (r.verdict, r.gates[5].passed) == (Verdict.HYBRID, None)


def test_unset_values_are_marked_as_assumed(tmp_path):
    from assistant.decision.recommend import EVERYTHING_ASSUMED

    gates = decide(
        tmp_path / "r", SHARES, situation=EVERYTHING_ASSUMED, n=30, documents=15
    ).recommendation.gates
    assert all("(assumed)" in gates[i].threshold for i in (1, 2, 4))
    gates = decide(tmp_path / "s", SHARES, n=30, documents=15).recommendation.gates
    assert not any("(assumed)" in g.threshold for g in gates)


@pytest.mark.parametrize(
    ("shares", "change", "word", "told"),
    [
        ({"prompt": 0.1, "rag": 0.97, "oracle": 1.0}, {}, "no", "meets the target already"),
        ({"prompt": 0.1, "rag": 0.6, "oracle": 0.97}, {}, "later", "better retrieval comes before"),
        ({"prompt": 0.1, "rag": 0.4, "oracle": 0.5}, {}, "yes", "does not read well enough"),
        ({"prompt": 0.1, "rag": 0.4, "oracle": 0.5}, {"access_rights": True}, "no", "rules it out"),
        (
            {"prompt": 0.1, "rag": 0.97, "oracle": 1.0},
            {"format_or_tone": True},
            "yes",
            "format or tone",
        ),
    ],
)
def test_is_training_worth_trying(tmp_path, shares, change, word, told):
    report = decide(
        tmp_path / "r",
        shares,
        approaches=UNTRAINED,
        situation=Situation(**change),
        training_minutes=9,
    )
    advice = report.recommendation.training
    assert (advice.worth_trying, told in " ".join((advice.sentence, *advice.reasons))) == (
        word,
        True,
    ), advice
    if word == "yes":
        assert "9 minutes" in advice.sentence


def test_with_an_adapter_there_is_no_such_advice(tmp_path):
    assert decide(tmp_path / "r", SHARES, n=30, documents=15).recommendation.training is None


def test_latency_limit(tmp_path):
    from assistant.decision.exclusions import exclusions
    from assistant.evaluation.records import Latency

    report = decide(tmp_path / "r", SHARES, n=30, documents=15)
    slow = dataclasses.replace(report.summary.approach("rag"), latency=Latency(1.0, 9.0, 0.5, 20))
    assert exclusions([slow], Situation(latency_seconds=5)) == [("rag", "p95 9.0 s, limit 5 s")]
    assert exclusions([slow], Situation()) == []


def test_guard_rails_name_the_mistakes(tmp_path):
    no_prompt = decide(
        tmp_path / "r", SHARES, approaches=tuple(a for a in __import__("tests.evaluation.helpers", fromlist=["GRID"]).GRID if a.name != "prompt"),
        situation=Situation(examples_available=100), n=30, documents=15,
    ).recommendation.guard_rails  # fmt: skip
    assert any(g.startswith("tuning before prompting") for g in no_prompt)
    assert any("500" in g and "1,000" in g for g in no_prompt)
    assert any(g.startswith("no held-out evaluation") for g in no_prompt)


def test_format_tasks_must_meet_the_target_on_their_own(tmp_path):
    from assistant.decision.choice import meets
    from assistant.evaluation.records import Count

    rag = decide(tmp_path / "r", SHARES, n=30, documents=15).summary.approach("rag")
    chatty = dataclasses.replace(rag, behaviour=Count(3, 40), format_ok=Count(5, 40))
    assert meets(chatty, Situation())
    assert not meets(chatty, Situation(format_or_tone=True))
    assert meets(rag, Situation(format_or_tone=True))  # nothing measured, nothing to fail


def test_a_re_report_of_a_full_run_takes_seconds(tmp_path):
    import time

    from assistant.decision.html_report import to_html
    from tests.evaluation.helpers import by_share, facts, make_run

    questions = facts(300, documents=40, unanswerable=20)
    folder = make_run(tmp_path / "r", questions, by_share(**SHARES))
    started = time.process_time()
    from assistant.decision.recommend import gather, recommend
    from assistant.decision.report import make_report
    from assistant.evaluation.scored import score_run
    from assistant.evaluation.summary import summarise

    scored = score_run(folder)
    summary = summarise(folder, scored=scored)
    to_html(make_report(summary, recommend(gather(summary, folder.questions, scored)), scored))
    seconds = time.process_time() - started
    print(f"{seconds:.2f} s of processor time")
    assert seconds < 8
