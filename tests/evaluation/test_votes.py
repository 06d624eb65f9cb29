import pytest

from assistant.evaluation.votes import FILE, NONE, TIE, make_vote, read_votes, save_vote, tally
from assistant.schema import Answer, Question

QUESTION = Question("q-1", "How long?")


def vote(choice, blind=True, texts=("4 min", "7 min"), question=QUESTION):
    answers = [
        Answer("q-1", name, text) for name, text in zip(("rag", "prompt"), texts, strict=True)
    ]
    return make_vote(question, answers, choice, blind=blind, known=True)


def test_votes_are_kept_and_read_back(tmp_path):
    save_vote(tmp_path / "new", vote("rag"))
    save_vote(tmp_path / "new", vote(TIE, blind=False))
    first, second = read_votes(tmp_path / "new")
    assert first == vote("rag") or first.choice == "rag"
    assert [a.approach for a in first.answers] == ["rag", "prompt"]
    assert second.blind is False


def test_a_torn_or_strange_line_is_left_out(tmp_path):
    save_vote(tmp_path, vote("rag"))
    with (tmp_path / FILE).open("a") as file:
        file.write('{"question": "x"}\n{"question": "half')
    assert len(read_votes(tmp_path)) == 1
    save_vote(tmp_path, vote("prompt"))
    assert [v.choice for v in read_votes(tmp_path)] == ["rag", "prompt"]


def test_the_tally_counts_the_latest_vote_on_the_same_answers():
    votes = [
        vote("rag"),
        vote("prompt"),
        vote(NONE, texts=("a", "b")),
        vote(TIE, False, ("c", "d")),
    ]
    counted = tally(votes)
    assert (counted["prompt"].won, counted["prompt"].shown) == (1, 3)
    assert (counted["rag"].won, counted["rag"].tied, counted["rag"].rejected) == (0, 1, 1)
    assert tally(votes, blind=True)["rag"].shown == 2


def test_what_was_not_shown_cannot_be_chosen():
    with pytest.raises(ValueError, match="hybrid"):
        vote("hybrid")
