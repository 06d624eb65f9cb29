"""Other trainings of the same documents beside a fine-tuned number."""

from dataclasses import replace

from assistant.decision.recommend import gather, recommend
from assistant.decision.situation import Situation
from assistant.evaluation.scored import score_run
from assistant.evaluation.summary import summarise
from assistant.evaluation.trainings import other_trainings, spread, trainings_beside
from tests.evaluation.helpers import GRID, UNTRAINED, by_share, facts, make_run

SHARES = dict(prompt=0.0, rag=0.9, finetuned=0.5, hybrid=0.8, oracle=1.0)


def other_adapter(name):
    return tuple(replace(a, adapter=name) if a.adapter else a for a in GRID)


def runs(tmp_path, questions=None):
    asked = questions or facts(20)
    first = make_run(tmp_path / "a", asked, by_share(**SHARES), id="run-a")
    lucky = make_run(
        tmp_path / "b", asked, by_share(**{**SHARES, "finetuned": 0.7}),
        other_adapter("adapter-2"), id="run-b",
    )  # fmt: skip
    return first, lucky


def test_each_adapter_is_counted_on_the_questions_they_share(tmp_path):
    first, lucky = runs(tmp_path)
    others = other_trainings(first.header, [first, lucky])
    assert [o.header.id for o in others] == ["run-b"]
    headline = [q.id for q in first.questions][:10]
    found = {t.approach: t for t in spread(first, score_run(first), others, headline)}
    assert set(found) == {"finetuned", "hybrid"}
    shares = {name: sum((n * 37 % 100) < 100 * s for n in range(10)) for name, s in
              (("one", 0.5), ("two", 0.7))}  # fmt: skip
    counted = found["finetuned"].correct
    assert [(a, c.part, c.whole) for a, c in counted] == [
        ("adapter-1", shares["one"], 10),
        ("adapter-2", shares["two"], 10),
    ]
    assert str(found["finetuned"]) == (
        f"finetuned in 2 trainings: {shares['one']}, {shares['two']} of 10 correct"
    )


def test_every_training_is_scored_by_the_keys_of_the_run_that_is_reported(tmp_path):
    first, lucky = runs(tmp_path)
    edited = replace(first.questions[0], references=("999 days",))  # what a wrong answer says
    first = first.with_questions((edited, *first.questions[1:]))
    found = {t.approach: t for t in spread(first, score_run(first), [lucky], [edited.id])}
    assert [c.part for _, c in found["finetuned"].correct] == [0, 0]


def test_runs_under_other_circumstances_are_no_other_training(tmp_path):
    first, _ = runs(tmp_path)
    say = by_share(**SHARES)
    for number, change in enumerate(
        (dict(index="index-2"), dict(model_fingerprint="f2"), dict(corpus="s2"), dict(passages=3))
    ):
        made = make_run(
            tmp_path / f"c{number}", first.questions, say, other_adapter("adapter-3"), **change
        )
        assert other_trainings(first.header, [made]) == []
    asked_other = make_run(tmp_path / "d", facts(19), say, other_adapter("adapter-3"))
    assert other_trainings(first.header, [asked_other]) == []
    unfinished = make_run(tmp_path / "e", first.questions, say, other_adapter("adapter-3"))
    kept = (unfinished.path / "answers.jsonl").read_text().splitlines(keepends=True)
    (unfinished.path / "answers.jsonl").write_text("".join(kept[:-3]))
    assert other_trainings(first.header, [unfinished]) == []


def test_the_runs_of_a_folder_are_looked_through(tmp_path):
    first, _ = runs(tmp_path)
    headline = [q.id for q in first.questions]
    found = trainings_beside(first, score_run(first), tmp_path, headline)
    assert [t.approach for t in found] == ["finetuned", "hybrid"]
    plain = make_run(tmp_path / "p", first.questions, by_share(**SHARES), UNTRAINED, id="run-p")
    assert trainings_beside(plain, score_run(plain), tmp_path, headline) == ()


def test_an_adapter_scored_twice_counts_once(tmp_path):
    first, lucky = runs(tmp_path)
    again = make_run(
        tmp_path / "z", first.questions, by_share(**SHARES), other_adapter("adapter-2"), id="run-z"
    )
    assert [o.header.id for o in other_trainings(first.header, [again, lucky])] == ["run-z"]


def verdict(run, trainings=()):
    scored = score_run(run)
    evidence = gather(summarise(run, scored=scored), run.questions, scored)
    return recommend(evidence, Situation(), trainings=trainings)


def test_the_verdict_tells_the_spread_or_that_it_was_not_measured(tmp_path):
    first, lucky = runs(tmp_path)
    alone = verdict(first)
    assert any(line.startswith("spread between trainings") for line in alone.not_measured)
    both = verdict(first, spread(first, score_run(first), [lucky], [q.id for q in first.questions]))
    assert not any(line.startswith("spread between") for line in both.not_measured)
    assert any(r.startswith("finetuned in 2 trainings: ") for r in both.reasons)
