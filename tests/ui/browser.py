"""Serve the page and open it in a real Chromium: for the browser test and the screenshots."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from ui.launch import streamlit_command

ROOT = Path(__file__).resolve().parents[2]
FAKE_APP = Path(__file__).resolve().parent / "fake_app.py"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium():
    """Path of an installed Chromium, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(*arguments, app=FAKE_APP, log=None, wait=60.0, **options):
    """Address of a running page; ended on leaving.

    Args:
        arguments: for the script, after `--`.
        app: which script.
        log: file that gets what the server says.
        options: `home` and `corpus` of the real page.
    """
    port = free_port()
    command = [*streamlit_command(app=app, port=port, **options), *arguments]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    process = subprocess.Popen(
        command,
        stdout=log or subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        env=environment,
        # Not the repository: an installed page must not depend on `.streamlit/config.toml`.
        cwd=options.get("home") or "/",
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(address, process, wait)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_up(address, process, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no page at {address} after {seconds:.0f} s")


@contextmanager
def browse(**context):
    """A browser page with a fresh profile; collects what went wrong in `problems`.

    Args:
        context: for Playwright's `new_context`: viewport, color_scheme, ...
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            page = browser.new_context(**context).new_page()
            page.problems, page.foreign = [], []
            page.on("pageerror", lambda error: page.problems.append(str(error)))
            page.on("console", lambda m: m.type == "error" and page.problems.append(m.text))
            page.on("request", lambda request: _note_host(page, request.url))
            page.set_default_timeout(60_000)
            yield page
        finally:
            browser.close()


def _note_host(page, url):
    if not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")):
        page.foreign.append(url)


def settle(page):
    """Wait until the script has run to its end."""
    page.wait_for_selector("[data-testid=stApp]:not([data-test-script-state=running])")
    page.wait_for_timeout(600)


def ask(page, text):
    box = page.get_by_test_id("stChatInput").locator("textarea")
    box.fill(text)
    box.press("Enter")


if __name__ == "__main__":
    sys.exit("this is a helper of tests/ui/test_browser.py and tests/ui/screenshots.py")
