"""The top of the page: what this is, which documents, what is built, which model answers."""

from typing import TYPE_CHECKING

import streamlit as st

from ui.escape import escape
from ui.words import ONE_LINER, PRODUCT, count, model_name

if TYPE_CHECKING:
    from assistant.overview import Status


def draw_header(status: "Status") -> None:
    """Title, one line, and the state of everything in words."""
    st.title(PRODUCT, anchor=False)
    st.markdown(ONE_LINER)
    with st.container(horizontal=True, gap="xsmall", key="state"):
        st.badge(f"Documents: {escape(status.corpus)}", icon=":material/folder:", color="gray")
        label, icon, color = index_state(status)
        st.badge(label, icon=icon, color=color)
        label, icon, color = adapter_state(status)
        st.badge(label, icon=icon, color=color)
        st.badge(
            f"Model: {escape(model_name(status.model))}", icon=":material/memory:", color="gray"
        )
    note = f": {status.model_note}" if status.model_note else ""
    model = escape(f"{model_name(status.model)}{note}")
    st.caption(f"Answered by {model}. Every verdict holds for this model only.")


def index_state(status: "Status") -> tuple[str, str, "str"]:
    """Words, symbol, colour."""
    if status.index is None:
        return "No index yet", ":material/search_off:", "orange"
    built = f"Index: {count(status.documents, 'document')}, {count(status.chunks, 'chunk')}"
    return built, ":material/database:", "green"


def adapter_state(status: "Status") -> tuple[str, str, "str"]:
    """Words, symbol, colour."""
    if status.adapter is None:
        return "No adapter yet", ":material/extension_off:", "orange"
    behind = status.adapter_chunks_behind
    if behind is None:
        return "Adapter: age unknown", ":material/extension:", "gray"
    if behind:
        label = f"Adapter is {count(behind, 'changed chunk')} behind"
        return label, ":material/update:", "orange"
    return "Adapter is up to date", ":material/extension:", "green"
