"""What a wrong answer costs moves the comparison, its words and every face of the report."""

import dataclasses
import json
import re

import pytest

from assistant.decision.choice import choose
from assistant.decision.html_report import to_html
from assistant.decision.recommend import EVERYTHING_ASSUMED, gather, recommend
from assistant.decision.report import make_report, to_json, to_markdown
from assistant.decision.situation import Situation, load_situation
from assistant.errors import UsageError
from assistant.evaluation.scored import score_run
from assistant.evaluation.summary import summarise
from tests.decision.full_run import full_report
from tests.decision.numbers import every_link, opened
from tests.evaluation.helpers import UNTRAINED, facts, make_run, right, wrong

MODEST = Situation(correct=0.5, confidently_wrong=0.4)
UNSAID = dataclasses.replace(MODEST, assumed=frozenset({"wrong_costs"}))


def cautious_and_bold(question, approach):
    """Of 100: prompt right on 60, declines 40; rag right on 80, wrong on 20."""
    spread = int(question.id[1:]) * 37 % 100
    if approach == "prompt":
        return right(question) if spread < 60 else "I don't know."
    return right(question) if approach == "oracle" or spread < 80 else wrong(question)


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    run = make_run(
        tmp_path_factory.mktemp("r") / "r", facts(100, documents=40), cautious_and_bold, UNTRAINED
    )
    scored = score_run(run)
    summary = summarise(run, scored=scored)
    return gather(summary, run.questions, scored), scored


def report(measured, s):
    evidence, scored = measured
    return make_report(evidence.summary, recommend(evidence, s), scored)


def costing(c):
    return dataclasses.replace(MODEST, wrong_costs=c)


def outcomes(found):
    drawn = next(t for t in found.tables if t.title == "Outcomes")
    return {row[0]: dict(zip(drawn.columns, row, strict=True)) for row in drawn.rows}, drawn.note


def test_the_cost_decides(measured):
    assert recommend(measured[0], costing(0)).candidate == "rag"
    found = recommend(measured[0], costing(3))
    assert found.candidate == "prompt"
    (standing,) = found.standings
    # Worth 80 - 3 * 20 = 20 against 60 of 100 questions.
    assert standing.contrast.difference.estimate == pytest.approx(-0.40)
    assert (standing.contrast.standing, standing.contrast.test) == ("worse", "cluster sign-flip")
    gate = found.gates[4]
    assert "compared on value: right +1, declined 0, wrong -3" in gate.threshold
    assert "rag against prompt: worse, -40 points" in gate.value
    assert (
        "rag not shown to be worth more by a difference that matters (a wrong answer costs 3)"
        in (found.sentence)
    )
    assert any(r.startswith("rag against prompt in value: worse") for r in found.reasons)


def test_every_face_shows_the_value(measured):
    found = report(measured, costing(3))
    rows, note = outcomes(found)
    assert re.fullmatch(r"60 \(\d+ to \d+\)", rows["prompt"]["value per 100 questions"])
    assert re.fullmatch(r"20 \(-?\d+ to \d+\)", rows["rag"]["value per 100 questions"])
    assert rows["oracle"]["value per 100 questions"] == "not a candidate"
    assert "arXiv:2204.13631" in note
    data = json.loads(to_json(found))["recommendation"]
    assert data["values"]["rag"]["estimate"] == pytest.approx(0.2)
    assert data["value_contrasts"][0]["wrong_costs"] == 3
    for face in (to_markdown(found), to_html(found)):
        assert "value per 100 questions" in face
        assert "Differences in value per 100 questions" in face


def test_numbers_of_value_open_rows(tmp_path):
    found = full_report(tmp_path / "r", situation=costing(3))
    links = [(where, *opened(found, rows)) for where, _, rows in every_link(found)]
    told = [(part, whole) for where, part, whole in links if "value per 100" in where]
    # Five candidates, four planned contrasts with difference and p: each rests on 49 questions.
    assert told == [(49, 49)] * (5 + 2 * 4)


def test_the_crossing_is_named_and_holds(measured):
    evidence = measured[0]
    for now, other in ((0.0, "prompt"), (3.0, "rag")):
        (told,) = [f for f in recommend(evidence, costing(now)).flips if "wrong answer cost" in f]
        cost, said = re.fullmatch(
            rf"if a wrong answer cost ([\d.]+) instead of {now:g}: (\w+)", told
        ).groups()
        assert said == other
        assert choose(evidence, costing(float(cost))).candidate == other
        # It is the nearest: a tenth towards what was said, the verdict stands.
        nearer = float(cost) + (0.1 if now else -0.1)
        assert choose(evidence, costing(nearer)).candidate != other
        # rag leads by what matters (10 points) as long as 80 - 20 c >= 60 + 10.
        assert float(cost) <= 0.6


def test_without_a_crossing_none_is_named(tmp_path):
    def say(question, approach):
        good = approach != "prompt" or int(question.id[1:]) * 37 % 100 < 60
        return right(question) if good else wrong(question)

    run = make_run(tmp_path / "r", facts(100, documents=40), say, UNTRAINED)
    scored = score_run(run)
    evidence = gather(summarise(run, scored=scored), run.questions, scored)
    found = recommend(evidence, costing(2))
    assert found.candidate == "rag"
    assert not any("wrong answer cost" in f for f in found.flips)
    # Nobody declines: the value is what is right less what is not.
    assert found.values["prompt"].estimate == pytest.approx(0.6 - 2 * 0.4)
    assert -2 <= found.values["prompt"].low < found.values["prompt"].high < 0.6
    assert 0.5 < found.values["rag"].low < found.values["rag"].high == 1.0


def test_unsaid_changes_nothing_and_is_printed_as_assumed(measured):
    unsaid, zero = report(measured, UNSAID), report(measured, costing(0.0))
    a, b = unsaid.recommendation, zero.recommendation
    assert (a.candidate, a.standings, a.certainty) == (b.candidate, b.standings, b.certainty)
    assert a.standings[0].contrast == unsaid.summary.contrasts[0]
    assert (a.values, a.value_contrasts) == ({}, ())
    assert "a wrong answer costs no more than a declined one (assumed)" in a.gates[4].threshold
    assert not any("wrong answer cost" in f or "value" in f for f in (*a.flips, *a.reasons))
    assert "value per 100" not in to_html(unsaid) + to_markdown(unsaid)
    rows, _ = outcomes(zero)
    assert rows["rag"]["value per 100 questions"].startswith("80 (")
    assert recommend(measured[0], EVERYTHING_ASSUMED).wrong_costs == 0


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("-1", "expected 0 or more"),
        ("-0.5", "expected 0 or more"),
        ('"much"', "expected a number"),
        ("true", "expected a number"),
        ("nan", "expected 0 or more"),
        ("inf", "expected 0 to 100"),
        ("101", "expected 0 to 100"),
    ],
)
def test_a_cost_that_is_none_is_refused(tmp_path, value, said):
    path = tmp_path / "situation.toml"
    path.write_text(f"[targets]\nwrong_costs = {value}\n")
    with pytest.raises(UsageError) as error:
        load_situation(path)
    assert "line 2: targets.wrong_costs = " in error.value.message
    assert said in error.value.message


def test_zero_and_a_hundred_are_costs(tmp_path, measured):
    path = tmp_path / "situation.toml"
    for value in (0, 100):
        path.write_text(f"[targets]\nwrong_costs = {value}\n")
        s = load_situation(path)
        assert (s.wrong_costs, s.priced) == (value, True)
        found = recommend(measured[0], dataclasses.replace(MODEST, wrong_costs=s.wrong_costs))
        assert found.candidate == ("prompt" if value else "rag")
    path.write_text("[targets]\ncorrect = 0.9\n")
    assert not load_situation(path).priced
