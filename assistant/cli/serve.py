"""`assistant serve`: the approaches as models of an OpenAI-compatible endpoint."""

import os

import click

from assistant.cli import workspace_options
from assistant.cli.console import note
from assistant.errors import AssistantError

KEY = "ASSISTANT_API_KEY"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@workspace_options
def serve(port: int, host: str, home: str | None, corpus: str | None) -> None:
    """Serve every approach as a model of an OpenAI-compatible endpoint.

    The model's name is the approach: prompt, rag, finetuned, hybrid, whole. Citations come in the
    extra field `citations`. Set ASSISTANT_API_KEY to ask clients for a key.

    \b
      assistant serve --corpus ./handbook
      curl localhost:8000/v1/chat/completions -H 'content-type: application/json' \\
        -d '{"model": "rag", "messages": [{"role": "user", "content": "How long ...?"}]}'
    """
    import uvicorn

    from assistant.cli.app import prepare
    from assistant.server.app import make_app
    from assistant.workspace import Workspace

    key = os.environ.get(KEY, "")
    workspace = Workspace.open(home, corpus)
    prepare(workspace)
    workspace.warm()
    if host not in LOOPBACK and not key:
        note(
            f"warning: {host} can be reached by others and there is no key: anyone there may ask "
            f"and read passages of your documents. Set {KEY}, or keep to 127.0.0.1."
        )
    # A wildcard address has no name of its own; whoever opens the server knows its names.
    hosts = ("localhost", "127.0.0.1", "[::1]") if host in LOOPBACK else ("*",)
    note(f"models: {', '.join(workspace.answering())}")
    note(f"open http://{host}:{port}/v1   (stop with Ctrl+C)")
    config = uvicorn.Config(
        make_app(workspace, api_key=key, hosts=hosts),
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    try:
        server.run()
    except SystemExit as error:  # uvicorn's way to say that the port is taken
        raise AssistantError(
            f"the server could not start on {host}:{port}; is the port taken?",
            f"assistant serve --port {port + 1}",
        ) from error
