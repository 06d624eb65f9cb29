"""What `streamlit run` starts: `streamlit run ui/app.py -- --home FOLDER --corpus NAME`."""

import argparse
import sys
from pathlib import Path

from assistant.workspace import Workspace
from ui.page import draw_page


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the page's own arguments, leaving anything unknown alone."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--corpus")
    return parser.parse_known_args(arguments)[0]


def main() -> None:
    """Draw the page."""
    options = parse(sys.argv[1:])
    draw_page(Workspace.open, options.home, options.corpus)


if __name__ == "__main__":
    main()
