"""What a forgetting check found, counted from the answers that were kept of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evaluation.kept_answers import KeptQuestion
from assistant.evaluation.records import Count
from assistant.scoring.clusters import make_clusters
from assistant.scoring.statistics import Interval, difference_interval, sign_flip_test

BASE, ADAPTER = "base", "adapter"
"""Who answered."""
READ, TEXT = "read", "text"
"""Parts: questions whose answer stands in a passage; plain texts, whose loss alone is measured."""
MEASURABLE = 0.20
"""A base that is right on less than this has too little to lose."""
LOSS_LIMIT = 0.10
"""Relative rise of a loss that counts as forgetting, once its interval lies above zero."""
MEASURABLE_LOSS = 6.0
"""Nats a token. Above this a model predicts running text hardly better than from how frequent
each token is (7 to 8 nats for vocabularies of some ten thousand): there is nothing to lose."""


@dataclass(frozen=True, slots=True)
class PartResult:
    """One part of the set (read, know, decline), before and after."""

    name: str
    before: Count
    after: Count
    difference: Interval
    p: float

    @property
    def measurable(self) -> bool:
        """Whether the base knows enough to lose any of it."""
        return (self.before.share or 0.0) >= MEASURABLE

    @property
    def lost(self) -> bool:
        """A loss the interval and the test confirm."""
        return self.measurable and self.difference.high < 0 and self.p < 0.05


@dataclass(frozen=True, slots=True)
class LossResult:
    """Loss of given words under base and adapter, paired text by text."""

    part: str
    name: str
    before: float
    after: float
    """Nats a token, mean over the texts."""
    change: Interval
    """Relative to the base: 0.1 is 10 % more surprised. Texts that changed more count as 1."""

    @property
    def measurable(self) -> bool:
        """Whether the base predicts these texts well enough to get worse at it."""
        return self.before <= MEASURABLE_LOSS

    @property
    def rose(self) -> bool:
        """A rise that matters and that the interval confirms."""
        return self.measurable and self.change.estimate > LOSS_LIMIT and self.change.low > 0


@dataclass(frozen=True, slots=True)
class ForgettingResult:
    """The whole check."""

    parts: tuple[PartResult, ...]
    losses: tuple[LossResult, ...] = ()
    """On plain texts and on the right answers of the reading questions; empty: not measured."""

    @property
    def forgot(self) -> bool | None:
        """True: a loss is confirmed; None: nothing was measurable."""
        if any(p.lost for p in self.parts) or any(one.rose for one in self.losses):
            return True
        measured = any(p.measurable for p in self.parts) or any(x.measurable for x in self.losses)
        return False if measured else None


def counted(row: KeptQuestion) -> bool:
    """Whether both answered: a pair of which one failed says nothing."""
    return all(who in row.answers and row.answers[who].outcome for who in (BASE, ADAPTER))


def count_forgetting(rows: Sequence[KeptQuestion]) -> ForgettingResult:
    """The result of a check from its answers; the same rows always give the same result."""
    kinds = dict.fromkeys(row.part for row in rows if row.part != TEXT)
    return ForgettingResult(
        tuple(_part(kind, [r for r in rows if r.part == kind and counted(r)]) for kind in kinds),
        tuple(_losses(rows)),
    )


def _part(kind: str, rows: Sequence[KeptQuestion]) -> PartResult:
    right = {
        who: [row.answers[who].correct for row in rows] for who in (BASE, ADAPTER)
    }  # fmt: skip
    before, after = (Count(sum(right[who]), len(rows)) for who in (BASE, ADAPTER))
    # Questions on one passage hang together; `averaged` must still keep them apart.
    clusters = make_clusters([row.question for row in rows])
    values: dict[int, list[float]] = {}
    for row, old, new in zip(rows, right[BASE], right[ADAPTER], strict=True):
        values.setdefault(clusters.cluster_of[row.question.id], []).append(float(new) - float(old))
    differences = list(values.values())
    return PartResult(
        kind, before, after, difference_interval(differences),
        sign_flip_test(differences).p if differences else 1.0,
    )  # fmt: skip


def _losses(rows: Sequence[KeptQuestion]) -> Iterator[LossResult]:
    """Plain texts, and the right answers to the reading questions.

    A model made for questions and answers predicts running text badly whatever it is taught;
    what it does know how to predict, the answer beside its passage, is measured too.
    """
    for part, name in ((TEXT, "plain texts"), (READ, "answers that stand in a passage")):
        measured = [
            (row.passage or row.question.question, old, new)
            for row in rows
            if row.part == part and row.answers.keys() >= {BASE, ADAPTER}
            and (old := row.answers[BASE].loss) is not None
            and (new := row.answers[ADAPTER].loss) is not None
        ]  # fmt: skip
        if not measured:
            continue
        before = sum(old for _, old, _ in measured) / len(measured)
        after = sum(new for _, _, new in measured) / len(measured)
        # Several questions on one passage are one cluster.
        clusters: dict[str, list[float]] = {}
        for together, old, new in measured:
            relative = (new - old) / before if before > 0 else 0.0
            clusters.setdefault(together, []).append(max(-1.0, min(1.0, relative)))
        yield LossResult(part, name, before, after, difference_interval(list(clusters.values())))
