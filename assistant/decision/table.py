"""One run as rows of text cells; every face (terminal, Markdown, CSV, HTML) draws these."""

from collections.abc import Callable, Sequence

from assistant.decision.tables import Rows, Table
from assistant.decision.words import (
    NOT_MEASURED,
    counted,
    number,
    p_value,
    percent,
    points,
    seconds,
)
from assistant.evaluation.records import ApproachSummary, Count, RunSummary

Cell = tuple[str, Rows | None]
_KEPT = ("counted", "scored")


def _per_approach(
    title: str,
    summary: RunSummary,
    columns: Sequence[tuple[str, Callable[[ApproachSummary], Cell]]],
    note: str = "",
    only: Callable[[ApproachSummary], bool] = lambda a: True,
) -> Table:
    """A table with one row an approach; the name opens all its answers."""
    rows: list[tuple[str, ...]] = []
    opens: dict[tuple[int, int], Rows] = {}
    for i, a in enumerate(a for a in summary.approaches if only(a)):
        cells = [(a.label, Rows(a.name, ("asked",))), *(say(a) for _, say in columns)]
        rows.append(tuple(text for text, _ in cells))
        opens |= {(i, j): found for j, (_, found) in enumerate(cells) if found is not None}
    return Table(title, ("approach", *(name for name, _ in columns)), tuple(rows), note, opens)


def _share(
    get: Callable[[ApproachSummary], Count], whole: tuple[str, ...], part: str
) -> Callable[[ApproachSummary], Cell]:
    """`31 of 40 (78 %)`, opening those rows."""

    def say(a: ApproachSummary) -> Cell:
        count = get(a)
        found = Rows(a.name, (*_KEPT, *whole), (part,)) if count.whole else None
        return counted(count), found

    return say


def _plain(say: Callable[[ApproachSummary], str]) -> Callable[[ApproachSummary], Cell]:
    """A number that rests on all the approach's counted answers."""
    return lambda a: (say(a), Rows(a.name, ("counted",)) if a.n else None)


def outcome_table(summary: RunSummary) -> Table:
    """Per approach: correct, abstained, confidently wrong."""
    coverage = summary.header.fact_coverage
    late = f", {summary.header.behind}" if summary.header.behind else ""
    return _per_approach("Outcomes", summary, (
        ("correct", _share(lambda a: a.correct, (), "correct")),
        ("95 % interval", _plain(
            lambda a: f"{a.share.low * 100:.0f} to {a.share.high * 100:.0f} %"
            if a.n else NOT_MEASURED)),
        ("abstained", _share(lambda a: Count(a.abstained, a.n), (), "abstained")),
        ("confidently wrong", _share(lambda a: a.confidently_wrong, (), "incorrect")),
        ("not scored", lambda a: (
            str(a.unscored), Rows(a.name, ("unscored",)) if a.unscored else None)),
    ), f"Adapter: {coverage}{late}." if coverage else "")  # fmt: skip


def wrong_table(summary: RunSummary) -> Table:
    """Confidently wrong answers, split by kind."""
    kinds = sorted({k for a in summary.approaches for k in a.wrong_kinds})

    def of(kind: str) -> Callable[[ApproachSummary], Cell]:
        mark = f"wrong:{kind}"
        return lambda a: (
            str(a.wrong_kinds.get(kind, 0)) if a.n else NOT_MEASURED,
            Rows(a.name, _KEPT, (mark,)) if a.wrong_kinds.get(kind) else None,
        )

    return _per_approach("Confidently wrong, by kind", summary, (
        *((kind, of(kind)) for kind in kinds),
        ("per 100", _plain(_per_hundred)),
    ))  # fmt: skip


def _per_hundred(a: ApproachSummary) -> str:
    share = a.confidently_wrong.share
    return NOT_MEASURED if share is None else f"{share * 100:.0f}"


def contrast_table(summary: RunSummary) -> Table:
    """The planned contrasts."""
    rows: list[tuple[str, ...]] = []
    opens: dict[tuple[int, int], Rows] = {}
    for i, c in enumerate(summary.contrasts):
        needed = c.needed if c.standing in ("undecided", "no verdict") else None
        rows.append((
            f"{c.first} - {c.second}",
            points(c.difference),
            str(c.wins),
            str(c.losses),
            p_value(c.p_adjusted),
            c.standing,
            f"{'more than' if needed.capped else 'about'} {needed.questions:,}" if needed else "",
        ))  # fmt: skip
        opens[i, 2] = Rows(c.first, _KEPT, (f"beats:{c.second}",))
        opens[i, 3] = Rows(c.second, _KEPT, (f"beats:{c.first}",))
    tests = ", ".join(sorted({c.test for c in summary.contrasts}))
    note = f"p by {tests}, Holm-adjusted over {len(rows)} planned contrasts." if rows else ""
    columns = ("contrast", "difference", "only the first right", "only the second right", "p",
               "standing", "questions needed")  # fmt: skip
    return Table("Differences", columns, tuple(rows), note, opens)


def behaviour_table(summary: RunSummary) -> Table:
    """Format, declining, consistency."""
    return _per_approach("Behaviour", summary, (
        ("follows the format", _share(lambda a: a.format_ok, ("form asked",), "form kept")),
        ("label or form right", _share(lambda a: a.behaviour, ("task",), "correct")),
        ("declined rightly",
         _share(lambda a: a.abstention.precision, ("declined",), "unanswerable")),
        ("unanswerable declined",
         _share(lambda a: a.abstention.recall, ("unanswerable",), "correct")),
        ("answerable declined",
         _share(lambda a: a.abstention.false_abstention, ("answerable",), "abstained")),
        ("same outcome in all wordings",
         _share(lambda a: a.paraphrases, ("reworded",), "one outcome")),
        ("worst kind", _worst),
    ), "Groups of reworded questions are counted as groups; they open as answers.")  # fmt: skip


def _worst(a: ApproachSummary) -> Cell:
    if not a.worst_kind:
        return NOT_MEASURED, None
    text = f"{a.worst_kind}: {counted(a.kinds[a.worst_kind])}"
    return text, Rows(a.name, (*_KEPT, f"kind:{a.worst_kind}"), ("correct",))


def retrieval_table(summary: RunSummary) -> Table:
    """Retrieval, citations and values no passage has."""
    return _per_approach("Retrieval and grounding", summary, (
        (f"recall@{summary.header.passages}", lambda a: (
            f"{percent(a.recall_at_k)} of {a.retrieval_n}" if a.retrieval_n else NOT_MEASURED,
            Rows(a.name, ("counted", "retrieval")) if a.retrieval_n else None)),
        ("MRR", lambda a: (
            number(a.reciprocal_rank, digits=2),
            Rows(a.name, ("counted", "retrieval")) if a.retrieval_n else None)),
        ("citations that hold", lambda a: (
            counted(a.citation_precision),
            Rows(a.name, (*_KEPT, "cites")) if a.citation_precision.whole else None)),
        ("answers with a citation",
         _share(lambda a: a.citation_coverage, ("attempted",), "supported")),
        ("answers with a value no passage has",
         _share(lambda a: a.ungrounded, ("attempted",), "ungrounded")),
        ("passages dropped", lambda a: (
            str(a.dropped_passages),
            Rows(a.name, ("counted", "dropped")) if a.dropped_passages else None)),
    ))  # fmt: skip


def blame_table(summary: RunSummary) -> Table:
    """Where rag is not right on answerable questions: whose fault, told by oracle."""
    if summary.blame is None:
        return Table("Where rag is not right", ("because of", "questions"), ())
    rows = (
        ("retrieval: right once the right passage is given", str(summary.blame.retrieval)),
        ("reader or reference: wrong with the right passage too", str(summary.blame.reader)),
        ("unknown: no right passage to ask with", str(summary.blame.unknown)),
    )
    opens = {
        (i, 1): Rows("rag", ("counted", f"blame:{name}"))
        for i, name in enumerate(("retrieval", "reader", "unknown"))
        if rows[i][1] != "0"
    }
    return Table("Where rag is not right", ("because of", "questions"), rows, "", opens)


def question_table(summary: RunSummary) -> Table:
    """What the questions can show at all."""
    known = summary.already_known
    rows = [
        ("compared on", f"{summary.headline} of {summary.questions}, in {summary.clusters} "
                        f"clusters, {summary.groups} facts"),
        *(("left out", f"{n}: {why}") for why, n in summary.left_out.items()),
        ("unanswerable", str(summary.unanswerable) if summary.unanswerable else NOT_MEASURED),
        ("known to the base without documents", counted(known)),
        ("graded by people", f"{summary.graded} answers"),
        ("rule and people", agreement_words(summary)),
    ]  # fmt: skip
    at = [name for name, _ in rows].index("known to the base without documents")
    asked = (*_KEPT, "answerable")
    opens = {(at, 1): Rows("prompt", asked, ("correct",))} if known.whole else {}
    return Table("Questions", ("what", "value"), tuple(rows), "", opens)


def agreement_words(summary: RunSummary) -> str:
    """`agree on 27 of 30, kappa 0.81 (0.60 to 1.00)`."""
    k = summary.agreement
    if k.kappa is None or k.low is None or k.high is None:
        return NOT_MEASURED
    return f"agree on {k.agreed} of {k.n}, kappa {k.kappa:.2f} ({k.low:.2f} to {k.high:.2f})"


def strata_table(summary: RunSummary) -> Table:
    """Fine-tuned numbers by what was trained."""
    names = sorted({s for a in summary.approaches for s in a.strata})

    def of(name: str) -> Callable[[ApproachSummary], Cell]:
        return lambda a: (
            counted(a.strata[name]) if name in a.strata else NOT_MEASURED,
            Rows(a.name, ("scored", f"stratum:{name}"), ("correct",)) if name in a.strata else None,
        )

    return _per_approach(
        "By what the adapter was trained on", summary, [(n, of(n)) for n in names],
        summary.header.fact_coverage, only=lambda a: bool(a.strata),
    )  # fmt: skip


def kinds_table(summary: RunSummary) -> Table:
    """Correct answers by kind of question."""
    names = sorted({k for a in summary.approaches for k in a.kinds})
    rows: list[tuple[str, ...]] = []
    opens: dict[tuple[int, int], Rows] = {}
    for i, name in enumerate(names):
        rows.append((name, *(counted(a.kinds[name]) if name in a.kinds else NOT_MEASURED
                             for a in summary.approaches)))  # fmt: skip
        opens |= {
            (i, j): Rows(a.name, (*_KEPT, f"kind:{name}"), ("correct",))
            for j, a in enumerate(summary.approaches, start=1) if name in a.kinds
        }  # fmt: skip
    columns = ("kind", *(a.label for a in summary.approaches))
    return Table("By kind of question", columns, tuple(rows), "", opens)


def latency_table(summary: RunSummary) -> Table:
    """The isolated, warm pass; tokens."""
    return _per_approach("Time and tokens", summary, (
        ("p50", _plain(lambda a: seconds(a.latency.p50 if a.latency else None))),
        ("p95", _plain(lambda a: seconds(a.latency.p95 if a.latency else None))),
        ("first token p50",
         _plain(lambda a: seconds(a.latency.first_token_p50 if a.latency else None))),
        ("answers timed", _plain(lambda a: str(a.latency.n) if a.latency else "0")),
        ("prompt tokens", _plain(lambda a: number(a.prompt_tokens))),
        ("answer tokens", _plain(lambda a: number(a.completion_tokens))),
    ), "Each question alone on a warm model, on this machine; not what production would take."
    )  # fmt: skip
