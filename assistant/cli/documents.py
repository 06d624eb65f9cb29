"""`assistant reindex` and `assistant search`."""

from typing import TYPE_CHECKING

import click

from assistant.cli import json_option, workspace_options
from assistant.cli.console import note, out, out_json, progress_line

if TYPE_CHECKING:
    from assistant.workspace import Workspace


@click.command()
@click.option("--rebuild", is_flag=True, help="Start from nothing (after changing the embedder).")
@click.option(
    "--verify", is_flag=True, help="Hash every file even when size and time are unchanged."
)
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--rollback", is_flag=True, help="Point back at the previous index version.")
@json_option
@workspace_options
def reindex(
    rebuild: bool,
    verify: bool,
    dry_run: bool,
    rollback: bool,
    as_json: bool,
    home: str | None,
    corpus: str | None,
) -> None:
    """Bring the retrieval index up to date with the documents.

    Added, changed and removed files are found by content; what did not change is not embedded
    again. The old index answers until the new one is complete and checked.

    \b
      assistant reindex --corpus ./handbook
      assistant reindex --dry-run
    """
    from assistant.workspace import Workspace

    workspace = Workspace.open(home, corpus)
    if rollback:
        out(f"index is now {workspace.parts.index_versions.rollback()}")
        return
    arguments = ["reindex", *(["--corpus", corpus] if corpus else [])]
    with workspace.jobs.record(arguments) as job, progress_line("reindex", job) as progress:
        report = workspace.reindex(
            rebuild=rebuild, verify=verify, dry_run=dry_run, progress=progress
        )
    stale = "" if dry_run else _review_note(workspace)
    if as_json:
        out_json(report)
        return
    for skipped in report.skipped:
        note(f"skipped {skipped.path}: {skipped.reason}")
    out(("would be: " if dry_run else "") + report.line())
    if stale:
        note(stale)


def _review_note(workspace: "Workspace") -> str:
    """What the change means for the questions; a bad question file is no reason to fail."""
    from assistant.errors import QuestionFileError
    from assistant.journeys.staleness import review_note

    try:
        return review_note(workspace.parts)
    except QuestionFileError:
        return ""


@click.command()
@click.argument("text")
@click.option("-k", default=5, show_default=True, type=click.IntRange(1, 100), help="How many.")
@json_option
@workspace_options
def search(text: str, k: int, as_json: bool, home: str | None, corpus: str | None) -> None:
    """Show the chunks retrieval finds for TEXT, with every score by name.

    fused is what the order follows; cosine is the embedder's similarity (-1 to 1), bm25 the
    keyword score (0 and up). A dash means that part did not find the chunk.
    """
    from assistant.workspace import Workspace

    hits = Workspace.open(home, corpus).search(text, k)
    if as_json:
        out_json(hits)
        return
    for number, hit in enumerate(hits, 1):
        page = f", page {hit.chunk.page}" if hit.chunk.page else ""
        dense = "-" if hit.dense is None else f"{hit.dense:.3f}"
        keyword = "-" if hit.keyword is None else f"{hit.keyword:.2f}"
        out(f"{number}. {hit.chunk.source}{page}")
        out(f"   fused {hit.score:.3f}   cosine {dense}   bm25 {keyword}")
        out("   " + " ".join(hit.chunk.text.split())[:300])
    if not hits:
        note("nothing found; `assistant reindex` shows what is indexed")
