"""The verdict in words: what, how sure, why, what would change it, and gate by gate."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ui.escape import escape, escape_block
from ui.words import model_name

if TYPE_CHECKING:
    from assistant.decision.records import GateResult, Recommendation


def draw_verdict(recommendation: "Recommendation") -> None:
    """The sentence first; everything else explains it."""
    with st.container(border=True):
        st.header(f"Verdict: {escape(recommendation.verdict)}", anchor=False)
        st.markdown(escape_block(recommendation.sentence))
        st.markdown(
            f"Certainty: **{escape(recommendation.certainty)}** · holds for model "
            f"**{escape(model_name(recommendation.model))}**"
        )
        st.markdown(_list(recommendation.reasons))
        if recommendation.training is not None:
            st.markdown(f"**Is training worth trying?** {escape(recommendation.training.sentence)}")
            st.markdown(_list(recommendation.training.reasons))
    _draw_more("What would change the verdict", ":material/swap_horiz:", recommendation.flips)
    _draw_more("Not measured", ":material/help:", recommendation.not_measured)
    _draw_more("Mistakes this run guards against", ":material/shield:", recommendation.guard_rails)


def draw_gates(recommendation: "Recommendation") -> None:
    """Each gate's question, value, threshold and branch; then who was excluded and why."""
    with st.expander("How the verdict was reached, gate by gate", icon=":material/route:"):
        for gate in recommendation.gates:
            _draw_gate(gate)
        for name, why in recommendation.excluded:
            st.markdown(f":material/block: **{escape(name)}** excluded: {escape(why)}")


def _draw_gate(gate: "GateResult") -> None:
    icon, said = {
        True: (":material/check_circle:", "passed"),
        False: (":material/cancel:", "not passed"),
        None: (":material/help:", "no result"),
    }[gate.passed]
    st.markdown(f"{icon} **{gate.number}. {escape(gate.question)}** {said}")
    lines = [("Found", gate.value), ("Needed", gate.threshold), ("Led to", gate.branch)]
    st.caption("\\\n".join(f"**{name}** {escape(text)}" for name, text in lines if text))


def _draw_more(title: str, icon: str, lines: Sequence[str]) -> None:
    if lines:
        with st.expander(title, icon=icon):
            st.markdown(_list(lines))


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {escape(line)}" for line in lines)
