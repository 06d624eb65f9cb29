"""How the page is served: the same options in a clone, an installed wheel and the tests.

`.streamlit/config.toml` is read only when the current folder holds it, so the command line passes
every option itself; a test keeps the file equal to `OPTIONS`.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

APP = Path(__file__).resolve().parent / "app.py"

_LIGHT = {
    "primaryColor": "#1F5FA8",
    "backgroundColor": "#FFFFFF",
    "secondaryBackgroundColor": "#F3F5F8",
    # Captions are drawn at 60 % of this; darker than it need be, so that they stay readable.
    "textColor": "#0F1720",
    "linkColor": "#1F5FA8",
    "borderColor": "#D5DBE3",
    "greenTextColor": "#17663A",
    "greenBackgroundColor": "#E2F3E8",
    "redTextColor": "#A3261C",
    "redBackgroundColor": "#FBE7E4",
    "orangeTextColor": "#8A4B08",
    "orangeBackgroundColor": "#FCEFDD",
    "blueTextColor": "#1F5FA8",
    "blueBackgroundColor": "#E4EEF9",
    "yellowBackgroundColor": "#FFF0B3",
    "grayTextColor": "#4E5A69",
    "grayBackgroundColor": "#E9EDF2",
}
_DARK = {
    "primaryColor": "#7FB2F5",
    "backgroundColor": "#12171E",
    "secondaryBackgroundColor": "#1B222C",
    "textColor": "#E4E9F0",
    "linkColor": "#8CBDFA",
    "borderColor": "#364150",
    "greenTextColor": "#83D6A2",
    "greenBackgroundColor": "#16341F",
    "redTextColor": "#FF9C90",
    "redBackgroundColor": "#431A16",
    "orangeTextColor": "#F5BC74",
    "orangeBackgroundColor": "#3D2809",
    "blueTextColor": "#8CBDFA",
    "blueBackgroundColor": "#172D49",
    "yellowBackgroundColor": "#4F430D",
    "grayTextColor": "#AEB9C7",
    "grayBackgroundColor": "#29323E",
}

OPTIONS: Mapping[str, str | bool | list[str] | list[int]] = {
    "server.address": "127.0.0.1",
    # Any website may point its own name at 127.0.0.1; a page that can start jobs must not answer.
    "server.allowedHosts": ["localhost", "127.0.0.1"],
    "server.fileWatcherType": "none",
    "server.headless": True,
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "theme.baseRadius": "medium",
    "theme.showWidgetBorder": True,
    "theme.paddingTop": "1.5rem",
    "theme.headingFontSizes": ["1.75rem", "1.3rem", "1.05rem", "1rem", "1rem", "1rem"],
    "theme.headingFontWeights": [700, 600, 600, 600, 600, 600],
    **{f"theme.light.{name}": value for name, value in _LIGHT.items()},
    **{f"theme.dark.{name}": value for name, value in _DARK.items()},
}


def streamlit_command(
    *,
    home: Path | None = None,
    corpus: str | None = None,
    port: int | None = None,
    address: str | None = None,
    open_browser: bool = False,
    app: Path = APP,
) -> list[str]:
    """The command that serves the page, by default to this machine only.

    Args:
        home: workspace folder; None leaves the choice to the workspace.
        corpus: name or folder of the documents.
        port: None lets Streamlit take the first free one from 8501.
        address: None is loopback; there is no login, so anything else is for a network of your own.
        open_browser: whether to open a window.
        app: the script to serve.
    """
    options = {**OPTIONS, "server.headless": not open_browser}
    hosts = options.pop("server.allowedHosts")
    assert isinstance(hosts, list)
    if address not in (None, *hosts):
        options["server.address"] = str(address)
        hosts = []  # whoever opens the page to a network knows its names; we do not
    command = [sys.executable, "-m", "streamlit", "run", str(app)]
    command += [f"--server.allowedHosts={host}" for host in hosts]
    for name, value in options.items():
        command.append(f"--{name}={value if isinstance(value, str) else json.dumps(value)}")
    if port is not None:
        command.append(f"--server.port={port}")
    command.append("--")
    if home is not None:
        command += ["--home", str(home)]
    if corpus is not None:
        command += ["--corpus", corpus]
    return command
