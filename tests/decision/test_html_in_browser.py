"""The HTML report in a real browser: opens from disk, asks for nothing, says nothing on the console."""

import shutil

import pytest

from assistant.decision.html_report import to_html
from tests.decision.helpers import SHARES, decide

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser():
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch()
        except api.Error:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            if path is None:
                pytest.skip("no Chromium on this machine")
            found = playwright.chromium.launch(executable_path=path)
        yield found
        found.close()


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
    page.get_by_role("button", name="differ").click()
    assert 0 < rows.count() < 34
    assert page.locator("#shown").inner_text() == f"{rows.count()} of 34 questions"
    rows.first.locator("button").first.click()
    dialog = page.locator("dialog")
    assert dialog.is_visible()
    assert dialog.locator("pre").first.inner_text()
    assert dialog.locator("details").count() >= 5
    dialog.get_by_role("button", name="Close").click()
    before = page.locator("#cost-said").inner_text()
    page.locator("#volume").fill("6")
    assert page.locator("#cost-said").inner_text() != before
    for width in (1200, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    assert asked == [path.as_uri()]
