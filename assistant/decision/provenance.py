"""Where the numbers of a report come from: run, model, questions, documents, adapter, rule."""

from assistant.decision import opened
from assistant.decision.said import say
from assistant.decision.tables import Rows, Table
from assistant.evaluation.records import RunSummary


def provenance_table(summary: RunSummary, rule_error: str) -> Table:
    """Name and value, in order.

    Args:
        summary: the run in numbers.
        rule_error: the rule's own error rate, in words; empty: not known.
    """
    h, s = summary.header, summary
    asked = opened.some(s.questions, Rows("", (), (), "questions"))
    rows: list[tuple[str, str]] = [
        ("run", f"{h.id}, {h.created}"),
        ("model", f"{h.model} ({h.model_fingerprint}), {h.dtype}, {h.decoding}"),
        ("questions", say(asked, ", ", opened.headline(s), " in the comparison, ",
                          opened.clusters(s), " clusters")),
        ("question file", f"{h.question_file or 'not stated'} ({h.questions_sha256[:12]})"),
        ("written by", h.authored_by or "not stated"),
        ("documents", say(f"{h.documents} ({h.corpus[:12] or 'no snapshot'}), ",
                          opened.unreadable(s), " unreadable")),
        ("index", h.index or "none"),
        ("embedder", h.embedder or "none"),
        ("adapter", ", ".join(h.adapters) or "none"),
        ("fact coverage", h.fact_coverage or "no adapter"),
        ("adapter and index", h.behind or ("no change known" if h.adapters else "no adapter")),
        ("known without documents", opened.known(s)),
        ("detectable difference",
         f"{s.detectable * 100:.0f} points" if s.detectable is not None else "none"),
        ("graded by people", opened.graded(s)),
        ("rule and people", opened.agreement(s)),
    ]  # fmt: skip
    if rule_error:
        rows.append(("error rate of the rule", rule_error))
    rows += [("note", note) for note in h.notes]
    rows += [("unreadable", name) for name in h.unreadable]
    return Table("Where the numbers come from", ("what", "value"), tuple(rows))
