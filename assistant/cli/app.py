"""`assistant ui`: the Streamlit page, bound to loopback, asking nobody's servers for anything."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from assistant.cli import workspace_options
from assistant.cli.console import note
from assistant.errors import AssistantError

OPTIONS = {
    "server.fileWatcherType": "none",
    "server.maxUploadSize": "20",
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
}


@click.command()
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--address",
    default="127.0.0.1",
    show_default=True,
    help="Who may connect. There is no login: keep it on loopback unless the network is yours.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser window.")
@workspace_options
def ui(port: int, address: str, no_browser: bool, home: str | None, corpus: str | None) -> None:
    """Open the side-by-side page in a browser."""
    run_ui(port=port, address=address, browser=not no_browser, home=home, corpus=corpus)


def run_ui(*, port: int, address: str, browser: bool, home: str | None, corpus: str | None) -> None:
    """Run Streamlit in the foreground until interrupted.

    Raises:
        AssistantError: when the page is not installed or the server ends with an error.
    """
    from assistant.workspace import Workspace

    workspace = Workspace.open(home, corpus)  # a wrong --corpus is said here, not in a browser
    spec = find_spec("ui")
    if spec is None or not spec.submodule_search_locations:
        raise AssistantError("the ui package is not installed", "pip install -e .")
    script = Path(next(iter(spec.submodule_search_locations))) / "app.py"
    options = {
        **OPTIONS,
        "server.port": str(port),
        "server.address": address,
        "server.headless": "false" if browser and sys.stdin.isatty() else "true",
    }
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--{name}={value}" for name, value in options.items()]
    command += ["--", "--home", str(workspace.home), *(["--corpus", corpus] if corpus else [])]
    note(f"open http://{address}:{port}   (stop with Ctrl+C)")
    process = subprocess.Popen(command, env={**os.environ, "STREAMLIT_SERVER_PORT": str(port)})
    try:
        code = process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait(timeout=10)
        raise
    if code:
        raise AssistantError(
            f"the page's server ended with code {code}", f"assistant ui --port {port + 1}"
        )
