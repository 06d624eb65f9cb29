"""Questions whose text changed, put before a person; decisions kept, files left alone."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UsageError
from assistant.journeys.questions import read_questions
from assistant.journeys.staleness import look
from assistant.parts import Parts
from assistant.schema import Question

if TYPE_CHECKING:
    from assistant.evaluation.changes import Change, Review
    from assistant.evaluation.reviews import Decision, NewKey


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One change to decide, with every wording of the fact it touches."""

    questions: tuple[Question, ...]
    """At least one; several when a group of paraphrases rests on the same sentence."""
    reviews: "tuple[Review, ...]"
    """One for each question, with the same changes."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Question ids, in file order."""
        return tuple(q.id for q in self.questions)

    @property
    def changes(self) -> "tuple[Change, ...]":
        """What became of the sentences it rests on, each sentence once.

        Two values of one key may stand in the same sentence, one of them still there: then only
        the change that needs a decision is told.
        """
        found: dict[tuple[str, str, str], Change] = {}
        for change in sorted(self.reviews[0].changes, key=lambda c: c.reworded):
            found.setdefault((change.document, change.old, change.new), change)
        return tuple(found.values())

    @property
    def still_stated(self) -> bool:
        """Whether every sentence was only reworded."""
        return self.reviews[0].still_stated

    @property
    def reference(self) -> str:
        """The stated key on one line."""
        first = self.questions[0]
        return " / ".join(first.references) or " + ".join(first.must) or "(must be declined)"


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """Everything waiting for a decision in one question set."""

    parts: Parts
    questions: tuple[Question, ...]
    """As reviewed so far."""
    items: tuple[ReviewItem, ...]
    unfollowed: int
    """Answerable questions that rest on no single sentence, so that no change is noticed."""

    @property
    def waiting(self) -> int:
        """Questions that need review."""
        return sum(len(item.questions) for item in self.items)

    @property
    def reworded(self) -> int:
        """Questions among them whose new sentence still states the reference."""
        return sum(len(item.questions) for item in self.items if item.still_stated)

    @property
    def line(self) -> str:
        """`61 questions need review; 9 only reworded`."""
        if not self.waiting:
            return "no question needs review"
        one = self.waiting == 1
        text = f"{self.waiting} question{' needs' if one else 's need'} review"
        return f"{text}; {self.reworded} only reworded" if self.reworded else text

    def keep_reworded(self) -> int:
        """Keep all whose new sentence still states the reference; returns how many questions."""
        return self.decide([item for item in self.items if item.still_stated], "keep")

    def find(self, question_id: str) -> ReviewItem:
        """The item of a question.

        Raises:
            UsageError: it does not wait for review.
        """
        for item in self.items:
            if question_id in item.ids:
                return item
        known = any(q.id == question_id for q in self.questions)
        raise UsageError(
            f"question {question_id!r} "
            + ("does not wait for review" if known else "is not in this question set"),
            "assistant questions review --list",
        )

    def decide(
        self, items: Iterable[ReviewItem], decision: "Decision", key: "NewKey | None" = None
    ) -> int:
        """Keep a decision about whole items; returns how many questions it settles.

        Raises:
            UsageError: an edit without a new reference.
        """
        from assistant.evaluation.reviews import decide, save_decisions

        made = [
            decide(review, question, decision, key)
            for item in items
            for question, review in zip(item.questions, item.reviews, strict=True)
        ]
        save_decisions(self.parts.decisions_file, made)
        return len(made)

    def edit_any(self, question_id: str, key: "NewKey") -> int:
        """Edit a question whether or not it waits; returns how many wordings that settles.

        Raises:
            UsageError: no such question, or no new reference.
        """
        from assistant.evaluation.reviews import decide, save_decisions

        if any(question_id in item.ids for item in self.items):
            return self.decide([self.find(question_id)], "edit", key)
        question = next((q for q in self.questions if q.id == question_id), None)
        if question is None:
            self.find(question_id)
        assert question is not None
        save_decisions(self.parts.decisions_file, [decide(None, question, "edit", key)])
        return 1


def open_review(parts: Parts, file: Path | None = None) -> ReviewDesk:
    """Compare a question set with the index as it is now. Loads no model.

    Raises:
        IndexMissing: nothing is indexed.
        QuestionFileError: there are no questions, or bad ones.
    """
    from assistant.evaluation.anchor_book import AnchorBook

    with parts.need_retriever().pinned() as index:
        questions = read_questions(parts, file)
        found = look(parts, questions, index)
    book = AnchorBook(parts.anchors_file)
    entries = book.entries(q for q in questions if q.answerable)
    unfollowed = sum(not entry.anchors for entry in entries)
    return ReviewDesk(parts, questions, _grouped(questions, found.reviews), unfollowed)


def _grouped(questions: Sequence[Question], reviews: "Sequence[Review]") -> tuple[ReviewItem, ...]:
    """Wordings of one fact (same group, key and change) are decided together."""
    by_id = {q.id: q for q in questions}
    groups: dict[tuple[object, ...], list[Review]] = {}
    for review in reviews:
        q = by_id[review.question_id]
        key = (q.group or q.id, frozenset(q.references), frozenset(q.must), review.fingerprint)
        groups.setdefault(key, []).append(review)
    return tuple(
        ReviewItem(tuple(by_id[r.question_id] for r in found), tuple(found))
        for found in groups.values()
    )


def undo_decisions(parts: Parts, ids: Sequence[str], file: Path | None = None) -> int:
    """Take back every decision about these questions; returns how many had one.

    Raises:
        UsageError: nothing was decided about one of them.
    """
    from assistant.evaluation.reviews import decide, read_decisions, save_decisions

    decided = {d.question_id for d in read_decisions(parts.decisions_file)}
    unknown = [i for i in ids if i not in decided]
    if unknown:
        raise UsageError(
            f"nothing was decided about question {unknown[0]!r}",
            "assistant questions review --list",
        )
    save_decisions(parts.decisions_file, [decide(None, Question(i, ""), "undo") for i in ids])
    return len(ids)


def write_reviewed(parts: Parts, file: Path | None, target: Path, *, overwrite: bool) -> int:
    """Write the question set as reviewed, as JSON lines; returns how many questions it has.

    Raises:
        UsageError: the file exists and may not be replaced, or is not named .jsonl.
    """
    from assistant.documents.questions import question_to_json
    from assistant.evaluation.jsonl import write_whole

    if target.suffix != ".jsonl":
        raise UsageError(
            f"{target.name}: reviewed questions are written as .jsonl", "--write x.jsonl"
        )
    if target.exists() and not overwrite:
        raise UsageError(f"{target} exists", "name another file, or add --overwrite")
    questions = read_questions(parts, file)
    lines = (json.dumps(question_to_json(q), ensure_ascii=False) for q in questions)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, "".join(line + "\n" for line in lines))
    return len(questions)
