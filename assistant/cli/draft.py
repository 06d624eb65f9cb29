"""`assistant questions draft`: proposals from the documents, taken or turned down one by one."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli import json_option, workspace_options
from assistant.cli.console import note, out, out_json, printable, progress_line
from assistant.errors import QuestionFileError, UsageError

if TYPE_CHECKING:
    from assistant.evaluation.drafting import Draft
    from assistant.journeys.drafting import DraftDesk
    from assistant.schema import Question

SHOWN_PASSAGE = 700


@click.command()
@click.option("--count", default=40, show_default=True, type=click.IntRange(1, 2000))
@click.option(
    "--seconds",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0),
    help="Time for the model to write questions too; 0 for rules alone, without a model.",
)
@click.option("--seed", default=0, show_default=True, type=int)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Where accepted questions go (.jsonl). Default: beside the corpus's questions.",
              )  # fmt: skip
@click.option(
    "--accept-all",
    is_flag=True,
    help="Take them all unreviewed; a verdict made from them is never more than indicative.",
)
@click.option("--dry-run", is_flag=True, help="Print the proposals; ask and write nothing.")
@json_option
@workspace_options
def draft(
    count: int,
    seconds: float,
    seed: int,
    output: Path | None,
    accept_all: bool,
    dry_run: bool,
    as_json: bool,
    home: str | None,
    corpus: str | None,
) -> None:
    """Propose questions from the documents, to accept, edit or reject one by one.

    Found by rules in the documents and written by the model; some should be declined. Wordings
    that an adapter was trained on are never proposed. Answers are read from stdin, so they can be
    piped. What was accepted, edited or rejected is not proposed again: stop and go on any time.

    \b
      assistant questions draft --corpus ./handbook
      assistant questions draft --accept-all --count 100 -o drafted.jsonl
    """
    from assistant.journeys.drafting import open_draft_desk
    from assistant.workspace import Workspace

    parts = Workspace.open(home, corpus).parts
    with progress_line("drafting") as progress:
        desk = open_draft_desk(
            parts,
            count=count,
            seconds=seconds,
            seed=seed,
            file=output,
            progress=lambda done, total: progress("asking the model", done, total),
        )
    if as_json:
        out_json(desk.drafts)
    if dry_run or (as_json and not accept_all):
        if not as_json:
            for proposal in desk.drafts:
                _show(proposal)
        return
    if not desk.drafts:
        note("nothing new to propose; `assistant reindex` shows what is indexed")
        return
    kept = _accept_all(desk) if accept_all else _review(desk)
    if kept:
        note(f"{kept} questions written to {desk.file}")
        note(f"next: assistant score {desk.file}" + (f" --corpus {corpus}" if corpus else ""))
    if desk.trained:
        note(f"{desk.trained} of {len(desk.drafts)} ask in other words about facts an adapter was "
             "trained on")  # fmt: skip


def _accept_all(desk: "DraftDesk") -> int:
    note("unreviewed: a verdict made from them is indicative at most")
    return desk.take_all()


def _review(desk: "DraftDesk") -> int:
    """Ask about one proposal after another until the end, `q`, or the end of the input."""
    out(f"{len(desk.drafts)} proposals. Keys: a accept, e edit, r reject, s skip, q stop.")
    kept = 0
    for number, proposal in enumerate(desk.drafts, 1):
        out(f"\n[{number}/{len(desk.drafts)}]")
        _show(proposal)
        try:
            key = click.prompt("  keep it", type=click.Choice(list("aersq")), err=True)
            if key in "ae":
                desk.take(proposal, _edited(proposal.question) if key == "e" else None)
                kept += 1
        except click.Abort:  # the piped input has ended
            break
        except (QuestionFileError, UsageError) as error:
            note(f"  {error.message}; skipped")
        if key == "q":
            break
        if key == "r":
            desk.reject(proposal.question)
    return kept


def _show(proposal: "Draft") -> None:
    question = proposal.question
    out(f"  question:  {question.question}")
    if question.answerable:
        out(f"  answer:    {' / '.join(question.references)}")
        passage = " ".join(proposal.passage.split())
        out(f"  stands in: {', '.join(question.sources)}")
        out(f"  passage:   {passage[:SHOWN_PASSAGE]}")
    else:
        out("  answer:    (must be declined: no document seems to say this)")
    out(f"  written by {proposal.origin}")


def _edited(question: "Question") -> "Question":
    from assistant.evaluation.drafting import reworded
    from assistant.evaluation.typed import one_line

    text = click.prompt("  question", default=printable(question.question), err=True)
    answer = one_line(question.references)
    if question.answerable:
        answer = click.prompt("  answer", default=printable(answer), err=True)
    return reworded(question, text, answer)
