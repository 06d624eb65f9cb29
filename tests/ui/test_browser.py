"""The page in a real Chromium: streaming, stopping, hostile text, no talk to other hosts."""

from importlib.util import find_spec

import pytest

from tests.ui.browser import ask, browse, chromium, serve, settle
from tests.ui.fake_records import HOSTILE, QUESTIONS
from ui.page import TABS

WARM_UP = QUESTIONS[0].question
LABELS = ["Prompt only", "RAG", "Fine-tuned", "Hybrid"]
NARROW = {"width": 420, "height": 860}
PHONE = {"width": 390, "height": 844}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no Chromium is installed"),
    pytest.mark.skipif(find_spec("playwright") is None, reason="Playwright is not installed"),
]


@pytest.fixture(scope="module")
def address():
    with serve("--scene", "full") as url:
        yield url


def opened(page, url):
    page.goto(url)
    page.get_by_role("heading", level=1, name="RAG or fine-tune?").wait_for()
    settle(page)


def card_titles(page):
    return [t.split("\n")[-1].strip() for t in page.locator("h3").all_inner_texts()[:4]]


def clean(page):
    """Nothing in the console, nobody else was asked for anything."""
    assert page.problems == []
    assert page.foreign == []


def test_ask_read_four_cards_follow_a_citation(address):
    with browse(viewport={"width": 1440, "height": 900}) as page:
        opened(page, address)
        ask(page, WARM_UP)
        page.get_by_text("Answered together in 1.2 s").wait_for()
        settle(page)
        titles = card_titles(page)
        assert [t.endswith(label) for t, label in zip(titles, LABELS, strict=True)] == [True] * 4
        tops = {round(page.locator("h3").nth(n).bounding_box()["y"]) for n in range(4)}
        assert len(tops) == 1, "side by side"
        badges = page.locator(".stMarkdownBadge").all_inner_texts()
        outcomes = [b.split()[-1] for b in badges if b.split()[-1].lower().endswith("correct")]
        assert outcomes == ["Incorrect", "Correct"] * 2
        page.locator("a[href='#source-1']").first.click()
        page.wait_for_timeout(500)
        assert page.locator("#source-1").is_visible()
        assert page.url.startswith(address)
        page.get_by_role("button", name="Why?").first.click()
        assert page.get_by_text("expected 4 min; the answer says 15 minutes").is_visible()
        clean(page)


def test_a_reload_shows_the_same_answers(address):
    with browse() as page:
        opened(page, address)
        ask(page, WARM_UP)
        page.get_by_text("Answered together in 1.2 s").wait_for()
        settle(page)
        page.reload()
        page.get_by_text("Answered together in 1.2 s").wait_for()
        clean(page)


def test_the_keyboard_is_enough(address):
    with browse() as page:
        opened(page, address)
        box = page.get_by_test_id("stChatInputTextArea")
        box.focus()
        page.keyboard.type(WARM_UP)
        page.keyboard.press("Enter")
        page.get_by_text("Answered together in 1.2 s").wait_for()
        settle(page)
        unnamed = page.evaluate(
            "[...document.querySelectorAll('button, input, textarea')].filter(e => e.offsetParent"
            " && !(e.innerText || e.ariaLabel || e.placeholder || e.labels?.length)).length"
        )
        assert unnamed == 0
        clean(page)


def test_narrow_screens_stack_the_cards_with_their_names(address):
    with browse(viewport=NARROW) as page:
        opened(page, address)
        ask(page, WARM_UP)
        page.get_by_text("Answered together in 1.2 s").wait_for()
        settle(page)
        boxes = [page.locator("h3").nth(n).bounding_box() for n in range(4)]
        assert [b["y"] for b in boxes] == sorted({b["y"] for b in boxes})
        assert max(b["x"] + b["width"] for b in boxes) <= NARROW["width"]
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROW["width"], "no sideways scrolling"
        clean(page)


def test_stopping_while_the_words_arrive():
    with serve("--scene", "full", "--delay", "0.25") as url, browse() as page:
        opened(page, url)
        ask(page, WARM_UP)
        page.get_by_text("About", exact=False).first.wait_for()
        page.get_by_role("button", name="Stop all").click()
        page.get_by_text("stopped by you").first.wait_for()
        settle(page)
        assert page.get_by_text("stopped by you").count() == 4
        clean(page)


def test_stopping_one_lets_the_others_go_on():
    with serve("--scene", "full", "--delay", "0.2") as url, browse() as page:
        opened(page, url)
        ask(page, WARM_UP)
        page.get_by_text("About", exact=False).first.wait_for()
        page.locator(".st-key-stop-prompt button").first.click()
        page.get_by_text("stopped by you").first.wait_for()
        settle(page)
        assert page.get_by_text("stopped by you").count() == 1
        assert page.get_by_text("4 min at room temperature, and 9 min below 15 °C.").count() == 1
        clean(page)


def test_hostile_text_is_shown_as_it_is():
    with serve("--scene", "hostile") as url, browse() as page:
        opened(page, url)
        ask(page, WARM_UP)
        page.get_by_text("Answered together in 1.2 s").wait_for()
        settle(page)
        main = page.get_by_test_id("stMain")
        shown = main.locator(".st-key-answer-rag").inner_text().replace("\u2060", "")
        assert "".join(shown.replace("\u00a0", " ").split()) == "".join(HOSTILE.split())
        assert main.locator(".katex, img, script, iframe").count() == 0
        links = main.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert all(link.startswith("#source-") for link in links)
        assert main.locator(".st-key-answer-rag :is(strong, em, code, del, table, li)").count() == 0
        assert page.title() == "RAG or fine-tune?"
        clean(page)


def test_two_browsers_at_once():
    question = QUESTIONS[2].question
    with serve("--scene", "full", "--delay", "0.1") as url, browse() as page:
        opened(page, url)
        other = page.context.browser.new_context().new_page()
        other.set_default_timeout(60_000)
        other.goto(url)
        other.get_by_role("heading", level=1).wait_for()
        settle(other)
        ask(page, WARM_UP)
        ask(other, question)
        for one in (page, other):
            one.get_by_text("Answered together").wait_for()
            settle(one)
        assert page.locator("h2").first.inner_text() == WARM_UP
        assert other.locator("h2").first.inner_text() == question
        clean(page)


def test_what_was_shown_before_gives_way_at_once():
    with serve("--scene", "full", "--delay", "0.3") as url, browse() as page:
        opened(page, url)
        overview = page.get_by_role("heading", name="Four ways to answer")
        assert overview.is_visible()
        ask(page, WARM_UP)
        page.get_by_role("button", name="Stop all").wait_for()
        page.wait_for_timeout(500)
        assert overview.count() == 0
        assert page.locator("h3").count() == 4
        page.get_by_text("Answered together").wait_for()
        clean(page)


def test_every_page_draws_cleanly_whatever_the_texts():
    with serve("--scene", "hostile") as url, browse(viewport=NARROW) as page:
        for view in TABS[1:]:
            page.goto(f"{url}/?view={view}")
            page.get_by_role("tab", name=view, selected=True).wait_for()
            settle(page)
            assert not page.get_by_text("unforeseen").count(), view
            main = page.get_by_test_id("stMain")
            assert main.locator("script, iframe, img[src*=tracker]").count() == 0
            assert main.locator("a[href*=evil], a[href^='javascript']").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert page.title() == "RAG or fine-tune?"
        clean(page)


def test_grading_by_keyboard(address):
    with browse() as page:
        page.goto(f"{address}/?view=Grade")
        page.get_by_role("button", name="Start grading").click()
        page.get_by_text("Answer 1 of 4").wait_for()
        settle(page)
        page.keyboard.press("1")
        page.get_by_text("Answer 2 of 4").wait_for()
        settle(page)  # a key pressed while the page is being redrawn is lost
        page.keyboard.press("b")
        page.get_by_text("You said correct").wait_for()
        clean(page)


def test_questions_are_reviewed_by_keyboard_on_a_narrow_screen():
    with serve("--scene", "full") as url, browse(viewport=PHONE) as page:
        page.goto(f"{url}/?view=Questions")
        page.get_by_text("2 questions need review; 1 only reworded").wait_for()
        settle(page)
        old, new = (
            page.get_by_text(f"{word} passage").first.bounding_box() for word in ("Old", "New")
        )
        assert old["y"] < new["y"], "one below the other"
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.locator(".st-key-review-edit-q-1 button:visible").focus()
        page.keyboard.press("Enter")
        box = page.get_by_role("textbox", name="New reference")
        box.wait_for()
        settle(page)
        page.keyboard.press("Tab")  # over Drop
        page.keyboard.press("Tab")
        assert box.evaluate("e => e === document.activeElement")
        page.keyboard.press("Control+a")
        page.keyboard.type("kd 6 min")  # letters that are keys elsewhere on the page
        page.keyboard.press("Enter")
        page.get_by_text("Edited: q-1").wait_for()
        settle(page)
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("k")
        page.get_by_text("Kept: q-2").wait_for()
        page.get_by_text("No question needs review.").wait_for()
        page.get_by_role("tab", name="Propose").click()
        page.get_by_role("button", name="Propose questions").click()
        page.get_by_text("0 questions accepted, 0 rejected, 4 of 4 to go").wait_for()
        page.locator(".st-key-draft-accept-draft-0 button:visible").wait_for()
        settle(page)
        page.keyboard.press("a")
        page.get_by_text("1 question accepted, 0 rejected, 3 of 4 to go").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        clean(page)
