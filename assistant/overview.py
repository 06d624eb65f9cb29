"""Read-only views of a workspace that the app and the command line draw."""

from dataclasses import dataclass

from assistant.schema import Skipped

LABELS = {
    "prompt": ("Prompt only", "the model alone, well prompted"),
    "rag": ("RAG", "the model with retrieved passages"),
    "finetuned": ("Fine-tuned", "the LoRA adapter, no passages"),
    "hybrid": ("Hybrid", "adapter with retrieved passages"),
    "oracle": ("Oracle", "the model with the right passages given"),
    "whole": ("Whole corpus", "as many documents as fit in the prompt"),
}
GRID = ("prompt", "rag", "finetuned", "hybrid")


@dataclass(frozen=True, slots=True)
class Status:
    """What is built for one corpus."""

    corpus: str
    documents: int
    chunks: int
    index: str | None
    indexed_at: str
    adapter: str | None
    adapter_chunks_behind: int | None
    """Indexed chunks that changed or appeared since the adapter was trained."""
    fact_coverage: str
    """For example `412 of 1,930 facts trained, 40 exposures each`."""
    model: str
    model_note: str
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class ApproachState:
    """Whether an approach can answer now, and what would make it."""

    name: str
    label: str
    one_line: str
    available: bool
    reason: str = ""
    command: str = ""
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """An approach's overall record on the user's questions."""

    correct: int
    scored: int
    run: str
    expected: float | None = None
    """Share correct to expect of one free question, 0..1; None where similar questions do not
    forecast better than the record itself (shown by leaving whole documents out)."""
    changed: str = ""
    """What answered then and is not what answers now: `another base model`, `another adapter`."""

    @property
    def text(self) -> str:
        """`right on 31 of 40 of your questions`, and what similar questions add."""
        said = f"right on {self.correct} of {self.scored} of your questions"
        if self.changed:
            return f"{said} when {self.changed} answered"
        if self.expected is None:
            return said
        return f"{said}; like this one: about {self.expected * 100:.0f} of 100"


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A run as listed."""

    id: str
    created: str
    questions: int
    approaches: tuple[str, ...]
    finished: bool


def approach_states(
    *, indexed: bool, adapter: str | None, adapters_possible: bool, corpus: str, minutes: float
) -> tuple[ApproachState, ...]:
    """The four approaches of the grid, in their fixed order."""
    states = []
    suffix = f" --corpus {corpus}"
    for name in GRID:
        label, one_line = LABELS[name]
        reason, command, cost = "", "", None
        if name in ("rag", "hybrid") and not indexed:
            reason, command, cost = "no index yet", "assistant reindex" + suffix, 1.0
        elif name in ("finetuned", "hybrid") and not adapters_possible:
            reason = "this model is served elsewhere and takes no adapter from here"
        elif name in ("finetuned", "hybrid") and adapter is None:
            reason = "no adapter trained yet"
            command, cost = f"assistant finetune --minutes {minutes:g}" + suffix, minutes
        states.append(ApproachState(name, label, one_line, not reason, reason, command, cost))
    return tuple(states)
