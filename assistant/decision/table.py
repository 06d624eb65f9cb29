"""One run as rows of text cells; every face (terminal, Markdown, CSV, HTML) draws these."""

from collections.abc import Callable, Mapping, Sequence

from assistant.decision import opened
from assistant.decision.opened import KEPT, of
from assistant.decision.said import opening, say
from assistant.decision.tables import Rows, Table
from assistant.decision.value_tables import value_note
from assistant.decision.words import (
    NOT_MEASURED,
    counted,
    needed_words,
    number,
    p_value,
    percent,
    seconds,
)
from assistant.evaluation.records import ApproachSummary, Count, RunSummary
from assistant.scoring.statistics import Interval

NO_VALUES: Mapping[str, Interval] = {}
Column = tuple[str, Callable[[ApproachSummary], str]]


def _per_approach(
    title: str,
    summary: RunSummary,
    columns: Sequence[Column],
    note: str = "",
    only: Callable[[ApproachSummary], bool] = lambda a: True,
) -> Table:
    """A table with one row an approach; the name opens all its answers."""
    rows = tuple(
        (opening(a.label, Rows(a.name, ("asked",))), *(tell(a) for _, tell in columns))
        for a in summary.approaches if only(a)
    )  # fmt: skip
    return Table(title, ("approach", *(name for name, _ in columns)), rows, note)


def _share(
    get: Callable[[ApproachSummary], Count], whole: tuple[str, ...], part: str
) -> Callable[[ApproachSummary], str]:
    """`31 of 40 (78 %)`, opening those rows."""
    return lambda a: of(a.name, get(a), whole, part)


def _behind(
    tell: Callable[[ApproachSummary], str], whole: tuple[str, ...], part: tuple[str, ...] = ()
) -> Callable[[ApproachSummary], str]:
    """A number that is no count but rests on these rows."""

    def told(a: ApproachSummary) -> str:
        text = tell(a)
        return text if text == NOT_MEASURED else opening(text, Rows(a.name, whole, part))

    return told


def outcome_table(
    summary: RunSummary, values: Mapping[str, Interval] = NO_VALUES, wrong_costs: float = 0.0
) -> Table:
    """Per approach: correct, abstained, confidently wrong; its value where wrong has a cost."""
    coverage = summary.header.fact_coverage
    late = f", {summary.header.behind}" if summary.header.behind else ""
    notes = [f"Adapter: {coverage}{late}."] if coverage else []
    if summary.unanswerable:
        notes.append(
            "Unanswerable questions count too, and declining them is right; the limit of the model "
            "in gate 0 counts only questions that have an answer."
        )
    notes += [value_note(wrong_costs)] if values else []
    return _per_approach("Outcomes", summary, (
        ("correct", opened.right),
        ("95 % interval", _behind(
            lambda a: f"{a.share.low * 100:.0f} to {a.share.high * 100:.0f} %"
            if a.n else NOT_MEASURED, KEPT, ("correct",))),
        ("abstained", _share(lambda a: Count(a.abstained, a.n), (), "abstained")),
        ("confidently wrong", opened.wrong),
        *((("value per 100 questions", lambda a: opened.valued(a, values)),) if values else ()),
        ("not scored", lambda a: opened.some(a.unscored, Rows(a.name, ("unscored",)))),
    ), " ".join(notes))  # fmt: skip


def wrong_table(summary: RunSummary) -> Table:
    """Confidently wrong answers, split by kind."""
    kinds = sorted({k for a in summary.approaches for k in a.wrong_kinds})
    wrong = (*KEPT, "incorrect")

    def split(kind: str) -> Callable[[ApproachSummary], str]:
        def told(a: ApproachSummary) -> str:
            if not a.incorrect:
                return "0" if a.n else NOT_MEASURED
            rows = Rows(a.name, wrong, (f"wrong:{kind}",))
            return opening(str(a.wrong_kinds.get(kind, 0)), rows)

        return told

    return _per_approach("Confidently wrong, by kind", summary, (
        *((kind, split(kind)) for kind in kinds),
        ("per 100", _behind(_per_hundred, KEPT, ("incorrect",))),
    ))  # fmt: skip


def _per_hundred(a: ApproachSummary) -> str:
    share = a.confidently_wrong.share
    return NOT_MEASURED if share is None else f"{share * 100:.0f}"


def contrast_table(summary: RunSummary) -> Table:
    """The planned contrasts."""
    rows: list[tuple[str, ...]] = []
    for c in summary.contrasts:
        needed = c.needed if c.standing in ("undecided", "no verdict") else None
        rows.append((
            f"{c.first} - {c.second}",
            opened.gained(c),
            opening(str(c.wins), Rows(c.first, KEPT, (f"beats:{c.second}",))),
            opening(str(c.losses), Rows(c.second, KEPT, (f"beats:{c.first}",))),
            opened.differing(p_value(c.p_adjusted), c),
            c.standing,
            needed_words(needed),
        ))  # fmt: skip
    tests = ", ".join(sorted({c.test for c in summary.contrasts}))
    note = f"p by {tests}, Holm-adjusted over {len(rows)} planned contrasts." if rows else ""
    columns = ("contrast", "difference", "only the first right", "only the second right", "p",
               "standing", "questions needed")  # fmt: skip
    return Table("Differences", columns, tuple(rows), note)


def behaviour_table(summary: RunSummary) -> Table:
    """Format, declining, consistency."""
    return _per_approach("Behaviour", summary, (
        ("follows the format", opened.form_kept),
        ("label or form right", opened.tasks_right),
        ("declined rightly",
         _share(lambda a: a.abstention.precision, ("declined",), "unanswerable")),
        ("unanswerable declined",
         _share(lambda a: a.abstention.recall, ("unanswerable",), "correct")),
        ("answerable declined",
         _share(lambda a: a.abstention.false_abstention, ("answerable",), "abstained")),
        ("same outcome in all wordings", opened.wordings),
        ("worst kind", _worst),
    ), "Reworded questions are counted as facts, each with all its wordings.")  # fmt: skip


def _worst(a: ApproachSummary) -> str:
    return say(f"{a.worst_kind}: ", _kind(a, a.worst_kind)) if a.worst_kind else NOT_MEASURED


def _kind(a: ApproachSummary, name: str) -> str:
    return of(a.name, a.kinds[name], (f"kind:{name}",), "correct")


def retrieval_table(summary: RunSummary) -> Table:
    """Retrieval, citations and values no passage has."""
    asked = ("counted", "retrieval")
    return _per_approach("Retrieval and grounding", summary, (
        (f"recall@{summary.header.passages}", _behind(
            lambda a: f"{percent(a.recall_at_k)} of {a.retrieval_n}" if a.retrieval_n
            else NOT_MEASURED, asked, ("all sources found",))),
        ("MRR", _behind(
            lambda a: number(a.reciprocal_rank, digits=2), asked, ("source found first",))),
        ("citations that hold", lambda a: of(
            a.name, a.citation_precision, ("written by the model",), "says it", "citations")),
        ("answers with a citation",
         _share(lambda a: a.citation_coverage, ("attempted",), "supported")),
        ("answers with a value no passage has",
         _share(lambda a: a.ungrounded, ("attempted",), "ungrounded")),
        ("answers without room for all passages", lambda a: (
            opening(counted(a.crowded), Rows(a.name, ("counted", "shown passages"), ("dropped",)))
            if a.crowded.whole else NOT_MEASURED)),
    ))  # fmt: skip


def blame_table(summary: RunSummary) -> Table:
    """Where rag is not right on answerable questions: whose fault, told by oracle."""
    columns = ("because of", "questions")
    if summary.blame is None:
        return Table("Where rag is not right", columns, ())
    rows = (
        ("retrieval: right once the right passage is given",
         opened.blamed(summary.blame, "retrieval")),
        ("reader or reference: wrong with the right passage too",
         opened.blamed(summary.blame, "reader")),
        ("unknown: no right passage to ask with", opened.blamed(summary.blame, "unknown")),
    )  # fmt: skip
    return Table("Where rag is not right", columns, rows)


def question_table(summary: RunSummary) -> Table:
    """What the questions can show at all."""
    unanswerable = Rows("", ("headline", "unanswerable"), (), "questions")
    facts = opened.some(summary.groups, Rows("", ("headline",), (), "facts"))
    rows = (
        ("compared on", say(opened.compared_on(summary), ", in ", opened.clusters(summary),
                            " clusters, ", facts, " facts")),
        *(("left out", say(opened.left_out(n, why), f": {why}"))
          for why, n in summary.left_out.items()),
        ("unanswerable", opened.some(summary.unanswerable, unanswerable)
                         if summary.unanswerable else NOT_MEASURED),
        ("known to the base without documents", opened.known(summary)),
        ("graded by people", opened.graded(summary)),
        ("rule and people", opened.agreement(summary)),
    )  # fmt: skip
    return Table("Questions", ("what", "value"), rows)


def strata_table(summary: RunSummary) -> Table:
    """Fine-tuned numbers by what was trained."""
    names = sorted({s for a in summary.approaches for s in a.strata})

    def within(name: str) -> Callable[[ApproachSummary], str]:
        return lambda a: opened.trained(a, name) if name in a.strata else NOT_MEASURED

    return _per_approach(
        "By what the adapter was trained on", summary, [(n, within(n)) for n in names],
        summary.header.fact_coverage, only=lambda a: bool(a.strata),
    )  # fmt: skip


def kinds_table(summary: RunSummary) -> Table:
    """Correct answers by kind of question."""
    names = sorted({k for a in summary.approaches for k in a.kinds})
    rows = tuple(
        (name, *(_kind(a, name) if name in a.kinds else NOT_MEASURED for a in summary.approaches))
        for name in names
    )
    columns = ("kind", *(a.label for a in summary.approaches))
    return Table("By kind of question", columns, rows)


def latency_table(summary: RunSummary) -> Table:
    """The isolated, warm pass; tokens."""
    spent = ("counted", "answered")
    return _per_approach("Time and tokens", summary, (
        ("p50", _timed(lambda a: seconds(a.latency.p50 if a.latency else None))),
        ("p95", _timed(lambda a: seconds(a.latency.p95 if a.latency else None))),
        ("first token p50",
         _timed(lambda a: seconds(a.latency.first_token_p50 if a.latency else None))),
        ("answers timed", _timed(lambda a: str(a.latency.n) if a.latency else NOT_MEASURED)),
        ("prompt tokens", _behind(lambda a: number(a.prompt_tokens), spent)),
        ("answer tokens", _behind(lambda a: number(a.completion_tokens), spent)),
    ), "Each question alone on a warm model, on this machine; not what production would take."
    )  # fmt: skip


def _timed(tell: Callable[[ApproachSummary], str]) -> Callable[[ApproachSummary], str]:
    return _behind(tell, ("timed",))
