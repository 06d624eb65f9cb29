"""What a summary is made of. `None` always means "not measured", never zero."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.evaluation.changes import StalenessSummary
from assistant.evaluation.counts import Count as Count
from assistant.evaluation.header import RunHeader
from assistant.scoring.agreement import Kappa
from assistant.scoring.planning import Needed
from assistant.scoring.statistics import Interval

HELPERS = frozenset({"oracle", "whole"})
"""Approaches that explain others; a failure of one does not remove a question from the rest."""


def is_helper(approach: str) -> bool:
    """Whether an approach only explains others, also as `oracle@other-model`."""
    return approach.split("@", 1)[0] in HELPERS


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds of the isolated, warm pass."""

    p50: float
    p95: float
    first_token_p50: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Abstention:
    """Declining, measured against what could be answered."""

    precision: Count
    """Of what was declined, how much was unanswerable."""
    recall: Count
    """Of what was unanswerable, how much was declined."""
    false_abstention: Count
    """Of what was answerable, how much was declined."""


@dataclass(frozen=True, slots=True)
class ApproachSummary:
    """One approach on one run."""

    name: str
    label: str
    """Name, with "different model" where it is one."""
    n: int
    """Questions of the headline that were scored for this approach."""
    correct: Count
    incorrect: int
    abstained: int
    unscored: int
    errors: int
    share: Interval
    """Share correct on clusters, paraphrases averaged first."""
    confidently_wrong: Count
    confidently_wrong_share: Interval
    wrong_kinds: Mapping[str, int]
    exact_match: float | None
    f1: float | None
    format_ok: Count
    """Questions with format checks: how many answers follow the format."""
    behaviour: Count
    """Questions with checks: how many answers are correct."""
    abstention: Abstention
    paraphrases: Count
    """Groups of reworded questions with one outcome throughout."""
    kinds: Mapping[str, Count]
    worst_kind: str
    """The `kind` with the lowest share correct among those with at least five questions."""
    strata: Mapping[str, Count]
    recall_at_k: float | None
    reciprocal_rank: float | None
    retrieval_n: int
    citation_precision: Count
    """Citations the model wrote itself: how many passages say it."""
    citation_coverage: Count
    """Attempted answers with passages: how many have a supporting citation."""
    ungrounded: Count
    """Attempted answers with passages: how many hold a value no passage has."""
    two_document: Count
    prompt_tokens: float | None
    completion_tokens: float | None
    crowded: Count
    """Answers shown passages: how many had no room for all that were found."""
    latency: Latency | None
    adapter: str | None = None
    different_model: bool = False

    @property
    def on_answerable(self) -> Count:
        """Correct answers to questions that have an answer."""
        declined = self.abstention.recall
        return Count(self.correct.part - declined.part, self.correct.whole - declined.whole)


@dataclass(frozen=True, slots=True)
class Contrast:
    """`first` minus `second`, paired on questions, tested on clusters."""

    first: str
    second: str
    difference: Interval
    p: float
    p_adjusted: float
    test: str
    wins: int
    losses: int
    standing: str
    """better, worse, `as good within M`, undecided, or `no verdict` (too few clusters)."""
    needed: Needed | None
    """Questions needed to decide it, for what is undecided."""
    wrong_costs: float = 0.0
    """The difference is one of value, with this cost of a wrong answer; 0: of `correct`."""


@dataclass(frozen=True, slots=True)
class Blame:
    """Why `rag` is wrong where it is wrong."""

    retrieval: int
    """Wrong, though right with the gold passage."""
    reader: int
    """Wrong even with the gold passage: the reader or the reference."""
    unknown: int
    """No gold passage to ask with."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run in numbers."""

    header: RunHeader
    questions: int
    headline: int
    """Questions every approach is compared on."""
    headline_ids: tuple[str, ...]
    left_out: Mapping[str, int]
    """Reason -> questions that left the headline."""
    clusters: int
    unanswerable: int
    groups: int
    approaches: tuple[ApproachSummary, ...]
    contrasts: tuple[Contrast, ...]
    oracle: Interval | None
    """Share correct of `oracle`; None when it did not run."""
    blame: Blame | None
    already_known: Count
    """Answerable questions the base model gets right without any passage."""
    graded: int
    """Scored answers a person decided."""
    agreement: Kappa
    margin: float
    """Smallest difference that matters, 0..1."""
    detectable: float | None
    """Smallest difference this many questions could show, with 80 % power."""
    discordance: float | None
    """Largest observed share of questions on which two planned approaches differ."""
    evidence: str
    """firm, indicative (under 10 clusters or unreviewed questions), or none (under 6)."""
    notes: tuple[str, ...] = field(default=())
    left_out_ids: Mapping[str, str] = field(default_factory=dict)
    """Question id -> why it left the headline."""
    staleness: StalenessSummary = field(default_factory=StalenessSummary)
    """References that belong to older documents, and what approaches say about changed facts."""

    def approach(self, name: str) -> ApproachSummary | None:
        """The summary of an approach, if it ran."""
        return next((a for a in self.approaches if a.name == name), None)
