"""Documents change, questions wait for a person: through the command line, with a real index."""

import json

from assistant.documents.questions import load_questions
from assistant.evaluation.jsonl import read_lines

WAITING = ["h1", "h2", "receipt", "quay", "lead"]


def approach(summary, name):
    return next(a for a in summary["approaches"] if a["name"] == name)


def waiting(summary):
    return [r["question_id"] for r in summary["staleness"]["waiting"]]


def test_changed_sentences_leave_the_score_until_reviewed(home):
    home.run("reindex")
    first = home.score()
    assert first["headline"] == 7
    assert waiting(first) == []
    assert approach(first, "rag")["correct"] == {"part": 6, "whole": 7}
    home.revise()
    told = home.run("reindex").stderr
    assert "5 questions need review: their sentence changed" in told
    assert "1 only reworded" in told
    second = home.score()
    assert waiting(second) == WAITING  # not `seats`: its cell stands; not `pet`: no answer came
    assert second["headline"] == 2
    printed = home.run("recommend", second["header"]["id"])
    assert "5 questions need review" in printed.stderr
    # The run on the old documents keeps its references.
    old = home.json("recommend", first["header"]["id"])
    assert old["model"]
    assert home.questions.read_text("utf-8").count("130 EUR") == 2


def test_decisions_change_the_report_at_once_and_survive_the_next_run(home):
    home.run("reindex")
    home.score()
    home.revise()
    home.run("reindex")
    run = home.score()["header"]["id"]
    home.run("questions", "review", "--keep-stated")
    home.run("questions", "review", "--edit", "h2", "--reference", "165 EUR")  # and h1
    home.run("questions", "review", "--edit", "quay", "--reference", "EUR 330")
    home.run("questions", "review", "--edit", "lead", "--unanswerable")
    assert home.json("questions", "review")["waiting"] == 0
    report = home.path / "report.json"
    home.run("recommend", run, "-o", str(report), "-o", str(home.path / "report.md"))
    summary = json.loads(report.read_text("utf-8"))["summary"]
    assert summary["headline"] == 7
    assert waiting(summary) == []
    assert list(summary["staleness"]["decided"].values()).count("edit") == 4
    # 165 is right now; 130, EUR 312 and the leader who is gone are old.
    shares = summary["staleness"]["shares"]["rag"]
    assert [shares[k]["part"] for k in ("old", "new", "neither")] == [3, 1, 0]
    text = (home.path / "report.md").read_text("utf-8")
    assert "tells the old fact" in text
    again = home.score()
    assert waiting(again) == []
    assert again["headline"] == 7
    assert again["staleness"]["shares"]["rag"] == shares
    asked = {d["id"]: d for d in read_lines(home.parts.runs_root / again["header"]["id"]
                                            / "questions.jsonl")}  # fmt: skip
    assert asked["h1"]["references"] == ["165 EUR"]
    assert asked["lead"]["answerable"] is False


def test_interactive_review_takes_piped_keys(home):
    home.run("reindex")
    home.score()
    home.revise()
    home.run("reindex")
    run = home.score()["header"]["id"]
    done = home.run("questions", "review", input="e\n165 EUR | EUR 165\nk\ns\nd\n")
    assert "[1/4]" in done.stdout
    assert "h1, h2: What may a hotel cost a night? (and 1 other wording)" in done.stdout
    assert "Hotels are paid up to 130 EUR a night." in done.stdout
    assert "Hotels are paid up to 165 EUR a night." in done.stdout
    assert "4 questions decided, 1 still wait" in done.stdout
    report = home.path / "r.json"
    home.run("recommend", run, "-o", str(report))
    summary = json.loads(report.read_text("utf-8"))["summary"]
    assert waiting(summary) == ["quay"]
    assert summary["left_out"]["dropped in review"] == 1
    assert [q.id for q in home.parts.questions()] == ["h1", "h2", "receipt", "quay", "seats", "pet"]
    # Input that ends in the middle keeps what was decided.
    assert "0 questions decided" in home.run("questions", "review", input="").stdout


def test_undo_write_and_wrong_ids(home):
    home.run("reindex")
    home.run("questions", "check", code=0)  # anchors are made here as well
    home.revise()
    home.run("reindex")
    home.run("questions", "review", "--drop", "lead")
    assert "lead" not in [q.id for q in home.parts.questions()]
    home.run("questions", "review", "--undo", "lead")
    listed = home.json("questions", "review")
    assert [i["ids"] for i in listed["items"]] == [["h1", "h2"], ["receipt"], ["quay"], ["lead"]]
    assert [i["still_stated"] for i in listed["items"]] == [False, True, False, False]
    home.run("questions", "review", "--edit", "quay", "--reference", "EUR 330")
    target = home.path / "reviewed.jsonl"
    home.run("questions", "review", "--write", str(target))
    assert {q.id: q.references for q in load_questions(target)}["quay"] == ("EUR 330",)
    for wrong in (
        ["--keep", "seats"],
        ["--keep", "nobody"],
        ["--edit", "h1"],
        ["--reference", "x"],
        ["--undo", "seats"],
        ["--write", str(target)],
        ["--write", "x.csv"],
    ):
        done = home.run("questions", "review", *wrong, code=1)
        assert done.exception.exit_code == 2
        assert done.exception.cure


def test_an_answer_to_an_unanswerable_question_is_noticed(home):
    home.run("reindex")
    home.score()
    text = (home.documents / "travel.md").read_text("utf-8")
    home.write("travel.md", text + "\nThe pet allowance is 14 EUR a day.\n")
    home.run("reindex")
    listed = home.json("questions", "review")
    assert [i["ids"] for i in listed["items"]] == [["pet"]]
    home.run("questions", "review", "--edit", "pet", "--reference", "14 EUR")
    assert next(q for q in home.parts.questions() if q.id == "pet").answerable
    assert waiting(home.score()) == []


def test_questions_first_met_after_the_change(home):
    """The previous index version is asked where a reference stood."""
    home.run("reindex")
    home.revise()
    home.run("reindex")
    assert waiting(home.score()) == ["h1", "h2", "quay", "lead"]


def test_a_rollback_makes_the_references_right_again(home):
    home.run("reindex")
    home.score()
    home.revise()
    home.run("reindex")
    assert waiting(home.score()) == WAITING
    home.run("reindex", "--rollback")
    assert waiting(home.score()) == []


def test_a_changed_value_beside_one_that_stands_is_told_once(home):
    """Both phrases stood in one sentence; only the one that is gone needs a decision."""
    asked = {"id": "pair", "question": "Which plan costs what?", "must": ["Quay", "EUR 312"],
             "sources": ["plans.csv"]}  # fmt: skip
    home.questions.write_text(json.dumps(asked), "utf-8")
    home.run("reindex")
    home.run("questions", "check")
    home.revise()
    home.run("reindex")
    (item,) = home.json("questions", "review")["items"]
    assert [c["kind"] for c in item["changes"]] == [
        "its sentence changed and does not state the reference"
    ]
    assert not item["still_stated"]
