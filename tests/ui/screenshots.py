"""Pictures of the page, for looking at it and for the README.

python tests/ui/screenshots.py --out shots                    # the fake workspace, all states
python tests/ui/screenshots.py --out shots --home . --corpus tessholm --ask "How ...?"
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.ui.browser import ask, browse, serve, settle
from ui.launch import APP

WARM_UP = "How long does the QX-4410 need to warm up?"
ANSWER_MS = 300_000  # the first answer also loads the model
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
NARROW = {"viewport": {"width": 420, "height": 860}}
DARK = {**DESKTOP, "color_scheme": "dark"}
SCENES = [
    # name, scene, delay between words, window, what to do before the picture
    ("first-use", "full", 0.0, DESKTOP, None),
    ("answers", "full", 0.0, DESKTOP, "ask"),
    ("answers-dark", "full", 0.0, DARK, "ask"),
    ("answers-narrow", "full", 0.0, NARROW, "ask"),
    ("streaming", "full", 0.4, DESKTOP, "stream"),
    ("no-adapter", "no_adapter", 0.0, DESKTOP, "ask"),
    ("job", "no_adapter", 0.0, DESKTOP, "job"),
    ("empty", "empty", 0.0, DESKTOP, None),
    ("hostile", "hostile", 0.0, DESKTOP, "ask"),
    ("broken", "broken", 0.0, DESKTOP, "ask"),
    ("verdict", "full", 0.0, DESKTOP, "tab Verdict"),
    ("scores", "full", 0.0, DESKTOP, "tab Scores"),
    ("scores-dark", "full", 0.0, DARK, "tab Scores"),
    ("grade", "full", 0.0, DESKTOP, "tab Grade"),
    ("questions", "full", 0.0, DESKTOP, "tab Questions"),
    ("documents", "full", 0.0, DESKTOP, "tab Documents"),
    ("train", "full", 0.0, DESKTOP, "tab Train"),
    ("help", "full", 0.0, DESKTOP, "tab Help"),
]


def shoot(address, path, window, action, question):
    with browse(**window) as page:
        page.goto(address)
        page.get_by_role("heading", level=1).wait_for()
        settle(page)
        if action in ("ask", "stream", "job"):
            ask(page, question)
            page.wait_for_timeout(1200 if action == "stream" else 0)
        if action in ("ask", "job"):
            answered = page.get_by_text("Answered together in")
            answered.or_(page.get_by_text("What puts it right")).first.wait_for(timeout=ANSWER_MS)
        if action == "job":
            page.get_by_role("button", name="Start now").first.click()
        if action and action.startswith("tab "):
            page.get_by_role("tab", name=action.removeprefix("tab ")).click()
        if action == "tab Grade":
            page.get_by_role("button", name="Start grading").click()
        if action != "stream":
            page.wait_for_timeout(800)
            settle(page)
        page.screenshot(path=path, animations="disabled")
        if action != "stream":
            page.screenshot(path=_whole(page, path, window), animations="disabled")
        for problem in [*page.problems, *page.foreign]:
            print(f"{path.stem}: {problem}")


def _whole(page, path, window):
    """Streamlit scrolls inside the window: make the window as tall as the content."""
    height = page.evaluate(
        "Math.max(...[...document.querySelectorAll('section,[data-testid=stMain]')]"
        ".map(e => e.scrollHeight))"
    )
    width = window["viewport"]["width"]
    page.set_viewport_size({"width": width, "height": min(6000, max(860, height + 20))})
    page.wait_for_timeout(500)
    return path.with_name(f"{path.stem}-whole.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="*", help="names of the pictures wanted")
    parser.add_argument("--home", type=Path, help="a real workspace instead of the fake one")
    parser.add_argument("--corpus")
    parser.add_argument("--ask", default=WARM_UP)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, scene, delay, window, action in SCENES:
        if options.only and name not in options.only:
            continue
        real = {"app": APP, "home": options.home.resolve()} if options.home else {}
        if options.home and options.corpus:
            real["corpus"] = options.corpus
        arguments = [] if options.home else ["--scene", scene, "--delay", str(delay)]
        with (
            (options.out / f"{name}.log").open("wb") as log,
            serve(*arguments, log=log, **real) as url,
        ):
            shoot(url, options.out / f"{name}.png", window, action, options.ask)


if __name__ == "__main__":
    main()
