"""Grading by a person: one answer at a time, the approach hidden, shuffled by a seed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from assistant.schema import Outcome
from ui import cached
from ui.answers import draw_reference
from ui.cards import draw_text
from ui.escape import escape
from ui.problems import as_assistant_error, draw_error
from ui.runs import choose_run
from ui.words import count

if TYPE_CHECKING:
    from assistant.evaluation.grades import GradingItem
    from assistant.journeys.grading import GradingDesk
    from assistant.scoring.agreement import Kappa
    from assistant.workspace import Workspace

SIZE, MOST = 30, 500
GRADES = (
    # outcome, label, key, icon
    (Outcome.CORRECT, "Correct", "1", ":material/check_circle:"),
    (Outcome.INCORRECT, "Incorrect", "2", ":material/cancel:"),
    (Outcome.ABSTAINED, "Declined", "3", ":material/do_not_disturb_on:"),
)


@dataclass(slots=True)
class Session:
    """One sitting: a sample and how far one has come."""

    desk: "GradingDesk"
    position: int = 0
    given: dict[int, Outcome] = field(default_factory=dict)

    @property
    def items(self) -> "Sequence[GradingItem]":
        """The sample."""
        return self.desk.items


def draw_grading(workspace: "Workspace") -> None:
    """Choose a run, draw a sample, grade it; agreement with the rule afterwards."""
    run = choose_run(workspace)
    if run is None:
        return
    st.caption(
        "Your grade wins over the scoring rule everywhere, belongs to every approach that gave "
        "this answer, and survives later runs. Which approach gave it stays hidden."
    )
    key = f"grading-{workspace.corpus_name}-{run}"
    sitting: Session | None = st.session_state.get(key)
    if sitting is None:
        _draw_start(workspace, run, key)
    elif sitting.position < len(sitting.items):
        _draw_item(sitting)
    else:
        _draw_end(sitting, key)
    if sitting is None or sitting.position >= len(sitting.items):
        draw_agreement(cached.numbers(workspace, run)[0].agreement)


def draw_agreement(kappa: "Kappa") -> None:
    """How well the rule and people agree, with interval; nothing before the first grade."""
    if not kappa.n:
        return
    st.markdown(
        f":material/balance: The rule and people agree on **{kappa.agreed} of {kappa.n}** graded "
        "answers of this run."
    )
    if kappa.kappa is None or kappa.low is None or kappa.high is None:
        st.caption("Kappa is undefined while all grades are the same word.")
        return
    st.caption(
        f"Cohen's kappa {kappa.kappa:.2f}, 95 % interval {kappa.low:.2f} to {kappa.high:.2f}: "
        "agreement beyond chance, 1 is perfect."
    )


def _draw_start(workspace: "Workspace", run: str, key: str) -> None:
    with st.form("grading-start", border=False):
        left, right = st.columns(2)
        size = left.number_input("Answers to grade", 1, MOST, SIZE)
        seed = right.number_input(
            "Seed", 0, 10**6, 0, help="The same seed draws and shuffles the same answers."
        )
        if st.form_submit_button("Start grading", icon=":material/gavel:", type="primary"):
            desk = workspace.grading(run, int(size), int(seed))
            if not desk.items:
                st.info("Every distinct answer of this run is graded.", icon=":material/check:")
                return
            st.session_state[key] = Session(desk)
            st.rerun()


def _draw_item(sitting: Session) -> None:
    item = sitting.items[sitting.position]
    total = len(sitting.items)
    st.progress(sitting.position / total, text=f"Answer {sitting.position + 1} of {total}")
    problem = st.session_state.pop("grading-error", None)
    if problem is not None:
        draw_error(as_assistant_error(problem))
    st.header(escape(item.question.question), anchor=False)
    draw_reference(item.question)
    with st.container(border=True, key="grading-answer"):
        if item.answer.strip():
            draw_text(item.answer)
        else:
            st.markdown("*(the model said nothing)*")
    with st.container(horizontal=True, gap="small"):
        for outcome, label, shortcut, icon in GRADES:
            if outcome is Outcome.ABSTAINED and not item.question.answerable:
                continue  # declining what cannot be answered is correct
            st.button(
                label,
                key=f"grade-{outcome.value}",
                icon=icon,
                shortcut=shortcut,
                on_click=_grade,
                args=(sitting, outcome),
            )
    with st.container(horizontal=True, gap="small"):
        st.button("Skip", key="grade-skip", type="tertiary", shortcut="s", on_click=_move,
                  args=(sitting, 1))  # fmt: skip
        st.button("Back", key="grade-back", type="tertiary", shortcut="b", on_click=_move,
                  args=(sitting, -1), disabled=sitting.position == 0)  # fmt: skip
        st.button("Finish", key="grade-finish", type="tertiary", on_click=_move,
                  args=(sitting, total))  # fmt: skip
    given = sitting.given.get(sitting.position)
    st.caption(
        "Keys: 1, 2, 3, s to skip, b to go back."
        + (f" You said **{given.value}**; a new grade replaces it." if given else "")
    )


def _draw_end(sitting: Session, key: str) -> None:
    st.success(f"{count(len(sitting.given), 'grade')} saved.", icon=":material/check_circle:")
    if st.button("Grade more", key="grade-more", icon=":material/gavel:"):
        del st.session_state[key]
        st.rerun()


def _grade(sitting: Session, outcome: Outcome) -> None:
    try:
        sitting.desk.save(sitting.items[sitting.position], outcome)
    except Exception as error:  # a callback has nowhere to draw; said above the answer
        st.session_state["grading-error"] = error
        return
    sitting.given[sitting.position] = outcome
    cached.forget()
    _move(sitting, 1)


def _move(sitting: Session, by: int) -> None:
    sitting.position = min(len(sitting.items), max(0, sitting.position + by))
