"""`assistant questions check`; see `cli.review` and `cli.draft` for the others."""

from pathlib import Path

import click

from assistant.cli import json_option, workspace_options
from assistant.cli.console import out, out_json
from assistant.cli.draft import draft
from assistant.cli.review import review
from assistant.errors import GateFailed

SHOWN = 3


@click.group()
def questions() -> None:
    """Work on question sets."""


questions.add_command(review)
questions.add_command(draft)


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
    for group in report.groups:
        ids = group.question_ids
        where = f"{', '.join(ids[:SHOWN])}{', ...' if len(ids) > SHOWN else ''}: " if ids else ""
        many = f" ({len(ids)} questions)" if len(ids) > 1 else ""
        out(f"{group.severity}: {where}{group.kind}{many}: {group.message}")
        for proposal in group.proposals[:SHOWN]:
            out(f"    try: {proposal}")
    out(f"{report.unanswerable} of {report.questions} questions are unanswerable")
    out(report.line)
    if report.errors:
        raise GateFailed(
            f"{report.errors} errors in the question set", "correct them and check again"
        )
