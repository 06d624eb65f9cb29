"""Every row is answered by the adapter it names, whatever it shares a batch or a moment with."""

import threading
from functools import cache

import numpy as np
import pytest
import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

from assistant.models.agreement import batch_agreement
from assistant.models.encoding import length_groups
from assistant.models.prompting import encode_messages
from assistant.schema import Message, Row
from tests.models.conftest import VERSIONS

QUESTIONS = (
    "Which code does the north pump carry?",
    "Who built the 3 mills of the river Vell?",
    "days",
    "[1] Keys\nA guest may keep a borrowed key for seven days. The code is QX-4410. The river Vell "
    "runs north of the town and feeds 3 mills; nobody knows when they were built.\n\nQuestion: days?",
)
ARMS = (None, *VERSIONS)
NEW = 10


def ask(question, adapter=None):
    return Row((Message("user", question),), adapter)


def grid(questions=QUESTIONS, arms=ARMS):
    return [ask(q, a) for q in questions for a in arms]


@cache
def expected(folder, adapters):
    """(question, adapter) -> ids, each decoded alone by plain transformers and a fresh PEFT model."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    found = {}
    for arm in ARMS:
        causal = "Llama" in (folder / "config.json").read_text()
        factory = AutoModelForCausalLM if causal else AutoModelForSeq2SeqLM
        model = factory.from_pretrained(folder, dtype=torch.float32)
        if arm is not None:
            model = PeftModel.from_pretrained(model, adapters / arm)
        model.eval()
        for question in QUESTIONS:
            prompt = encode_messages(
                tokenizer, (Message("user", question),), encoder_decoder=not causal
            )
            ids = torch.tensor([prompt])
            with torch.inference_mode():
                out = model.generate(
                    input_ids=ids, attention_mask=torch.ones_like(ids),
                    max_new_tokens=NEW, do_sample=False,
                )[0].tolist()  # fmt: skip
            out = out[len(prompt) :] if causal else out[1:]
            found[question, arm] = out[: out.index(2)] if 2 in out else out
    return found


def texts(tiny):
    tokenizer = AutoTokenizer.from_pretrained(tiny.folder)
    return {
        key: tokenizer.decode(ids, skip_special_tokens=True).strip()
        for key, ids in expected(tiny.folder, tiny.adapters).items()
    }


def test_arms_can_be_told_apart(tiny):
    """The tests below would prove nothing on models that say the same thing for every arm."""
    found = texts(tiny)
    for question in QUESTIONS:
        assert len({found[question, arm] for arm in ARMS}) == len(ARMS), question


def test_the_prompts_differ_enough_in_length_to_be_encoded_apart(engine):
    lengths = [engine.count_tokens(row.messages) for row in grid()]
    assert len(length_groups(lengths)) > 1


def test_rows_of_one_batch_equal_clean_single_runs(tiny, engine):
    found = expected(tiny.folder, tiny.adapters)
    rows = grid()
    assert engine.token_ids(rows, max_new_tokens=NEW) == [
        found[row.messages[0].content, row.adapter] for row in rows
    ]


def test_order_is_kept_when_a_request_is_split(tiny):
    engine = tiny.engine(token_budget=150, max_rows=3)
    wanted, rows = texts(tiny), grid()
    results = engine.generate(rows, max_new_tokens=NEW)
    engine.close()
    assert [g.text for g in results] == [wanted[r.messages[0].content, r.adapter] for r in rows]


def test_two_threads_asking_different_arms_for_200_answers(tiny):
    engine = tiny.engine()
    wanted = texts(tiny)
    wrong, errors = [], []

    def client(number):
        try:
            for i in range(50):
                arms = [ARMS[(number + i) % 4], ARMS[(number + 2 * i + 1) % 4]]
                question = QUESTIONS[i % len(QUESTIONS)]
                rows = [ask(question, a) for a in arms]
                for row, got in zip(rows, engine.generate(rows, max_new_tokens=NEW), strict=True):
                    if got.text != wanted[question, row.adapter]:
                        wrong.append((number, i, row.adapter))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=client, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.close()
    assert not errors
    assert not wrong


def test_logits_do_not_depend_on_the_batch(engine):
    rows = grid()
    together = engine.logits(rows)
    alone = np.concatenate([engine.logits([row]) for row in rows])
    assert together.shape[0] == len(rows)
    assert np.abs(together - alone).max() <= 1e-4


def test_agreement_counts_rows_and_differences(engine):
    result = batch_agreement(engine, grid(), max_new_tokens=NEW)
    assert result.rows == len(grid())
    assert result.share == 1.0
    assert 0 <= result.logit_difference <= 1e-4


def test_agreement_notices_a_difference(engine, monkeypatch):
    real = engine.token_ids
    monkeypatch.setattr(
        engine, "token_ids", lambda rows, **k: [ids[: len(rows)] for ids in real(rows, **k)]
    )
    rows = grid()[:4]
    assert batch_agreement(engine, rows, max_new_tokens=NEW).equal < len(rows)


@pytest.mark.parametrize("version", VERSIONS)
def test_self_test_of_an_intact_model(engine, version):
    result = engine.self_test(version)
    assert result.ok, result.detail
    assert result.base_difference <= 1e-5
    assert result.adapter_difference > 1e-2


def test_more_adapters_than_fit_are_loaded_again(tiny, monkeypatch):
    monkeypatch.setattr("assistant.models.adapter_set.MAX_LOADED", 1)
    engine = tiny.engine()
    wanted = texts(tiny)
    for arm in (*ARMS, *reversed(ARMS)):
        (got,) = engine.generate([ask(QUESTIONS[0], arm)], max_new_tokens=NEW)
        assert got.text == wanted[QUESTIONS[0], arm]
    assert len(engine._worker._adapters.loaded) == 1
    engine.close()
