"""The page as a whole: opens the workspace, keeps the session's questions, draws the parts."""

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.overview import LABELS
from ui.asking import draw_first_use, draw_question_box, fill_box
from ui.comparison import draw_entry, draw_live, draw_overview
from ui.documents import draw_documents
from ui.earlier import draw_earlier
from ui.export import draw_export
from ui.grading import draw_grading
from ui.guide import draw_guide
from ui.header import draw_header
from ui.history import Entry, History, recent, session_history
from ui.live import Live, Request
from ui.measured import draw_measured
from ui.problems import as_assistant_error, errors_shown
from ui.questions import draw_questions
from ui.scores import draw_scores
from ui.sidebar import Choices, draw_choices, draw_corpus_choice, draw_details
from ui.training import draw_training
from ui.voting import draw_tally, hidden
from ui.words import PRODUCT

if TYPE_CHECKING:
    from assistant.overview import ApproachState, Status
    from assistant.schema import Question
    from assistant.workspace import Workspace

Open = Callable[[Path | None, str | None], "Workspace"]
TABS = ("Ask", "Verdict", "Scores", "Grade", "Questions", "Documents", "Train", "Help")
LONGEST_ADDRESS = 500


def draw_page(open_workspace: Open, home: Path | None, corpus: str | None) -> None:
    """Draw everything once, as Streamlit wants it after each click.

    Args:
        open_workspace: `Workspace.open`.
        home: workspace folder; None leaves the choice to the workspace.
        corpus: name or folder given on the command line.
    """
    st.set_page_config(page_title=PRODUCT, page_icon="⚖️", layout="wide")
    with errors_shown():
        workspace = _workspace(open_workspace, home, corpus)
        status, states = workspace.status(), workspace.approach_states()
        with st.sidebar:
            choices = _draw_sidebar(workspace, status, states)
        draw_header(status)
        tabs = st.tabs(TABS, key="view", on_change="rerun", bind="query-params")
        labels = {name: label for name, (label, _) in LABELS.items()}
        views: Mapping[str, Callable[[], None]] = {
            "Ask": lambda: _draw_ask(workspace, status, states, choices),
            "Verdict": lambda: draw_measured(workspace),
            "Scores": lambda: draw_scores(workspace, labels),
            "Grade": lambda: draw_grading(workspace),
            "Questions": lambda: draw_questions(workspace, status),
            "Documents": lambda: draw_documents(workspace, status),
            "Train": lambda: draw_training(workspace, status),
            "Help": lambda: draw_guide(workspace),
        }
        for name, tab in zip(TABS, tabs, strict=True):
            if tab.open:  # the others draw nothing and read nothing
                with tab, errors_shown():
                    views[name]()


def _workspace(open_workspace: Open, home: Path | None, corpus: str | None) -> "Workspace":
    workspace: Workspace = _opened(open_workspace, home, corpus)
    # From the address or the picker: a name on the list, never a path.
    wanted = st.session_state.get("corpus") or st.query_params.get("corpus")
    if wanted in workspace.corpora() and wanted != workspace.corpus_name:
        workspace = _opened(open_workspace, home, wanted)
    return workspace


@st.cache_resource(  # type: ignore[untyped-decorator]
    show_spinner="Opening the workspace", max_entries=8
)
def _opened(_open: Open, home: Path | None, corpus: str | None) -> "Workspace":
    # One workspace for all sessions: it owns the one model thread, and looks for a newer index
    # and adapter at every request by itself.
    workspace = _open(home, corpus)
    workspace.warm()
    return workspace


def _draw_sidebar(
    workspace: "Workspace", status: "Status", states: "tuple[ApproachState, ...]"
) -> Choices:
    chosen = draw_corpus_choice(workspace.corpora(), workspace.corpus_name)
    if st.query_params.get("corpus", chosen) != chosen:
        st.query_params.pop("q", None)  # it was asked of other documents
    st.query_params["corpus"] = chosen
    choices = draw_choices(states)
    draw_details(workspace, status)
    return choices


def _draw_ask(
    workspace: "Workspace",
    status: "Status",
    states: "tuple[ApproachState, ...]",
    choices: Choices,
) -> None:
    history = session_history(workspace.corpus_name)
    _restore(history, status)
    with st.container():
        questions = _questions(workspace)
        asked = draw_question_box(questions)
        if asked is not None:
            _start(workspace, history, asked, choices)
    live = history.live
    # Two places, one of them always empty: otherwise the page as it was before stays below, in
    # grey, for as long as the answers take.
    growing = st.empty() if live is None else st.container()
    finished = st.container() if live is None else st.empty()
    if live is not None:
        with growing:
            entry = draw_live(workspace, states, live)
        history.live = None
        history.add(entry)
        if entry.error is None:
            recent().put(_key(status, entry.request.text), entry)
        st.rerun()  # once more, finished: badges, sources, and the box free for the next
    with finished:
        if history.current is not None:
            draw_entry(workspace, states, history, status.adapter_chunks_behind)
            draw_earlier(history, states)
            labels = {s.name: s.label for s in states}
            draw_tally(workspace, labels)
            if not any(hidden(history, entry) for entry in history.entries):
                draw_export(history.entries, status, labels)
        else:
            draw_first_use(questions)
            draw_overview(workspace, states)


def _questions(workspace: "Workspace") -> "tuple[Question, ...]":
    with errors_shown():  # a mistake in a question file is said, and asking goes on
        return workspace.questions()
    return ()


def _start(workspace: "Workspace", history: History, text: str, choices: Choices) -> None:
    if history.live is not None:
        history.live.stop()
        history.live = None
    if not choices.approaches:
        st.warning("No approach is chosen. Pick at least one at the side.")
        return
    request = Request(text, choices.approaches, choices.blind, secrets.randbits(32))
    try:
        history.live = Live(request, workspace.ask(text, choices.approaches, choices.passages))
    except Exception as error:
        history.add(Entry(request, error=as_assistant_error(error)))
        return
    if len(text) <= LONGEST_ADDRESS:
        st.query_params["q"] = text


def _restore(history: History, status: "Status") -> None:
    """After a reload: the same answers if this process still has them, else the question."""
    text = st.query_params.get("q", "")
    if not text or history.entries or history.live or st.session_state.get("restored"):
        return
    st.session_state["restored"] = True
    entry = recent().get(_key(status, text))
    if entry is not None:
        history.add(entry)
    else:
        fill_box(text[:LONGEST_ADDRESS])


def _key(status: "Status", text: str) -> tuple[str, ...]:
    return (status.corpus, status.model, status.index or "", status.adapter or "", text)
