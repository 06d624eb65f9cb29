"""The tracker alone: what ends a row, and what a reader is shown on the way."""

from types import SimpleNamespace

import pytest
import torch

from assistant.models.decoding import RowTracker
from tests.models.tiny import tiny_tokenizer

TOKENIZER = tiny_tokenizer(encoder=False)
END, PAD = 2, 0


def model(stop_strings=()):
    return SimpleNamespace(tokenizer=TOKENIZER, eos_ids=frozenset({END}), stop_strings=stop_strings)


def ids(text):
    return TOKENIZER(text, add_special_tokens=False)["input_ids"]


def play(rows, local=None, max_new=50, on_text=None, cancelled=None):
    """Feed token columns as `generate` would, until every row has ended."""
    tracker = RowTracker(local or model(), len(rows), max_new, on_text, cancelled)
    width = max(len(r) for r in rows)
    done = []
    for step in range(width):
        column = [r[step] if step < len(r) else PAD for r in rows]
        done.append(tracker(torch.tensor([column]).T, None).tolist())
        if all(done[-1]):
            break
    return tracker.finish(), done


def test_rows_end_at_their_own_end_token():
    first, second = ids("seven days"), ids("the river")
    (a, b), done = play([[*first, END, 55, 55], [*second, *second, END]])
    assert (a.ids, a.finish, a.text) == (first, "stop", "seven days")
    assert (b.ids, b.finish) == ([*second, *second], "stop")
    assert done[len(first)] == [True, False]


def test_the_cap_ends_a_row():
    tokens = ids("nobody knows when they were built")
    ((row,), _) = play([tokens], max_new=3)
    assert (row.ids, row.finish) == (tokens[:3], "length")


def test_a_run_that_generate_ended_itself_counts_as_cut():
    ((row,), _) = play([ids("seven days")])
    assert (row.finish, row.text) == ("length", "seven days")


def test_a_model_without_chat_format_is_stopped_before_it_asks_itself():
    seen = []
    tokens = ids("seven days\nQuestion: Which code?")
    ((row,), done) = play(
        [tokens], model(("\nQuestion:",)), on_text=lambda _, text: seen.append(text)
    )
    assert (row.text, row.finish) == ("seven days", "stop")
    assert len(done) < len(tokens)
    assert seen[-1] == "seven days"


def test_a_leading_line_break_does_not_count_as_the_stop():
    ((row,), _) = play([[*ids("\nseven days"), END]], model(("\n",)))
    assert row.text == "seven days"


@pytest.mark.parametrize("word", ["é", "日本", "🙂"])
def test_halves_of_a_character_are_not_shown(word):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    raw.train_from_iterator(
        ["x"], trainers.BpeTrainer(initial_alphabet=alphabet, show_progress=False)
    )
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=raw)
    local = SimpleNamespace(tokenizer=tokenizer, eos_ids=frozenset({-1}), stop_strings=())
    tokens = tokenizer(word)["input_ids"]
    seen = []
    ((row,), _) = play([[*tokens, tokens[0]]], local, on_text=lambda _, text: seen.append(text))
    assert len(tokens) > len(word)
    assert "\ufffd" not in "".join(seen)
    assert seen[-1] == row.text == word


def test_cancelled_rows_keep_their_text():
    tokens = ids("nobody knows when they were built")
    ((row,), _) = play([tokens], cancelled=lambda _: True)
    assert (row.finish, row.ids) == ("cancelled", tokens[:1])
