"""`assistant init` and `assistant doctor`."""

import click

from assistant.cli import json_option, workspace_options
from assistant.cli.console import note, out, out_json

SIGNS = {"ok": "✓", "note": "·", "problem": "✗"}


@click.command()
@click.option("--home", envvar="ASSISTANT_HOME", metavar="FOLDER", help="Default: here.")
def init(home: str | None) -> None:
    """Write commented settings and a situation file to fill in; existing files are kept."""
    from assistant.corpora import resolve_home
    from assistant.decision.situation import TEMPLATE as SITUATION
    from assistant.settings import FILE, TEMPLATE

    folder = resolve_home(home)
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    for name, text in ((FILE, TEMPLATE), ("situation.toml", SITUATION)):
        path = folder / name
        if path.exists():
            note(f"kept {path}")
        else:
            path.write_text(text, encoding="utf-8")
            out(f"wrote {path}")
    out(f"put documents into {folder / 'corpus'}, then: assistant reindex")


@click.command()
@click.option("--deep", is_flag=True, help="Also load the model and run the integrity self-test.")
@json_option
@workspace_options
def doctor(deep: bool, as_json: bool, home: str | None, corpus: str | None) -> None:
    """Check this installation, the index, the adapter and the models."""
    from assistant.errors import AssistantError
    from assistant.health import examine
    from assistant.workspace import Workspace

    findings = []
    for finding in examine(Workspace.open(home, corpus), deep=deep):
        findings.append(finding)
        if not as_json:
            out(f"{SIGNS[finding.state]} {finding.name:<22} {finding.detail}")
            if finding.cure and finding.state != "ok":
                out(f"  {'':<22} try: {finding.cure}")
    if as_json:
        out_json(findings)
    problems = [f.name for f in findings if f.state == "problem"]
    if problems:
        raise AssistantError(f"{len(problems)} problem(s): {', '.join(problems)}")
