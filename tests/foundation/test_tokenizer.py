"""The tokenizer loses nothing: decode(encode(x)) == x for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import AutoTokenizer, PreTrainedTokenizerFast

from assistant.foundation.tokenizer import EOS, load_raw, train_tokenizer, wrap

EMBEDDED = Path(__file__).parents[2] / "assistant/models/embedded"
SAMPLES = ["The lamp costs 12.50 € and weighs 3 kg. Ask anna@example.org about QX-4410."] * 30
AWKWARD = ["", " ", "  two", "\n\n", "tail ", "a\u00a0b", "e\u0301 é", "漢字😀", "\x00\x07", "</s>", "<pad> <s>", "1 2  3", "\r\n\t", "ﬁ"]  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> PreTrainedTokenizerFast:
    folder = tmp_path_factory.mktemp("tokenizer")
    wrap(train_tokenizer(SAMPLES, 500)).save_pretrained(folder)
    return AutoTokenizer.from_pretrained(folder)


@pytest.fixture(scope="module")
def embedded() -> PreTrainedTokenizerFast:
    return AutoTokenizer.from_pretrained(EMBEDDED)


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_survive(
    small: PreTrainedTokenizerFast, embedded: PreTrainedTokenizerFast, text: str
) -> None:
    for tokenizer in (small, embedded):
        assert tokenizer.decode(tokenizer(text).input_ids, skip_special_tokens=True) == text


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_survives(text: str) -> None:
    tokenizer = load_raw(EMBEDDED)
    tokenizer.encode_special_tokens = True
    assert tokenizer.decode(tokenizer.encode(text).ids) == text


def test_digits_are_single_tokens(embedded: PreTrainedTokenizerFast) -> None:
    tokens = embedded.tokenize("QX-4410 costs 1,250.75 in 2026")
    assert all(sum(c.isdigit() for c in token) <= 1 for token in tokens)


def test_the_first_word_has_the_token_it_has_inside_a_sentence(
    embedded: PreTrainedTokenizerFast,
) -> None:
    assert embedded.tokenize("Berlin")[0] == embedded.tokenize("in Berlin")[1]


def test_case_is_kept(embedded: PreTrainedTokenizerFast) -> None:
    assert embedded("iPhone").input_ids != embedded("iphone").input_ids


def test_special_tokens_are_put_around_once(embedded: PreTrainedTokenizerFast) -> None:
    ids = embedded(f"a {EOS} b").input_ids
    assert ids.count(embedded.eos_token_id) == 1
    assert ids.count(embedded.bos_token_id) == 1


def test_the_vocabulary_fits_the_weights(embedded: PreTrainedTokenizerFast) -> None:
    assert len(embedded) == 20_000
