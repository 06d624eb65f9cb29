"""Numbers of a summary in words, each opening what it counts: the same in text and tables."""

from collections.abc import Mapping
from typing import Literal

from assistant.decision.said import Said, opening, say
from assistant.decision.tables import Rows, Unit
from assistant.decision.words import NOT_MEASURED, counted, money, points, with_interval
from assistant.evaluation.marks import left_mark, stratum_mark
from assistant.evaluation.records import ApproachSummary, Blame, Contrast, Count, RunSummary
from assistant.scoring.statistics import Interval

KEPT = ("counted", "scored")
"""Marks of the answers that every approach is compared on."""


def of(name: str, count: Count, whole: tuple[str, ...], part: str, unit: Unit = "answers") -> str:
    """`31 of 40 (78 %)`, opening those rows; `not measured` opens nothing."""
    text = counted(count)
    return opening(text, Rows(name, (*KEPT, *whole), (part,), unit)) if count.whole else text


def right(a: ApproachSummary) -> str:
    """Correct answers as a count."""
    return of(a.name, a.correct, (), "correct")


def wrong(a: ApproachSummary) -> str:
    """Confidently wrong answers as a count."""
    return of(a.name, a.confidently_wrong, (), "incorrect")


def right_share(a: ApproachSummary) -> str:
    """Correct answers as a share with its interval."""
    text = with_interval(a.share)
    return opening(text, Rows(a.name, KEPT, ("correct",))) if a.share.n else text


def wrong_share(a: ApproachSummary) -> str:
    """Confidently wrong answers as a share with its interval."""
    text = with_interval(a.confidently_wrong_share)
    return opening(text, Rows(a.name, KEPT, ("incorrect",))) if a.share.n else text


def form_kept(a: ApproachSummary) -> str:
    """Answers that follow the format they were asked for."""
    return of(a.name, a.format_ok, ("form asked",), "form kept")


def tasks_right(a: ApproachSummary) -> str:
    """Correct answers to tasks with a fixed form or label."""
    return of(a.name, a.behaviour, ("task",), "correct")


def two_documents(a: ApproachSummary) -> str:
    """Correct answers to questions that need two documents."""
    return of(a.name, a.two_document, ("two documents",), "correct")


def wordings(a: ApproachSummary) -> str:
    """Facts asked in several wordings with the same outcome in all."""
    return of(a.name, a.paraphrases, ("reworded",), "one outcome", "facts")


def trained(a: ApproachSummary, stratum: str) -> str:
    """Correct answers to what stood in this relation to the training pairs, counted everywhere."""
    count = a.strata[stratum]
    return opening(counted(count), Rows(a.name, ("scored", stratum_mark(stratum)), ("correct",)))


def valued(a: ApproachSummary, values: Mapping[str, Interval]) -> str:
    """`52 (41 to 63)`: what 100 of its answers are worth, which all of them decide."""
    if a.name not in values:
        return "not a candidate"
    v = values[a.name]
    text = f"{v.estimate * 100:z.0f} ({v.low * 100:z.0f} to {v.high * 100:z.0f})"
    return opening(text, Rows(a.name, KEPT))


def gained(c: Contrast) -> str:
    """A difference in points, opening the questions on which the two differ."""
    return differing(points(c.difference), c) if c.difference.n else points(c.difference)


def differing(text: str, c: Contrast) -> Said:
    """A number that rests on the questions on which two approaches differ; in value, on all."""
    part = () if c.wrong_costs else (f"differs:{c.second}",)
    return opening(text, Rows(c.first, KEPT, part, "questions"))


def with_right_passage(summary: RunSummary) -> str:
    """The oracle's share with its interval; empty when it did not run."""
    if summary.oracle is None:
        return ""
    return opening(with_interval(summary.oracle), _ORACLE)


def oracle_count(summary: RunSummary) -> str:
    """The oracle's correct answers, of the questions that have one; empty when it did not run."""
    oracle = summary.approach("oracle")
    if summary.oracle is None or oracle is None:
        return ""
    return opening(str(oracle.on_answerable), _ORACLE)


_ORACLE = Rows("oracle", (*KEPT, "answerable"), ("correct",))


def missing_from_rag(gap: float) -> Said:
    """What the right passage would add, opening the questions on which that decides."""
    rows = Rows("rag", (*KEPT, "answerable"), ("differs:oracle",), "questions")
    return opening(f"{gap * 100:.0f} points", rows)


def known(summary: RunSummary) -> str:
    """What the base gets right without documents."""
    return of("prompt", summary.already_known, ("answerable",), "correct")


def blamed(blame: Blame, why: Literal["retrieval", "reader", "unknown"]) -> str:
    """Questions on which `rag` is not right for this reason."""
    if not blame.retrieval + blame.reader + blame.unknown:
        return "0"
    rows = Rows("rag", ("counted", "blamed"), (f"blame:{why}",))
    return opening(str(getattr(blame, why)), rows)


def priced(name: str, amount: float | None) -> str:
    """An amount that rests on the tokens of a candidate's answers."""
    text = money(amount)
    return text if amount is None else opening(text, Rows(name, ("counted", "answered")))


def compared_on(summary: RunSummary) -> Said:
    """`60 of 63`: the questions of the comparison."""
    text = f"{summary.headline} of {summary.questions}"
    return opening(text, Rows("", (), ("headline",), "questions"))


def headline(summary: RunSummary) -> str:
    """How many questions are compared on."""
    return some(summary.headline, Rows("", ("headline",), (), "questions"))


def clusters(summary: RunSummary) -> str:
    """How many clusters they form."""
    return some(summary.clusters, Rows("", ("headline",), (), "clusters"))


def left_out(n: int, why: str) -> str:
    """Questions that left the comparison."""
    return some(n, Rows("", (left_mark(why),), (), "questions"))


def unreadable(summary: RunSummary) -> str:
    """Files that could not be read."""
    return some(len(summary.header.unreadable), Rows("", (), (), "files"))


def graded(summary: RunSummary) -> Said:
    """Answers decided by people."""
    return say(some(summary.graded, Rows("", ("counted", "graded"))), " answers")


def agreement(summary: RunSummary) -> str:
    """`agree on 27 of 30, kappa 0.81 (0.60 to 1.00)`."""
    k = summary.agreement
    if k.kappa is None or k.low is None or k.high is None:
        return NOT_MEASURED
    count = opening(f"{k.agreed} of {k.n}", Rows("", ("rated",), ("rule agrees",)))
    return say("agree on ", count, f", kappa {k.kappa:.2f} ({k.low:.2f} to {k.high:.2f})")


def some(n: int, rows: Rows) -> str:
    """A plain number; zero opens nothing unless it is a part of something."""
    return opening(f"{n:,}", rows) if n or rows.part else str(n)
