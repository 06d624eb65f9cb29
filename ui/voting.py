"""Votes side by side, names shown or hidden until the vote; preferences, never scores."""

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.evaluation.votes import NONE, TIE, make_vote, tally
from ui.answers import cells
from ui.cards import draw_text
from ui.history import Entry, History
from ui.live import Request
from ui.problems import as_assistant_error, draw_error
from ui.tables import draw_table
from ui.words import count, share

if TYPE_CHECKING:
    from assistant.schema import Answer
    from assistant.workspace import Workspace

FEWEST = 2
CHOICES = {TIE: "Equally good", NONE: "None is good"}
_PROBLEM = "vote-error"


def order(request: Request) -> tuple[str, ...]:
    """The approaches in the order they are drawn: shuffled by the question's seed when blind."""
    if not request.blind:
        return request.approaches
    names = list(request.approaches)
    random.Random(request.seed).shuffle(names)
    return tuple(names)


def letters(request: Request) -> dict[str, str]:
    """Approach -> `Answer A`, by the order on the screen."""
    return {name: f"Answer {chr(65 + n)}" for n, name in enumerate(order(request))}


def hidden(history: History, entry: Entry) -> bool:
    """Whether the approaches of this entry must not be named yet."""
    waiting = entry.request.blind and id(entry) not in history.votes
    return waiting and len(_good(entry)) >= FEWEST


def draw_blind(entry: Entry) -> None:
    """The answers' texts under letters, and nothing that could give an approach away."""
    assert entry.comparison is not None
    by_name = {a.approach: a for a in entry.comparison.answers}
    titles = letters(entry.request)
    for name, cell in zip(titles, cells(len(titles)), strict=True):
        with cell:
            st.subheader(titles[name], anchor=False)
            answer = by_name[name]
            if answer.error:
                st.markdown("*(no answer)*")
            else:
                draw_text(answer.text) if answer.text.strip() else st.markdown("*(nothing)*")
    st.caption("Names, sources, scores and the reference are shown after your vote.")


def draw_vote_bar(
    workspace: "Workspace", history: History, entry: Entry, labels: Mapping[str, str]
) -> None:
    """One button an answer, a tie, none; what was chosen once it was."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        draw_error(as_assistant_error(problem))
    if len(_good(entry)) < FEWEST:
        return
    titles = letters(entry.request) if entry.request.blind else dict(labels)
    chosen = history.votes.get(id(entry))
    if chosen is not None:
        said = CHOICES.get(chosen) or labels.get(chosen, chosen)
        was = f" ({titles[chosen]})" if entry.request.blind and chosen in titles else ""
        st.markdown(f":material/how_to_vote: Your vote: **{said}**{was}")
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="vote-bar"):
        st.markdown(":small[:material/how_to_vote: Which answer is best?]")
        options = {a.approach: titles.get(a.approach, a.approach) for a in _good(entry)}
        for choice, label in {**options, **CHOICES}.items():
            st.button(
                label,
                key=f"vote-{choice}",
                type="tertiary" if choice in CHOICES else "secondary",
                on_click=_vote,
                args=(workspace, history, entry, choice),
            )


def draw_tally(workspace: "Workspace", labels: Mapping[str, str]) -> None:
    """What readers preferred so far; blind votes apart, for names persuade."""
    votes = workspace.pages.votes()
    if not votes:
        return
    with st.expander(f"Votes so far ({len(votes):,})", icon=":material/how_to_vote:"):
        for blind, title in ((True, "Names hidden"), (False, "Names shown")):
            counts = tally(votes, blind=blind)
            if not counts:
                continue
            st.markdown(f"**{title}**")
            rows = [
                {
                    "Approach": labels.get(name, name),
                    "Preferred": share(t.won, t.shown),
                    "Equally good": str(t.tied),
                    "None was good": str(t.rejected),
                }
                for name, t in counts.items()
            ]
            draw_table(rows, f"Votes, {title.lower()}")
        st.caption(
            f"{count(len(votes), 'vote')} kept in votes.jsonl. Preferences of readers: they never "
            "enter a score or the verdict."
        )


def _good(entry: Entry) -> "Sequence[Answer]":
    if entry.comparison is None:
        return ()
    by_name = {a.approach: a for a in entry.comparison.answers if not a.error}
    return [by_name[name] for name in order(entry.request) if name in by_name]


def _vote(workspace: "Workspace", history: History, entry: Entry, choice: str) -> None:
    assert entry.comparison is not None
    question = entry.comparison.question
    try:
        known = workspace.find_question(question.question) is not None
        vote = make_vote(question, _good(entry), choice, blind=entry.request.blind, known=known)
        workspace.pages.vote(vote)
    except Exception as error:  # a callback has nowhere to draw; said above the buttons
        st.session_state[_PROBLEM] = error
        return
    history.votes[id(entry)] = choice
