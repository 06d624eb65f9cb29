"""`assistant ui`: the Streamlit page, bound to loopback, asking nobody's servers for anything."""

import subprocess
import sys

import click

from assistant.cli import workspace_options
from assistant.cli.console import note
from assistant.errors import AssistantError


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


def run_ui(
    *,
    port: int = 8501,
    address: str = "127.0.0.1",
    browser: bool = True,
    home: str | None = None,
    corpus: str | None = None,
) -> None:
    """Run Streamlit in the foreground until interrupted.

    Raises:
        AssistantError: when the server ends with an error.
    """
    from assistant.workspace import Workspace
    from ui.launch import streamlit_command

    workspace = Workspace.open(home, corpus)  # a wrong --corpus is said here, not in a browser
    command = streamlit_command(
        home=workspace.home,
        corpus=corpus,
        port=port,
        address=address,
        open_browser=browser and sys.stdin.isatty(),
    )
    note(f"open http://{address}:{port}   (stop with Ctrl+C)")
    process = subprocess.Popen(command)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait(timeout=10)
        raise
    if code:
        raise AssistantError(
            f"the page's server ended with code {code}; is port {port} taken?",
            f"assistant ui --port {port + 1}",
        )
