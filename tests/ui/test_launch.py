"""One set of options for clone and wheel, private by default, readable in both themes."""

import tomllib
from pathlib import Path

import pytest

from ui.launch import APP, OPTIONS, streamlit_command

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
CAPTION_OPACITY = 0.6
READABLE = 4.5


def flat(table, prefix=""):
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def test_config_file_says_what_the_command_line_says():
    assert dict(flat(tomllib.loads(CONFIG.read_text(encoding="utf-8")))) == dict(OPTIONS)


def test_private_by_default():
    command = streamlit_command()
    assert "--server.address=127.0.0.1" in command
    assert "--browser.gatherUsageStats=false" in command
    assert "--server.fileWatcherType=none" in command
    assert "--client.showErrorDetails=none" in command


def test_other_names_are_refused_unless_the_page_is_opened_to_a_network():
    assert "--server.allowedHosts=127.0.0.1" in streamlit_command()
    assert "--server.allowedHosts=127.0.0.1" in streamlit_command(address="127.0.0.1")
    opened = streamlit_command(address="0.0.0.0")
    assert "--server.address=0.0.0.0" in opened
    assert "--server.address=127.0.0.1" not in opened
    assert not [o for o in opened if "allowedHosts" in o]


def test_workspace_and_port_are_passed_on(tmp_path):
    command = streamlit_command(home=tmp_path, corpus="my docs", port=8600, open_browser=True)
    assert command[command.index("--") + 1 :] == ["--home", str(tmp_path), "--corpus", "my docs"]
    assert "--server.port=8600" in command
    assert "--server.headless=false" in command
    assert str(APP) in command
    assert APP.is_file()


def test_every_option_is_known_to_streamlit():
    from streamlit import config

    known = set(config._config_options_template)
    assert set(OPTIONS) <= known


def test_fonts_come_with_streamlit():
    assert not [v for v in OPTIONS.values() if "//" in str(v)]


def rgb(colour):
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def contrast(one, other):
    def luminance(values):
        linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast(theme):
    """WCAG 2.1 AA, 4.5 to 1: text, captions, links, badges, marked values."""
    c = {
        n.rpartition(".")[2]: rgb(v) for n, v in OPTIONS.items() if n.startswith(f"theme.{theme}.")
    }
    pairs = []
    for background in (c["backgroundColor"], c["secondaryBackgroundColor"]):
        faded = [
            CAPTION_OPACITY * t + (1 - CAPTION_OPACITY) * b
            for t, b in zip(c["textColor"], background, strict=True)
        ]
        pairs += [(c["textColor"], background), (faded, background)]
        pairs += [(c["linkColor"], background), (c["primaryColor"], background)]
    for name in ("green", "red", "orange", "blue", "gray"):
        pairs.append((c[f"{name}TextColor"], c[f"{name}BackgroundColor"]))
    pairs.append((c["textColor"], c["yellowBackgroundColor"]))
    assert min(contrast(*pair) for pair in pairs) >= READABLE
