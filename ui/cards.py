"""One card for each approach: the finished answer, the answer in the making, or what is missing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from assistant.decision.costs import answer_cost
from assistant.schema import Answer, Chunk, Outcome, Score
from assistant.scoring.abstention import is_refusal
from ui.escape import escape, escape_block, sentence
from ui.words import ICONS, NO_REFERENCE, OUTCOMES, count

if TYPE_CHECKING:
    from assistant.decision.costs import Prices
    from assistant.overview import ApproachState, Record

STRUCTURED = ("{", "[")
SOURCE_ANCHOR = "source-"


def draw_heading(name: str, label: str, one_line: str) -> None:
    """The approach's name inside its own card, where stacked cards keep it."""
    icon = ICONS.get(name, ":material/forum:")
    st.subheader(f"{icon} {escape(label)}", anchor=False)
    st.caption(escape(one_line))


def draw_text(text: str) -> None:
    """An answer's text, exactly as it came."""
    if text.lstrip().startswith(STRUCTURED):
        st.code(text, language="json", wrap_lines=True)
    else:
        st.markdown(escape_block(text))


def draw_answer(
    state: "ApproachState",
    answer: Answer,
    score: Score | None,
    record: "Record | None",
    rows: Mapping[str, int],
    prices: "Prices | None" = None,
    behind: int | None = None,
) -> None:
    """A finished card.

    Args:
        state: the approach.
        answer: what it said.
        score: None when the question has no reference.
        record: how often it was right in the newest run; None without a run.
        rows: chunk id -> its row in the sources panel, where the chips lead.
        prices: what tokens cost; None leaves the cost out.
        behind: chunks that changed since the adapter in use was trained; None when unknown.
    """
    draw_heading(state.name, state.label, state.one_line)
    _draw_body(answer)
    _draw_outcome(answer, score)
    _draw_grounding(answer, rows)
    if behind and answer.adapter:
        st.markdown(
            f":small[:material/update: Adapter is {count(behind, 'changed chunk')} behind]",
            help="Parts of the documents changed after this adapter was trained; what it learnt "
            "of them may be out of date.",
        )
    draw_record(record)
    st.space("stretch")
    _draw_use(answer, prices)
    with st.container(horizontal=True, gap="xxsmall"):
        _draw_nearest(answer)
        _draw_prompt(answer)


def draw_record(record: "Record | None") -> None:
    """How often this approach was right in the newest run, if there is one."""
    if record is None:
        return
    st.markdown(
        f":small[:material/bar_chart: {sentence(record.text)}]",
        help=f"From run {escape(record.run)}. It says how often this approach was right over "
        "the whole question set"
        + (
            "; it is no estimate for this one question."
            if record.expected is None
            else "; similar questions were shown to tell more about this one."
        ),
    )


def _draw_body(answer: Answer) -> None:
    if answer.error:
        st.error(escape_block(f"No answer: {answer.error}"), icon=":material/error:")
    elif not answer.text.strip():
        st.markdown("*(the model said nothing)*")
    else:
        with st.container(key=f"answer-{answer.approach}"):
            draw_text(answer.text)


def _draw_outcome(answer: Answer, score: Score | None) -> None:
    if score is None or score.outcome is None:
        reason = NO_REFERENCE if score is None else f"Not scored: {escape(score.explanation)}"
        st.markdown(f":small[:material/help: {reason}]")
        return
    outcome = OUTCOMES[score.outcome]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.badge(outcome.label, icon=outcome.icon, color=outcome.color)
        with st.popover("Why?", type="tertiary", key=f"why-{answer.approach}"):
            _draw_reasons(score, score.outcome)


def _draw_reasons(score: Score, outcome: Outcome) -> None:
    st.markdown(escape_block(sentence(score.explanation)))
    if score.wrong_kind is not None:
        st.markdown(f"Kind of mistake: {escape(str(score.wrong_kind))}.")
    if score.graded:
        st.markdown("A person graded this answer; the grade decides.")
    st.markdown(f"**The rule.** {OUTCOMES[outcome].rule}")
    if score.exact_match is not None and score.f1 is not None:
        st.markdown(
            f"Exact match {score.exact_match:.0f} · word overlap (F1) {score.f1:.2f}. "
            "Both are shown for comparison with other work and decide nothing."
        )


def _draw_grounding(answer: Answer, rows: Mapping[str, int]) -> None:
    if not answer.passages:
        st.markdown(":small[:material/visibility_off: No passages used]")
        return
    found = {c.number: rows.get(c.chunk_id) for c in answer.citations if c.supported}
    not_found = {c.number: rows.get(c.chunk_id) for c in answer.citations if not c.supported}
    if found:
        st.markdown(f":small[:material/verified: Found in {_chips(found, 'green')}]")
    if not_found:
        chips = _chips(not_found, "orange")
        st.markdown(f":small[:material/warning: Cited, value not found: {chips}]")
    if not answer.text.strip():
        return
    if is_refusal(answer.text):
        st.markdown(":small[:material/do_not_disturb_on: Declined to answer]")
    elif not answer.citations:
        st.markdown(":small[:material/warning: Not found in the passages it was given]")
    if answer.dropped_passages:
        st.caption(f"{answer.dropped_passages} more did not fit into the prompt and were left out.")


def _draw_nearest(answer: Answer) -> None:
    if not answer.nearest:
        return
    with st.popover("Nearest passages", type="tertiary", key=f"nearest-{answer.approach}"):
        st.markdown("**Nearest passages (not used by the model)**")
        for passage in answer.nearest:
            draw_passage(passage.chunk)


def draw_passage(chunk: Chunk) -> None:
    """One passage with where it comes from."""
    st.markdown(f"**{escape(chunk.header)}**")
    st.caption(where(chunk))
    st.markdown(escape_block(chunk.text))


def where(chunk: Chunk) -> str:
    """Document, page: escaped, ready to draw."""
    page = f", page {chunk.page}" if chunk.page is not None else ""
    return f"{escape(chunk.document_id)}{page}"


def _draw_prompt(answer: Answer) -> None:
    if not answer.messages:
        return
    with st.popover("Exact prompt", type="tertiary", key=f"prompt-{answer.approach}"):
        for message in answer.messages:
            st.caption(message.role)
            st.code(message.content, language=None, wrap_lines=True)
        st.caption(
            f"model {escape(answer.model)} · adapter {escape(answer.adapter or 'none')} · "
            f"index {escape(answer.index or 'none')} · prompt {escape(answer.prompt_hash[:12])}"
        )


def _draw_use(answer: Answer, prices: "Prices | None") -> None:
    line = f"{answer.prompt_tokens:,} tokens in, {answer.completion_tokens:,} out"
    if prices is None:
        st.caption(line + _finish(answer))
        return
    cost = answer_cost(prices, answer.prompt_tokens, answer.completion_tokens)
    st.caption(
        f"{line}{_finish(answer)} · {per_thousand(cost)} {escape(prices.currency)} per 1,000 such",
        help=f"These tokens at the price table of {escape(prices.as_of)}, which prices.toml "
        "replaces. It is what a hosted model would charge, not what this machine costs.",
    )


def per_thousand(cost: float) -> str:
    """A cost an answer as a cost a thousand answers, two figures: `0.095`, `1.2`, `130`."""
    return f"{float(f'{1000 * cost:.2g}'):,g}"


def _chips(numbers: Mapping[int, int | None], color: str) -> str:
    return " ".join(
        f"[:{color}-badge[{number}]](#{SOURCE_ANCHOR}{row})"
        if row is not None
        else f":{color}-badge[{number}]"
        for number, row in sorted(numbers.items())
    )


def _finish(answer: Answer) -> str:
    return {
        "length": " · cut at the limit on answer length",
        "cancelled": " · stopped by you",
    }.get(answer.finish, "")
