"""Votes on the page, blind mode, and the conversation as a file."""

import json

import pytest
from markdown_it import MarkdownIt

from assistant.answering.side_by_side import Comparison
from tests.ui.fake_records import HOSTILE, QUESTIONS, answer_to
from tests.ui.fake_workspace import FakeWorkspace
from tests.ui.pages import ask, check, page, plain, said
from ui.export import fenced, to_json, to_markdown
from ui.history import Entry
from ui.live import Request
from ui.voting import letters, order

WARM_UP = QUESTIONS[0].question
NAMES = ("prompt", "rag", "finetuned", "hybrid")
LABELS = {"prompt": "Prompt only", "rag": "RAG", "finetuned": "Fine-tuned", "hybrid": "Hybrid"}


def blind_page(scene="full"):
    at = page(scene)
    return check(at.toggle(key="blind").set_value(True).run())


def test_an_open_vote_is_kept_and_counted_apart_from_scores():
    at = ask(page(), WARM_UP)
    at = check(at.button(key="vote-hybrid").click().run())
    text = said(at)
    assert "Your vote: **Hybrid**" in text
    assert "**Names shown**" in text
    assert at.table[0].value["Preferred"].tolist() == ["0 of 1"] * 3 + ["1 of 1"]
    assert "never enter a score" in text
    assert not [b for b in at.button if b.key == "vote-tie"], "one vote a question"


def test_blind_answers_give_nothing_away_until_the_vote():
    at = ask(blind_page(), WARM_UP)
    shown = "\n".join(
        e.value for part in (at.main.markdown, at.main.caption, at.main.subheader) for e in part
    )
    titles = plain(at.main.subheader)
    assert titles == ["Answer A", "Answer B", "Answer C", "Answer D"]
    for word in ("RAG", "Hybrid", "Fine", "Prompt", "tokens", "Correct", "Right on", "Reference:"):
        assert word not in shown, word
    assert not [h for h in plain(at.header) if h == "Sources"]
    assert not [c for c in at.code if WARM_UP in c.value], "no prompt"
    at = check(at.button(key="vote-none").click().run())
    text = said(at)
    assert "Your vote: **None is good**" in text
    assert "Reference: **4 min**" in text
    assert "**Names hidden**" in text


def test_an_earlier_blind_question_stays_hidden():
    at = ask(blind_page(), WARM_UP)
    at = ask(at, "Who repairs probes in Lisbon?")
    text = said(at)
    assert "Names stay hidden until you vote." in text
    assert "**RAG**" not in text


def test_the_order_follows_the_seed():
    orders = {order(Request("q", NAMES, True, seed)) for seed in range(40)}
    assert len(orders) > 10
    assert all(set(o) == set(NAMES) for o in orders)
    assert order(Request("q", NAMES, False, 3)) == NAMES
    assert next(iter(letters(Request("q", NAMES, True, 3)).values())) == "Answer A"


def test_a_free_question_shows_the_record_and_what_similar_ones_add():
    text = said(ask(page(), "Something nobody scored?"))
    assert "Right on 31 of 40 of your questions" in text
    assert "Right on 33 of 40 of your questions; like this one: about 62 of 100" in text


def test_every_card_says_what_its_tokens_would_cost():
    text = said(ask(page(), WARM_UP))
    assert "412 tokens in, 11 out · 0.046 USD per 1,000 such" in text


def test_answers_of_an_old_adapter_say_so():
    text = said(ask(page(), WARM_UP))
    assert text.count(":small[:material/update: Adapter is 12 changed chunks behind]") == 2


def entry(text=""):
    question = QUESTIONS[0]
    answers = [answer_to(question, n) for n in NAMES]
    if text:
        from dataclasses import replace

        answers = [replace(a, text=text) for a in answers]
        question = replace(question, question=text, references=(text,))
    comparison = Comparison(question, tuple(answers), (None,) * 4, 1.0)
    return Entry(Request(question.question, NAMES), comparison)


def test_the_conversation_as_json_and_markdown():
    status = FakeWorkspace().status()
    data = json.loads(to_json([entry()], status))
    assert data["made_with"]["adapter"] == "a-20261120-2"
    assert data["questions"][0]["answers"][1]["sources"][0].startswith("products/qx-4410")
    text = to_markdown([entry()], status, LABELS)
    assert "### Hybrid" in text
    assert "4 min" in text


@pytest.mark.parametrize("text", [HOSTILE, "```\n<script>alert(1)</script>\n````", "~~~\n# x"])
def test_text_of_strangers_cannot_leave_its_fence(text):
    made = to_markdown([entry(text)], FakeWorkspace().status(), LABELS)
    tokens = MarkdownIt().parse(made)
    kinds = {t.type for t in tokens}
    assert kinds <= {"heading_open", "heading_close", "inline", "fence", "paragraph_open",
                     "paragraph_close"}  # fmt: skip
    outside = "".join(t.content for t in tokens if t.type == "inline")
    assert "script" not in outside
    assert fenced("`" * 9).startswith("`" * 10)
