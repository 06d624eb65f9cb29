"""The HTML report in a real browser: opens from disk, asks for nothing, says nothing on the console."""

import dataclasses
import re

import pytest

from assistant.decision.html_report import to_html
from assistant.decision.report import make_report
from assistant.decision.situation import Situation
from assistant.schema import Message
from tests.decision.full_run import full_report
from tests.decision.helpers import SHARES, decide
from tests.decision.numbers import TRAINED_ON, check, counts_in
from tests.evaluation.helpers import UNTRAINED

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_report_works_from_disk(browser, tmp_path):
    report = decide(tmp_path / "r", SHARES, n=30, documents=15, unanswerable=4)
    path = tmp_path / "report.html"
    path.write_text(to_html(report), encoding="utf-8")
    page, said, asked = browser.new_page(), [], []
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on("request", lambda r: asked.append(r.url))
    page.goto(path.as_uri())
    rows = page.locator(".matrix tbody tr")
    assert rows.count() == 34
    page.locator(".filters button[data-name='differ']").click()
    assert 0 < rows.count() < 34
    for name in ("any wrong", "confidently wrong", "abstained", "stale", "needs review", "graded"):
        page.locator(f".filters button[data-name='{name}']").click()
        shown = page.locator("#shown").inner_text()
        assert shown == f"{rows.count()} of 34 questions"
        assert (
            f"({rows.count()})" in page.locator(f".filters button[data-name='{name}']").inner_text()
        )
    page.locator(".filters button[data-name='differ']").click()
    assert page.locator("#shown").inner_text() == f"{rows.count()} of 34 questions"
    rows.first.locator("button").first.click()
    dialog = page.locator("dialog")
    assert dialog.is_visible()
    assert dialog.locator("pre").first.inner_text()
    assert dialog.locator("details").count() >= 5
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    number = page.locator(".card .opens").first
    number.focus()
    page.keyboard.press("Enter")
    part = int(number.inner_text().split(" of ")[0])
    assert dialog.locator(".body > details.row").count() == part
    dialog.locator("details.row summary").first.click()
    assert dialog.locator("details.row pre").first.inner_text()
    dialog.get_by_role("button", name="Close").click()
    before = page.locator("#cost-said").inner_text()
    for name, value in (("volume", "6"), ("tokens", "2"), ("machines", "-1")):
        page.locator(f"#{name}").fill(value)
        after = page.locator("#cost-said").inner_text()
        assert after != before
        before = after
    # Hosting of an adapter at half the price, a million questions at four times the token price.
    cost = page.evaluate("data.costs.find((c) => c.name === 'finetuned')")
    told = (cost["hosting"] + cost["refresh"]) / 2 + cost["answer"] * 4 * 1e6
    assert f"finetuned {told:,.0f} " in after
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".card .opens").first.is_visible()
    page.emulate_media(media="screen")
    for width in (1200, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    assert asked == [path.as_uri()]


def test_hostile_text_stays_text(browser, tmp_path):
    report = decide(tmp_path / "r", SHARES, n=30, documents=15, unanswerable=4)
    nasty = '</script><img src=x onerror="window.owned=1"><b>bold</b>\u2028 ${1} ]]>'
    rows = []
    for row in report.scored:
        passages = tuple(
            dataclasses.replace(p, chunk=dataclasses.replace(p.chunk, text=nasty))
            for p in row.answer.passages
        )
        answer = dataclasses.replace(
            row.answer, text=nasty, passages=passages, messages=(Message("user", nasty),)
        )
        question = dataclasses.replace(row.question, question=nasty, kind=nasty)
        rows.append(dataclasses.replace(row, answer=answer, question=question))
    header = dataclasses.replace(report.summary.header, authored_by=nasty, notes=(nasty,))
    summary = dataclasses.replace(report.summary, header=header)
    path = tmp_path / "hostile.html"
    path.write_text(to_html(make_report(summary, report.recommendation, rows)), encoding="utf-8")
    page, problems = browser.new_page(), []
    page.on("console", lambda m: problems.append(m.text))
    page.on("pageerror", lambda e: problems.append(str(e)))
    page.goto(path.as_uri())
    page.locator(".matrix tbody button").first.click()
    page.locator("dialog details summary").first.click()
    assert page.locator("dialog pre").first.inner_text().startswith("</script><img")
    assert page.evaluate("window.owned") is None
    assert page.locator("img, b").count() == 0
    assert problems == []


OPEN_ALL = """() => [...document.querySelectorAll("button.opens")].map((button) => {
  button.click();
  const body = document.querySelector("dialog .body");
  const part = body.querySelectorAll(":scope > .row").length;
  const whole = part + body.querySelectorAll(":scope > .rest > .row").length;
  for (const row of body.querySelectorAll("details.row")) row.open = true;
  const first = body.querySelector(".note").textContent;
  document.querySelector("dialog").close();
  return [button.textContent, button.getAttribute("aria-label"), first, part, whole];
})"""
OPEN_FIRST = """(label) => {
  document.querySelector(`button.opens[aria-label^="${label}"]`).click();
  const first = document.querySelector("dialog .body > .row");
  first.querySelector("summary")?.click();
  return new Promise((done) => setTimeout(() => {
    const text = first.innerText;
    document.querySelector("dialog").close();
    done(text);
  }, 50));
}"""
CLOSED = """() => {
  const page = document.querySelector("main").cloneNode(true);
  for (const node of page.querySelectorAll("button.opens")) node.replaceWith("·");
  for (const node of page.querySelectorAll("svg, noscript, .filters, .matrix, .sliders, #shown")) node.remove();
  const blocks = page.querySelectorAll("p, li, td, th, h1, h2, h3, dd");
  return [...blocks].filter((b) => !b.querySelector("p, li")).map((b) => {
    const table = b.closest(".scroll");
    const head = b.cellIndex > 0 ? b.closest("table").querySelectorAll("thead th")[b.cellIndex] : null;
    return [table ? table.getAttribute("aria-label") : "", head ? head.textContent : "", b.textContent];
  });
}"""


@pytest.mark.parametrize("trained", [True, False])
def test_every_number_opens_as_many_rows_as_it_says(browser, tmp_path, trained):
    more = {} if trained else {"approaches": UNTRAINED, "situation": Situation()}
    path = tmp_path / "report.html"
    path.write_text(to_html(full_report(tmp_path / "r", **more)), encoding="utf-8")
    page, problems = browser.new_page(), []
    page.on("console", lambda m: problems.append(m.text))
    page.on("pageerror", lambda e: problems.append(str(e)))
    page.goto(path.as_uri())
    counted = 0
    for label, said, first, part, whole in page.evaluate(OPEN_ALL):
        where, unit = said.split("; show the ")
        where = where.removesuffix(f": {label}") + (
            "$" if "cost" in said or "month" in said else ""
        )
        counted += check(label, where, part, whole)
        numbers = re.match(r"(?:(\d+) of )?(\d+) ", first)
        assert int(numbers[2]) == whole, said
        assert int(numbers[1] or whole) == part, said
        assert unit.rstrip("s") in first, said
    assert counted > (250 if trained else 120)
    elsewhere = ("Your situation", "Crossovers")
    closed = [
        (table, text, found) for table, column, text in page.evaluate(CLOSED)
        if not table.startswith(elsewhere) and not TRAINED_ON.fullmatch(f"{table}, {column}")
        and (found := counts_in(text))
    ]  # fmt: skip
    assert closed == []
    assert problems == []


def test_the_rows_of_every_unit_show_what_they_are(browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(to_html(full_report(tmp_path / "r")), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())

    def show(label):
        return page.evaluate(OPEN_FIRST, label)

    assert "It says" in show("hybrid, citations that hold: ")
    assert "Before the documents changed: 999 days" in show("finetuned, tells the old fact: ")
    assert "Asked alone on a warm model: " in show("rag, answers timed: ")
    assert "Not compared: needs review" in show("q20, question: ")
    assert "scan.pdf: no text in it" in show("unreadable documents: ")
    assert "Wording 0 of fact " in show("hybrid, same outcome in all wordings: ")
    for name in ("prompt", "rag", "finetuned", "hybrid", "oracle"):
        assert f"{name}: " in show("finetuned - prompt, difference")
    read = show("gate 5, forgetting, base, read, correct")
    for told in ("Reference: ", "Source: the passage that was shown", "Prompt"):
        assert told in read
    lost = show("gate 5, forgetting, adapter, decline: ")
    assert "base: right" in lost
    assert "adapter: wrong" in lost
    loss = show("gate 5, forgetting, base, text: 3.02")
    assert "base 3.00, adapter 3.60 nats a token on these words:" in loss
    point = show("100 % of the facts (40), correct: 20 of 40")
    assert "Weight of q0?" in point
    assert "0 kg" in point
    gained = show(
        "Would more data pay? (10 minutes, model embedded), 100 % of the facts (40), held"
    )
    assert "50 % of the facts (20): wrong" in gained
    assert "100 % of the facts (40): right" in gained
