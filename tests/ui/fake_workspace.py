"""A workspace without models: the same records, the same answers every time.

`scene` picks the state: `full`, `no_adapter`, `empty` (nothing indexed, no questions), `hostile`
(documents and answers that try to break out of the page) and `broken` (asking fails).
"""

import time
from dataclasses import replace

from assistant.answering.side_by_side import AskEvent, Comparison
from assistant.errors import AssistantError, IndexMissing, ModelMissing
from assistant.jobs import Job, Progress
from assistant.overview import Record, RunInfo, Status, approach_states
from assistant.schema import (
    Hit,
    Message,
    Outcome,
    Question,
    Score,
    Skipped,
)
from tests.ui.fake_pages import FakePages
from tests.ui.fake_questions import FakeQuestions
from tests.ui.fake_records import CHUNKS, HOSTILE, MANUAL, OUTCOMES, QUESTIONS, answer_to
from tests.ui.fake_run import RECORDS, fake_recommendation, fake_summary


class FakeAsk:
    """Streams word by word, all approaches in step."""

    def __init__(self, question, answers, scores, delay):
        self._answers, self._delay, self._stopped = list(answers), delay, set()
        self._question, self._scores = question, scores

    def events(self):
        said = {a.approach: a.text.split() for a in self._answers}
        for count in range(1, max(map(len, said.values())) + 1):
            for approach, words in said.items():
                if approach not in self._stopped and count <= len(words):
                    time.sleep(self._delay)
                    yield AskEvent(approach, " ".join(words[:count]))

    def cancel(self, approach=None):
        self._stopped |= {approach} if approach else {a.approach for a in self._answers}

    def result(self):
        answers = tuple(
            replace(a, finish="cancelled") if a.approach in self._stopped else a
            for a in self._answers
        )
        return Comparison(self._question, answers, tuple(self._scores), 1.24)


class FakeWorkspace(FakePages, FakeQuestions):
    """Same attributes and methods as `assistant.workspace.Workspace`, as far as the page goes."""

    def __init__(self, home=None, corpus=None, scene="full", delay=0.0):
        self.home, self.scene, self.delay = home or "/somewhere", scene, delay
        self.corpus_name = corpus or "tessholm"
        self.asked, self.started = [], []

    @classmethod
    def opener(cls, scene="full", delay=0.0):
        """Something to pass as `open_workspace`."""
        return lambda home, corpus: cls(home, corpus, scene, delay)

    def corpora(self):
        return ("guide", "tessholm")

    def warm(self):
        """Nothing to load."""

    def status(self):
        indexed, trained = self.scene != "empty", self.scene in ("full", "hostile", "broken")
        hostile = self.scene == "hostile"
        return Status(
            corpus=self.corpus_name,
            documents=46 if indexed else 0,
            chunks=812 if indexed else 0,
            index="i-20261121-1" if indexed else None,
            indexed_at="2026-11-21 02:10" if indexed else "",
            adapter="a-20261120-2" if trained else None,
            adapter_chunks_behind=12 if trained else None,
            fact_coverage="412 of 1,930 facts trained, 40 exposures each" if trained else "",
            model="embedded",
            model_note="a small model of our own, for trying the product and for simple factual "
            "documents; what is measured with it says little about larger models",
            skipped=(Skipped(HOSTILE if hostile else "archive/scan-1998.pdf", "no text layer"),)
            if indexed
            else (),
        )

    def approach_states(self):
        status = self.status()
        return approach_states(
            indexed=status.index is not None,
            adapter=status.adapter,
            adapters_possible=True,
            corpus=self.corpus_name,
            minutes=8.0,
        )

    def questions(self):
        return () if self.scene == "empty" else QUESTIONS

    def find_question(self, text):
        wanted = text.strip().casefold()
        return next((q for q in self.questions() if q.question.casefold() == wanted), None)

    def ask(self, text, approaches, k=None):
        self.asked.append((text, tuple(approaches), k))
        if self.scene == "broken":
            raise ModelMissing("the weights of the embedded model are not here", "assistant doctor")
        question = self.find_question(text) or Question("free", text)
        answers = [answer_to(question, a) for a in approaches]
        scores = [self._score(question, a) for a in approaches]
        if self.scene == "hostile":
            evil = replace(MANUAL, text=HOSTILE, title=HOSTILE, document_id=HOSTILE)
            answers = [
                replace(
                    a,
                    text=HOSTILE,
                    passages=tuple(replace(p, chunk=evil) for p in a.passages[:1]),
                    nearest=tuple(replace(p, chunk=evil) for p in a.nearest[:1]),
                    messages=(Message("user", HOSTILE),),
                )
                for a in answers
            ]
            scores = [s and replace(s, explanation=HOSTILE) for s in scores]
        return FakeAsk(question, answers, scores, self.delay)

    def _score(self, question, approach):
        if not question.scorable:
            return None
        if question.id == "q-1":
            return OUTCOMES[approach]
        if not question.answerable:
            return Score(Outcome.CORRECT, "declined, and no document answers this")
        return Score(Outcome.ABSTAINED, "declined", exact_match=0.0, f1=0.0)

    def search(self, text, k=10):
        if self.scene == "empty":
            raise IndexMissing("nothing is indexed yet", "assistant reindex")
        return [
            Hit(c, round(0.033 - n / 1000, 4), 0.71 - n / 20, n, 14.2 - n if n < 3 else None, n)
            for n, c in enumerate(CHUNKS, 1)
        ][:k]

    def record(self, approach):
        if self.scene != "full":
            return None
        correct, scored = RECORDS[approach]
        return Record(correct, scored, "r-20261121-1")

    def record_for(self, question, approach):
        found = self.record(approach)
        hybrid = found is not None and approach == "hybrid"
        return replace(found, expected=0.62) if hybrid else found

    def runs(self):
        if self.scene not in ("full", "hostile"):
            return ()
        return (
            RunInfo("r-20261121-1", "2026-11-21 02:31", 44, tuple(RECORDS), True),
            RunInfo("r-20261120-3", "2026-11-20 17:05", 44, tuple(RECORDS), False),
        )

    def summary(self, run_id):
        return fake_summary(run_id)

    def recommendation(self, run_id):
        return fake_recommendation()

    @property
    def jobs(self):
        return self

    def list(self, most=20):
        if not self.started:
            return ()
        progress = Progress("training", 120, 480, "step 120 of 480, loss 1.31")
        command = (*self.started[-1], "--home", "/somewhere")
        return (
            Job(
                "j-1",
                command,
                "running",
                0.0,
                progress,
                "",
                HOSTILE if self.scene == "hostile" else "loss 1.31",
            ),
        )

    def cancel(self, job_id):
        self.started.clear()

    def start_job(self, args):
        if self.scene == "empty":
            raise AssistantError("another job is writing this index", "wait, or cancel it")
        self.started.append(list(args))
        return self.list()[0]
