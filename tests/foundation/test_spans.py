"""Where an answer stands, and the two losses that are made of it."""

from __future__ import annotations

import copy
import math

import torch
from hypothesis import given
from hypothesis import strategies as st

from assistant.foundation.spans import Watched, find, looking_loss, pointing_loss
from assistant.foundation.tokenizer import BOS_ID, EOS_ID

IDS = st.lists(st.integers(4, 9), max_size=12)


@given(IDS, st.lists(st.integers(4, 9), min_size=1, max_size=3), IDS)
def test_every_place_holds_the_answer_and_none_is_missed(
    before: list[int], answer: list[int], after: list[int]
) -> None:
    source = [BOS_ID, *before, *answer, *after, EOS_ID]
    places = find(source, [*answer, EOS_ID], [3, EOS_ID])
    assert range(len(before) + 1, len(before) + 1 + len(answer)) in places
    assert all([source[i] for i in place] == answer for place in places)
    brute = [i for i in range(len(source)) if source[i : i + len(answer)] == answer]
    assert [place.start for place in places] == brute


def test_a_refusal_stands_at_the_first_token_and_a_strange_answer_nowhere() -> None:
    assert find([0, 5, 6, 2], [3, EOS_ID], [3, EOS_ID]) == [range(0, 1)]
    assert find([0, 5, 6, 2], [7, EOS_ID], [3, EOS_ID]) == []
    assert find([0, 5, 6, 2], [EOS_ID], [3, EOS_ID]) == []


def test_pointing_adds_the_chances_of_several_places_and_ignores_padding_and_rows_without() -> None:
    logits = torch.zeros(3, 5, 2)
    logits[0, 4] = 50.0  # padding: must not count
    mask = torch.tensor([[1, 1, 1, 1, 0], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1]])
    found = pointing_loss(logits, mask, [[range(1, 3), range(3, 4)], [], [range(0, 1)]])
    # Row 0: 2 of 4 starts and 2 of 4 ends; row 2: 1 of 5 each.
    assert float(found) == (
        torch.tensor([math.log(2), math.log(2), math.log(5), math.log(5)]).mean().item()
    )
    assert float(pointing_loss(logits, mask, [[], [], []])) == 0.0


def test_looking_is_the_mean_attention_of_the_heads_on_the_next_token() -> None:
    shares = torch.tensor(
        [[[[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]], [[0.1, 0.2, 0.7], [0.2, 0.4, 0.4]]]]
    )
    found = looking_loss(shares.log(), torch.ones(1, 3), [[range(0, 2)]])
    expected = -(math.log((0.7 + 0.1) / 2) + math.log((0.8 + 0.4) / 2)) / 2
    assert abs(float(found) - expected) < 1e-6


def test_the_scores_that_are_watched_are_those_of_the_model() -> None:
    from transformers import BartConfig, BartForConditionalGeneration

    torch.manual_seed(0)
    config = BartConfig(
        vocab_size=30,
        d_model=16,
        encoder_layers=1,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=16,
        decoder_ffn_dim=16,
        dropout=0.0,
        attn_implementation="eager",
    )
    model = BartForConditionalGeneration(config).train()
    watched = Watched(model)
    made = model(
        input_ids=torch.tensor([[0, 5, 6, 7, 2]]),
        decoder_input_ids=torch.tensor([[0, 6, 7]]),
        output_attentions=True,
    )
    torch.testing.assert_close(watched.scores().softmax(-1), made.cross_attentions[-1])
    copy.deepcopy(model)  # as an export does; a graph that is held cannot be copied
