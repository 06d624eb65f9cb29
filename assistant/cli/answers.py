"""`assistant ask`: one question, several approaches, side by side on the terminal."""

import sys
from typing import TYPE_CHECKING

import click

from assistant.cli import json_option, workspace_options
from assistant.cli.console import duration, note, out, out_json
from assistant.errors import AssistantError
from assistant.overview import LABELS
from assistant.schema import Answer, Outcome, Score

if TYPE_CHECKING:
    from assistant.workspace import Workspace

MARKS = {
    Outcome.CORRECT: "✓ correct",
    Outcome.INCORRECT: "✗ incorrect",
    Outcome.ABSTAINED: "– declined",
}


@click.command()
@click.argument("question")
@click.option(
    "--approaches",
    metavar="A,B,...",
    help="Default: every one of prompt, rag, finetuned, hybrid that can run now. "
    "Also oracle, whole, and rag@MODEL for another model.",
)
@click.option("-k", type=click.IntRange(1, 50), help="Passages per question.")
@click.option("--show-prompt", is_flag=True, help="Print the exact prompt of every approach.")
@json_option
@workspace_options
def ask(
    question: str,
    approaches: str | None,
    k: int | None,
    show_prompt: bool,
    as_json: bool,
    home: str | None,
    corpus: str | None,
) -> None:
    """Answer QUESTION by several approaches, side by side, with sources.

    Where the question is one of the corpus's gold questions, every answer is scored.
    """
    from assistant.workspace import Workspace

    workspace = Workspace.open(home, corpus)
    chosen = approaches.split(",") if approaches else _available(workspace, quiet=as_json)
    if not as_json and sys.stderr.isatty():
        note("loading the model ...")
    comparison = workspace.ask(question, chosen, k).result()
    if all(a.error for a in comparison.answers):
        raise AssistantError("no approach could answer: " + comparison.answers[0].error)
    if as_json:
        out_json(comparison)
        return
    late = workspace.behind()
    for answer, score in zip(comparison.answers, comparison.scores, strict=True):
        _show(answer, score, late if answer.adapter else "")
        record = workspace.record_for(comparison.question.question, answer.approach)
        if record:
            out(f"  {record.text}")
        if show_prompt:
            for message in answer.messages:
                out(f"  | {message.role}: " + message.content.replace("\n", "\n  |   "))
    if comparison.question.references:
        out(f"\nreference: {' / '.join(comparison.question.references)}")
    out(f"\nanswered together in {duration(comparison.seconds)}")


def _available(workspace: "Workspace", *, quiet: bool) -> list[str]:
    """Every approach of the grid that can run now; says what is missing for the others."""
    states = workspace.approach_states()
    for state in states:
        if not state.available and not quiet:
            cure = f"   ({state.command})" if state.command else ""
            note(f"without {state.name}: {state.reason}{cure}")
    return [s.name for s in states if s.available]


def _show(answer: Answer, score: Score | None, late: str) -> None:
    label = LABELS.get(answer.approach, (answer.approach, ""))[0]
    mark = f"   {MARKS[score.outcome]}" if score and score.outcome else ""
    out(f"\n{label}{mark}" + (f"   (adapter {late} the index)" if late else ""))
    out("  " + (answer.text or f"[no answer: {answer.error or answer.finish}]"))
    if score and score.outcome is Outcome.INCORRECT:
        out(f"  why: {score.explanation}")
    cited = {c.number: c for c in answer.citations}
    for passage in answer.passages:
        citation = cited.get(passage.number)
        if citation:
            support = "contains the answer" if citation.supported else "does NOT say this"
            page = f", page {passage.chunk.page}" if passage.chunk.page else ""
            out(f"  [{passage.number}] {passage.chunk.source}{page}: {support}")
    if answer.passages and not answer.citations and answer.text:
        out(f"  none of its {len(answer.passages)} passages contains this answer")
    if answer.dropped_passages:
        out(f"  {answer.dropped_passages} passages did not fit the prompt")
    if answer.nearest:
        out(f"  nearest passage (not used by the model): {answer.nearest[0].chunk.source}")
    out(f"  {answer.prompt_tokens} tokens in, {answer.completion_tokens} out")
