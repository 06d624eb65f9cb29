"""The page of question sets, over the real library: decisions reach the files they belong in."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.documents.questions import load_questions
from assistant.evaluation.reviews import read_decisions
from tests.journeys.conftest import Home
from tests.journeys.conftest import home as home  # the fixture
from tests.ui.pages import check, plain, said
from tests.ui.test_measured import opened
from tests.ui.test_pages import HOSTILE_MARKUP

MORE = "# Depot\n\nThe depot opens at 08:30 and closes at 17:00.\nThe gate code is 4471.\n"


def script(home):
    from assistant.workspace import Workspace
    from ui.page import draw_page

    draw_page(Workspace.open, home, "mine")


def show(home, part="Needs review"):
    at = AppTest.from_function(script, default_timeout=30, kwargs={"home": home.path})
    at.query_params["view"] = "Questions"
    at.query_params["questions-part"] = part
    return check(at.run())


def turn_to(at, part):
    at.query_params["questions-part"] = part
    at.session_state["questions-part"] = part
    return check(at.run())


def keys(at, start):
    return [b.key for b in at.button if (b.key or "").startswith(start)]


@pytest.fixture
def stale(home):
    home.run("reindex")
    home.run("questions", "check")
    home.revise()
    home.run("reindex")
    return home


def test_old_and_new_passage_keep_drop_and_undo(stale):
    at = show(stale)
    text = said(at)
    assert "5 questions need review; 1 only reworded" in plain(at.header)
    assert "also asked as: hotel limit" in text
    assert "Stated reference: **130 EUR**" in text
    assert ":yellow-background[**Hotels are paid up to 130 EUR a night.**]" in text
    assert ":yellow-background[**Hotels are paid up to 165 EUR a night.**]" in text
    assert "(nothing)" in text, "people.md is gone"
    assert keys(at, "review-keep-") == [
        "review-keep-reworded", "review-keep-h1", "review-keep-receipt", "review-keep-quay",
        "review-keep-lead",
    ]  # fmt: skip
    at = check(at.button(key="review-keep-reworded").click().run())
    assert "Kept: receipt" in said(at)
    at = check(at.button(key="review-drop-lead").click().run())
    assert "3 questions need review" in plain(at.header)
    assert [q.id for q in stale.parts.questions() if q.id == "lead"] == []
    at = check(at.button(key="review-undo").click().run())
    assert "As in the file again: lead" in said(at)
    assert "4 questions need review" in plain(at.header)


def test_an_edit_settles_every_wording_and_must_say_something(stale):
    at = show(stale)
    at = check(at.button(key="review-edit-h1").click().run())
    field = at.text_input(key="review-text-h1")
    assert field.value == "130 EUR"
    field.set_value(" | ")
    at = check(at.button(key="review-save-h1").click().run())
    assert "Type the reference as it is now" in said(at)
    assert not stale.parts.decisions_file.exists()
    at.text_input(key="review-text-h1").set_value("165 EUR | EUR 165")
    at = check(at.button(key="review-save-h1").click().run())
    now = {q.id: q.references for q in stale.parts.questions()}
    assert now["h1"] == now["h2"] == ("165 EUR", "EUR 165")
    assert "Edited: h1, h2" in said(at)
    at = check(at.button(key="review-edit-lead").click().run())
    at.checkbox(key="review-gone-lead").check()
    at = check(at.button(key="review-save-lead").click().run())
    assert not next(q for q in stale.parts.questions() if q.id == "lead").answerable
    assert {d.decision for d in read_decisions(stale.parts.decisions_file)} == {"edit"}


def test_decisions_made_elsewhere_are_seen(stale):
    at = show(stale)
    stale.run("questions", "review", "--drop", "quay")
    assert "4 questions need review; 1 only reworded" in plain(check(at.run()).header)


def test_nothing_to_review_says_what_to_do_next(home):
    home.run("reindex")
    at = show(home)
    assert "**No question needs review.**" in said(at)
    assert "assistant reindex --corpus mine" in [c.value for c in at.code]


def test_what_the_set_can_decide_and_what_to_correct(home):
    lines = home.questions.read_text("utf-8")
    home.questions.write_text(lines.replace('"people.md"', '"staff.md"'), "utf-8")
    home.run("reindex")
    at = show(home, "Check")
    printed = home.run("questions", "check", code=1).stdout
    text = said(at)
    line = printed.splitlines()[-1]
    assert f"{line[:1].upper()}{line[1:]}." in text
    assert "Unanswerable: 1 of 7" in text
    assert "**Error**] · unknown source (1 question)" in text
    assert "Source staff.md is not among the documents · :small[lead]" in text
    assert "1 error to correct before a score means anything." in text


def test_proposals_are_accepted_edited_and_rejected(home):
    home.write("depot.md", MORE)
    home.run("reindex")
    at = show(home, "Propose")
    at.number_input(key="draft-count").set_value(4)
    at = check(at.button(key="draft-start-go").click().run())
    names = [k.removeprefix("draft-accept-") for k in keys(at, "draft-accept-")]
    assert len(names) >= 3
    progress = f"0 questions accepted, 0 rejected, {len(names)} of {len(names)} to go"
    assert progress in [p.proto.text for p in at.get("progress")]
    at = check(at.button(key=f"draft-accept-{names[0]}").click().run())
    at = check(at.button(key=f"draft-reject-{names[1]}").click().run())
    at = check(at.button(key=f"draft-edit-{names[2]}").click().run())
    at.text_input(key=f"draft-text-{names[2]}").set_value("  ")
    at = check(at.button(key=f"draft-save-{names[2]}").click().run())
    assert "The question is empty" in said(at)
    at.text_input(key=f"draft-text-{names[2]}").set_value("In my own words?")
    at = check(at.button(key=f"draft-save-{names[2]}").click().run())
    kept = load_questions(home.questions.parent / "drafted.jsonl")
    assert kept[0].id == names[0]
    assert kept[1].question == "In my own words?"
    assert (
        f"2 questions accepted, 1 rejected, {len(names) - 3} of" in at.get("progress")[0].proto.text
    )
    rejected = (home.parts.corpus.root / "drafts-rejected.jsonl").read_text("utf-8")
    assert names[1] in rejected
    assert names[2] in rejected, "the wording that was corrected"
    assert len(home.parts.questions()) == 9
    assert "of 9" in said(turn_to(at, "Check")), "accepted questions are of the set at once"


def test_accepted_drafts_are_taken_back(home):
    home.write("depot.md", MORE)
    home.run("reindex")
    at = show(home, "Propose")
    at.number_input(key="draft-count").set_value(4)
    at = check(at.button(key="draft-start-go").click().run())
    names = [k.removeprefix("draft-accept-") for k in keys(at, "draft-accept-")]
    file = home.questions.parent / "drafted.jsonl"
    at = check(at.button(key=f"draft-accept-{names[0]}").click().run())
    alone = file.read_bytes()
    at = check(at.button(key=f"draft-accept-{names[1]}").click().run())
    assert "Accepted last" in said(at)
    at = check(at.button(key="draft-back-last").click().run())
    assert file.read_bytes() == alone
    assert f"draft-accept-{names[1]}" in keys(at, "draft-accept-"), "open again"
    assert f"1 question accepted, 0 rejected, {len(names) - 1} of" in (
        at.get("progress")[0].proto.text
    )
    at = check(at.button(key="draft-again").click().run())  # another day: no draw, only the file
    assert not keys(at, "draft-accept-")
    at = check(at.button(key=f"draft-back-{names[0]}").click().run())
    assert not file.exists()
    assert not keys(at, "draft-back-")


def test_a_draft_that_left_the_file_meanwhile_is_said(home):
    home.write("depot.md", MORE)
    home.run("reindex")
    at = show(home, "Propose")
    at = check(at.button(key="draft-start-go").click().run())
    at = check(at.button(key=keys(at, "draft-accept-")[0]).click().run())
    (home.questions.parent / "drafted.jsonl").write_bytes(b"")
    at = check(at.button(key="draft-back-last").click().run())
    assert "holds no accepted draft" in said(at)


def test_a_corpus_without_questions_says_how_to_get_some(home):
    home.questions.unlink()
    home.run("reindex")
    at = show(home)
    assert "This corpus has no questions yet." in said(at)
    assert "assistant questions draft --corpus mine" in [c.value for c in at.code]
    home.questions.parent.rmdir()
    at = show(home, "Propose")
    at = check(at.button(key="draft-start-go").click().run())
    at = check(at.button(key=keys(at, "draft-accept-")[0]).click().run())
    assert "No question needs review" in said(turn_to(at, "Needs review")), (
        "the folder is new to the app"
    )


def test_without_an_index_that_comes_first(tmp_path):
    at = show(Home(tmp_path))
    assert "Nothing is indexed yet" in said(at)
    assert "assistant reindex --corpus mine" in [c.value for c in at.code]


@pytest.mark.parametrize("part", ["Check", "Propose"])
def test_hostile_text_reaches_markdown_only_escaped(part):
    at = opened("Questions", "hostile")
    at = turn_to(at, part)
    if part == "Propose":
        at = check(at.button(key="draft-start-go").click().run())
    assert "alert(1)" in said(at)
    for element in [*at.markdown, *at.caption, *at.header, *at.subheader, *at.warning, *at.error]:
        assert not HOSTILE_MARKUP.search(element.value)
        assert not getattr(element, "allow_html", False)
