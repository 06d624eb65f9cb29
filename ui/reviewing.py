"""Questions whose sentence changed: old and new passage side by side; keep, edit, drop."""

import shlex
from typing import TYPE_CHECKING

import streamlit as st

from assistant.evaluation.reviews import NewKey
from assistant.evaluation.typed import one_line, typed_key
from ui.cached import forget
from ui.escape import escape, escape_block, sentence
from ui.missing import draw_command
from ui.problems import as_assistant_error, draw_error
from ui.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evaluation.changes import Change
    from assistant.evaluation.reviews import Decision
    from assistant.journeys.questions import QuestionSet
    from assistant.journeys.review import ReviewDesk, ReviewItem
    from assistant.overview import Status
    from assistant.workspace import Workspace

PAGE = 8
NARROWEST_PASSAGE = 260
IDS_SHOWN = 4
REFERENCE = "New reference (several wordings: separated by |)"
MUST = "New phrases that every right answer holds (separated by |)"
_DONE: "dict[Decision, str]" = {"keep": "Kept", "edit": "Edited", "drop": "Dropped"}
_EDITING, _TOLD, _PROBLEM, _SHOWN = (
    "review-editing", "review-told", "review-error", "review-shown",
)  # fmt: skip


def draw_review(workspace: "Workspace", status: "Status", chosen: "QuestionSet") -> None:
    """What waits for a decision, and the decisions."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        draw_error(as_assistant_error(problem))
    desk: ReviewDesk = _opened(
        workspace, str(workspace.home), workspace.corpus_name, status.index or "", chosen.stamp,
        chosen,
    )  # fmt: skip
    _draw_told(workspace)
    if desk.items:
        st.header(sentence(desk.line), anchor=False)
        st.caption(
            "Their sentence changed since the reference was written, so they are asked and not "
            "scored until you decide. Wordings of one fact are decided together."
        )
        if desk.reworded:
            st.button(
                f"Keep {desk.reworded:,} only reworded",
                key="review-keep-reworded",
                icon=":material/done_all:",
                help="Those whose new sentence still states the reference.",
                on_click=_keep_reworded,
                args=(desk,),
            )
        shown = int(st.session_state.get(_SHOWN, PAGE))
        for number, item in enumerate(desk.items[:shown]):
            _draw_item(desk, item, first=number == 0)
        if len(desk.items) > shown:
            st.button(f"Show {min(PAGE, len(desk.items) - shown)} more", key="review-more",
                      on_click=_more, args=(shown,))  # fmt: skip
    else:
        _draw_empty(workspace)
    if desk.unfollowed:
        st.caption(
            f"{count(desk.unfollowed, 'question')} with an answer rest on no single sentence and "
            "are not followed."
        )
    _draw_copy(workspace, chosen)


@st.cache_resource(  # type: ignore[untyped-decorator]
    show_spinner="Comparing the questions with the documents", max_entries=8
)
def _opened(
    _workspace: "Workspace",
    home: str,
    corpus: str,
    index: str,
    stamp: str,
    _chosen: "QuestionSet",
) -> "ReviewDesk":
    return _workspace.pages.review(_chosen.file)


def _draw_empty(workspace: "Workspace") -> None:
    st.markdown(
        ":material/check_circle: **No question needs review.** Every sentence a reference rests "
        "on stands in the index, or somebody has decided."
    )
    st.caption("When documents have changed, this reads them again:")
    draw_command(
        f"assistant reindex --corpus {workspace.corpus_name}", workspace, key="start-reindex"
    )


def _draw_told(workspace: "Workspace") -> None:
    corpus, done, ids = st.session_state.get(_TOLD, ("", "", ()))
    if corpus != workspace.corpus_name:
        return
    names = ", ".join(ids[:IDS_SHOWN])
    if len(ids) > IDS_SHOWN:
        names += f" and {len(ids) - IDS_SHOWN:,} more"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/check: {done}: {escape(names)}", width="content")
        if done in _DONE.values():
            st.button("Undo", key="review-undo", type="tertiary", icon=":material/undo:",
                      help="As in the question file again.",
                      on_click=_undo, args=(workspace, ids))  # fmt: skip


def _draw_item(desk: "ReviewDesk", item: "ReviewItem", *, first: bool) -> None:
    name, question = item.ids[0], item.questions[0]
    with st.container(border=True, gap="small", key=f"review-item-{name}"):
        st.subheader(escape(question.question), anchor=False)
        for other in item.questions[1:]:
            st.caption(f"also asked as: {escape(other.question)}")
        st.markdown(f":material/key: Stated reference: **{escape(item.reference)}**")
        for change in item.changes:
            _draw_change(change)
        with st.container(horizontal=True, gap="small"):
            st.button("Keep", key=f"review-keep-{name}", icon=":material/check:",
                      help="The reference still holds.", shortcut="k" if first else None,
                      on_click=_decide, args=(desk, item, "keep"))  # fmt: skip
            st.button("Edit", key=f"review-edit-{name}", icon=":material/edit:",
                      help="Give the reference as it is now.",
                      on_click=_edit, args=(name,))  # fmt: skip
            st.button("Drop", key=f"review-drop-{name}", icon=":material/delete:",
                      help="Take the question out of the set.", shortcut="d" if first else None,
                      on_click=_decide, args=(desk, item, "drop"))  # fmt: skip
        if st.session_state.get(_EDITING) == name:
            _draw_form(desk, item)


def _draw_change(change: "Change") -> None:
    st.caption(f"{escape(change.document)}: {escape(change.kind.value)}")
    grid = st.grid(2, min_column_width=NARROWEST_PASSAGE, border=True)
    for title, passage, changed in (
        ("Old passage", change.old_passage or change.old, change.old),
        ("New passage", change.new_passage or change.new, change.new),
    ):
        with grid.cell().container(gap="xsmall"):
            st.markdown(f":small[**{title}**]")
            if passage.strip():
                st.markdown(escape_block(passage, highlight=changed.splitlines()))
            else:
                st.markdown("*(nothing)*")


def _draw_form(desk: "ReviewDesk", item: "ReviewItem") -> None:
    question = item.questions[0]
    with st.form(f"review-form-{item.ids[0]}", border=False):
        text = st.text_input(
            MUST if question.must else REFERENCE,
            one_line(question.must or question.references),
            key=f"review-text-{item.ids[0]}",
        )
        gone = st.checkbox(
            "Nobody can know it any more: declining is right", key=f"review-gone-{item.ids[0]}"
        )
        with st.container(horizontal=True, gap="small"):
            saved = st.form_submit_button("Save", type="primary", key=f"review-save-{item.ids[0]}")
            st.form_submit_button("Cancel", key=f"review-cancel-{item.ids[0]}",
                                  on_click=_edit, args=(None,))  # fmt: skip
    if not saved:
        return
    key = NewKey(answerable=False) if gone else typed_key(question, text or "")
    if not (gone or key.references or key.must):
        st.warning("Type the reference as it is now, or tick the box.", icon=":material/edit:")
        return
    _decide(desk, item, "edit", key)
    st.rerun()


def _draw_copy(workspace: "Workspace", chosen: "QuestionSet") -> None:
    st.caption(
        "Decisions are kept beside the index and laid over the questions; their file stays as "
        "its author wrote it. This writes a reviewed copy:"
    )
    file = f" {shlex.quote(str(chosen.file))}" if chosen.file else ""
    st.code(
        f"assistant questions review{file} --write reviewed.jsonl --corpus {workspace.corpus_name}",
        language=None,
        wrap_lines=True,
    )


def _decide(
    desk: "ReviewDesk", item: "ReviewItem", decision: "Decision", key: NewKey | None = None
) -> None:
    try:
        desk.decide([item], decision, key)
    except Exception as error:  # a callback has nowhere to draw; said above the list
        st.session_state[_PROBLEM] = error
        return
    _tell(desk.parts.corpus_name, _DONE[decision], item.ids)


def _keep_reworded(desk: "ReviewDesk") -> None:
    ids = [i for item in desk.items if item.still_stated for i in item.ids]
    try:
        desk.keep_reworded()
    except Exception as error:
        st.session_state[_PROBLEM] = error
        return
    _tell(desk.parts.corpus_name, _DONE["keep"], ids)


def _undo(workspace: "Workspace", ids: "Sequence[str]") -> None:
    try:
        workspace.pages.undo_review(ids)
    except Exception as error:
        st.session_state[_PROBLEM] = error
        return
    _tell(workspace.corpus_name, "As in the file again", ids)


def _tell(corpus: str, done: str, ids: "Sequence[str]") -> None:
    st.session_state[_TOLD] = corpus, done, tuple(ids)
    st.session_state.pop(_EDITING, None)
    forget()  # reports of runs that met the change follow at once


def _edit(name: str | None) -> None:
    st.session_state[_EDITING] = name


def _more(shown: int) -> None:
    st.session_state[_SHOWN] = shown + PAGE
