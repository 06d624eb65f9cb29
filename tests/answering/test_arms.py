"""Two clients at once, real models, real adapters: every answer comes from the approach it names."""

import threading

import pytest

from assistant.answering.approaches import standard_approaches
from assistant.answering.pipeline import Pipeline
from assistant.answering.side_by_side import Ask
from assistant.schema import Question
from tests.answering.corpus import WordRetriever
from tests.models.conftest import VERSIONS, one_thread, tiny_models  # noqa: F401

QUESTIONS = [
    Question("q1", "Which code does the north pump carry?", ("QX-4410",), sources=("lamp.md",)),
    Question("q2", "How many days in Europe?", ("30 days",), sources=("returns.md#Europe",)),
    Question("q3", "Who built the mills?", answerable=False),
]
CLIENTS = (
    [standard_approaches(VERSIONS[0])[n] for n in ("prompt", "hybrid", "finetuned", "rag")],
    [standard_approaches(VERSIONS[1])[n] for n in ("finetuned", "oracle", "hybrid", "prompt")],
)


@pytest.fixture(scope="module", params=["bart", "llama"])
def pipeline(request, tiny_models):  # noqa: F811
    engine = tiny_models[request.param].engine()
    yield Pipeline(engine, WordRetriever(), k=2, max_new_tokens=8, answers_family="embedded")
    engine.close()


@pytest.fixture(scope="module")
def expected(pipeline):
    """(question, approach, adapter) -> text, each asked alone."""
    return {
        (q.id, a.name, a.adapter): pipeline.answer([q], [a])[0][0].text
        for q in QUESTIONS
        for approaches in CLIENTS
        for a in approaches
    }


def test_the_arms_say_different_things(expected):
    for question in QUESTIONS:
        texts = {t for (q, _, _), t in expected.items() if q == question.id}
        assert len(texts) >= 5


def test_two_clients_200_answers_no_wrong_arm(pipeline, expected):
    wrong, done = [], []

    def client(approaches):
        for turn in range(13):
            asked = QUESTIONS[turn % 3 :] + QUESTIONS[: turn % 3]
            for row in pipeline.answer(asked[: 1 + turn % 3], approaches):
                for answer in row:
                    done.append(answer)
                    key = answer.question_id, answer.approach, answer.adapter
                    if answer.text != expected[key]:
                        wrong.append(key)

    threads = [threading.Thread(target=client, args=(approaches,)) for approaches in CLIENTS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) >= 200
    assert wrong == []


def test_side_by_side_streams_what_it_answers(pipeline, expected):
    ask = Ask(pipeline, QUESTIONS[1], CLIENTS[0])
    last = {}
    for event in ask.events():
        last[event.approach] = event.text
    comparison = ask.result()
    for answer in comparison.answers:
        assert answer.text == expected["q2", answer.approach, answer.adapter]
        if answer.written == "":
            assert last[answer.approach].strip() == answer.text


def test_one_approach_is_stopped_and_the_others_finish(pipeline, expected):
    ask = Ask(pipeline, QUESTIONS[0], CLIENTS[0])
    ask.cancel("rag")
    comparison = ask.result()
    by_name = {a.approach: a for a in comparison.answers}
    for name in ("prompt", "hybrid", "finetuned"):
        assert by_name[name].text == expected["q1", name, by_name[name].adapter]
        assert by_name[name].finish in ("stop", "length")
    assert expected["q1", "rag", None].startswith(by_name["rag"].text)
