"""Questions proposed from the documents: accept, edit or reject, each kept at once."""

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from assistant.evaluation.typed import one_line
from ui.accepted import draw_accepted, draw_last
from ui.escape import clean, escape, escape_block
from ui.missing import draw_command
from ui.problems import as_assistant_error, draw_error
from ui.words import count

if TYPE_CHECKING:
    from assistant.evaluation.drafting import Draft
    from assistant.journeys.drafting import DraftDesk
    from assistant.overview import Status
    from assistant.schema import Question
    from assistant.workspace import Workspace

PAGE = 8
COUNT, MOST, LONGEST_SECONDS = 40, 500, 600
ORIGINS = {"rules": "Written by rules.", "model": "Written by the model."}
_EDITING, _PROBLEM = "draft-editing", "draft-error"


@dataclass(slots=True)
class Sitting:
    """Proposals of one draw, and what became of them."""

    desk: "DraftDesk"
    accepted: "dict[str, Question]" = field(default_factory=dict)
    """Id of the proposal -> the question as it was accepted, in that order."""
    rejected: list[str] = field(default_factory=list)
    shown: int = PAGE

    @property
    def waiting(self) -> "list[Draft]":
        """Not decided yet."""
        done = {*self.accepted, *self.rejected}
        return [draft for draft in self.desk.drafts if draft.question.id not in done]


def draw_proposals(workspace: "Workspace", status: "Status") -> None:
    """Draw proposals, then decide about them."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        draw_error(as_assistant_error(problem))
    key = f"drafts-{workspace.corpus_name}-{status.index}"
    sitting: Sitting | None = st.session_state.get(key)
    if sitting is None:
        _draw_start(workspace, key)
        desk = workspace.pages.accepted_drafts()
        draw_accepted(desk, _take_back, (desk, None))
        return
    _draw_count(workspace, sitting)
    if sitting.accepted:
        draw_last(list(sitting.accepted.values())[-1], _take_back, (sitting.desk, sitting))
    waiting = sitting.waiting
    for number, draft in enumerate(waiting[: sitting.shown]):
        _draw_draft(sitting, draft, first=number == 0)
    with st.container(horizontal=True, gap="small"):
        if len(waiting) > sitting.shown:
            more = min(PAGE, len(waiting) - sitting.shown)
            st.button(f"Show {more} more", key="draft-more", on_click=_more, args=(sitting,))
        st.button(
            "Propose others" if waiting else "Propose more",
            key="draft-again",
            type="tertiary",
            icon=":material/refresh:",
            help="What is not decided may be proposed again.",
            on_click=_forget,
            args=(key,),
        )
    draw_accepted(sitting.desk, _take_back, (sitting.desk, sitting))


def _draw_start(workspace: "Workspace", key: str) -> None:
    st.caption(
        "Found by rules in the documents; some should be declined. Wordings that an adapter was "
        "trained on are never proposed, and nothing you accepted or rejected comes again."
    )
    with st.form("draft-start", border=False):
        left, middle, right = st.columns(3)
        number = left.number_input("Questions", 1, MOST, COUNT, key="draft-count")
        seconds = middle.number_input(
            "Seconds for the model",
            0,
            LONGEST_SECONDS,
            0,
            key="draft-seconds",
            help="0: by rules alone, in a few seconds. With more, the model writes questions too; "
            "stay on the page meanwhile.",
        )
        seed = right.number_input("Seed", 0, 10**6, 0, key="draft-seed",
                                  help="Another seed draws other facts.")  # fmt: skip
        started = st.form_submit_button(
            "Propose questions", icon=":material/lightbulb:", type="primary", key="draft-start-go"
        )
    if not started:
        return
    bar = st.progress(0.0, text="Reading the index")
    desk = workspace.pages.drafts(
        int(number),
        float(seconds),
        int(seed),
        lambda done, total: bar.progress(min(1.0, done / max(1, total)), text="Asking the model"),
    )
    bar.empty()
    if not desk.drafts:
        st.info("Nothing new to propose from what is indexed.", icon=":material/info:")
        st.caption("Add documents and read them in:")
        st.code(f"assistant reindex --corpus {workspace.corpus_name}", language=None)
        return
    st.session_state[key] = Sitting(desk)
    st.rerun()


def _draw_count(workspace: "Workspace", sitting: Sitting) -> None:
    total, left = len(sitting.desk.drafts), len(sitting.waiting)
    st.progress(
        1 - left / total,
        text=f"{count(len(sitting.accepted), 'question')} accepted, {len(sitting.rejected):,} "
        f"rejected, {left:,} of {total:,} to go",
    )
    if sitting.desk.trained and left:
        st.caption(
            f"{sitting.desk.trained:,} of {total:,} ask in other words about facts an adapter was "
            "trained on."
        )
    if sitting.accepted:
        st.caption(f"Accepted questions are in {escape(str(sitting.desk.file))}")
    if sitting.accepted and not left:
        st.markdown("Next, score them:")
        file = shlex.quote(str(sitting.desk.file))
        draw_command(f"assistant score {file} --corpus {workspace.corpus_name}", workspace,
                     key="start-score-drafts")  # fmt: skip


def _draw_draft(sitting: Sitting, draft: "Draft", *, first: bool) -> None:
    question, name = draft.question, draft.question.id
    with st.container(border=True, gap="small", key=f"draft-item-{name}"):
        st.subheader(escape(question.question), anchor=False)
        _draw_basis(draft)
        with st.container(horizontal=True, gap="small"):
            st.button("Accept", key=f"draft-accept-{name}", icon=":material/check:",
                      shortcut="a" if first else None,
                      on_click=_take, args=(sitting, draft))  # fmt: skip
            st.button("Edit", key=f"draft-edit-{name}", icon=":material/edit:",
                      on_click=_edit, args=(name,))  # fmt: skip
            st.button("Reject", key=f"draft-reject-{name}", icon=":material/close:",
                      help="It is not proposed again.", shortcut="x" if first else None,
                      on_click=_reject, args=(sitting, draft))  # fmt: skip
        if st.session_state.get(_EDITING) == name:
            _draw_form(sitting, draft)


def _draw_basis(draft: "Draft") -> None:
    question = draft.question
    if not question.answerable:
        st.markdown(":material/key: Must be declined: no document seems to say this.")
        return
    answer = " / ".join(question.references)
    st.markdown(
        f":material/key: Answer: **{escape(answer)}** · "
        f":small[stands in {escape(', '.join(question.sources))}]"
    )
    st.markdown(escape_block(draft.passage, highlight=question.references))
    trained = " An adapter was trained on this fact, in other words." if draft.trained else ""
    st.caption(ORIGINS.get(draft.origin, "") + trained)


def _draw_form(sitting: Sitting, draft: "Draft") -> None:
    question, name = draft.question, draft.question.id
    with st.form(f"draft-form-{name}", border=False):
        text = st.text_input("Question", clean(question.question), key=f"draft-text-{name}")
        answer = one_line(question.references)
        if question.answerable:
            answer = st.text_input(
                "Answer (several wordings: separated by |)", answer, key=f"draft-answer-{name}"
            )
        with st.container(horizontal=True, gap="small"):
            saved = st.form_submit_button(
                "Accept as edited", type="primary", key=f"draft-save-{name}"
            )
            st.form_submit_button("Cancel", key=f"draft-cancel-{name}",
                                  on_click=_edit, args=(None,))  # fmt: skip
    if saved:
        from assistant.evaluation.drafting import reworded

        try:
            corrected = reworded(question, text or "", answer or "")
        except Exception as error:
            draw_error(as_assistant_error(error))
            return
        _take(sitting, draft, corrected)
        st.rerun()


def _take(sitting: Sitting, draft: "Draft", question: "Question | None" = None) -> None:
    try:
        sitting.desk.take(draft, question)
    except Exception as error:  # a callback has nowhere to draw; said above the list
        st.session_state[_PROBLEM] = error
        return
    sitting.accepted[draft.question.id] = question or draft.question
    _edit(None)


def _reject(sitting: Sitting, draft: "Draft") -> None:
    try:
        sitting.desk.reject(draft.question)
    except Exception as error:
        st.session_state[_PROBLEM] = error
        return
    sitting.rejected.append(draft.question.id)
    _edit(None)


def _take_back(desk: "DraftDesk", sitting: Sitting | None, name: str) -> None:
    try:
        desk.take_back(name)
    except Exception as error:
        st.session_state[_PROBLEM] = error
        return
    if sitting is not None:
        open_again = [d for d, question in sitting.accepted.items() if question.id == name]
        for draft in open_again:
            del sitting.accepted[draft]


def _edit(name: str | None) -> None:
    st.session_state[_EDITING] = name


def _more(sitting: Sitting) -> None:
    sitting.shown += PAGE


def _forget(key: str) -> None:
    st.session_state.pop(key, None)
