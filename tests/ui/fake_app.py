"""The real page on the fake workspace: `streamlit run tests/ui/fake_app.py -- --scene full`."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.ui.fake_workspace import FakeWorkspace
from ui.page import draw_page

parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
parser.add_argument("--scene", default="full")
parser.add_argument("--delay", type=float, default=0.0)
options, _ = parser.parse_known_args(sys.argv[1:])

draw_page(FakeWorkspace.opener(options.scene, options.delay), None, None)
