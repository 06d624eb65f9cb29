"""What the numbers of a report open, worked out from its records; and what each must open."""

import re
from collections import defaultdict

from assistant.decision.said import links_of


def opened(report, rows):
    """(in the part, in the whole): what the script of the page does, done over again here."""
    found = [marks for marks in _units(report, rows) if set(rows.whole) <= marks]
    return sum(set(rows.part) <= marks for marks in found), len(found)


def _units(report, rows):
    if rows.measure != "run":
        return _beside(report.beside[rows.measure], rows)
    behind = report.behind
    answers = [
        (row, marks | behind.marks[row.question.id])
        for row, marks in zip(report.scored, behind.answers, strict=True)
        if rows.approach in ("", row.answer.approach)
    ]
    own = {row.question.id: marks for row, marks in answers} if rows.approach else {}
    questions = [(q, behind.marks[q.id] | own.get(q.id, set())) for q in behind.questions]
    if rows.unit == "answers":
        return [marks for _, marks in answers]
    if rows.unit == "questions":
        return [marks for _, marks in questions]
    if rows.unit == "files":
        return [set() for _ in report.summary.header.unreadable]
    if rows.unit == "citations":
        return [
            marks | {name for name, holds in (("written by the model", c.written_by_model),
                                              ("says it", c.supported)) if holds}
            for row, marks in answers for c in row.answer.citations
        ]  # fmt: skip
    members = [(r.question, m) for r, m in answers] if rows.approach else questions
    groups = defaultdict(set)
    for question, marks in members:
        if set(rows.whole) <= marks:
            cluster = behind.clusters.cluster_of.get(question.id)
            groups[(question.group or question.id) if rows.unit == "facts" else cluster] |= marks
    return list(groups.values())


def _beside(found, rows):
    """The same for what was asked beside the run."""
    if rows.unit == "questions":
        return [one.marks | one.answers.get(rows.approach, set()) for one in found]
    assert rows.unit in ("answers", "texts")
    return [
        one.marks | marks
        for one in found for who, marks in one.answers.items() if rows.approach in ("", who)
    ]  # fmt: skip


_WRONG_PER_100 = "confidently wrong.*per 100|per 100.*confidently wrong"


def check(label, where, part, whole):
    """Whether as many rows open as the number says; what is no count must rest on some.

    Returns:
        Whether the label is a count.
    """
    said = f"{where!r} {label!r} opens {part} of {whole}"
    if counts := re.fullmatch(r"(\d+) of (\d+)(?: \(\d+ %\))?", label):
        assert (part, whole) == tuple(map(int, counts.groups())), said
        return True
    if counts := re.fullmatch(r"\d+ % of (\d+)", label):
        assert whole == int(counts[1]), said
        return True
    assert whole, said
    if counts := re.fullmatch(r"(\d+) % \((\d+) to (\d+)\)|(\d+) to (\d+) %", label):
        low, high = (float(x) for x in (counts[2] or counts[4], counts[3] or counts[5]))
        assert low - 0.5 <= 100 * part / whole <= high + 0.5, said
    elif re.fullmatch(r"\d+", label) and re.search(_WRONG_PER_100, where, re.IGNORECASE):
        assert int(label) == round(100 * part / whole), said
    elif re.fullmatch(r"\d+", label) and not re.search(r"per 100|tokens$|\$", where):
        assert int(label) == part, said
        return True
    return False


def texts(report):
    """(where, text) of everything a report says with numbers."""
    r = report.recommendation
    yield "the verdict", r.sentence
    for title, found in (
        ("why", r.reasons), ("flips", r.flips), ("mistakes", r.guard_rails),
        ("training", (r.training.sentence, *r.training.reasons) if r.training else ()),
    ):  # fmt: skip
        for one in found:
            yield title, one
    for gate in r.gates:
        yield f"gate {gate.number}", gate.value
    for table in report.tables:
        yield table.title, table.note
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                money = "$" if "cost" in f"{table.title} {column} {row[0]}".lower() else ""
                yield f"{table.title}, {row[0]}, {column}{money}", cell


def every_link(report):
    """(where, label, rows) of every number that opens something."""
    for where, text in texts(report):
        for link in links_of(text):
            yield where, text[link.start : link.end], link.rows


NO_ROWS = (
    (r"\d+ of \d+ facts trained", "the adapter's training, not this run"),
    (r"12 changed chunks", "the index"),
    (r"up to \d+ wordings? \([\d,]+ facts\)", "what a point of the curve was trained on"),
    (r"[\d,]+ of [\d,]+ facts of the documents", "the documents"),
    (r"[\d,]+ questions a month", "the user's volume"),
    (r"(more than|about) [\d,]+ questions in all", "a forecast"),
    (r"at least \d+ clusters|\d+ for more than", "a threshold"),
    (r"\d+ reviewed examples", "the user's"),
    (r"per [\d,]+ (answers|questions)", "a rate"),
)
"""What reads like a count and has no rows in a run, and whose it is."""


TRAINED_ON = re.compile(r"Would more data pay\?.*, (facts trained|exposures)")
"""What a point of the curve was trained with: settings, not answers."""


def unopened(text):
    """Counts in a text that open nothing although a run has their rows."""
    plain = text
    for link in reversed(links_of(text)):
        plain = plain[: link.start] + "·" + plain[link.end :]
    return counts_in(plain)


def counts_in(text):
    """What reads like a count of rows."""
    for pattern, _ in NO_ROWS:
        text = re.sub(pattern, "", text)
    units = "questions?|answers?|clusters?|facts?|citations?|unreadable|times the|unknown|kept|edited|dropped"
    return re.findall(rf"\d[\d,]* of \d[\d,]*|\d+ % \(\d+ to \d+\)|\b\d[\d,]* (?:{units})\b", text)
