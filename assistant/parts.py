"""The composition root: settings in, wired parts out; the one place with concrete classes."""

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.corpora import Corpus, list_corpora, resolve_corpus, resolve_home
from assistant.errors import IndexMissing
from assistant.jobs import Jobs
from assistant.schema import Approach, Generator, Pair, Question, Skipped
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.answering.pipeline import Pipeline
    from assistant.decision.costs import Prices
    from assistant.decision.situation import Situation
    from assistant.models.adapters import AdapterManifest, AdapterVersions
    from assistant.retrieval.embedder import Embedder
    from assistant.retrieval.retriever import Retriever
    from assistant.retrieval.versions import IndexVersions

USUAL_PASSAGES = 5
EMBEDDED_PASSAGES = 1


class Parts:
    """One corpus, its folders, and the concrete parts that work on them. Cheap to make.

    Heavy parts load on first use, once, and are shared by every thread of the process.
    """

    def __init__(self, home: Path, corpus: Corpus, settings: Settings) -> None:
        self.home = home
        self.corpus = corpus
        self.settings = settings
        self._lock = threading.RLock()
        self._generators: dict[str, Generator] = {}
        self._questions: tuple[str, tuple[Question, ...]] | None = None

    @classmethod
    def open(cls, home: str | Path | None = None, corpus: str | None = None) -> "Parts":
        """Find the home, its settings and the corpus.

        Raises:
            UsageError: settings with mistakes.
            CorpusError: no such corpus, or several that could be meant.
        """
        folder = resolve_home(home)
        settings = load_settings(folder)
        return cls(folder, resolve_corpus(folder, corpus or settings.corpus or None), settings)

    # ---- where things are ----

    @property
    def corpus_name(self) -> str:
        """Name of the corpus, also of its folder under `indexes/`."""
        return self.corpus.name

    def corpora(self) -> tuple[str, ...]:
        """Names that `--corpus` understands."""
        return tuple(list_corpora(self.home))

    @property
    def index_root(self) -> Path:
        """`indexes/<corpus>/index`."""
        return self.corpus.root / "index"

    @property
    def runs_root(self) -> Path:
        """`indexes/<corpus>/runs`."""
        return self.corpus.root / "runs"

    @cached_property
    def jobs(self) -> Jobs:
        """Long commands on this corpus."""
        return Jobs(self.corpus.root / "jobs")

    @cached_property
    def index_versions(self) -> "IndexVersions":
        """Versions of the index."""
        from assistant.retrieval.versions import IndexVersions

        return IndexVersions(self.index_root)

    @cached_property
    def adapters(self) -> "AdapterVersions":
        """Versions of the adapter."""
        from assistant.models.adapters import AdapterVersions

        return AdapterVersions(self.corpus.root / "adapters")

    # ---- parts ----

    @cached_property
    def embedder(self) -> "Embedder":
        """What turns text into vectors."""
        from assistant.retrieval.embedder import Embedder

        return Embedder(self.settings.retrieval.embedder)

    def retriever(self) -> "Retriever | None":
        """The index, or None when nothing has been indexed yet."""
        if self.index_versions.current() is None:
            return None
        return self._retriever

    @cached_property
    def _retriever(self) -> "Retriever":
        from assistant.retrieval.retriever import Retriever

        return Retriever(self.index_root, self.embedder)

    def need_retriever(self) -> "Retriever":
        """The index.

        Raises:
            IndexMissing: with the command that makes it.
        """
        found = self.retriever()
        if found is None:
            raise IndexMissing(
                f"corpus {self.corpus_name} is not indexed yet",
                f"assistant reindex --corpus {self.corpus_name}",
            )
        return found

    def generator(self, model: str = "") -> Generator:
        """The base model, or a candidate by name; one instance a process."""
        from assistant.models.factory import open_generator

        name = model or self.settings.model.base
        with self._lock:
            if name not in self._generators:
                self._generators[name] = open_generator(
                    name,
                    adapter_path=self.adapters.path,
                    dtype=self.settings.model.dtype,
                    device=self.settings.model.device,
                    base_url=self.settings.model.base_url or None,
                )
            return self._generators[name]

    def approaches(self) -> dict[str, Approach]:
        """Every approach that can run now on the base model, simplest first."""
        from assistant.answering.approaches import standard_approaches

        adapter = self.adapters.current() if self.adapters_possible else None
        return standard_approaches(adapter)

    @property
    def passages(self) -> int:
        """Passages per question: as set, else by what the base model can read."""
        chosen = self.settings.retrieval.passages
        if chosen is not None:
            return chosen
        return EMBEDDED_PASSAGES if self.settings.model.base == "embedded" else USUAL_PASSAGES

    @property
    def adapters_possible(self) -> bool:
        """Whether the base model runs here, so that an adapter can be attached."""
        from assistant.models.factory import is_remote

        return not is_remote(self.settings.model.base)

    def pipeline(self, examples: Sequence[Pair] = (), candidates: Sequence[str] = ()) -> "Pipeline":
        """The pipeline over the base model, the index and any candidates."""
        from assistant.answering.pipeline import Pipeline

        return Pipeline(
            self.generator(),
            self.retriever(),
            candidates={name: self.generator(name) for name in candidates},
            k=self.passages,
            max_new_tokens=self.settings.model.max_new_tokens,
            examples=examples,
        )

    def situation(self) -> "Situation":
        """The user's circumstances, targets and margin: `situation.toml`, else assumed."""
        from assistant.decision.situation import load_situation

        return load_situation(self.home / "situation.toml")

    def prices(self) -> "Prices":
        """The user's `prices.toml`, else the dated table that comes with the package."""
        from assistant.decision.costs import load_prices

        return load_prices(self.home / "prices.toml")

    # ---- questions ----

    def questions(self) -> tuple[Question, ...]:
        """The corpus's gold questions as reviewed, in file order; empty when it has none."""
        files = self.corpus.question_files()
        stamp = _stamp(files)
        known = self._questions
        if known is None or known[0] != stamp:  # the app outlives changes to the files
            from assistant.documents.questions import load_questions

            known = stamp, tuple(q for path in files for q in load_questions(path))
            self._questions = known
        return self.reviewed(known[1])

    def question_stamp(self, file: Path | None = None) -> str:
        """Changes when the questions of a file, or the corpus's own, or a decision does."""
        files = self.corpus.question_files() if file is None else [file]
        return _stamp([*files, self.decisions_file])

    def reviewed(self, questions: Sequence[Question]) -> tuple[Question, ...]:
        """Questions as they are in a file, with what people decided in reviews laid over them."""
        if not self.decisions_file.is_file():
            return tuple(questions)
        from assistant.evaluation.reviews import apply_decisions, read_decisions

        return tuple(apply_decisions(questions, read_decisions(self.decisions_file)))

    @property
    def anchors_file(self) -> Path:
        """Which sentence each reference rests on, and in which snapshot of the documents."""
        return self.corpus.root / "questions" / "anchors.jsonl"

    @property
    def decisions_file(self) -> Path:
        """What people decided about questions whose sentence changed."""
        return self.corpus.root / "questions" / "decisions.jsonl"

    def find_question(self, text: str) -> Question | None:
        """The gold question with this wording, up to case, spaces and end punctuation."""

        def normal(wording: str) -> str:
            return " ".join(wording.casefold().split()).rstrip(" ?.!")

        return next((q for q in self.questions() if normal(q.question) == normal(text)), None)

    def adapter(self) -> "AdapterManifest | None":
        """The adapter in use."""
        current = self.adapters.current()
        return self.adapters.manifest(current) if current else None

    def chunks_behind(self) -> int | None:
        """Chunks of the index that were not there when the adapter in use was trained."""
        adapter = self.adapter()
        retriever = self.retriever()
        if adapter is None or retriever is None:
            return None
        return len({chunk.id for chunk in retriever.all_chunks()} - set(adapter.chunk_ids))

    def behind(self, *adapters: "AdapterManifest") -> tuple[str, ...]:
        """For each adapter `12 changed chunks behind`; empty when it has seen all there is.

        A chunk counts as changed when its text was not there at training. Where text has only
        been taken away since, that is said instead: the adapter still knows it.
        """
        retriever = self.retriever()
        if retriever is None or not adapters:
            return tuple("" for _ in adapters)
        now = {chunk.id for chunk in retriever.all_chunks()}
        return tuple(_behind(now, set(a.chunk_ids)) for a in adapters)

    def skipped(self) -> tuple[Skipped, ...]:
        """Files of the corpus that cannot be read, with the reasons."""
        from assistant.retrieval.reindex import reindex

        tokens = self.settings.retrieval.chunk_tokens
        return reindex(
            self.corpus.documents, self.index_root, self.embedder, max_tokens=tokens, dry_run=True
        ).skipped

    @property
    def corpus_reference(self) -> str:
        """What `--corpus` takes to mean this corpus again from any folder."""
        named = list_corpora(self.home).get(self.corpus.name)
        folder = self.corpus.documents
        base = folder.parent if folder.name == "documents" else folder
        return self.corpus.name if named and named.resolve() == base.resolve() else str(base)


def _stamp(files: Sequence[Path]) -> str:
    found = [(str(path), path.stat()) for path in files if path.exists()]
    return repr([(name, stat.st_mtime_ns, stat.st_size) for name, stat in found])


def _behind(now: set[str], trained: set[str]) -> str:
    for count, what in ((len(now - trained), "changed"), (len(trained - now), "removed")):
        if count and trained:
            return f"{count:,} {what} chunk{'' if count == 1 else 's'} behind"
    return ""


def coverage(adapter: "AdapterManifest") -> str:
    """`412 of 1,930 facts trained, 40 exposures each`: stands beside every fine-tuned number."""
    return (
        f"{adapter.facts_trained:,} of {adapter.facts_total:,} facts trained, "
        f"{adapter.exposures:g} exposures each"
    )
