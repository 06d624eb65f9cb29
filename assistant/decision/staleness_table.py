"""References that belong to older documents, as rows of text cells."""

from collections import Counter

from assistant.decision.opened import some
from assistant.decision.said import joined, opening, say
from assistant.decision.tables import Rows, Table
from assistant.decision.words import NOT_MEASURED, counted
from assistant.evaluation.marks import decided_mark, id_mark
from assistant.evaluation.records import Count, RunSummary
from assistant.evaluation.staleness import NEITHER, NEW, OLD

SHOWN = 100
CHARACTERS = 240


def staleness_tables(summary: RunSummary) -> list[Table]:
    """Both tables, where there is something to show."""
    return [t for t in (shares_table(summary), review_table(summary)) if t.rows]


def shares_table(summary: RunSummary) -> Table:
    """Who tells the old fact, the new one, or neither, on questions whose answer changed."""
    found = summary.staleness
    rows = tuple(
        (opening(a.label, Rows(a.name, ("asked",))), _tells(a.name, s.old, OLD),
         _tells(a.name, s.new, NEW), _tells(a.name, s.neither, NEITHER),
         (found.behind or "as new as the index") if a.adapter else "none")
        for a in summary.approaches
        for s in [found.shares.get(a.name)]
        if s is not None
    )  # fmt: skip
    columns = ("approach", "tells the old fact", "tells the new fact", "tells neither", "adapter")
    one = "question whose answer" if found.changed == 1 else "questions whose answer"
    return Table("When facts change: old, new or neither", columns, rows,
                 say(changed(summary), f" {one} changed with the documents."))  # fmt: skip


def changed(summary: RunSummary) -> str:
    """Questions whose answer changed with the documents."""
    return some(summary.staleness.changed, Rows("", ("changed",), (), "questions"))


def _tells(name: str, count: Count, which: str) -> str:
    if not count.whole:
        return NOT_MEASURED
    return opening(counted(count), Rows(name, ("about a changed fact",), (f"tells:{which}",)))


def review_table(summary: RunSummary) -> Table:
    """Questions that need review, with the old and the new text."""
    waiting = summary.staleness.waiting
    rows = tuple(
        (
            opening(r.question_id, Rows("", (id_mark(r.question_id),), (), "questions")),
            c.document,
            c.kind.value,
            _short(c.old),
            _short(c.new) or NOT_STATED,
        )
        for r in waiting[:SHOWN]
        for c in r.changes
    )
    more = f" The first {SHOWN} are shown." if len(waiting) > SHOWN else ""
    done = summary.staleness
    if done.decided:
        made = Counter(done.decided.values())
        more = say(more, " Decided since the run: ", joined(", ", (
            say(some(made[d], Rows("", (decided_mark(d),), (), "questions")), f" {word}")
            for d, word in (("keep", "kept"), ("edit", "edited"), ("drop", "dropped")) if made[d]
        )), ".")  # fmt: skip
    columns = ("question", "document", "what happened", "then", "now")
    note = say("They were asked and are not scored. `assistant questions review`.", more)
    return Table("Questions that need review", columns, rows, note)


NOT_STATED = "nothing like it"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= CHARACTERS else flat[: CHARACTERS - 3] + "..."
