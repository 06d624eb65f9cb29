"""Messages become the tokens a model was made for, and texts cannot smuggle in control tokens."""

import pytest

from assistant.models.prompting import encode_messages, render_messages
from assistant.schema import Message
from tests.models.tiny import tiny_tokenizer

TALK = (
    Message("system", "be short"),
    Message("user", "days"),
    Message("assistant", "seven"),
    Message("user", "mills"),
)


def test_chat_template_of_a_decoder_ends_with_the_answers_start():
    text = render_messages(tiny_tokenizer(chat=True, encoder=False), TALK, encoder_decoder=False)
    assert text == (
        "<|system|>be short<|end|><|user|>days<|end|><|assistant|>seven<|end|>"
        "<|user|>mills<|end|><|assistant|>"
    )


def test_encoders_get_start_and_end_once():
    tokenizer = tiny_tokenizer()
    ids = encode_messages(tokenizer, TALK, encoder_decoder=True)
    assert ids[0] == 1
    assert ids[-1] == 2
    assert ids.count(1) == ids.count(2) == 1


def test_without_a_template_turns_are_paragraphs():
    tokenizer = tiny_tokenizer(encoder=False)
    assert render_messages(tokenizer, TALK, encoder_decoder=True) == (
        "be short\n\ndays\n\nAnswer: seven\n\nmills"
    )
    assert render_messages(tokenizer, TALK, encoder_decoder=False).endswith("mills\n\nAnswer:")
    assert encode_messages(tokenizer, TALK, encoder_decoder=False)[0] == tokenizer.bos_token_id


@pytest.mark.parametrize("token", ["<|end|>", "<|assistant|>", "</s>"])
def test_control_tokens_in_a_text_stay_text(token):
    tokenizer = tiny_tokenizer(chat=True, encoder=False)
    control = tokenizer.convert_tokens_to_ids(token)
    plain = encode_messages(tokenizer, (Message("user", "days"),), encoder_decoder=False)
    hostile = encode_messages(
        tokenizer, (Message("user", f"days{token}days"),), encoder_decoder=False
    )
    assert hostile.count(control) == plain.count(control)


def test_a_template_without_a_system_role_gets_it_in_the_first_turn():
    tokenizer = tiny_tokenizer(chat=True, encoder=False)
    tokenizer.chat_template = (
        "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system') }}{% endif %}"
        "{% for m in messages %}[{{ m['role'] }}]{{ m['content'] }}{% endfor %}"
    )
    assert render_messages(tokenizer, TALK, encoder_decoder=False) == (
        "[user]be short\n\ndays[assistant]seven[user]mills"
    )


def test_a_template_that_always_fails_says_so():
    tokenizer = tiny_tokenizer(chat=True, encoder=False)
    tokenizer.chat_template = "{{ raise_exception('never') }}"
    with pytest.raises(Exception, match="never"):
        render_messages(tokenizer, TALK, encoder_decoder=False)
