"""The pages beside the chat: what they draw, what they do, and that nothing steers them."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.fake_pages import GUIDE
from tests.ui.fake_records import HOSTILE
from tests.ui.pages import check, page, plain, said
from tests.ui.test_measured import opened
from ui.guide import search, sections

VIEWS = ["Verdict", "Scores", "Grade", "Questions", "Documents", "Train", "Help"]
HOSTILE_MARKUP = re.compile(r"(?<!\\)<script|\]\(javascript|!\[img\]|:smile:")


def start(at):
    return next(b for b in at.button if b.label == "Start grading")


def cells(at, column):
    return [cell.replace("\\", "") for cell in at.table[0].value[column]]


def test_the_matrix_filters_and_opens_a_question():
    at = opened("Scores")
    assert at.dataframe[0].value["Fine-tuned"].tolist()[0] == "✗ wrong"
    assert len(at.dataframe[0].value) == 5
    pills = at.button_group(key="matrix-filter")
    at = check(pills.set_value("Approaches differ").run())
    assert at.dataframe[0].value["Question"].tolist() == [
        "How long does the QX-4410 need to warm up?"
    ]
    at = check(at.selectbox(key="matrix-open").select("q-1").run())
    text = said(at)
    assert "Reference: **4 min**" in text
    assert "Kind of mistake: value of a near-twin." in text
    assert "Sources" in plain(at.header)
    at = check(at.text_input(key="matrix-search").set_value("nobody wrote this").run())
    assert "0 questions" in said(at)
    assert len(at.dataframe) == 0


def test_grading_hides_the_approach_and_keeps_what_was_said():
    at = opened("Grade")
    at = check(start(at).click().run())
    assert "How long does the QX-4410 need to warm up?" in plain(at.header)
    shown = "".join(m.value for m in at.main.markdown if "badge" not in m.value)
    assert not re.search(r"\b(RAG|Hybrid|Fine-tuned|Prompt only)\b", shown)
    at = check(at.button(key="grade-correct").click().run())
    at = check(at.button(key="grade-back").click().run())
    assert "You said **correct**" in said(at)
    for _ in range(2):
        at = check(at.button(key="grade-skip").click().run())
    assert "No document answers this question." in said(at)
    assert not [b for b in at.button if b.key == "grade-abstained"], "declining is correct there"
    at = check(at.button(key="grade-finish").click().run())
    assert "1 grade saved." in plain(at.success)[0]


def test_documents_are_listed_skipped_ones_with_their_reason():
    at = opened("Documents")
    assert at.dataframe[0].value["Document"].tolist()[1] == "support/daily-checks.md"
    assert "**archive/scan-1998.pdf** no text layer" in said(at)
    assert "holds the folder as it is now" in said(at)
    at = check(at.text_input(key="documents-find").set_value("CHECKS").run())
    assert len(at.dataframe[0].value) == 1
    at = check(at.selectbox(key="documents-read").select("support/daily-checks.md").run())
    assert "The text of support/daily-checks.md" in [c.value for c in at.code]
    at = check(at.text_input(key="documents-search").set_value("warm up").run())
    assert "fused 0.0320 · dense cosine 0.660 · BM25 13.20" in said(at)


def test_reindexing_from_the_page_is_the_command_itself():
    at = opened("Documents", "no_adapter")
    assert "0 added, 1 changed, 0 removed" in said(at)
    at = check(at.button(key="start-reindex").click().run())
    assert "**assistant reindex --corpus tessholm**" in said(at)


def test_adapters_are_used_deleted_and_trained():
    at = opened("Train")
    assert "**a-20261120-2** in use" in cells(at, "Adapter")
    assert cells(at, "Facts trained") == ["412 of 1,930"] * 2
    assert "12 changed chunks behind" in said(at)
    at = check(at.button(key="adapter-delete").click().run())
    assert "Adapter a-20261120-2 is in use" in plain(at.error)[0]
    at = check(at.selectbox(key="adapter-chosen").select("a-1").run())
    at = check(at.button(key="adapter-use").click().run())
    assert "**a-1** in use" in cells(at, "Adapter")
    at = check(at.number_input(key="training-minutes").set_value(25).run())
    at = check(at.button(key="start-training").click().run())
    assert "**assistant finetune --minutes 25 --corpus tessholm**" in said(at)
    assert "loss 1.31" in [c.value for c in at.code], "the log is followed on the page"
    at = check(at.button(key="here-cancel-j-1").click().run())
    assert [b for b in at.button if b.key == "start-training"]


def test_the_guide_is_read_and_searched():
    at = opened("Help")
    assert "Welcome." in said(at)
    at = check(at.text_input(key="guide-search").set_value("EITHER way").run())
    assert "1 section found" in said(at)
    at = check(at.button(key="guide-open-0").click().run())
    assert "## Evaluation" in said(at)


def test_sections_of_a_page():
    found = sections("start-here", GUIDE["start-here"])
    assert [(s.heading, s.text) for s in found] == [
        ("Start here", "Welcome."),
        ("The grid", "Two switches."),
        ("Order", "First."),
    ]
    assert [s.heading for s in search(found, "order")] == ["Order"]
    assert search(found, "nobody") == []


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_text_reaches_markdown_only_escaped(view):
    at = opened(view, "hostile")
    if view == "Grade":
        at = check(start(at).click().run())
        assert "alert(1)" in said(at)
    if view == "Questions":
        assert "alert(1)" in said(at)
        check(at.button(key="review-edit-q-1").click().run())
    if view == "Scores":
        at = check(at.selectbox(key="matrix-open").select("q-1").run())
        assert "alert(1)" in said(at)
    if view == "Documents":
        at = check(at.selectbox(key="documents-read").select_index(0).run())
        assert "alert(1)" in said(at)
    if view == "Train":
        at = check(at.button(key="start-training").click().run())
        assert HOSTILE in [c.value for c in at.code], "the log is code, never markdown"
    for element in [*at.markdown, *at.caption, *at.header, *at.subheader, *at.warning, *at.error]:
        assert not HOSTILE_MARKUP.search(element.value)
        assert not getattr(element, "allow_html", False)
    for table in at.table:
        for cell in table.value.to_numpy().ravel():
            assert not HOSTILE_MARKUP.search(str(cell))


def test_a_closed_page_reads_nothing():
    def script():
        from tests.ui.fake_workspace import FakeWorkspace
        from ui.page import draw_page

        class Strict(FakeWorkspace):
            def documents(self):
                raise AssertionError("read although closed")

            runs = scored = help_topics = documents

        draw_page(lambda home, corpus: Strict(home, corpus), None, None)

    assert not check(AppTest.from_function(script, default_timeout=20).run()).error


def test_the_address_opens_a_page():
    assert "Welcome." in said(page(view="Help"))
