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
    Answer,
    Chunk,
    Citation,
    Hit,
    Message,
    Outcome,
    Passage,
    Question,
    Score,
    Skipped,
    WrongKind,
)
from tests.ui.fake_run import RECORDS, fake_recommendation, fake_summary

HOSTILE = (
    "<script>document.title='owned'</script> <img src=x onerror=alert(1)> "
    "![img](http://tracker.example/x.png) [link](javascript:alert(1)) www.evil.example "
    "http://evil.example/a?b=1 mail@evil.example $\\frac{1}{2}$ $$x^2$$ :smile: :material/home: "
    ":red[red] :blue-background[x] :red-badge[y] **bold** _it_ `code` ~~gone~~ -> -- <-> "
    "&lt;b&gt; &#60;\n# heading\n- item\n1. item\n> quote\n    indented\n| a | b |\n|---|---|\n"
    "| 1 | 2 |\n---\n```\nfence\n```\n[x]: http://evil.example\n[^1]: note"
)

MANUAL = Chunk(
    "c-manual",
    "products/qx-4410-manual.pdf",
    "QX-4410 benchtop photometer: user manual",
    ("Technical data",),
    "The QX-4410 measures at 8 wavelengths with an accuracy of ±0.003 Abs.\n"
    "Warm-up time: 4 min at room temperature, 9 min below 15 °C.\n"
    "Memory: 2,000 results. Protection: IP42. Supply: 12 V, 1.5 A.",
    0,
    180,
    14,
)
TWIN = Chunk(
    "c-twin",
    "products/qx-4420-manual.pdf",
    "QX-4420 carousel photometer: user manual",
    ("Technical data",),
    "The QX-4420 measures five cuvettes at 12 wavelengths.\nWarm-up time: 7 min.\n"
    "Memory: 10,000 results. Protection: IP44.",
    0,
    120,
    11,
)
CHECKS = Chunk(
    "c-checks",
    "support/daily-checks.md",
    "Daily checks for photometers",
    ("Before the first sample",),
    "Switch the instrument on and let the lamp settle until the green light stops blinking. "
    "Then run a blank with deionised water. If E-112 appears, clean the cuvette.",
    0,
    170,
)
CHUNKS = (MANUAL, TWIN, CHECKS)

QUESTIONS = (
    Question(
        "q-1",
        "How long does the QX-4410 need to warm up?",
        references=("4 min",),
        sources=("products/qx-4410-manual.pdf#Technical data",),
        kind="number",
    ),
    Question(
        "q-2",
        "Which protection class does the QX-4420 have?",
        references=("IP44",),
        sources=("products/qx-4420-manual.pdf",),
        kind="code",
    ),
    Question("q-3", "Who repairs probes in Lisbon?", answerable=False, kind="unanswerable"),
    Question(
        "q-4",
        'Sort this ticket into one category: "Since this morning nobody on our site can log in to '
        'Skerrybase, the page says our token has expired."',
        references=("cloud-access",),
        kind="behaviour",
    ),
    *(
        Question(f"q-{n}", f"What does error code E-{n} mean?", references=("x",), kind="code")
        for n in range(104, 122)
    ),
)

NEAREST = tuple(Passage(n, c, 0.1) for n, c in enumerate((MANUAL, TWIN), 1))
SHOWN = tuple(Passage(n, c, round(0.033 - n / 1000, 4)) for n, c in enumerate(CHUNKS, 1))
TEXTS = {
    "prompt": "About 15 minutes, as for most benchtop photometers.",
    "rag": "4 min at room temperature, and 9 min below 15 °C.",
    "finetuned": "7 min",
    "hybrid": "4 min",
}
OUTCOMES = {
    "prompt": Score(
        Outcome.INCORRECT,
        "expected 4 min; the answer says 15 minutes",
        WrongKind.WRONG_VALUE,
        exact_match=0.0,
        f1=0.0,
    ),
    "rag": Score(Outcome.CORRECT, "contains 4 min", exact_match=0.0, f1=0.36),
    "finetuned": Score(
        Outcome.INCORRECT,
        "expected 4 min; 7 min belongs to the QX-4420",
        WrongKind.NEAR_TWIN,
        exact_match=0.0,
        f1=0.5,
    ),
    "hybrid": Score(Outcome.CORRECT, "equals 4 min", exact_match=1.0, f1=1.0),
}


def answer_to(question, approach):
    """The answer of one approach; every question but the first is declined."""
    reads = approach in ("rag", "hybrid")
    known = question.id in ("q-1", "free")
    text = TEXTS[approach] if known else "I don't know."
    cited = (Citation(1, MANUAL.id, True),) if reads and known else ()
    if approach == "rag" and known:
        cited += (Citation(2, TWIN.id, False, written_by_model=True),)
    prompt = f"Question: {question.question}"
    if reads:
        prompt += "".join(f"\n\n[{p.number}] {p.chunk.header}\n{p.chunk.text}" for p in SHOWN)
    return Answer(
        question_id=question.id,
        approach=approach,
        text=text,
        passages=SHOWN if reads else (),
        dropped_passages=2 if approach == "hybrid" else 0,
        nearest=() if reads else NEAREST,
        citations=cited,
        prompt_tokens=412 if reads else 38,
        completion_tokens=len(text.split()),
        finish="stop",
        model="embedded",
        adapter="a-20261120-2" if approach in ("finetuned", "hybrid") else None,
        index="i-20261121-1",
        prompt_hash="9f2c41d07ab3",
        messages=(Message("user", prompt),),
    )


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


class FakeWorkspace:
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

    def runs(self):
        if self.scene != "full":
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
        return (Job("j-1", command, "running", 0.0, progress, "", "loss 1.31"),)

    def cancel(self, job_id):
        self.started.clear()

    def start_job(self, args):
        if self.scene == "empty":
            raise AssistantError("another job is writing this index", "wait, or cancel it")
        self.started.append(list(args))
        return self.list()[0]

    def help(self, topic):
        return f"# {topic}\n\n## Undecided\n\nIt could go *either* way.\n\n## Other\n\nNot this."
