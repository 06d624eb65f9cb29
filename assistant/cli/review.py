"""`assistant questions review`: old and new passage; keep, edit, drop."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli import json_option, workspace_options
from assistant.cli.console import note, out, out_json
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.evaluation.reviews import Decision, NewKey
    from assistant.journeys.review import ReviewDesk, ReviewItem
    from assistant.schema import Question

NOBODY = "-"
"""Typed instead of a reference: the fact was withdrawn."""
DECISIONS: "dict[str, Decision]" = {"k": "keep", "d": "drop"}


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--list", "listing", is_flag=True, help="Show what waits; ask nothing.")
@click.option("--keep", "keeps", multiple=True, metavar="ID", help="The reference still holds.")
@click.option("--keep-stated", is_flag=True,
              help="Keep all whose new sentence still states the reference.")  # fmt: skip
@click.option("--drop", "drops", multiple=True, metavar="ID", help="Take the question out.")
@click.option("--edit", metavar="ID", help="Give a new reference, with --reference.")
@click.option("--reference", "references", multiple=True, metavar="TEXT",
              help="For --edit; repeat for other wordings of the same answer.")  # fmt: skip
@click.option("--must", "musts", multiple=True, metavar="TEXT",
              help="For --edit: a phrase every right answer holds; may be repeated.")  # fmt: skip
@click.option("--unanswerable", is_flag=True, help="For --edit: nobody can know it any more.")
@click.option("--undo", "undos", multiple=True, metavar="ID", help="Take decisions back.")
@click.option("--write", "target", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the questions as reviewed to this .jsonl file.")  # fmt: skip
@click.option("--overwrite", is_flag=True, help="For --write: replace the file if it is there.")
@json_option
@workspace_options
def review(
    file: Path | None,
    listing: bool,
    keeps: tuple[str, ...],
    keep_stated: bool,
    drops: tuple[str, ...],
    edit: str | None,
    references: tuple[str, ...],
    musts: tuple[str, ...],
    unanswerable: bool,
    undos: tuple[str, ...],
    target: Path | None,
    overwrite: bool,
    as_json: bool,
    home: str | None,
    corpus: str | None,
) -> None:
    """Decide about questions whose sentence changed since their reference was written.

    Such a question is asked but not scored until somebody has looked. Old and new text are shown;
    wordings of one fact are decided together. Decisions are kept beside the index and laid over
    FILE (default: the corpus's questions), which is not changed; --write makes a reviewed copy.
    Reports of the runs that met the change follow the decisions at once.

    \b
      assistant questions review                       ask one by one
      assistant questions review --list --json
      assistant questions review --keep-stated
      assistant questions review --edit q7 --reference "165 EUR"
      assistant questions review --write questions-2026.jsonl
    """
    from assistant.evaluation.reviews import NewKey
    from assistant.journeys.review import open_review, undo_decisions, write_reviewed
    from assistant.workspace import Workspace

    if not edit and (references or musts or unanswerable):
        raise UsageError(
            "--reference, --must and --unanswerable say what an edit is", "add --edit ID"
        )
    parts = Workspace.open(home, corpus).parts
    if undos:
        note(f"{undo_decisions(parts, undos)} questions are as in the file again")
    desk = open_review(parts, file)
    key = NewKey(references, musts, not unanswerable)
    told = _decide(desk, keeps, drops, edit, key) if keeps or drops or edit else []
    if keep_stated:
        told.append(f"{desk.keep_reworded()} kept as still stated")
    if told:
        note(", ".join(told))
        desk = open_review(parts, file)
    if target:
        count = write_reviewed(parts, file, target, overwrite=overwrite)
        note(f"wrote {count} questions to {target}")
    if as_json:
        out_json(_data(desk))
    elif listing:
        _list(desk)
    elif not (told or target or undos):
        _ask(desk)


def _decide(
    desk: "ReviewDesk",
    keeps: tuple[str, ...],
    drops: tuple[str, ...],
    edit: str | None,
    key: "NewKey",
) -> list[str]:
    """Decisions given as options; nothing is kept when one of the ids is wrong."""
    chosen: dict[Decision, list[ReviewItem]] = {}
    for decision, ids in (("keep", keeps), ("drop", drops)):
        found = {item.ids: item for item in map(desk.find, ids)}
        if found:
            chosen["keep" if decision == "keep" else "drop"] = list(found.values())
    told = [f"{desk.edit_any(edit, key)} edited"] if edit else []
    names = {"keep": "kept", "drop": "dropped"}
    return told + [f"{desk.decide(items, d)} {names[d]}" for d, items in chosen.items()]


def _data(desk: "ReviewDesk") -> dict[str, Any]:
    return {
        "waiting": desk.waiting,
        "unfollowed": desk.unfollowed,
        "items": [
            {
                "ids": item.ids,
                "question": item.questions[0].question,
                "references": item.questions[0].references,
                "must": item.questions[0].must,
                "still_stated": item.still_stated,
                "changes": item.changes,
            }
            for item in desk.items
        ],
    }


def _list(desk: "ReviewDesk") -> None:
    for item in desk.items:
        _show(item)
        out()
    out(_count(desk))
    if desk.unfollowed:
        note(f"{desk.unfollowed} questions rest on no single sentence and are not followed")


def _count(desk: "ReviewDesk") -> str:
    return desk.line + (" (--keep-stated keeps them)" if desk.reworded else "")


def _show(item: "ReviewItem") -> None:
    first = item.questions[0]
    others = len(item.questions) - 1
    more = f" (and {others} other wording{'s' if others > 1 else ''})" if others else ""
    out(f"{', '.join(item.ids)}: {first.question}{more}")
    out(f"  reference: {item.reference}")
    for change in item.changes:
        out(f"  {change.document}: {change.kind.value}")
        _passage("old", change.old_passage or change.old)
        _passage("new", change.new_passage or change.new)


def _passage(name: str, text: str) -> None:
    out(f"    {name}: " + (text.replace("\n", "\n         ") or "-"))


def _ask(desk: "ReviewDesk") -> None:
    if not desk.items:
        out(_count(desk))
        return
    out(f"{_count(desk)}. Keys: k keep, e edit, d drop, s skip, q stop.")
    done = 0
    try:
        for number, item in enumerate(desk.items, 1):
            out(f"\n[{number}/{len(desk.items)}]")
            _show(item)
            key = click.prompt("  decision", type=click.Choice(list("kedsq")), err=True)
            if key == "q":
                break
            if key in DECISIONS:
                done += desk.decide([item], DECISIONS[key])
            elif key == "e":
                new = _new_key(item.questions[0])
                done += desk.decide([item], "edit", new) if new else 0
    except click.Abort:  # the end of piped input: what was decided is kept
        pass
    out(f"\n{done} questions decided, {desk.waiting - done} still wait")


def _new_key(question: "Question") -> "NewKey | None":
    """What was typed; None when that is nothing."""
    from assistant.documents.questions import LIST_SEPARATOR
    from assistant.evaluation.reviews import NewKey
    from assistant.evaluation.typed import one_line, typed_key

    hint = f"wordings separated by {LIST_SEPARATOR}; {NOBODY} when nobody can know it any more"
    if question.must:
        hint = f"now {one_line(question.must)}; every phrase must be in an answer; " + hint
    text = click.prompt(f"  new reference ({hint})", err=True).strip()
    if text == NOBODY:
        return NewKey(answerable=False)
    key = typed_key(question, text)
    return key if key.references or key.must else None
