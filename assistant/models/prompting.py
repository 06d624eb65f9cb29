"""Chat messages -> token ids, the same way for answering and for training.

A trainer must call :func:`encode_messages` as well: an adapter only works on prompts tokenised the
way it was trained.
"""

from collections.abc import Collection, Sequence
from typing import Any

from assistant.schema import Message

ANSWER_CUE = "Answer:"
"""Ends the prompt of a decoder-only model that has no chat template."""


def encode_messages(
    tokenizer: Any, messages: Sequence[Message], *, encoder_decoder: bool
) -> list[int]:
    """Token ids of one prompt, special tokens included.

    Args:
        tokenizer: a transformers tokenizer. With a chat template the template is used; without one
            the turns become plain paragraphs.
        messages: the conversation, last turn is the user's.
        encoder_decoder: an encoder reads the tokenizer's own start and end tokens; a decoder-only
            chat template writes its start token itself, and an end token would end the answer.
    """
    text = render_messages(tokenizer, messages, encoder_decoder=encoder_decoder)
    templated = bool(getattr(tokenizer, "chat_template", None))
    if encoder_decoder:
        return list(tokenizer(text)["input_ids"])
    ids = list(tokenizer(text, add_special_tokens=False)["input_ids"])
    start = tokenizer.bos_token_id
    if not templated and start is not None and ids[:1] != [start]:
        ids = [start, *ids]
    return ids


def encode_answer(
    tokenizer: Any, answer: str, *, encoder_decoder: bool, start: int | None, eos: Collection[int]
) -> list[int]:
    """Token ids of an answer as the model would write it, closed by the end-of-answer token.

    Args:
        tokenizer: a transformers tokenizer.
        answer: the text.
        encoder_decoder: an encoder-decoder's tokenizer adds its own special tokens.
        start: what the decoder is started with; it is not part of the answer.
        eos: ids that end an answer.
    """
    end = tokenizer.eos_token_id
    if end is None or end not in eos:
        end = min(eos, default=end)
    if encoder_decoder:
        ids = list(tokenizer(text_target=answer)["input_ids"])
        # The decoder is started with this token already; a second one would only be met here.
        if ids[:1] == [start]:
            ids = ids[1:]
    else:
        # After "Answer:" the first word carries the space; chat formats start on a new line.
        cued = not getattr(tokenizer, "chat_template", None) and bool(ANSWER_CUE)
        text = f" {answer}" if cued else answer
        ids = list(tokenizer(text, add_special_tokens=False)["input_ids"])
    return ids if end is None or ids[-1:] == [end] else [*ids, end]


def encode_start(tokenizer: Any, *, encoder_decoder: bool) -> list[int]:
    """A prompt that says nothing: special tokens alone, for the loss of running text."""
    if encoder_decoder:
        return list(tokenizer("")["input_ids"]) or [tokenizer.pad_token_id or 0]
    start = tokenizer.bos_token_id
    return [tokenizer.eos_token_id if start is None else start]


def render_messages(tokenizer: Any, messages: Sequence[Message], *, encoder_decoder: bool) -> str:
    """The prompt as text, before tokenising."""
    turns = [{"role": m.role, "content": _defused(tokenizer, m.content)} for m in messages]
    if not getattr(tokenizer, "chat_template", None):
        return _plain(turns, encoder_decoder=encoder_decoder)
    # Templates that know the switch (Qwen 3) answer at once; the others ignore it.
    generation: dict[str, bool] = {"enable_thinking": False}
    if not encoder_decoder:
        generation["add_generation_prompt"] = True
    try:
        return str(tokenizer.apply_chat_template(turns, tokenize=False, **generation))
    except Exception:
        # Some templates refuse a system turn (Gemma) or repeated roles; fold it into the user's.
        merged = _without_system(turns)
        if merged == turns:
            raise
        return str(tokenizer.apply_chat_template(merged, tokenize=False, **generation))


def _defused(tokenizer: Any, text: str) -> str:
    """Break control tokens that a document or a user wrote, so that they stay plain text."""
    if getattr(tokenizer, "split_special_tokens", False):
        return text
    for token in getattr(tokenizer, "all_special_tokens", ()):
        if len(token) > 1 and token in text:
            text = text.replace(token, token[0] + " " + token[1:])
    return text


def _without_system(turns: list[dict[str, str]]) -> list[dict[str, str]]:
    system = "\n\n".join(t["content"] for t in turns if t["role"] == "system")
    rest = [dict(t) for t in turns if t["role"] != "system"]
    if system and rest:
        rest[0]["content"] = f"{system}\n\n{rest[0]['content']}"
    return rest


def _plain(turns: list[dict[str, str]], *, encoder_decoder: bool) -> str:
    parts = [
        f"{ANSWER_CUE} {t['content']}" if t["role"] == "assistant" else t["content"] for t in turns
    ]
    if not encoder_decoder:
        parts.append(ANSWER_CUE)
    return "\n\n".join(parts)
