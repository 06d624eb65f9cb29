"""`assistant questions check`."""

from pathlib import Path

import click

from assistant.cli import json_option, workspace_options
from assistant.cli.console import out, out_json


@click.group()
def questions() -> None:
    """Work on question sets."""


@questions.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@json_option
@workspace_options
def check(file: Path | None, as_json: bool, home: str | None, corpus: str | None) -> None:
    """Check a question set before trusting a score made from it.

    Finds references that no document contains, missing sources (with proposals), duplicates, a
    set without unanswerable questions, and says what difference this many questions can show.
    FILE defaults to the corpus's own questions.
    """
    from assistant.journeys.questions import check_question_set
    from assistant.workspace import Workspace

    report = check_question_set(Workspace.open(home, corpus).parts, file)
    if as_json:
        out_json(report)
        return
    for line in report.lines():
        out(line)
