"""`assistant score`, `recommend`, `compare` and `grade`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli import json_option, workspace_options
from assistant.cli.console import note, out, out_json, progress_line
from assistant.cli.report import (
    check_outputs,
    print_comparison,
    print_recommendation,
    print_summary,
    print_upkeep,
    write_outputs,
)

if TYPE_CHECKING:
    from assistant.evaluation.records import RunSummary
    from assistant.schema import Question

output_option = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the report: .html (one file to share), .md, .json, .csv (one line an "
    "answer) or .xml (JUnit).",
)

fail_under_option = click.option(
    "--fail-under",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Exit with 3 when the share correct is lower: of --approach, else of the best approach.",
)
approach_option = click.option(
    "--approach", default="", metavar="NAME", help="The one --fail-under and --max-regression mean."
)


def _require(summary: "RunSummary", fail_under: float, approach: str) -> None:
    """Fail under a share correct; approaches that only explain others do not count.

    Raises:
        GateFailed: exit code 3.
    """
    from assistant.evaluation.compare import require_share
    from assistant.evaluation.records import is_helper

    shares = {
        a.name: a.share.estimate
        for a in summary.approaches if a.n and (a.name == approach or not is_helper(a.name))
    }  # fmt: skip
    best = max(shares, key=lambda name: shares[name], default="")
    require_share(shares, fail_under, approach or best or "the best approach")


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
@fail_under_option
@approach_option
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
    approach: str,
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
    from assistant.journeys.scoring import plan_score, score_corpus
    from assistant.workspace import Workspace

    check_outputs(outputs)
    workspace = Workspace.open(home, corpus)
    if dry_run:
        for line in plan_score(workspace.parts, file, approaches, candidates, sample):
            out(line)
        return
    arguments = ["score", *([str(file)] if file else []), *(["--corpus", corpus] if corpus else [])]
    with workspace.jobs.record(arguments) as job, progress_line("score", job) as progress:
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
        print_summary(report)
        note(f"run folder: {run.path}")
        note(f"next: assistant recommend {run.header.id}")
    if fail_under is not None:
        _require(report.summary, fail_under, approach)


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
    print_summary(report)
    print_upkeep(report)
    print_recommendation(report.recommendation)


@click.command()
@click.argument("first")
@click.argument("second")
@click.option("--max-regression", type=click.FloatRange(0, 1), metavar="SHARE",
              help="Exit with 3 when an approach lost more than this.")  # fmt: skip
@fail_under_option
@approach_option
@click.option("--partial", is_flag=True, help="Also where few questions are the same in both.")
@json_option
@workspace_options
def compare(
    first: str,
    second: str,
    max_regression: float | None,
    fail_under: float | None,
    approach: str,
    partial: bool,
    as_json: bool,
    home: str | None,
    corpus: str | None,
) -> None:
    """Compare two runs, FIRST (before) and SECOND (after), on their unchanged questions.

    Runs of different question sets are refused. --fail-under looks at SECOND.
    """
    from assistant.evaluation.compare import require_no_regression
    from assistant.workspace import Workspace

    workspace = Workspace.open(home, corpus)
    comparison = workspace.compare(first, second, partial=partial)
    if as_json:
        out_json(comparison)
    else:
        print_comparison(comparison)
    require_no_regression(comparison, max_regression=max_regression, approach=approach or None)
    if fail_under is not None:
        _require(workspace.summary(second), fail_under, approach)


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
    from assistant.decision.opened import agreement
    from assistant.schema import Outcome
    from assistant.workspace import Workspace

    workspace = Workspace.open(home, corpus)
    desk = workspace.grading(run, sample, seed)
    if not desk.items:
        out("every distinct answer of this run is graded")
        return
    out(f"{len(desk.items)} answers. Keys: c correct, i incorrect, d declined, s skip, q stop.")
    done = 0
    for number, item in enumerate(desk.items, 1):
        out(f"\n[{number}/{len(desk.items)}] {item.question.question}")
        for line in _wanted(item.question):
            out(f"  {line}")
        out(f"  answer:    {item.answer or '(empty)'}")
        allowed = "cisq" if not item.question.answerable else "cidsq"
        key = click.prompt("  grade", type=click.Choice(list(allowed)), show_choices=True, err=True)
        if key == "q":
            break
        if key in KEYS:
            desk.save(item, Outcome(KEYS[key]))
            done += 1
    out(f"{done} grades saved")
    summary = workspace.summary(desk.run.header.id)
    out(f"rule and people {agreement(summary)}")


def _wanted(question: "Question") -> list[str]:
    """What a right answer is, as the grader needs it."""
    if not question.answerable:
        return ["reference: must be declined, the documents do not say it"]
    lines = [f"reference: {' / '.join(question.references) or '(none)'}"]
    if question.must:
        lines.append(f"must say:  {'; '.join(question.must)}")
    return [*lines, *(f"check:     {c.type} {c.value}" for c in question.checks)]
