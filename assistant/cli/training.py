"""`assistant finetune`: pairs from the documents, LoRA, adapter versions."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from assistant.cli import json_option, workspace_options
from assistant.cli.console import gentle_stop, note, out, out_json, progress_line, table
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.workspace import Workspace


@click.command()
@click.option(
    "--minutes", type=click.FloatRange(min=0, min_open=True), help="Training time budget."
)
@click.option("--seed", type=int, help="Default: the one in assistant.toml, else 0.")
@click.option(
    "--learning-rate", type=click.FloatRange(min=0, min_open=True), help="Default: by model size."
)
@click.option("--dry-run", is_flag=True, help="Make and filter pairs, print the plan; no training.")
@click.option("--fresh", is_flag=True, help="Do not resume a training that was interrupted.")
@click.option(
    "--delta",
    is_flag=True,
    help="Go on from the adapter in use and teach only what changed, rehearsing some old facts.",
)
@click.option(
    "--ask-model",
    is_flag=True,
    help="Let the base model write questions too, in a fifth of the time; they are kept for the "
    "next training. Off by default because it did not help the embedded model: on the sample, "
    "closed book, 15 of 224 answers were right with them and 16 without (-0.4 points, 95 % "
    "interval -4.4 to 3.5).",
)
@click.option(
    "--curve", is_flag=True, help="Measure whether more data or time would pay; no new adapter."
)
@click.option("--list", "listing", is_flag=True, help="List adapter versions.")
@click.option("--use", metavar="ID", help="Make this version the one in use.")
@click.option("--delete", metavar="ID", help="Delete this version.")
@json_option
@workspace_options
def finetune(
    minutes: float | None,
    seed: int | None,
    learning_rate: float | None,
    dry_run: bool,
    fresh: bool,
    delta: bool,
    ask_model: bool,
    curve: bool,
    listing: bool,
    use: str | None,
    delete: str | None,
    as_json: bool,
    home: str | None,
    corpus: str | None,
) -> None:
    """Train a LoRA adapter on the documents within a time budget.

    Facts are found in the documents, each becomes several questions, statements and gaps to
    fill; gold questions are kept out. The fact coverage that the budget allowed is printed and
    stands beside every number measured with the adapter.

    \b
      assistant finetune --minutes 10
      assistant finetune --delta --minutes 2     after a reindex: only what changed
      assistant finetune --curve --minutes 30
      assistant finetune --list
      assistant finetune --use 20260101-120000-ab12
    """
    from assistant.journeys.training import finetune_corpus
    from assistant.workspace import Workspace

    workspace = Workspace.open(home, corpus)
    if sum(map(bool, (listing, use, delete, dry_run, curve))) > 1 or (curve and delta):
        raise UsageError("--list, --use, --delete, --dry-run and --curve exclude one another")
    if ask_model and (delta or curve):
        raise UsageError(
            "--delta and --curve use questions by rules alone", "leave out --ask-model"
        )
    if use:
        workspace.parts.adapters.use(use)
        out(f"adapter in use: {use}")
        return
    if delete:
        workspace.parts.adapters.delete(delete)
        out(f"deleted {delete}")
        return
    if listing:
        _list_adapters(workspace, as_json=as_json)
        return
    budget = minutes or workspace.parts.settings.finetune.minutes
    arguments = ["finetune", "--minutes", f"{budget:g}", *(["--delta"] if delta else [])]
    arguments += ["--ask-model"] if ask_model else []
    arguments += ["--corpus", corpus] if corpus else []
    chosen_seed = workspace.parts.settings.finetune.seed if seed is None else seed
    if curve:
        _curve(workspace, budget, chosen_seed, corpus, as_json=as_json)
        return
    with (
        workspace.jobs.record(arguments) as job,
        progress_line("finetune", job) as progress,
        gentle_stop() as stop,
    ):
        report = finetune_corpus(
            workspace.parts,
            minutes=budget,
            seed=chosen_seed,
            learning_rate=learning_rate,
            dry_run=dry_run,
            resume=not fresh,
            delta=delta,
            ask_model=ask_model,
            progress=progress,
            stop=stop,
        )
        if report.stopped == "interrupted":  # the checkpoint is kept; end as any stopped command
            raise KeyboardInterrupt
    if as_json:
        out_json(report)
        return
    for line in report.lines():
        out(line)


def _curve(
    workspace: "Workspace", minutes: float, seed: int, corpus: str | None, *, as_json: bool
) -> None:
    from assistant.decision.curve_words import curve_advice
    from assistant.decision.learning_chart import curve_lines
    from assistant.journeys.curve import measure_curve

    place = ["--corpus", corpus] if corpus else []
    arguments = ["finetune", "--curve", "--minutes", f"{minutes:g}", *place]
    with (
        workspace.jobs.record(arguments) as job,
        progress_line("finetune --curve", job) as progress,
    ):
        found = measure_curve(workspace.parts, minutes=minutes, seed=seed, progress=progress)
    if as_json:
        out_json({**asdict(found), "advice": curve_advice(found)})
        return
    for line in curve_lines(found):
        out(line)


def _list_adapters(workspace: "Workspace", *, as_json: bool) -> None:
    from assistant.parts import coverage

    manifests = workspace.parts.adapters.list()
    if as_json:
        out_json(manifests)
        return
    current = workspace.parts.adapters.current()
    behind = workspace.parts.behind(*manifests)
    rows = [
        ["*" if m.id == current else "", m.id, m.base_model, coverage(m), m.created, late]
        for m, late in zip(manifests, behind, strict=True)
    ]
    table(["", "id", "base", "facts", "made", "against the index"], rows)
    if not rows:
        note("no adapters yet; `assistant finetune --minutes 10` trains one")
