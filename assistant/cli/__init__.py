"""The `assistant` command: parse, call one function, print. Heavy parts load inside commands."""

import importlib
import os
import signal
import sys
import warnings
from collections.abc import Callable
from typing import Any, NoReturn

import click

from assistant import __version__
from assistant.errors import AssistantError

COMMANDS = {
    # name: (module, what --help says in the list)
    "demo": ("demo", "Everything at once on the sample corpus, then the app."),
    "init": ("setup", "Write commented settings and a situation file to fill in."),
    "reindex": ("documents", "Bring the retrieval index up to date with the documents."),
    "search": ("documents", "Show the chunks retrieval finds, with every score."),
    "questions": ("questions", "Check a question set; review questions whose text has changed."),
    "finetune": ("training", "Train a LoRA adapter on the documents within a time budget."),
    "ask": ("answers", "Answer one question by several approaches, side by side."),
    "score": ("scores", "Score a question set by every approach."),
    "grade": ("scores", "Overrule the scoring rule on a sample of answers, approach hidden."),
    "recommend": ("scores", "Say which approach to use, why, and how sure that is."),
    "compare": ("scores", "Compare two runs on their unchanged questions."),
    "ui": ("app", "Open the side-by-side page in a browser."),
    "serve": ("serve", "Serve the approaches as models of an OpenAI-compatible endpoint."),
    "doctor": ("setup", "Check this installation, the index, the adapter and the models."),
}


class _Lazy(click.Group):
    """Lists commands without importing them: `--help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"assistant.cli.{COMMANDS[name][0]}")
        command = getattr(module, name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="assistant")
def cli() -> None:
    """RAG or fine-tune? Build both from one folder of documents and measure which one to use.

    \b
    Start here:
      assistant demo                                the whole journey on the sample corpus
      assistant reindex --corpus ./my-documents     then: ask, finetune, score, recommend
    """


def workspace_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--home` and `--corpus`, the same on every command."""
    command = click.option(
        "--corpus", metavar="NAME_OR_FOLDER", help="Which documents; any folder will do."
    )(command)
    return click.option(
        "--home",
        envvar="ASSISTANT_HOME",
        metavar="FOLDER",
        help="The workspace (corpus/ in, indexes/ out). Default: the current folder.",
    )(command)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")


def main() -> NoReturn:
    """Run a command; every error a user can cause ends in one message and its cure."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "false")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TQDM_DISABLE", "1")  # weight-loading bars of libraries
    warnings.simplefilter("ignore", FutureWarning)  # libraries talking to their own developers
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        _tell_job(error.message)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; nothing is half-written. The same command resumes.", err=True)
        sys.exit(130)
    except AssistantError as error:
        from assistant.cli.console import note

        note(f"error: {error}")
        _tell_job(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:  # `assistant ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("ASSISTANT_DEBUG"):
            raise
        from assistant.cli.console import note

        _tell_job(str(error))
        note(f"error: unexpected {type(error).__name__}: {error}")
        note("  try: the same command with ASSISTANT_DEBUG=1 for the full trace, and report it")
        sys.exit(1)


def _tell_job(message: str) -> None:
    from assistant.jobs import note_early_failure

    note_early_failure(message)


def _terminated(signum: int, frame: Any) -> None:
    raise KeyboardInterrupt
