"""Templates: the packaged model's texts to the letter, and one instruction for all approaches."""

import dataclasses

import pytest

from assistant.answering import prompts
from assistant.answering.approaches import DEFAULT_STYLE
from assistant.errors import UsageError
from assistant.foundation import formats
from assistant.schema import Pair, Passage
from tests.answering.corpus import CHUNKS

PASSAGES = prompts.number_passages(CHUNKS[:2])
EXAMPLES = tuple(
    Pair(f"p{n}", f"How many {w}?", f"{n} {w}", passages=(CHUNKS[n],))
    for n, w in enumerate(["lids", "lamps", "keys", "pumps", "mills"])
)


def rendered(name, passages=(), examples=()):
    return prompts.render(prompts.templates()[name], "Who knows {this}?", passages, examples)


def test_the_embedded_models_closed_book_prompt():
    (message,) = rendered("embedded-zero-shot")
    assert (message.role, message.content) == ("user", formats.closed_book("Who knows {this}?"))


def test_the_embedded_models_prompt_with_passages():
    (message,) = rendered("embedded-zero-shot", PASSAGES)
    shown = [formats.Passage(p.chunk.header, p.chunk.text) for p in PASSAGES]
    assert message.content == formats.with_passages("Who knows {this}?", shown)


def test_the_embedded_models_worked_examples_read_as_it_was_trained():
    messages = rendered("embedded-few-shot", (), EXAMPLES)
    assert len(messages) == 9
    text = "".join(
        m.content if m.role == "user" else formats.EXAMPLE_ANSWER.format(answer=m.content)
        for m in messages
    )
    shown = [(formats.closed_book(p.question), p.answer) for p in EXAMPLES[:4]]
    assert text == formats.conversation(shown, formats.closed_book("Who knows {this}?"))


def test_the_embedded_models_other_jobs():
    text = CHUNKS[0].text
    start = text.index("30 days")
    (ask,) = prompts.ask(CHUNKS[0].header, text, start, start + 7)
    assert ask.content == formats.ask(CHUNKS[0].header, text, start, start + 7)
    assert prompts.reword("Why?")[0].content == formats.reword("Why?")
    assert prompts.REFUSAL == formats.REFUSAL
    with pytest.raises(ValueError, match="not inside"):
        prompts.ask("h", text, 5, 5)


def chat_templates():
    return [t for t in prompts.templates().values() if t.family == "chat"]


@pytest.mark.parametrize("template", chat_templates(), ids=lambda t: t.style)
def test_chat_prompts_carry_role_format_refusal_and_donts(template):
    for passages in ((), PASSAGES):
        system, *_, user = prompts.render(template, "Why?", passages)
        assert system.role == "system"
        for part in ("You answer", "How to answer:", "Do not:", prompts.REFUSAL):
            assert part in system.content
        assert "{" not in system.content
        assert user.content.endswith("Question: Why?")
    assert "[1] Lamp > Errors" in user.content


@pytest.mark.parametrize("template", chat_templates(), ids=lambda t: t.style)
def test_every_approach_gets_the_same_instruction(template):
    """Only the sentence about the source may differ between closed book and passages."""
    closed = prompts.render(template, "Why?")[0].content
    opened = prompts.render(template, "Why?", PASSAGES)[0].content
    assert closed != opened
    assert closed.replace(template.closed_rule, "") == opened.replace(template.passages_rule, "")


def test_chat_styles_share_their_rules():
    def rules(template):
        return set(template.system.splitlines()[5:])

    first, *others = chat_templates()
    for other in others:
        assert len(rules(first) & rules(other)) >= 8


def test_examples_show_passages_only_when_the_question_has_some():
    closed = rendered("chat-few-shot", (), EXAMPLES)
    assert "[1]" not in closed[1].content
    opened = rendered("chat-few-shot", PASSAGES, EXAMPLES)
    assert "[1] " + CHUNKS[0].header in opened[1].content
    assert opened[2].content == "0 lids"
    assert len(opened) == 1 + 2 * 4 + 1


def test_zero_shot_shows_no_examples():
    assert rendered("chat-zero-shot", PASSAGES, EXAMPLES) == rendered("chat-zero-shot", PASSAGES)


def test_braces_in_texts_are_only_text():
    hostile = dataclasses.replace(CHUNKS[0], text="{question} {0} {source_rule}")
    for name in prompts.templates():
        messages = rendered(name, (Passage(1, hostile),))
        assert "{question} {0} {source_rule}" in messages[-1].content


def test_hashes_are_versions():
    found = prompts.templates()
    assert len({t.hash for t in found.values()}) == len(found) >= 5
    assert all(len(t.hash) == 12 for t in found.values())


def test_templates_are_found_by_style_or_name():
    assert prompts.find_template("zero-shot", "chat").name == "chat-zero-shot"
    assert prompts.find_template("embedded-few-shot", "chat").family == "embedded"
    with pytest.raises(UsageError, match=r"no embedded prompt 'step-by-step'.*zero-shot, few-shot"):
        prompts.find_template("step-by-step", "embedded")


def test_variants_begin_with_the_default():
    assert prompts.prompt_variants("chat") == ("zero-shot", "few-shot", "step-by-step")
    for family in prompts.FAMILIES:
        assert prompts.prompt_variants(family)[0] == DEFAULT_STYLE


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("It says 30.\nAnswer: 30 days", "30 days"),
        ("Answer: 20\nNo, wait.\nAnswer: 30 days [2]", "30 days [2]"),
        ("thinking\n**Answer:** 30 days", "30 days"),
        ("thinking\n**Answer: 30 days**", "30 days"),
        ('thinking\nanswer: {"a":\n 1}', '{"a":\n 1}'),
        ("never got there", "never got there"),
        ("The Answer: is hidden in a line", "The Answer: is hidden in a line"),
        ("<think>30?\nAnswer: 20</think>\nAnswer: 30 days", "30 days"),
        ("", ""),
    ],
)
def test_the_answer_line_is_read(text, answer):
    assert prompts.final_answer(prompts.templates()["chat-step-by-step"], text) == answer


def test_thinking_aloud_is_left_out_for_chat_models():
    zero = prompts.templates()["chat-zero-shot"]
    assert prompts.final_answer(zero, "<think>\nhm\n</think>\n\n30 days") == "30 days"
    assert prompts.final_answer(zero, "<think> cut off") == "<think> cut off"
    assert prompts.final_answer(zero, "Answer: 30") == "Answer: 30"
    embedded = prompts.templates()["embedded-zero-shot"]
    assert prompts.final_answer(embedded, "<think>a</think>b") == "<think>a</think>b"
