"""`assistant ui`: the Streamlit page, bound to loopback, asking nobody's servers for anything."""

import subprocess
import sys
from typing import TYPE_CHECKING

import click

from assistant.cli import workspace_options
from assistant.cli.console import note
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.workspace import Workspace


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
    prepare(workspace)
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


def prepare(workspace: "Workspace") -> None:
    """Make the sample usable at once: its index, and the recorded adapter and run.

    A user's own documents are never indexed without being asked to.
    """
    from assistant.journeys.recorded import restore

    if not workspace.parts.corpus.sample:
        return
    if workspace.parts.index_versions.current() is None:
        note("first use of the sample: indexing its documents (about half a minute) ...")
        note(workspace.reindex().line())
    recorded = restore(workspace.parts)
    if recorded is not None:
        note(f"using the recorded adapter {recorded.adapter} and run {recorded.run}")
