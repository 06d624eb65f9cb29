"""Every state of the page without a browser: what is drawn, and that nothing ever blows up."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.fake_records import QUESTIONS
from tests.ui.pages import ask, check, page, plain, said

WARM_UP = QUESTIONS[0].question
LABELS = ["Prompt only", "RAG", "Fine-tuned", "Hybrid"]


def test_first_use_shows_what_there_is_and_what_to_ask():
    at = page()
    text = said(at)
    assert "four ways to answer" in text
    assert "Documents: tessholm" in text
    assert "46 documents, 812 chunks" in text
    assert "Adapter is 12 changed chunks behind" in text
    assert "Every verdict holds for this model only." in text
    assert [
        h[-len(label) :] for h, label in zip(plain(at.subheader), LABELS, strict=True)
    ] == LABELS
    suggested = [b for b in at.button if b.key.startswith("suggestion-")]
    assert len(suggested) == 4
    at = check(suggested[0].click().run())
    assert plain(at.header)[0] == WARM_UP


def test_four_cards_in_fixed_order_with_outcomes_and_the_overall_record():
    at = ask(page(), WARM_UP)
    cards = plain(at.subheader)[:4]
    assert [c.split(" ", 1)[1] for c in cards] == LABELS
    text = said(at)
    assert "Reference: **4 min**" in text
    badges = [m for m in plain(at.markdown) if "-badge[:material/c" in m and "orrect" in m]
    assert [("Incorrect" in b, "red" in b) for b in badges] == [(True, True), (False, False)] * 2
    assert "Right on 31 of 40 of your questions" in text
    assert "412 tokens in, 11 out" in text
    assert "Answered together in 1.2 s" in text
    assert "Kind of mistake: value of a near-twin." in text
    assert "Exact match 1 · word overlap (F1) 1.00" in text


def test_sources_say_who_read_who_cited_and_every_score_by_name():
    at = ask(page(), WARM_UP)
    text = said(at)
    assert "Read by RAG, Hybrid · :material/verified: Holds the answer of RAG, Hybrid" in text
    assert "Cited by RAG, value not found" in text
    assert "dense cosine 0.660 (rank 1) · BM25 13.20 (rank 1) · fused 0.0320" in text
    assert ":yellow-background[**4 min**]" in text
    assert "page 14" in text
    assert "%" not in text
    assert "Nearest passages (not used by the model)" in text
    assert text.count("No passages used") == 2


def test_the_exact_prompt_is_there_as_code():
    prompts = [c.value for c in ask(page(), WARM_UP).code]
    assert any("[1] QX-4410" in p for p in prompts)
    assert sum(p == f"Question: {WARM_UP}" for p in prompts) == 2


def test_a_question_of_ones_own_is_not_scored():
    text = said(ask(page(), "And the warm-up of the other one?"))
    assert text.count("Not scored: no reference for this question") == 4
    assert "Reference:" not in text


def test_declining_an_unanswerable_question_is_correct():
    text = said(ask(page(), "Who repairs probes in Lisbon?"))
    assert "No document answers this question." in text
    assert text.count("green-badge[:material/check_circle: Correct]") == 4
    assert "Not found in the passages" not in text


def test_picking_a_known_question_fills_the_box_and_asks_nothing():
    at = page()
    check(at.selectbox(key="known_question").select(QUESTIONS[1].id).run())
    assert not any(QUESTIONS[1].question in h for h in plain(at.header))


def test_only_the_chosen_approaches_are_asked():
    at = page()
    pills = next(b for b in at.button_group if b.label == "Ask these approaches")
    check(pills.set_value(["hybrid", "rag"]).run())
    at = ask(at, WARM_UP)
    assert [c.split(" ", 1)[1] for c in plain(at.subheader)[:2]] == ["RAG", "Hybrid"]
    assert "Prompt only" not in "".join(plain(at.subheader))


def test_no_approach_chosen_is_said():
    at = page()
    pills = next(b for b in at.button_group if b.label == "Ask these approaches")
    check(pills.set_value([]).run())
    assert "Pick at least one" in said(ask(at, WARM_UP))


def test_a_missing_approach_is_a_card_with_reason_command_and_minutes():
    at = ask(page("no_adapter"), WARM_UP)
    assert [c.split(" ", 1)[1] for c in plain(at.subheader)[:4]] == LABELS
    text = said(at)
    assert text.count("Not available: no adapter trained yet") == 2
    assert "about 8 minutes on this machine" in text
    assert "assistant finetune --minutes 8 --corpus tessholm" in [c.value for c in at.code]


def test_starting_the_command_as_a_job_shows_its_progress():
    at = page("no_adapter")
    at = check(at.button(key="start-finetuned").click().run())
    text = said(at)
    assert "**assistant finetune --minutes 8 --corpus tessholm**" in text
    assert "Running" in text
    assert not [b for b in at.button if b.key == "start-hybrid"], "one such job is enough"
    at = check(at.button(key="cancel-j-1").click().run())
    assert [b for b in at.button if b.key == "start-hybrid"]


def test_a_job_that_cannot_start_says_why():
    at = page("empty")
    at = check(at.button(key="start-rag").click().run())
    assert "Another job is writing this index" in said(at)


def test_nothing_indexed_and_no_questions():
    at = page("empty")
    text = said(at)
    assert "No index yet" in text
    assert "no question file yet" in text
    assert "assistant reindex --corpus tessholm" in [c.value for c in at.code]
    at = ask(at, "Anything?")
    assert "Not scored: no reference" in said(at)
    assert not any(h == "Sources" for h in plain(at.header))


def test_an_error_is_a_message_and_a_cure():
    at = ask(page("broken"), WARM_UP)
    assert plain(at.error) == ["The weights of the embedded model are not here"]
    assert "assistant doctor" in [c.value for c in at.code]
    assert "Traceback" not in said(at)
    assert plain(at.header)[0] == WARM_UP, "the question is not lost"


def test_something_unforeseen_is_no_traceback_either():
    def failing():
        from ui.page import draw_page

        def open_workspace(home, corpus):
            raise ZeroDivisionError("a bug")

        draw_page(open_workspace, None, None)

    at = check(AppTest.from_function(failing, default_timeout=20).run())
    assert "Something unforeseen happened (ZeroDivisionError: a bug)" in said(at)


def test_too_long_a_question_is_refused_and_kept_for_copying():
    long = "why " * 600
    at = ask(page(), long)
    assert "2,399 characters; the most is 2,000" in said(at)
    assert long.strip() in [c.value for c in at.code]
    assert not any("why" in h for h in plain(at.header))


def test_blank_question():
    assert "The question is empty" in said(ask(page(), "   "))


def test_earlier_questions_stay_and_come_back():
    at = ask(page(), WARM_UP)
    at = ask(at, "Who repairs probes in Lisbon?")
    assert plain(at.header)[0] == "Who repairs probes in Lisbon?"
    assert "Earlier in this session" in plain(at.header)
    at = check(at.button(key="show-0").click().run())
    assert plain(at.header)[0] == WARM_UP


def test_asking_again_with_other_choices():
    at = ask(page(), WARM_UP)
    pills = next(b for b in at.button_group if b.label == "Ask these approaches")
    check(pills.set_value(["rag"]).run())
    at = check(at.button(key="again").click().run())
    assert plain(at.header)[0] == WARM_UP
    assert plain(at.subheader)[0].endswith("RAG")


def test_a_reload_brings_the_answers_back():
    at = ask(page(), WARM_UP)
    assert at.query_params["q"] in (WARM_UP, [WARM_UP])
    again = page(q=WARM_UP)
    assert plain(again.header)[0] == WARM_UP
    assert "Answered together" in said(again)


def test_an_address_with_an_unknown_question_asks_nothing():
    at = page(q="Never asked before")
    assert "Never asked before" not in said(at)
    assert "Answered together" not in said(at)


@pytest.mark.parametrize("corpus", ["guide", "/etc", "../other"])
def test_the_address_names_a_corpus_but_never_a_folder(corpus):
    text = said(page(corpus=corpus))
    assert f"Documents: {corpus if corpus == 'guide' else 'tessholm'}" in text


def test_words_are_explained():
    at = page()
    at = check(at.selectbox[-1].select("Undecided").run())
    assert "It could go *either* way." in said(at)
    assert "Not this." not in said(at)


def test_hostile_text_reaches_markdown_only_escaped():
    at = ask(page("hostile"), WARM_UP)
    for element in [*at.markdown, *at.caption, *at.header, *at.subheader]:
        assert not re.search(r"(?<!\\)<script|\]\(javascript|!\[img\]|:smile:", element.value)
        assert not getattr(element, "allow_html", False)


def test_headings_descend_one_level_at_a_time():
    at = ask(page(), WARM_UP)
    levels = [int(h.tag[1]) for h in [*at.title, *at.header, *at.subheader]]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert set(levels) == {1, 2, 3}


def test_two_sessions_do_not_see_each_other():
    first, second = page(), page()
    ask(first, WARM_UP)
    check(second.run())
    assert "Reference:" not in said(second)
    ask(second, "Who repairs probes in Lisbon?")
    assert plain(first.header)[0] == WARM_UP
