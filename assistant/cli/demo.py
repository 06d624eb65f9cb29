"""`assistant demo`: the whole journey on the sample corpus, then the app."""

import time
from typing import TYPE_CHECKING

import click

from assistant.cli import workspace_options
from assistant.cli.console import duration, note, out, progress_line

if TYPE_CHECKING:
    from assistant.models.adapters import AdapterManifest
    from assistant.parts import Parts

MINUTES = 4.0
SAMPLE = 60


@click.command()
@click.option("--no-ui", is_flag=True, help="Stop after the verdict; for scripts.")
@click.option("--minutes", default=MINUTES, show_default=True, type=click.FloatRange(0.2, 600),
              help="Training time budget.")  # fmt: skip
@click.option("--sample", default=SAMPLE, show_default=True, type=click.IntRange(10),
              help="Questions to score, stratified; the same ones every time.")  # fmt: skip
@click.option("--record", is_flag=True, help="Keep adapter and run as the recorded demo (for us).")
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@workspace_options
def demo(
    no_ui: bool,
    minutes: float,
    sample: int,
    record: bool,
    port: int,
    home: str | None,
    corpus: str | None,
) -> None:
    """Do everything once: index, train, score, decide; then open the app.

    Uses the sample corpus, a fictional instrument maker that no model has heard of. Each step is
    an ordinary command, printed before it runs; nothing is redone that is already there.
    """
    from assistant.cli.report import print_recommendation, print_summary
    from assistant.corpora import DEFAULT_SAMPLE
    from assistant.journeys.scoring import score_corpus
    from assistant.journeys.training import finetune_corpus
    from assistant.workspace import Workspace

    started = time.monotonic()
    corpus = corpus or DEFAULT_SAMPLE
    workspace = Workspace.open(home, corpus)
    parts = workspace.parts
    place = f" --corpus {corpus}"

    with workspace.jobs.record(["demo"]) as job:
        out(f"\n$ assistant reindex{place}")
        with progress_line("reindex", job) as progress:
            out(workspace.reindex(progress=progress).line())

        out(f"\n$ assistant finetune --minutes {minutes:g}{place}")
        adapter = parts.adapter()
        if adapter is not None and parts.chunks_behind() == 0 and _fits(parts, adapter):
            note(f"adapter {adapter.id} is already trained on these documents")
        else:
            with progress_line("finetune", job) as progress:
                report = finetune_corpus(
                    parts, minutes=minutes, seed=parts.settings.finetune.seed, progress=progress
                )
            for line in report.lines():
                out(line)

        out(f"\n$ assistant score --sample {sample}{place}")
        with progress_line("score", job) as progress:
            run = score_corpus(parts, sample=sample, timing_questions=4, progress=progress)
        scores = workspace.report(run.header.id)
        print_summary(scores)

        out(f"\n$ assistant recommend{place}")
        print_recommendation(scores.recommendation)
    if record:
        from assistant.journeys.recorded import record as keep

        kept = keep(parts, run.header.id)
        note(f"recorded adapter {kept.adapter} and run {kept.run}")
    out(f"\nall of this took {duration(time.monotonic() - started)}")
    if no_ui:
        out(f"open the app with: assistant ui{place}")
        return
    from assistant.cli.app import run_ui

    run_ui(port=port, home=home, corpus=corpus)


def _fits(parts: "Parts", adapter: "AdapterManifest") -> bool:
    """Whether the adapter was trained on the base model there is now, which is not loaded here."""
    from assistant.models.local import resolve

    return adapter.base_fingerprint == resolve(parts.settings.model.base).fingerprint
