"""Question drafts: from chunks to a file, on the terminal, apart from training."""

import dataclasses
import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from assistant.cli.questions import questions as command
from assistant.documents.questions import load_questions
from assistant.errors import QuestionFileError
from assistant.evaluation.drafting import draft_questions, reworded
from assistant.finetuning.facts import find_evidence
from assistant.finetuning.filters import GoldGuard
from assistant.finetuning.synthesis import make_pairs
from assistant.journeys.drafting import accepted_desk, open_draft_desk
from assistant.parts import Parts
from assistant.schema import Generation, Outcome, Pair, Question
from assistant.scoring.correctness import score
from tests.evaluation.helpers import make_run
from tests.finetuning.conftest import OFFICE, PUMPS, chunk_of
from tests.journeys.helpers import workspace

CHUNKS = [
    chunk_of("pumps", "Pump data", PUMPS, ("Data",)),
    chunk_of("office", "The office", OFFICE),
    chunk_of("valves", "Valve data", PUMPS.replace("PX", "VX").replace("pump", "valve")),
]


def test_drafts_have_keys_sources_and_come_from_every_document():
    drafts = draft_questions(CHUNKS, count=14)
    asked = [d.question for d in drafts]
    assert len({q.id for q in asked}) == len(drafts) > 8
    assert {q.sources[0].split("#")[0] for q in asked if q.answerable} == {
        "pumps.md", "office.md", "valves.md",
    }  # fmt: skip
    assert any(not q.answerable for q in asked)
    for draft in drafts:
        if draft.question.answerable:
            reference = draft.question.references[0]
            assert score(draft.question, reference).outcome is Outcome.CORRECT
            assert draft.passage
    assert drafts == draft_questions(CHUNKS, count=14)
    assert drafts != draft_questions(CHUNKS, count=14, seed=1)


def test_no_trained_wording_is_proposed():
    everything = [p for p in make_pairs(find_evidence(CHUNKS)) if p.variant == "question"]
    trained = everything[::2]
    drafts = draft_questions(CHUNKS, count=30, trained=trained)
    guard = GoldGuard([Question(p.id, p.question) for p in trained])
    assert drafts
    assert not [d for d in drafts if guard.too_close(d.question.question)]
    assert any(d.trained for d in drafts), "a trained fact in other words is said to be one"


def test_nothing_is_proposed_twice():
    first = draft_questions(CHUNKS, count=10)
    taken = [d.question for d in first[:5]]
    turned_down = {d.question.id for d in first[5:]}
    again = draft_questions(CHUNKS, count=10, gold=taken, rejected=turned_down)
    assert not {d.question.id for d in first} & {d.question.id for d in again}


class Writer:
    """Writes one question a fact and answers it from the passage."""

    prompt_family, fingerprint, dtype = "chat", "writer", "float32"

    def generate(self, rows, *, max_new_tokens, **_):
        return [Generation(self.say(r.messages), 1, 1, "stop") for r in rows]

    def say(self, messages):
        text = messages[-1].content
        if "«" in text and "24 months" in text.partition("«")[2][:12]:
            return "For how long does the PX-1 come with a guarantee?"
        return "24 months" if "guarantee" in text else "I don't know."


def test_the_models_own_questions_are_taken_when_it_can_answer_them():
    drafts = draft_questions(CHUNKS, count=60, generator=Writer(), seconds=20)
    by_model = [d for d in drafts if d.origin == "model"]
    assert [d.question.references for d in by_model] == [("24 months",)]


@pytest.fixture
def home(tmp_path, monkeypatch):
    workspace(tmp_path)
    index = SimpleNamespace(all_chunks=lambda: iter(CHUNKS))
    monkeypatch.setattr(Parts, "need_retriever", lambda self: index)
    return tmp_path


def draft(home, *arguments, keys=""):
    options = ["draft", "--home", str(home), "--corpus", "mine", "--seconds", "0", *arguments]
    done = CliRunner().invoke(command, options, input=keys, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


FILE = "corpus/mine/questions/drafted.jsonl"


def test_accept_edit_reject_from_a_pipe(home):
    done = draft(home, "--count", "5", keys="a\ne\nWhat is it called?\nthe pump\nr\n")
    assert "3/5" in done.output
    kept = load_questions(home / FILE)
    assert len(kept) == 2
    assert kept[1].question == "What is it called?"
    assert kept[0].tags == ("drafted",)
    more = draft(home, "--count", "5", "--json")
    proposed = {d["question"]["question"] for d in json.loads(more.stdout)}
    rejected = (home / "indexes/mine/drafts-rejected.jsonl").read_text().splitlines()
    assert len(rejected) == 2, "the rejected one and the wording that was edited"
    assert not proposed & {json.loads(line)["question"] for line in rejected}
    assert kept[0].question not in proposed


def test_unreviewed_questions_make_a_verdict_indicative(home, tmp_path):
    draft(home, "--count", "40", "--accept-all")
    kept = load_questions(home / FILE)
    assert all("unreviewed" in q.tags for q in kept)
    spread = [  # enough documents, so that only the missing review can cap the verdict
        dataclasses.replace(kept[n % len(kept)], id=f"q{n}", question=f"Number {n}?",
                            sources=(f"d{n}.md",), group="", references=("x",), answerable=True)
        for n in range(24)
    ]  # fmt: skip
    found = workspace(tmp_path / "other")
    path = found.parts.runs_root / "r1"
    path.parent.mkdir(parents=True)
    make_run(path, spread, lambda name, question: "x" if name == "rag" else "y", id="r1")
    verdict = found.recommendation("r1")
    assert verdict.certainty == "indicative"
    assert "drafts that nobody reviewed" in verdict.gates[0].value


def test_a_dry_run_writes_nothing(home):
    done = draft(home, "--count", "3", "--dry-run")
    assert done.output.count("question:") == 3
    assert not (home / FILE).exists()


def test_text_of_documents_cannot_steer_the_terminal(home, monkeypatch):
    evil = chunk_of("evil", "Evil \x1b[2J", PUMPS.replace("12 kg", "12 kg \x1b]0;owned\x07"))
    index = SimpleNamespace(all_chunks=lambda: iter([evil]))
    monkeypatch.setattr(Parts, "need_retriever", lambda self: index)
    done = draft(home, "--count", "20", "--dry-run")
    assert "\x1b" not in done.output
    assert "\x07" not in done.output


def test_pairs_of_the_user_count_as_trained():
    pair = Pair("p", "How long does the warranty of the PX-1 last?", "24 months", variant="user")
    drafts = draft_questions(CHUNKS, count=60, trained=[pair])
    assert pair.question not in [d.question.question for d in drafts]


def test_a_question_file_that_people_edit_loses_nothing(home):
    path = home / FILE
    path.parent.mkdir(parents=True)
    path.write_text('{"id": "own", "question": "Who wrote this?", "references": ["me"]}', "utf-8")
    draft(home, "--count", "3", keys="a\n")
    assert load_questions(path)[0].id == "own"
    assert len(load_questions(path)) == 2


def test_a_correction_without_words_or_twice_the_same_is_skipped(home):
    keys = "e\nWhat is it called?\nthe pump\ne\nWhat is it called?\nthe pump\ne\nHow so?\n | \n"
    done = draft(home, "--count", "8", keys=keys)
    assert "drafted.jsonl holds this question already; skipped" in done.output
    assert "the answer is empty; skipped" in done.output
    assert [q.question for q in load_questions(home / FILE)] == ["What is it called?"]


def test_a_separator_inside_an_untouched_reference_stays():
    question = Question("q", "Which row?", references=("a | b",))
    assert reworded(question, "Which row is it?", "a | b").references == ("a | b",)
    assert reworded(question, "Which row?", "c |  d ").references == ("c", "d")
    assert reworded(question, "Which row?", "c").id == "q"


def desk_of(home):
    return open_draft_desk(Parts.open(home, "mine"), count=6)


def test_taking_back_removes_exactly_that_line_and_opens_the_draft(home):
    path = home / FILE
    path.parent.mkdir(parents=True)
    own = '{"id":"own",  "question":"Wer schrieb das, «é»?","references":["me"]}\r\n\n'
    path.write_bytes(own.encode())
    desk = desk_of(home)
    first, second, third = desk.drafts[:3]
    for one in (first, second, third):
        desk.take(one)
    before = path.read_bytes()
    line = next(x for x in before.splitlines(keepends=True) if second.question.id.encode() in x)
    assert [q.id for q in desk.accepted()] == [
        one.question.id for one in (third, second, first)
    ]  # fmt: skip
    desk.take_back(second.question.id)
    assert path.read_bytes() == before.replace(line, b"")
    assert path.read_bytes().startswith(own.encode())
    open_again = {d.question.id for d in desk_of(home).drafts}
    assert second.question.id in open_again
    assert not open_again & {first.question.id, third.question.id}


def test_taking_back_a_corrected_draft_opens_its_first_wording_again(home):
    desk = desk_of(home)
    draft, other = desk.drafts[:2]
    desk.take(draft, dataclasses.replace(draft.question, id="draft-mine", question="In mine?"))
    desk.reject(other.question)
    assert draft.question.id not in {d.question.id for d in desk_of(home).drafts}
    desk.take_back("draft-mine")
    assert not (home / FILE).exists(), "an empty question file would be an error"
    again = {d.question.id for d in desk_of(home).drafts}
    assert draft.question.id in again
    assert other.question.id not in again, "rejected by hand: that stays"


def test_only_accepted_drafts_are_taken_back(home):
    path = home / FILE
    path.parent.mkdir(parents=True)
    path.write_text('{"id": "own", "question": "Who wrote this?", "references": ["me"]}\n', "utf-8")
    desk = accepted_desk(Parts.open(home, "mine"))
    before = path.read_bytes()
    for name in ("own", "never"):
        with pytest.raises(QuestionFileError, match="holds no accepted draft"):
            desk.take_back(name)
    assert path.read_bytes() == before
    assert desk.accepted() == []
