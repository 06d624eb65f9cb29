"""`assistant score`, `recommend`, `compare` and `grade`."""

from pathlib import Path

import click

from assistant.cli import json_option, workspace_options
from assistant.cli.console import note, out, out_json, progress_line
from assistant.cli.report import (
    check_outputs,
    print_comparison,
    print_recommendation,
    print_summary,
    write_outputs,
)

output_option = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the report: .html (one file to share), .md, .json, .csv (one line an "
    "answer) or .xml (JUnit).",
)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--approaches", default="", metavar="A,B,...", help="Default: all that can run, and "
              "oracle. Also whole, and rag@MODEL for another model.")  # fmt: skip
@click.option("--candidate", "candidates", multiple=True, metavar="MODEL",
              help="Score prompt and rag on another model too; may be repeated.")  # fmt: skip
@click.option("--sample", type=click.IntRange(1), help="At most this many questions, stratified.")
@click.option("--timings", default=10, show_default=True, type=click.IntRange(0),
              help="Questions asked one by one for latency; 0 for none.")  # fmt: skip
@click.option(
    "--tune-prompts",
    is_flag=True,
    help="First try every prompt style on questions/dev.jsonl, for every approach alike.",
)
@click.option("--resume", metavar="RUN", default="", help="Go on with a run that was stopped.")
@click.option("--fail-under", type=click.FloatRange(0, 1), metavar="SHARE",
              help="Exit with 3 when no approach reaches this share correct.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would be asked; ask nothing.")
@json_option
@output_option
@workspace_options
def score(
    file: Path | None,
    approaches: str,
    candidates: tuple[str, ...],
    sample: int | None,
    timings: int,
    tune_prompts: bool,
    resume: str,
    fail_under: float | None,
    dry_run: bool,
    as_json: bool,
    outputs: tuple[Path, ...],
    home: str | None,
    corpus: str | None,
) -> None:
    """Score a question set by every approach, with intervals and paired tests.

    FILE is JSON lines, CSV or SQuAD JSON; without it the corpus's own questions are used. Works
    without an adapter, and then answers whether training one is worth trying.

    \b
      assistant score questions.jsonl --corpus ./handbook -o report.md
      assistant score --sample 100 --approaches prompt,rag,oracle
    """
    from assistant.errors import GateFailed
    from assistant.journeys.scoring import plan_score, score_corpus
    from assistant.workspace import Workspace

    check_outputs(outputs)
    workspace = Workspace.open(home, corpus)
    if dry_run:
        for line in plan_score(workspace.parts, file, approaches, candidates, sample):
            out(line)
        return
    arguments = ["score", *([str(file)] if file else []), *(["--corpus", corpus] if corpus else [])]
    with workspace.jobs.record(arguments) as job, progress_line("score") as show:

        def progress(label: str, done: float, total: float) -> None:
            show(done, total, label)
            job(label, done, total)

        run = score_corpus(
            workspace.parts,
            file=file,
            approaches=approaches,
            candidates=candidates,
            sample=sample,
            resume=resume,
            timing_questions=timings,
            tune_prompts=tune_prompts,
            progress=progress,
        )
    report = workspace.report(run.header.id)
    write_outputs(report, outputs, target=workspace.parts.situation().correct)
    if as_json:
        out_json(report.summary)
    else:
        print_summary(report.summary)
        note(f"run folder: {run.path}")
        note(f"next: assistant recommend {run.header.id}")
    if fail_under is not None:
        best = max((a.correct.share or 0.0 for a in report.summary.approaches), default=0.0)
        if best < fail_under:
            raise GateFailed(f"best share correct is {best:.2f}, below {fail_under:g}")


@click.command()
@click.argument("run", default="")
@json_option
@output_option
@workspace_options
def recommend(
    run: str, as_json: bool, outputs: tuple[Path, ...], home: str | None, corpus: str | None
) -> None:
    """Say which approach to use, why, how sure that is, and what would change it.

    RUN is a run id or its beginning; without it the newest run is used. No model is loaded.
    Circumstances and targets come from situation.toml; `assistant init` writes a template.
    """
    from assistant.workspace import Workspace

    check_outputs(outputs)
    workspace = Workspace.open(home, corpus)
    report = workspace.report(run)
    write_outputs(report, outputs, target=workspace.parts.situation().correct)
    if as_json:
        out_json(report.recommendation)
        return
    print_summary(report.summary)
    print_recommendation(report.recommendation)


@click.command()
@click.argument("first")
@click.argument("second")
@click.option("--max-regression", type=click.FloatRange(0, 1), metavar="SHARE",
              help="Exit with 3 when an approach lost more than this.")  # fmt: skip
@json_option
@workspace_options
def compare(
    first: str,
    second: str,
    max_regression: float | None,
    as_json: bool,
    home: str | None,
    corpus: str | None,
) -> None:
    """Compare two runs, FIRST (before) and SECOND (after), on their unchanged questions."""
    from assistant.evaluation.compare import require_no_regression
    from assistant.workspace import Workspace

    comparison = Workspace.open(home, corpus).compare(first, second)
    if as_json:
        out_json(comparison)
    else:
        print_comparison(comparison)
    require_no_regression(comparison, max_regression=max_regression)


KEYS = {"c": "correct", "i": "incorrect", "d": "abstained"}


@click.command()
@click.argument("run", default="")
@click.option("--sample", default=30, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=0, show_default=True, type=int)
@workspace_options
def grade(run: str, sample: int, seed: int, home: str | None, corpus: str | None) -> None:
    """Overrule the scoring rule on a sample of answers; the approach stays hidden.

    A grade belongs to the question and the answer's text: every approach that gave that answer
    gets it, and it survives later runs. Grades win over the rule everywhere, and their agreement
    with it is reported.
    """
    from assistant.schema import Outcome
    from assistant.workspace import Workspace

    desk = Workspace.open(home, corpus).grading(run, sample, seed)
    if not desk.items:
        out("every distinct answer of this run is graded")
        return
    out(f"{len(desk.items)} answers. Keys: c correct, i incorrect, d declined, s skip, q stop.")
    done = 0
    for number, item in enumerate(desk.items, 1):
        out(f"\n[{number}/{len(desk.items)}] {item.question.question}")
        wanted = " / ".join(item.question.references) or "(must be declined: not in the documents)"
        out(f"  reference: {wanted if item.question.answerable else 'must be declined'}")
        out(f"  answer:    {item.answer or '(empty)'}")
        allowed = "cisq" if not item.question.answerable else "cidsq"
        key = click.prompt("  grade", type=click.Choice(list(allowed)), show_choices=True, err=True)
        if key == "q":
            break
        if key in KEYS:
            desk.save(item, Outcome(KEYS[key]))
            done += 1
    out(f"{done} grades saved")
