"""Adapters: which there are and how good, which is in use, and training another."""

from typing import TYPE_CHECKING

import streamlit as st

from assistant.decision.words import percent
from ui.escape import escape
from ui.missing import draw_command
from ui.problems import as_assistant_error, draw_error
from ui.progress import draw_following
from ui.tables import draw_table
from ui.words import count, duration, when

if TYPE_CHECKING:
    from assistant.models.adapters import AdapterManifest
    from assistant.overview import Status
    from assistant.workspace import Workspace

MINUTES, LONGEST = 10, 24 * 60
_PROBLEM = "training-error"


def draw_training(workspace: "Workspace", status: "Status") -> None:
    """The adapters, and the command that makes one."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        draw_error(as_assistant_error(problem))
    manifests = list(reversed(workspace.pages.adapters.list()))
    current = workspace.pages.adapters.current()
    st.header(count(len(manifests), "adapter"), anchor=False)
    if manifests:
        behind = status.adapter_chunks_behind
        if behind:
            st.warning(
                f"The adapter in use is {count(behind, 'changed chunk')} behind the documents; "
                "training again brings it up to date.",
                icon=":material/update:",
            )
        draw_table([_row(m, current) for m in manifests], "Every adapter version")
        _draw_actions(workspace, manifests, current)
    else:
        st.caption("None yet. Fine-tuned and Hybrid answer once one is trained.")
    _draw_start(workspace, status)
    draw_following(workspace, "finetune")


def _row(manifest: "AdapterManifest", current: str | None) -> dict[str, str]:
    trained = f"{manifest.facts_trained:,} of {manifest.facts_total:,}"
    return {
        "Adapter": f"**{escape(manifest.id)}**" + (" in use" if manifest.id == current else ""),
        "Made": escape(when(manifest.created)),
        "Facts trained": trained,
        "Times each": f"{manifest.exposures:g}",
        "Held-out score": percent(manifest.dev_score),
        "Took": duration(manifest.seconds / 60).removeprefix("about "),
        "Base model": escape(manifest.base_model),
    }


def _draw_actions(
    workspace: "Workspace", manifests: "list[AdapterManifest]", current: str | None
) -> None:
    ids = [m.id for m in manifests]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox("Adapter", ids, key="adapter-chosen", width=320)
        st.button(
            "Use it",
            key="adapter-use",
            disabled=chosen == current,
            help="The next question is answered with it.",
            on_click=_do,
            args=(workspace, "use", chosen),
        )
        with st.popover("Delete", disabled=chosen is None, key="adapter-delete-ask"):
            st.markdown(f"Delete **{escape(chosen or '')}** for good? Scores made with it stay.")
            st.button(
                "Delete it",
                key="adapter-delete",
                type="primary",
                on_click=_do,
                args=(workspace, "delete", chosen),
            )


def _do(workspace: "Workspace", what: str, adapter: str) -> None:
    try:
        if what == "use":
            workspace.pages.adapters.use(adapter)
        else:
            workspace.pages.adapters.delete(adapter)
    except Exception as error:  # a callback has nowhere to draw; said at the top of the page
        st.session_state[_PROBLEM] = error


def _draw_start(workspace: "Workspace", status: "Status") -> None:
    st.header("Train another", anchor=False)
    if status.index is None:
        st.caption("Training reads the index, so that comes first:")
        draw_command(
            f"assistant reindex --corpus {workspace.corpus_name}", workspace, key="start-index"
        )
        return
    minutes = st.number_input(
        "Minutes",
        1,
        LONGEST,
        MINUTES,
        key="training-minutes",
        width=200,
        help="Time for the training steps. With little time fewer facts are trained, each often "
        "enough; the share of facts trained stands beside every fine-tuned number.",
    )
    command = f"assistant finetune --minutes {minutes:g} --corpus {workspace.corpus_name}"
    draw_command(command, workspace, key="start-training")
