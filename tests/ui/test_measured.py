import dataclasses

import pytest

from tests.ui import fake_workspace
from tests.ui.fake_records import HOSTILE
from tests.ui.fake_run import contrast, fake_recommendation, interval
from tests.ui.fake_workspace import FakeWorkspace
from tests.ui.pages import check, page, plain, said
from ui.cached import forget
from ui.downloads import made


def opened(view, scene="full"):
    at = page(scene)
    at.session_state["view"] = view
    return check(at.run())


def test_the_verdict_in_words_gate_by_gate_with_a_report_to_keep():
    at = opened("Verdict")
    text = said(at)
    assert plain(at.header)[0] == "Verdict: rag"
    assert "Certainty: **likely** · holds for model **embedded**" in text
    assert "Did training break anything?** no result" in text
    commands = [c.value for c in at.code]
    assert commands == ["assistant recommend r-20261121-1 --corpus tessholm -o report.html"]


@pytest.mark.parametrize(
    ("face", "begins"),
    [("HTML", "<!doctype html>"), ("Markdown", "# RAG"), ("CSV", "question_id,"), ("JSON", "{")],
)
def test_every_face_of_the_report_can_be_downloaded(face, begins):
    text = made(FakeWorkspace(), "r-20261121-1", face)
    assert text.startswith(begins)
    assert "31 of 40" in text or "7 min" in text


def test_scores_show_counts_intervals_and_comparisons():
    at = opened("Scores")
    text = said(at)
    assert "40 of 44 questions compared, from 24 clusters" in text
    assert "412 of 1,930 facts trained, 40 exposures each" in text
    approaches, contrasts = at.table[0].value, at.table[1].value
    rag = approaches.iloc[1].tolist()
    assert rag[:4] == ["**RAG**", "31 of 40 (78 %)", "61 % to 88 %", "5 of 40 (12 %)"]
    assert approaches.iloc[4]["Median time"] == "not measured"
    assert contrasts.iloc[3].tolist()[0] == "Hybrid against RAG"
    assert contrasts.iloc[3]["95 % interval"] == "−8 to +18"
    assert contrasts.iloc[3]["Questions needed"] == "310"


def test_scores_show_the_value_that_decides(monkeypatch):
    found = dataclasses.replace(
        fake_recommendation(), wrong_costs=2.0, values={"rag": interval(0.525, 0.31, 0.72)},
        value_contrasts=(contrast("rag", "prompt", 0.8, 0.5, 1.1, 0.0001, 26, 1, "better"),),
    )  # fmt: skip
    assert "Value per 100" not in opened("Scores").table[0].value
    monkeypatch.setattr(fake_workspace, "fake_recommendation", lambda: found)
    forget()
    at = opened("Scores")
    forget()
    approaches = at.table[0].value
    assert approaches.iloc[1]["Value per 100"] == "52 (31 to 72)"
    assert approaches.iloc[4]["Value per 100"] == "not a candidate"
    assert "Value: right +1, declined 0, wrong -2" in said(at)
    assert at.table[2].value.iloc[0]["Difference"] == "+80 points"


def test_the_forgetting_check_question_by_question():
    at = opened("Verdict")
    lost = at.dataframe[0].value
    assert lost["Question"].tolist() == ["How old was she?"]
    assert lost["After training"].tolist() == ["✗ wrong: I don't know."]
    check(at.pills(key="forgetting-filter").set_value("All").run())
    assert len(at.dataframe[0].value) == 3  # plain texts have no answers to list
    check(at.selectbox(key="forgetting-open").select("read-02").run())
    assert "**Before training** · ✓ correct" in said(at)
    assert "The passage that was shown" in said(at)
    assert "How old was she?" in [c.value for c in at.code]


def test_a_run_without_kept_answers_shows_none(monkeypatch):
    monkeypatch.setattr(FakeWorkspace, "forgetting", lambda self, run_id: ())
    assert len(opened("Verdict").dataframe) == 0


def test_hostile_answers_of_the_check_are_only_text():
    at = opened("Verdict", "hostile")
    check(at.selectbox(key="forgetting-open").select("read-02").run())
    assert "Before training" in said(at)
    assert not [e.value for e in (*at.markdown, *at.caption) if HOSTILE in e.value]


def test_an_older_run_can_be_chosen():
    at = opened("Verdict")
    assert len(at.selectbox(key="run-tessholm").options) == 2
    check(at.selectbox(key="run-tessholm").select_index(1).run())
    assert "Verdict: rag" in said(at)
    at.session_state["view"] = "Scores"
    assert check(at.run()).selectbox(key="run-tessholm").value == "r-20261120-3"


def test_nothing_measured_says_how_to():
    at = opened("Scores", "no_adapter")
    assert "Nothing has been measured yet" in said(at)
    assert [c.value for c in at.code] == ["assistant score --corpus tessholm"]
