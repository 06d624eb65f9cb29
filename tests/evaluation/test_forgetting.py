import pytest

from assistant.decision.forgetting_words import forgetting_words
from assistant.evaluation.forgetting import (
    ask_forgetting,
    forgetting_questions,
    forgetting_texts,
)
from assistant.evaluation.forgetting_result import count_forgetting
from assistant.evaluation.kept_answers import load_kept, save_kept
from assistant.schema import Generation, Message


def render(question, passages):
    return (Message("user", question + "".join(p.chunk.text for p in passages)),)


class Scripted:
    """The base and the adapter each know a share of the answers."""

    def __init__(self, base, adapter):
        self.shares = {None: base, "a1": adapter}
        self.keys = {
            a.question.question + a.passage: (i, a.question)
            for i, a in enumerate(forgetting_questions())
        }

    def generate(self, rows, *, max_new_tokens, on_text=None, cancelled=None):
        said = []
        for row in rows:
            i, question = self.keys[row.messages[-1].content]
            right = (i * 37 % 100) < self.shares[row.adapter] * 100
            text = "I don't know." if not question.answerable else question.references[0]
            said.append(Generation(text if right else "something 9999 else", 1, 1, "stop"))
        return said


def measure_forgetting(*asked, **more):
    return count_forgetting(ask_forgetting(*asked, **more))


def test_the_set_is_there():
    kinds = [a.question.kind for a in forgetting_questions()]
    assert {k: kinds.count(k) for k in set(kinds)} == {"read": 60, "know": 20, "decline": 40}
    assert len(forgetting_texts()) >= 30


@pytest.mark.parametrize(
    ("base", "adapter", "forgot"),
    [(0.9, 0.9, False), (0.9, 0.2, True), (0.5, 0.9, False), (0.05, 0.0, None), (0.05, 0.9, None)],
)
def test_verdicts(base, adapter, forgot):
    result = measure_forgetting(Scripted(base, adapter), "a1", render)
    assert result.forgot is forgot
    assert sum(p.before.whole for p in result.parts) == 120
    if forgot is None:
        assert "not measurable, base scores" in forgetting_words(result)


def losses(base, adapter):
    """Every text alike but for a little of its own; counts what was asked."""

    def text_loss(rows):
        seen.extend(rows)
        return [
            (base if row.adapter is None else adapter) + 0.01 * (i % 5)
            for i, row in enumerate(rows)
        ]

    seen = []
    return text_loss, seen


def test_a_rise_of_the_loss_counts_with_its_interval():
    text_loss, seen = losses(3.0, 3.6)
    result = measure_forgetting(Scripted(0.9, 0.9), "a1", render, text_loss=text_loss)
    assert result.forgot is True
    texts, answers = result.losses
    assert texts.change.low > 0.1
    assert "loss on plain texts 3.02 before, 3.62 after (+20 ± " in forgetting_words(result)
    assert answers.name == "answers that stand in a passage"
    assert answers.change.clusters < answers.change.n == 60  # several questions on one passage
    assert {row.adapter for row in seen} == {None, "a1"}
    assert {bool(row.messages) for row in seen} == {True, False}
    calm, _ = losses(3.0, 3.1)
    assert measure_forgetting(Scripted(0.9, 0.9), "a1", render, text_loss=calm).forgot is False


def test_a_base_that_cannot_predict_text_has_none_to_lose():
    hopeless, _ = losses(8.5, 12.0)
    result = measure_forgetting(Scripted(0.05, 0.0), "a1", render, text_loss=hopeless)
    assert result.forgot is None
    assert "loss on plain texts: not measurable, the base has 8.5 nats a token" in forgetting_words(
        result
    )
    able, _ = losses(2.0, 2.0)
    result = measure_forgetting(Scripted(0.05, 0.0), "a1", render, text_loss=able)
    assert result.forgot is False  # the losses were measurable, and did not rise


def test_a_lost_habit_of_declining_is_found():
    class Eager(Scripted):
        def generate(self, rows, **options):
            said = super().generate(rows, **options)
            return [
                Generation("Forty-two.", 1, 1, "stop") if row.adapter and g.text[:6] == "I don'" else g
                for row, g in zip(rows, said, strict=True)
            ]  # fmt: skip

    result = measure_forgetting(Eager(1.0, 1.0), "a1", render)
    lost = {p.name: p.lost for p in result.parts}
    assert lost == {"read": False, "know": False, "decline": True}
    assert result.forgot is True
    assert "decline: 40 of 40" in forgetting_words(result)


class Failing(Scripted):
    """Its adapter fails on the first reading question."""

    def generate(self, rows, **options):
        said = super().generate(rows, **options)
        first = "read-01"
        return [
            Generation("", 1, 0, "error", "out of memory")
            if row.adapter and self.keys[row.messages[-1].content][1].id == first else one
            for row, one in zip(rows, said, strict=True)
        ]  # fmt: skip


def test_what_was_kept_gives_the_same_result(tmp_path):
    text_loss, _ = losses(3.0, 3.6)
    rows = ask_forgetting(Failing(0.9, 0.4), "a1", render, text_loss=text_loss)
    path = tmp_path / "forgetting" / "a1.jsonl"
    sha256 = save_kept(path, rows)
    assert load_kept(path, sha256) == rows
    assert [list(row.answers) for row in load_kept(path)] == [["base", "adapter"]] * 160
    found = count_forgetting(rows)
    assert found == count_forgetting(load_kept(path))
    # 120 questions and 40 texts; the pair that failed in one half is kept and not counted.
    assert len(rows) == 160
    assert rows[0].answers["adapter"].error == "out of memory"
    assert found.parts[0].before.whole == found.parts[0].after.whole == 59
    assert rows[0].passage in rows[0].prompt[0].content
    assert path.stat().st_size < 150_000


def test_answers_of_another_result_are_not_taken_for_its_own(tmp_path):
    path = tmp_path / "a1.jsonl"
    sha256 = save_kept(path, ask_forgetting(Scripted(0.9, 0.9), "a1", render))
    save_kept(path, ask_forgetting(Scripted(0.9, 0.2), "a1", render))
    assert load_kept(path, sha256) == ()
    path.write_text("{}\n")
    assert load_kept(path) == ()
    assert load_kept(tmp_path / "none.jsonl") == ()
