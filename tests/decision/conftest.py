"""A real Chromium, and the pages it looks at."""

import shutil

import pytest


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
        context = found.new_context()
        context.set_default_timeout(120_000)  # two busy cores are slow, and no test is about that
        yield context
        found.close()
