"""Loss of given answers: against transformers' own, per arm, whatever shares the batch."""

import pytest
import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

from assistant.errors import ModelError
from assistant.models.losses import AnsweredRow, LossRow, loss_batches
from assistant.models.prompting import encode_answer, encode_messages, encode_start
from assistant.schema import Message
from tests.models.conftest import VERSIONS
from tests.models.tiny import POSITIONS

PROMPTS = ("Which code does the north pump carry?", "[1] Keys\nThe river Vell feeds 3 mills.", "")
ANSWERS = ("QX-4410", "nobody knows when they were built", "I don't know.")


def answered(prompt, answer, adapter=None):
    return AnsweredRow((Message("user", prompt),) if prompt else (), answer, adapter)


def reference(tiny, row):
    """The loss transformers computes itself, one row, fresh model, no padding."""
    causal = tiny.kind == "llama"
    tokenizer = AutoTokenizer.from_pretrained(tiny.folder)
    factory = AutoModelForCausalLM if causal else AutoModelForSeq2SeqLM
    model = factory.from_pretrained(tiny.folder, dtype=torch.float32)
    if row.adapter:
        model = PeftModel.from_pretrained(model, tiny.adapters / row.adapter)
    model.eval()
    shape = {"encoder_decoder": not causal}
    prompt = (
        encode_messages(tokenizer, row.messages, **shape)
        if row.messages
        else encode_start(tokenizer, **shape)
    )
    start = None if causal else model.config.decoder_start_token_id
    target = encode_answer(tokenizer, row.answer, **shape, start=start, eos={2})
    assert target[-1] == 2
    with torch.inference_mode():
        if causal:
            labels = torch.tensor([[-100] * len(prompt) + target])
            out = model(input_ids=torch.tensor([prompt + target]), labels=labels)
        else:
            out = model(input_ids=torch.tensor([prompt]), labels=torch.tensor([target]))
    return float(out.loss)


def test_losses_are_those_transformers_computes(tiny, engine):
    rows = [answered(p, a, v) for p in PROMPTS for a in ANSWERS for v in (None, VERSIONS[0])]
    found = engine.text_loss(rows)
    assert found == pytest.approx([reference(tiny, row) for row in rows], abs=2e-4)
    assert len({round(value, 3) for value in found}) > len(rows) // 2


def test_a_row_does_not_depend_on_its_batch(engine):
    rows = [answered(p, a, v) for p in PROMPTS for a in ANSWERS for v in (None, *VERSIONS)]
    together = engine.text_loss(rows)
    assert together == pytest.approx([engine.text_loss([row])[0] for row in rows], abs=1e-4)
    assert engine.text_loss([]) == []


def test_texts_longer_than_the_model_are_measured_up_to_its_end(engine):
    (loss,) = engine.text_loss([answered("", "seven days " * POSITIONS)])
    assert 0 < loss < 100


def test_a_prompt_that_does_not_fit_and_an_unknown_adapter_are_refused(engine):
    with pytest.raises(ModelError, match="reads at most"):
        engine.text_loss([answered("seven days " * POSITIONS * 4, "seven")])
    with pytest.raises(ModelError, match="no adapter"):
        engine.text_loss([answered("days", "seven", "2031.01")])
    assert engine.text_loss([answered("days", "seven")])[0] > 0


def test_batches_keep_logits_within_memory():
    rows = [LossRow((1,) * n, (2, 3), None) for n in (5, 500, 7, 501, 2000)]
    batches = loss_batches(rows, vocabulary=2**27 // 1200)
    assert batches == [[0, 2], [1, 3], [4]]
