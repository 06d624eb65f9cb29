"""The loop against `generate`, rows that leave early, and LoRA by slices against PEFT's own."""

import inspect

import pytest
import torch

from assistant.models import decoding, greedy
from assistant.models.adapter_set import AdapterSet
from assistant.models.decoding import decode_batch
from assistant.models.lora_rows import runs
from assistant.models.prompting import encode_messages
from assistant.schema import Message
from tests.models.conftest import VERSIONS
from tests.models.test_engine_arms import ARMS, QUESTIONS


@pytest.fixture
def loaded(tiny):
    local = tiny.load()
    adapters = AdapterSet(local)
    names = adapters.row_names([arm for _ in QUESTIONS for arm in ARMS])
    prompts = [
        encode_messages(
            local.tokenizer, (Message("user", q),), encoder_decoder=local.encoder_decoder
        )
        for q in QUESTIONS
        for _ in ARMS
    ]
    return local, adapters.network, prompts, names


def states(loaded, **options):
    return [(s.ids, s.finish, s.text) for s in decode_batch(*loaded, 12, **options)]


def with_early_ends(loaded):
    """Make a token that some answers hold in the middle the end token."""
    local, _, prompts, _ = loaded
    bodies = [ids for ids, _, _ in states(loaded)]
    middle = sorted({t for ids in bodies for t in ids[2:8]})
    counts = {t: sum(t in ids for ids in bodies) for t in middle}
    chosen = max(middle, key=lambda t: (counts[t] < len(prompts), counts[t]))
    local.eos_ids = frozenset({chosen})
    local.model.generation_config.eos_token_id = [chosen]
    return chosen


def test_the_loop_says_what_generate_says(loaded, monkeypatch):
    assert greedy.can_loop(loaded[0])
    with_early_ends(loaded)
    looped = states(loaded)
    monkeypatch.setattr(decoding, "can_loop", lambda _: False)
    assert states(loaded) == looped
    assert {"stop", "length"} >= {finish for _, finish, _ in looped}


def test_rows_that_ended_are_no_longer_computed(loaded, monkeypatch):
    with_early_ends(loaded)
    computed = []
    forward = type(loaded[0].model).forward

    def counting(self, *args, **kwargs):
        ids = kwargs.get("decoder_input_ids", kwargs.get("input_ids"))
        computed.append(len(ids))
        return forward(self, *args, **kwargs)

    counting.__signature__ = inspect.signature(forward)
    monkeypatch.setattr(type(loaded[0].model), "forward", counting)
    ends = [len(ids) + (finish == "stop") for ids, finish, _ in states(loaded)]
    assert len(computed) == max(ends)
    for step, rows in enumerate(computed):
        going = sum(end > step for end in ends)
        assert going == rows or rows * greedy.SHRINK < going < rows
    assert sum(computed) < len(ends) * max(ends)


def test_models_of_another_kind_are_left_to_generate(loaded, monkeypatch):
    monkeypatch.setattr(type(loaded[0].model), "_is_stateful", True)
    assert not greedy.can_loop(loaded[0])
    assert all(ids for ids, _, _ in states(loaded))


def test_neighbours_with_the_same_adapter_are_one_run():
    assert runs(("__base__", "a", "a", "b", "__base__", "a")) == (
        ("a", 1, 3),
        ("b", 3, 4),
        ("a", 5, 6),
    )
    assert runs(("__base__",)) == runs(()) == ()


def test_slices_add_what_peft_adds(loaded):
    local, network, prompts, names = loaded
    sliced = decoding.next_token_logits(local, network, prompts, names)
    patched = [m for m in network.modules() if "_mixed_batch_forward" in m.__dict__]
    assert len(patched) > 10
    for module in patched:
        del module.__dict__["_mixed_batch_forward"]
    own = decoding.next_token_logits(local, network, prompts, names)
    assert torch.allclose(torch.tensor(sliced), torch.tensor(own), atol=1e-4)
    assert len(set(names)) == len(VERSIONS) + 1


def rows_read(local, network, prompts, names):
    """How many rows the encoder sees, and what comes out."""
    read = []
    hook = local.model.get_encoder().register_forward_hook(
        lambda _module, _inputs, output: read.append(len(output.last_hidden_state))
    )
    found = decode_batch(local, network, prompts, names, 4)
    hook.remove()
    return sum(read), [state.ids for state in found]


def test_a_prompt_that_rows_share_is_read_once_unless_an_adapter_changes_the_reading(loaded, tiny):
    local, network, prompts, names = loaded
    if not local.encoder_decoder:
        pytest.skip("only encoder-decoders read first")
    assert rows_read(local, network, prompts, names)[0] == len(prompts)
    fresh = tiny.load()
    shared, answers = rows_read(fresh, fresh.model, prompts, None)
    assert shared == len({tuple(p) for p in prompts}) < len(prompts)
    alone = [rows_read(fresh, fresh.model, [p], None)[1][0] for p in prompts]
    assert answers == alone
