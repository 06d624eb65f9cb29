"""What the pages beside the chat need of the fake workspace: documents, adapters, grading, votes."""

from dataclasses import dataclass, field, replace

from assistant.decision.costs import load_prices
from assistant.decision.report import make_report
from assistant.errors import ModelError, UsageError
from assistant.evaluation.grades import GradingItem
from assistant.evaluation.kept_answers import KeptAnswer, KeptQuestion
from assistant.evaluation.scored import ScoredAnswer
from assistant.journeys.documents import Documents, IndexedDocument
from assistant.models.adapters import AdapterManifest
from assistant.schema import Message, Outcome, Question, Score, Skipped
from tests.ui.fake_records import HOSTILE, OUTCOMES, QUESTIONS, answer_to
from tests.ui.fake_run import RECORDS, fake_recommendation, fake_summary

GUIDE = {
    "start-here": "# Start here\n\nWelcome.\n\n## The grid\n\nTwo switches.\n\n## Order\n\nFirst.",
    "evaluation": "# Evaluation\n\n## Undecided\n\nIt could go *either* way.\n\n## Other\n\nNot this.",
}


def manifest(name, hostile=False):
    return AdapterManifest(
        id=name,
        base_model=HOSTILE if hostile else "embedded",
        base_fingerprint="f",
        index_version="i-20261121-1",
        corpus_hash="c",
        pairs_hash="p",
        gold_hash="g",
        facts_total=1930,
        facts_trained=412,
        exposures=40.0,
        seconds=480.0,
        loss=0.4,
        dev_score=0.73,
        created="2026-11-20T17:05:00+00:00",
        rank=16,
        learning_rate=1e-3,
    )


@dataclass
class FakeAdapters:
    """Two versions, the newer one in use."""

    versions: list
    used: str | None

    def list(self):
        return list(self.versions)

    def current(self):
        return self.used

    def use(self, version):
        self.used = version

    def delete(self, version):
        if version == self.used:
            raise ModelError(f"adapter {version} is in use", "assistant finetune --use OTHER")
        self.versions = [m for m in self.versions if m.id != version]


@dataclass
class FakeDesk:
    """Four answers; keeps the grades it is given."""

    items: tuple
    saved: list = field(default_factory=list)

    def save(self, item, outcome, note=""):
        if outcome is Outcome.ABSTAINED and not item.question.answerable:
            raise UsageError("declining is correct here", "grade it correct")
        self.saved.append((item.question.id, outcome))


class FakePages:
    """Mixed into the fake workspace."""

    @property
    def pages(self):
        return self

    def prices(self):
        return load_prices()

    def documents(self):
        hostile = self.scene == "hostile"
        names = (
            ["products/qx-4410-manual.pdf", "support/daily-checks.md"]
            if self.scene != "empty"
            else []
        )
        return Documents(
            HOSTILE if hostile else "/somewhere/corpus/tessholm/documents",
            tuple(IndexedDocument(n, HOSTILE if hostile else "A title", "pdf", 3) for n in names),
            (Skipped("archive/scan-1998.pdf", HOSTILE if hostile else "no text layer"),),
            added=0 if names else 46,
            changed=1 if self.scene == "no_adapter" else 0,
            removed=0,
        )

    def document_text(self, document_id):
        return HOSTILE if self.scene == "hostile" else f"The text of {document_id}"

    @property
    def adapters(self):
        if not hasattr(self, "_adapters"):
            names = ["a-1", "a-20261120-2"] if self.scene in ("full", "hostile", "broken") else []
            made = [manifest(n, self.scene == "hostile") for n in names]
            self._adapters = FakeAdapters(made, names[-1] if names else None)
        return self._adapters

    def help_topics(self):
        return tuple(GUIDE)

    def help(self, topic):
        return GUIDE.get(topic, GUIDE["evaluation"])

    def scored(self):
        rows = []
        for question in QUESTIONS[:5]:
            for name in RECORDS:
                answer = answer_to(question, name)
                score = OUTCOMES[name] if question.id == "q-1" else Score(Outcome.ABSTAINED, "no")
                if not question.answerable:
                    score = Score(Outcome.CORRECT, "declined")
                if self.scene == "hostile":
                    answer = replace(answer, text=HOSTILE)
                    question = replace(question, question=HOSTILE, references=(HOSTILE,))
                rows.append(ScoredAnswer(question, answer, score, score))
        return rows

    def forgetting(self, run_id):
        if self.scene not in ("full", "hostile"):
            return ()
        texts = [HOSTILE] * 3 if self.scene == "hostile" else ["Graz", "I don't know.", "60 ml"]
        right, wrong = (
            KeptAnswer(text, outcome, text)
            for text, outcome in zip(texts, (Outcome.CORRECT, Outcome.INCORRECT), strict=False)
        )
        asked = [
            ("read-01", "In which city was the workshop?", True, (right, right)),
            ("read-02", "How old was she?", True, (right, wrong)),
            ("decline-01", "How many rooms has the castle?", False, (wrong, right)),
        ]
        rows = [
            KeptQuestion(
                Question(i, HOSTILE if self.scene == "hostile" else q, (texts[0],) * key, answerable=key),
                i.split("-")[0], (Message("user", q),), texts[2],
                {"base": answers[0], "adapter": answers[1]},
            )
            for i, q, key, answers in asked
        ]  # fmt: skip
        losses = {"base": KeptAnswer("", loss=7.4), "adapter": KeptAnswer("", loss=7.2)}
        return (*rows, KeptQuestion(Question("text-01", "A good chair."), "text", answers=losses))

    def report(self, run_id=""):
        return make_report(fake_summary(run_id), fake_recommendation(), self.scored())

    def grading(self, run_id="", size=30, seed=0):
        if not hasattr(self, "desk"):
            hostile = self.scene == "hostile"
            items = [
                GradingItem(q, HOSTILE if hostile else answer_to(q, "rag").text)
                for q in QUESTIONS[:4]
            ]
            self.desk = FakeDesk(tuple(items[:size]))
        return self.desk

    def vote(self, vote):
        self.__dict__.setdefault("_votes", []).append(vote)

    def votes(self):
        return tuple(self.__dict__.get("_votes", ()))
