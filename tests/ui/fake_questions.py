"""Question sets of the fake workspace: real desks over a folder that goes away."""

import tempfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from assistant.evaluation.changes import Change, ChangeKind, Review
from assistant.evaluation.codec import key_hash
from assistant.evaluation.drafting import Draft
from assistant.evaluation.question_check import check_questions
from assistant.evaluation.reviews import decide, read_decisions, save_decisions, settled
from assistant.journeys.drafting import DraftDesk
from assistant.journeys.questions import QuestionSet
from assistant.journeys.review import ReviewDesk, ReviewItem
from assistant.schema import Question
from tests.ui.fake_records import CHUNKS, HOSTILE, QUESTIONS

OLD = "Let the instrument warm up.\nWarm-up time: 4 min.\nThen run a blank."
NEW = "Let the instrument warm up.\nWarm-up time: 6 min.\nThen run a blank."


def stale(question, kind=ChangeKind.CHANGED, hostile=False):
    """A question under review with its change."""
    if hostile:
        question = replace(question, question=HOSTILE, references=(HOSTILE,))
        change = Change(kind, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    else:
        lines = OLD.splitlines()[1], NEW.splitlines()[1]
        change = Change(kind, "products/qx-4410-manual.pdf", *lines, OLD, NEW)
    return question, Review(question.id, key_hash(question), "snapshot", (change,))


class FakeQuestions:
    """Mixed into the fake workspace."""

    @property
    def folder(self):
        if not hasattr(self, "_folder"):
            self._folder = tempfile.TemporaryDirectory()
        return Path(self._folder.name)

    @property
    def decisions_file(self):
        return self.folder / "decisions.jsonl"

    def question_sets(self):
        decided = len(read_decisions(self.decisions_file))
        return (QuestionSet(None, "Questions of this corpus", str(decided)),)

    def review(self, file=None):
        hostile = self.scene == "hostile"
        found = [stale(QUESTIONS[0], hostile=hostile), stale(QUESTIONS[1], ChangeKind.REWORDED)]
        decisions = read_decisions(self.decisions_file)
        items = tuple(
            ReviewItem((q,), (review,)) for q, review in found if not settled(review, decisions)
        )
        parts = SimpleNamespace(decisions_file=self.decisions_file, corpus_name=self.corpus_name)
        return ReviewDesk(parts, QUESTIONS, items, 3)

    def undo_review(self, ids):
        save_decisions(self.decisions_file, [decide(None, Question(i, ""), "undo") for i in ids])
        return len(ids)

    def check(self, file=None):
        asked = [replace(q, references=(), id=HOSTILE) for q in QUESTIONS[:1]]
        return check_questions(asked if self.scene == "hostile" else QUESTIONS)

    def drafts(self, count, seconds, seed, progress):
        progress(1, 1)
        hostile = self.scene == "hostile"
        made = [
            Draft(
                Question(
                    f"draft-{n}",
                    HOSTILE if hostile else f"What does passage {n} say?",
                    references=(HOSTILE if hostile else chunk.text.split()[1],),
                    sources=(HOSTILE if hostile else chunk.source,),
                ),
                HOSTILE if hostile else chunk.text,
                "rules",
                n == 0,
            )
            for n, chunk in enumerate(CHUNKS)
        ]
        made.append(
            Draft(Question("draft-none", "Who painted it?", answerable=False), "", "", False)
        )
        made = [replace(d, question=replace(d.question, tags=("drafted",))) for d in made]
        return replace(self.accepted_drafts(), drafts=tuple(made[:count]))

    def accepted_drafts(self):
        return DraftDesk((), self.folder / "drafted.jsonl", self.folder / "rejected.jsonl")
