"""`assistant questions check`: what is wrong with a question file before hours are spent on it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, Protocol, get_args

from assistant.errors import QuestionFileError
from assistant.evaluation.contrasts import INDICATIVE_CLUSTERS, MINIMUM_CLUSTERS, PLANNED
from assistant.evaluation.phrases import checkable_phrases, sentences_with
from assistant.schema import Hit, Question, split_source
from assistant.scoring.checks import validate_check
from assistant.scoring.clusters import make_clusters
from assistant.scoring.planning import detectable_difference

SEARCHED = 10
"""Passages looked at for a proposal."""
ENOUGH_UNANSWERABLE = 0.10


class Documents(Protocol):
    """What is needed of an index."""

    def documents(self) -> list[tuple[str, str]]:
        """(id, title) of every document."""

    def document_text(self, document_id: str) -> str:
        """Its text."""

    def search(self, query: str, k: int = 5) -> list[Hit]:
        """Chunks, best first."""


Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at."""

    kind: str
    """no key, bad check, unknown source, no source, reference not found, duplicate, ..."""
    severity: Severity
    question_id: str
    """Empty for findings about the whole set."""
    message: str
    proposal: str = ""
    """A source to write into the file, or what to do."""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """One kind of finding with every question it is about."""

    kind: str
    severity: Severity
    message: str
    question_ids: tuple[str, ...]
    """Empty for a finding about the whole set."""
    proposals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionCheck:
    """All findings, and what this question set can show."""

    findings: tuple[Finding, ...]
    questions: int
    clusters: int
    unanswerable: int
    detectable: float | None
    """Smallest difference (0..1) these questions can show with 80 % power."""

    @property
    def errors(self) -> int:
        """Findings that must be corrected before a score means anything."""
        return sum(f.severity == "error" for f in self.findings)

    @property
    def groups(self) -> tuple[FindingGroup, ...]:
        """Findings that say the same together, errors first, then kind by kind."""
        found: dict[tuple[Severity, str, str], list[Finding]] = {}
        kinds = list(dict.fromkeys(f.kind for f in self.findings))
        order = {(s, k): n for n, (s, k) in enumerate(product(SEVERITIES, kinds))}
        for finding in sorted(self.findings, key=lambda f: order[f.severity, f.kind]):
            key = finding.severity, finding.kind, finding.message
            found.setdefault(key, []).append(finding)
        return tuple(
            FindingGroup(
                kind,
                severity,
                message,
                tuple(f.question_id for f in same if f.question_id),
                tuple(sorted({f.proposal for f in same if f.proposal})),
            )
            for (severity, kind, message), same in found.items()
        )

    @property
    def line(self) -> str:
        """One line on what the set can show."""
        if self.detectable is None:
            return (
                f"{self.questions} questions in {self.clusters} clusters: too few to tell two "
                "approaches apart"
            )
        return (
            f"{self.questions} questions in {self.clusters} clusters can show a difference of "
            f"{self.detectable * 100:.0f} points or more"
        )


def check_questions(
    questions: Sequence[Question], documents: Documents | None = None
) -> QuestionCheck:
    """Check a question set, against the documents where there is an index.

    Never raises for a bad question: everything is a finding.
    """
    found: list[Finding] = []
    for question in questions:
        found += _check_key(question)
    found += _duplicates(questions)
    found += _whole_set(questions)
    if documents is not None:
        known = {document for document, _ in documents.documents()}
        texts: dict[str, str] = {}
        for question in questions:
            found += _check_sources(question, documents, known, texts)
    clusters = make_clusters(questions)
    units = len(set(clusters.group_of.values()))
    return QuestionCheck(
        findings=tuple(found),
        questions=len(questions),
        clusters=clusters.count,
        unanswerable=sum(not q.answerable for q in questions),
        detectable=detectable_difference(units, clusters.count, contrasts=len(PLANNED)),
    )


def _check_key(question: Question) -> list[Finding]:
    found = []
    if not question.scorable:
        found.append(Finding("no key", "warning", question.id,
                             "no reference, must phrase or check: it will be asked, not scored",
                             'add "references"'))  # fmt: skip
    if not question.answerable and (question.references or question.must):
        found.append(Finding("contradiction", "error", question.id,
                             "marked unanswerable, but it has a reference",
                             'remove the reference or set "answerable": true'))  # fmt: skip
    for check in question.checks:
        try:
            validate_check(check)
        except QuestionFileError as error:
            found.append(Finding("bad check", "error", question.id, error.message, error.cure))
    return found


def _duplicates(questions: Sequence[Question]) -> list[Finding]:
    found = []
    for question_id, count in Counter(q.id for q in questions).items():
        if count > 1:
            found.append(Finding("duplicate", "error", question_id,
                                 f"the id stands {count} times", "give each its own id",
                                 ))  # fmt: skip
    first: dict[str, Question] = {}
    for question in questions:
        wording = " ".join(question.question.casefold().split()).rstrip(" ?.!")
        earlier = first.setdefault(wording, question)
        if earlier is not question and earlier.id != question.id:
            same = set(earlier.references) == set(question.references)
            found.append(Finding(
                "duplicate", "warning" if same else "error", question.id,
                f"asks the same as {earlier.id}" + ("" if same else ", with another reference"),
                "keep one",
            ))  # fmt: skip
    groups: dict[str, Question] = {}
    for question in questions:
        if question.group:
            earlier = groups.setdefault(question.group, question)
            if set(earlier.references) != set(question.references) and not (
                set(earlier.references) & set(question.references)
            ):
                found.append(Finding("group", "warning", question.id,
                                     f"is in group {question.group} with {earlier.id}, but no "
                                     "reference is shared", "one group is one fact"))  # fmt: skip
    return found


def _whole_set(questions: Sequence[Question]) -> list[Finding]:
    found = []
    clusters = make_clusters(questions).count
    unanswerable = sum(not q.answerable for q in questions)
    if not unanswerable:
        found.append(Finding("no unanswerables", "warning", "",
                             "every question has an answer: declining cannot be measured",
                             "add questions that look answerable and are not"))  # fmt: skip
    elif unanswerable < ENOUGH_UNANSWERABLE * len(questions):
        found.append(Finding("few unanswerables", "note", "",
                             f"{unanswerable} of {len(questions)} questions are unanswerable",
                             "10 to 20 of 100 are a good share"))  # fmt: skip
    if clusters < INDICATIVE_CLUSTERS:
        what = "no verdict on differences" if clusters < MINIMUM_CLUSTERS else "indicative only"
        found.append(Finding("few clusters", "warning", "",
                             f"the questions fall into {clusters} independent clusters: {what}",
                             "ask about more documents"))  # fmt: skip
    return found


def _check_sources(
    question: Question, documents: Documents, known: set[str], texts: dict[str, str]
) -> list[Finding]:
    """Are the sources there, and does any hold the reference?"""
    if not question.answerable:
        return []
    found = []
    named = [split_source(s)[0] for s in question.sources]
    for source in named:
        if source not in known:
            found.append(Finding("unknown source", "error", question.id,
                                 f"source {source} is not among the documents",
                                 _propose(question, documents)))  # fmt: skip
    phrases = checkable_phrases(question)
    if not named:
        found.append(Finding("no source", "note", question.id,
                             "names no source: retrieval cannot be measured on it",
                             _propose(question, documents)))  # fmt: skip
    if not phrases:
        return found
    here = [s for s in named if s in known]
    # All must phrases have to stand somewhere; of several references, one is enough.
    wanted = all if question.must else any
    if here and wanted(_holds(question, p, here, documents, texts) for p in phrases):
        return found
    elsewhere = [hit.chunk.document_id for hit in documents.search(question.question, SEARCHED)]
    if wanted(_holds(question, p, [*here, *elsewhere], documents, texts) for p in phrases):
        if here:
            found.append(Finding("source without reference", "warning", question.id,
                                 "the named sources do not hold the reference, others do",
                                 _propose(question, documents)))  # fmt: skip
        return found
    shown = "; ".join(phrases)[:120]
    found.append(Finding("reference not found", "warning", question.id,
                         f"no document found holds {shown!r} in these words",
                         "check the reference, or add must phrases that do"))  # fmt: skip
    return found


def _holds(
    question: Question,
    phrase: str,
    among: Sequence[str],
    documents: Documents,
    texts: dict[str, str],
) -> bool:
    for document in dict.fromkeys(among):
        if document not in texts:
            texts[document] = documents.document_text(document)
        if sentences_with(question, phrase, texts[document]):
            return True
    return False


def _propose(question: Question, documents: Documents) -> str:
    """The best passage that holds the key, as a source to write into the file."""
    phrases = checkable_phrases(question)
    for hit in documents.search(question.question, SEARCHED):
        if any(sentences_with(question, p, hit.chunk.indexed_text) for p in phrases):
            return f'"sources": ["{hit.chunk.source}"]'
    return ""


def by_kind(check: QuestionCheck) -> Mapping[str, int]:
    """How many findings of each kind."""
    return Counter(f.kind for f in check.findings)
