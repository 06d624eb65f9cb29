"""The front desk: one object the command line, the app and the server talk to."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.corpora import list_corpora, sample_root
from assistant.errors import AssistantError, UsageError
from assistant.jobs import Job, Jobs
from assistant.overview import ApproachState, Record, RunInfo, Status, approach_states
from assistant.parts import Parts, coverage
from assistant.schema import Hit, Message, Question, Row, Skipped

if TYPE_CHECKING:
    from assistant.answering.side_by_side import Ask
    from assistant.decision.records import Recommendation
    from assistant.decision.report import Report
    from assistant.evaluation.compare import RunComparison
    from assistant.evaluation.records import RunSummary
    from assistant.journeys.expected import FreeRecords
    from assistant.journeys.grading import GradingDesk
    from assistant.journeys.pages import Pages
    from assistant.retrieval.reindex import IndexReport

LOOK_AGAIN_SECONDS = 30.0
EMBEDDED_NOTE = (
    "a small model of our own, for trying the product and for simple factual documents; "
    "what is measured with it says little about larger models"
)


class Workspace:
    """One corpus and everything that can be done with it. Cheap to make; parts load when used."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._skipped: tuple[float, tuple[Skipped, ...]] | None = None
        self._free: FreeRecords | None = None

    @classmethod
    def open(cls, home: str | Path | None = None, corpus: str | None = None) -> "Workspace":
        """Find the home, its settings and the corpus.

        Raises:
            UsageError: settings with mistakes.
            CorpusError: no such corpus, or several that could be meant.
        """
        return cls(Parts.open(home, corpus))

    @property
    def home(self) -> Path:
        """Where `corpus/`, `indexes/` and the settings are."""
        return self.parts.home

    @property
    def corpus_name(self) -> str:
        """Name of the corpus, also of its folder under `indexes/`."""
        return self.parts.corpus_name

    @property
    def jobs(self) -> Jobs:
        """Long commands on this corpus."""
        return self.parts.jobs

    def corpora(self) -> tuple[str, ...]:
        """Names that `--corpus` understands."""
        return tuple(list_corpora(self.home))

    # ---- doing ----

    def warm(self) -> None:
        """Start loading model and embedder, so that the first question does not wait for them.

        Returns at once. What goes wrong shows when it is used, with its cure.
        """

        def load() -> None:
            with suppress(AssistantError):
                retriever = self.parts.retriever()
                if retriever is not None:
                    retriever.search("warm-up", 1)
            with suppress(AssistantError):
                adapter = self.parts.adapters.current() if self.parts.adapters_possible else None
                generator = self.parts.generator()
                if self.parts.adapters_possible:
                    hello = (Message("user", "Question: ready?"),)
                    rows = [Row(hello), *([Row(hello, adapter)] if adapter else [])]
                    generator.generate(rows, max_new_tokens=1)

        threading.Thread(target=load, name="warm-up", daemon=True).start()

    def reindex(
        self,
        *,
        rebuild: bool = False,
        verify: bool = False,
        dry_run: bool = False,
        progress: Callable[[str, float, float], None] | None = None,
    ) -> "IndexReport":
        """Bring the index up to date; see `retrieval.reindex.reindex`."""
        from assistant.journeys.effort import note_reindex
        from assistant.retrieval.reindex import reindex

        report = reindex(
            self.parts.corpus.documents,
            self.parts.index_root,
            self.parts.embedder,
            max_tokens=self.parts.settings.retrieval.chunk_tokens,
            rebuild=rebuild,
            verify=verify,
            dry_run=dry_run,
            progress=progress,
        )
        if not dry_run:
            note_reindex(self.parts, report)
        return report

    def search(self, text: str, k: int = 10) -> list[Hit]:
        """Chunks for a question, best first, with every score."""
        return self.parts.need_retriever().search(text, k)

    def answering(self) -> tuple[str, ...]:
        """Every approach that can answer a new question now, simplest first."""
        from assistant.answering.approaches import answering

        indexed = self.parts.index_versions.current() is not None
        return answering(self.parts.approaches(), indexed=indexed)

    def ask(
        self,
        text: str,
        approaches: Sequence[str],
        k: int | None = None,
        max_new_tokens: int | None = None,
    ) -> "Ask":
        """Start answering one question by several approaches; returns at once.

        Args:
            text: the question.
            approaches: by name.
            k: passages to read; None as set.
            max_new_tokens: an answer's length, at most the one that is set.

        Raises:
            UsageError: an empty question, or an approach that cannot run now.
        """
        from assistant.answering.approaches import choose
        from assistant.answering.side_by_side import Ask

        text = text.strip()
        if not text:
            raise UsageError("the question is empty", 'assistant ask "your question"')
        question = self.parts.find_question(text) or Question(id="asked", question=text)
        pipeline = self.parts.pipeline()
        if k is not None:
            pipeline.k = k
        if max_new_tokens is not None:
            pipeline.max_new_tokens = min(max_new_tokens, pipeline.max_new_tokens)
        return Ask(pipeline, question, choose(self.parts.approaches(), ",".join(approaches)))

    def start_job(self, arguments: Sequence[str]) -> Job:
        """Run a command of ours in the background on this corpus."""
        return self.jobs.start(
            [*arguments, "--home", str(self.home), "--corpus", self.parts.corpus_reference]
        )

    # ---- looking ----

    def questions(self) -> tuple[Question, ...]:
        """The corpus's gold questions, in file order; empty when it has none."""
        return self.parts.questions()

    def find_question(self, text: str) -> Question | None:
        """The gold question with this wording, if there is one."""
        return self.parts.find_question(text)

    def status(self) -> Status:
        """What is built, and how far the adapter is behind the index."""
        version = self.parts.index_versions.current()
        manifest = self.parts.index_versions.manifest(version) if version else None
        adapter = self.parts.adapter()
        base = self.parts.settings.model.base
        return Status(
            corpus=self.parts.corpus_name,
            documents=manifest.documents if manifest else 0,
            chunks=manifest.chunks if manifest else 0,
            index=version,
            indexed_at=manifest.created if manifest else "",
            adapter=adapter.id if adapter else None,
            adapter_chunks_behind=self.parts.chunks_behind(),
            fact_coverage=coverage(adapter) if adapter else "",
            model=base,
            model_note=EMBEDDED_NOTE if base == "embedded" else "",
            skipped=self._unreadable() if version else (),
        )

    def behind(self) -> str:
        """`12 changed chunks behind` of the adapter in use; empty when it is not."""
        adapter = self.parts.adapter()
        return self.parts.behind(adapter)[0] if adapter else ""

    def _unreadable(self) -> tuple[Skipped, ...]:
        """Files that cannot be read; looked at again after half a minute, pages redraw often."""
        now = time.monotonic()
        if self._skipped is None or now - self._skipped[0] > LOOK_AGAIN_SECONDS:
            self._skipped = now, self.parts.skipped()
        return self._skipped[1]

    def approach_states(self) -> tuple[ApproachState, ...]:
        """The four approaches of the grid and what is missing for each."""
        return approach_states(
            indexed=self.parts.index_versions.current() is not None,
            adapter=self.parts.adapters.current(),
            adapters_possible=self.parts.adapters_possible,
            corpus=self.parts.corpus_name,
            minutes=self.parts.settings.finetune.minutes,
        )

    def document_text(self, document_id: str) -> str:
        """A document as converted and indexed."""
        return self.parts.need_retriever().document_text(document_id)

    def help(self, topic: str) -> str:
        """A document of the guide corpus by its name, or empty when there is none.

        The names are those of files: `evaluation`, `costs`, `glossary`, ...
        """
        path = sample_root() / "guide" / "documents" / f"{Path(topic).name}.md"
        try:
            return path.read_text(encoding="utf-8")
        except OSError:
            return ""

    # ---- runs ----

    def runs(self) -> tuple[RunInfo, ...]:
        """Scored question sets, newest first."""
        from assistant.journeys.verdict import run_infos

        return run_infos(self.parts)

    def summary(self, run_id: str = "") -> "RunSummary":
        """A run in numbers; the newest when none is named. Loads no model."""
        from assistant.journeys.verdict import summarise_run

        return summarise_run(self.parts, run_id)

    def recommendation(self, run_id: str = "") -> "Recommendation":
        """The verdict of a run: gates, reasons, certainty. Loads no model."""
        from assistant.journeys.verdict import recommend_run

        return recommend_run(self.parts, run_id)

    def report(self, run_id: str = "") -> "Report":
        """Summary, verdict and every scored answer of a run. Loads no model."""
        from assistant.journeys.verdict import report_run

        return report_run(self.parts, run_id)

    def compare(self, first: str, second: str, *, partial: bool = False) -> "RunComparison":
        """Two runs on their unchanged questions. Loads no model."""
        from assistant.journeys.verdict import compare_run_ids

        return compare_run_ids(self.parts, first, second, partial=partial)

    def grading(self, run_id: str = "", size: int = 30, seed: int = 0) -> "GradingDesk":
        """A sample of answers to grade, approaches hidden."""
        from assistant.journeys.grading import open_desk

        return open_desk(self.parts, run_id, size, seed)

    def record(self, approach: str) -> Record | None:
        """How often an approach was right on the user's questions, in the newest finished run."""
        from assistant.journeys.expected import newest_record

        return newest_record(self.parts, approach)

    def record_for(self, question: str, approach: str) -> Record | None:
        """What can be said beforehand of a free question: `Record.text` in words.

        The overall record, and an expected share correct only where similar questions were shown
        to forecast better than that record. The first call embeds the scored questions.
        """
        if self._free is None:
            from assistant.journeys.expected import FreeRecords

            self._free = FreeRecords(self.parts)
        return self._free.find(question, approach)

    @cached_property
    def pages(self) -> "Pages":
        """What the app's pages beside the chat look at and change."""
        from assistant.journeys.pages import Pages

        return Pages(self.parts)
