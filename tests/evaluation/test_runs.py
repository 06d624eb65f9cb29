import json

import pytest

from assistant.errors import RunError
from assistant.evaluation.batches import plan_batches
from assistant.evaluation.runner import run, timing_sample
from assistant.evaluation.runs import RunFolder, list_runs
from assistant.schema import Question
from tests.evaluation.helpers import (
    GRID,
    UNTRAINED,
    ScriptedPipeline,
    by_share,
    facts,
    header,
    make_run,
    right,
)

QUESTIONS = facts(13, documents=5, unanswerable=4)
SAY = by_share(prompt=0.1, rag=0.8, finetuned=0.5, hybrid=0.9, oracle=1.0)


def test_answers_come_back_as_they_were(tmp_path):
    folder = make_run(tmp_path / "r", QUESTIONS, SAY)
    assert folder.finished
    answers = list(RunFolder.open(folder.path).answers())
    assert len(answers) == len(QUESTIONS) * len(GRID)
    rag = next(a for a in answers if a.approach == "rag" and a.question_id == "q3")
    assert rag.passages[0].chunk.text == "It says 13 days."
    assert rag.passages[0].score == pytest.approx(0.123457)
    assert "[1] It says 13 days." in rag.messages[0].content
    # The passage text is stored once, not in every prompt.
    assert "It says 13 days." not in (folder.path / "answers.jsonl").read_text()
    assert RunFolder.open(folder.path).questions == tuple(QUESTIONS)


def test_same_seed_and_settings_same_bytes(tmp_path):
    one, two = (make_run(tmp_path / name, QUESTIONS, SAY) for name in "ab")
    assert (one.path / "answers.jsonl").read_bytes() == (two.path / "answers.jsonl").read_bytes()
    assert "seconds" not in (one.path / "answers.jsonl").read_text()


@pytest.mark.parametrize("die_after", [0, 1, 2, 4])
@pytest.mark.parametrize("torn", ["", '{"question_id":"q', "whole"])
def test_killed_and_resumed_gives_the_same_file(tmp_path, die_after, torn):
    whole = make_run(tmp_path / "whole", QUESTIONS, SAY)
    path = tmp_path / "killed"
    folder = RunFolder.create(path, header(QUESTIONS), QUESTIONS)
    with pytest.raises(KeyboardInterrupt):
        run(folder, ScriptedPipeline(SAY, die_after=die_after))
    answers = path / "answers.jsonl"
    with answers.open("a") as file:  # a batch that was being written when the power went
        next_line = (whole.path / "answers.jsonl").read_text().splitlines(keepends=True)
        file.write(next_line[die_after * 4 * len(GRID)] if torn == "whole" else torn)
    pipeline = ScriptedPipeline(SAY)
    resumed = run(RunFolder.resume(path, header(QUESTIONS)), pipeline)
    assert answers.read_bytes() == (whole.path / "answers.jsonl").read_bytes()
    assert len(pipeline.calls) == 5 - die_after
    assert resumed.finished


def test_resume_refuses_other_ids(tmp_path):
    folder = make_run(tmp_path / "r", QUESTIONS, SAY)
    for change in ({"index": "index-2"}, {"dtype": "bfloat16"}, {"approaches": UNTRAINED}):
        with pytest.raises(RunError, match=next(iter(change))) as error:
            RunFolder.resume(folder.path, header(QUESTIONS, **change))
        assert "new run" in error.value.cure
    RunFolder.resume(folder.path, header(QUESTIONS, created="2027-01-01", machine="another"))


def test_a_failing_question_is_a_record(tmp_path):
    folder = RunFolder.create(tmp_path / "r", header(QUESTIONS), QUESTIONS)
    run(folder, ScriptedPipeline(SAY, fail_on="q5"))
    by_id = {}
    for answer in folder.answers():
        by_id.setdefault(answer.question_id, []).append(answer)
    assert len(by_id) == len(QUESTIONS)
    assert all(a.finish == "error" and "fell over" in a.error for a in by_id["q5"])
    assert not any(a.error for a in by_id["q4"])


def test_isolated_timings(tmp_path):
    seen = []
    folder = RunFolder.create(tmp_path / "r", header(QUESTIONS, timing_questions=3), QUESTIONS)
    run(folder, ScriptedPipeline(SAY), on_progress=seen.append)
    alone = [t for t in folder.timings() if t.alone]
    assert {t.approach for t in alone} == {"prompt", "rag", "finetuned", "hybrid"}
    assert all(len([t for t in alone if t.approach == a]) == 3 for a in ("prompt", "hybrid"))
    assert len({t.question_id for t in alone}) == 3
    assert all(0 <= t.first_token_seconds <= t.seconds for t in alone)
    assert (seen[-1].stage, seen[-1].done, seen[-1].total) == ("timings", 12, 12)
    before = len(list(folder.timings()))
    run(folder, ScriptedPipeline(SAY))
    assert len(list(folder.timings())) == before


def test_timing_sample_is_spread_and_fixed():
    assert [q.id for q in timing_sample(QUESTIONS, 3)] == ["q0", "q5", "q11"]
    assert len(timing_sample(QUESTIONS, 99)) == len(QUESTIONS)


def test_batches_do_not_depend_on_anything_but_the_questions():
    batches = plan_batches(QUESTIONS, 4)
    assert batches == plan_batches(list(QUESTIONS), 4)
    assert sorted(q.id for b in batches for q in b) == sorted(q.id for q in QUESTIONS)
    long = Question("long", "Write.", (" ".join(["word"] * 30),))
    assert plan_batches([long, *QUESTIONS], 4)[-1][-1] is long
    with pytest.raises(ValueError, match="batch size"):
        plan_batches(QUESTIONS, 0)


def test_damage_is_named(tmp_path):
    with pytest.raises(RunError, match="no run in"):
        RunFolder.open(tmp_path)
    folder = make_run(tmp_path / "r", QUESTIONS, SAY)
    with pytest.raises(RunError, match="already holds"):
        RunFolder.create(folder.path, header(QUESTIONS), QUESTIONS)
    with pytest.raises(RunError, match="unique"):
        RunFolder.create(tmp_path / "twice", header(QUESTIONS), [*QUESTIONS, QUESTIONS[0]])
    (folder.path / "questions.jsonl").write_text('{"id": "q", "question": "other?"}\n')
    with pytest.raises(RunError, match="not what the header says"):
        RunFolder.open(folder.path)
    (folder.path / "header.json").write_text("{}")
    with pytest.raises(RunError, match="header"):
        RunFolder.open(folder.path)
    assert list_runs(tmp_path) == []


def test_list_runs_newest_first(tmp_path):
    for name, day in (("a", "01"), ("b", "03"), ("c", "02")):
        made = header(QUESTIONS, id=name, created=f"2026-06-{day}")
        RunFolder.create(tmp_path / name, made, QUESTIONS)
    assert [r.header.id for r in list_runs(tmp_path)] == ["b", "c", "a"]
    assert list_runs(tmp_path / "none") == []


def test_text_of_models_never_breaks_the_file(tmp_path):
    nasty = 'line\nbreak \u2028 "quote" \x02 </script>'
    folder = make_run(tmp_path / "r", QUESTIONS, lambda q, a: nasty)
    assert {a.text for a in folder.answers()} == {nasty}
    for line in (folder.path / "answers.jsonl").read_bytes().split(b"\n")[:-1]:
        json.loads(line)


def test_right_is_right():
    assert right(QUESTIONS[0]) == "10 days"
