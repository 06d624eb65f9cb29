"""Text as it grows, rows that end early, and turns between requests."""

import itertools
import threading

import pytest

from tests.models.conftest import VERSIONS
from tests.models.test_engine_arms import ARMS, NEW, QUESTIONS, ask, grid, texts


def test_texts_grow_row_by_row_and_end_as_the_result(engine):
    seen = {}
    rows = grid()
    results = engine.generate(
        rows, max_new_tokens=NEW, on_text=lambda n, t: seen.setdefault(n, []).append(t)
    )
    assert set(seen) == set(range(len(rows)))
    for number, steps in seen.items():
        for earlier, later in itertools.pairwise(steps):
            assert later.startswith(earlier.rstrip("\ufffd"))
            assert len(later) >= len(earlier)
        assert steps[-1].strip() == results[number].text
        assert len(steps) == results[number].completion_tokens


def test_rows_of_one_batch_take_turns(engine):
    order = []
    rows = [ask(QUESTIONS[0], a) for a in ARMS]
    engine.generate(rows, max_new_tokens=NEW, on_text=lambda n, _: order.append(n))
    assert order[: len(rows)] == list(range(len(rows)))


def test_texts_arrive_on_the_callers_thread(engine):
    threads = set()
    engine.generate(
        [ask("days")], max_new_tokens=3, on_text=lambda *_: threads.add(threading.get_ident())
    )
    assert threads == {threading.get_ident()}


def test_streaming_does_not_change_the_answer(tiny, engine):
    rows = grid()
    plain = engine.generate(rows, max_new_tokens=NEW)
    streamed = engine.generate(rows, max_new_tokens=NEW, on_text=lambda *_: None)
    assert [g.text for g in plain] == [g.text for g in streamed]


def test_one_row_is_cancelled_while_the_others_go_on(tiny, engine):
    wanted = texts(tiny)
    rows = [ask(QUESTIONS[0], a) for a in ARMS]
    asked = [0] * len(rows)

    def cancelled(number):
        asked[number] += 1
        return number == 1 and asked[1] > 3  # the first question comes before decoding starts

    results = engine.generate(rows, max_new_tokens=NEW, cancelled=cancelled)
    assert results[1].finish == "cancelled"
    assert results[1].completion_tokens == 3
    full = wanted[QUESTIONS[0], ARMS[1]]
    assert full.startswith(results[1].text)
    assert results[1].text != full
    for number in (0, 2, 3):
        assert results[number].text == wanted[QUESTIONS[0], ARMS[number]]
        assert results[number].finish in ("stop", "length")
    assert results[1].seconds <= min(results[n].seconds for n in (0, 2, 3))


def test_rows_cancelled_before_the_start_are_not_decoded(tiny, engine):
    results = engine.generate(
        [ask("days"), ask("days", VERSIONS[0])], max_new_tokens=NEW, cancelled=lambda n: n == 0
    )
    assert (results[0].finish, results[0].completion_tokens) == ("cancelled", 0)
    assert results[1].text == texts(tiny)["days", VERSIONS[0]]
    everyone = engine.generate([ask("days")] * 3, max_new_tokens=NEW, cancelled=lambda _: True)
    assert {g.finish for g in everyone} == {"cancelled"}


def test_a_predicate_that_raises_ends_its_row_only(tiny, engine):
    def cancelled(number):
        if number == 0:
            raise ValueError("broken predicate")
        return False

    first, second = engine.generate([ask("days")] * 2, max_new_tokens=NEW, cancelled=cancelled)
    assert first.finish == "cancelled"
    assert second.text == texts(tiny)["days", None]


def test_a_listener_that_raises_is_heard_and_costs_nobody_else(tiny, engine):
    class Gone(Exception):
        pass

    def on_text(number, text):
        raise Gone

    with pytest.raises(Gone):
        engine.generate([ask("days")], max_new_tokens=NEW, on_text=on_text)
    (got,) = engine.generate([ask("days")], max_new_tokens=NEW)
    assert got.text == texts(tiny)["days", None]


def test_times_are_ordered(engine):
    for got in engine.generate(grid(), max_new_tokens=NEW):
        assert 0 < got.first_token_seconds <= got.seconds


def test_lengths_and_finish(engine):
    for cap in (1, 4):
        for got in engine.generate(grid(), max_new_tokens=cap):
            assert got.completion_tokens <= cap
            assert (got.finish == "length") == (got.completion_tokens == cap)


def test_a_short_request_is_not_stuck_behind_a_long_one(tiny):
    engine = tiny.engine(max_rows=1)
    engine.generate([ask("days")], max_new_tokens=1)
    done, began = [], threading.Event()

    def long():
        engine.generate([ask("days")] * 30, max_new_tokens=NEW, on_text=lambda *_: began.set())
        done.append("long")

    thread = threading.Thread(target=long)
    thread.start()
    assert began.wait(30)
    engine.generate([ask("days")], max_new_tokens=1)
    done.append("short")
    thread.join()
    engine.close()
    assert done == ["short", "long"]
