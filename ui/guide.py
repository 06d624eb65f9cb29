"""The guide as help: every page, and a search through its sections."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui.escape import escape
from ui.words import count

if TYPE_CHECKING:
    from assistant.workspace import Workspace

MOST_FOUND = 12
SNIPPET = 160


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page with what stands under it."""

    page: str
    title: str
    heading: str
    text: str


def draw_guide(workspace: "Workspace") -> None:
    """Search, results, and one page in full."""
    pages = {name: workspace.help(name) for name in workspace.pages.help_topics()}
    if not pages:
        st.info("The guide is not installed here.", icon=":material/info:")
        return
    titles = {name: title_of(text) or name for name, text in pages.items()}
    words = st.text_input("Search the guide", key="guide-search", placeholder="cluster")
    if words.strip():
        _draw_found([s for n, t in pages.items() for s in sections(n, t)], words)
    chosen = st.selectbox("Page", list(pages), format_func=lambda n: titles[n], key="guide-page")
    if chosen is not None:
        # Our own text, packaged with the program; still no HTML.
        st.markdown(_lowered(pages[chosen]))


def sections(page: str, text: str) -> list[Section]:
    """A page cut at its `## ` headings; what stands before the first belongs to the title."""
    title = title_of(text)
    heading, lines, found = title, list[str](), []
    for line in [*text.splitlines(), "## "]:
        if line.startswith("## "):
            if any(kept.strip() for kept in lines):
                found.append(Section(page, title, heading, "\n".join(lines).strip()))
            heading, lines = line.removeprefix("## ").strip(), []
        elif not line.startswith("# "):
            lines.append(line)
    return found


def search(found: Sequence[Section], words: str) -> list[Section]:
    """Sections that hold every word, those with a word in the heading first."""
    wanted = words.casefold().split()
    fitting = [
        s for s in found if all(w in f"{s.heading} {s.title} {s.text}".casefold() for w in wanted)
    ]
    return sorted(fitting, key=lambda s: not any(w in s.heading.casefold() for w in wanted))


def title_of(text: str) -> str:
    """The first heading."""
    return next((x.removeprefix("# ") for x in text.splitlines() if x.startswith("# ")), "")


def _draw_found(everything: Sequence[Section], words: str) -> None:
    found = search(everything, words)
    st.caption(f"{count(len(found), 'section')} found")
    for number, section in enumerate(found[:MOST_FOUND]):
        with st.expander(f"{escape(section.heading)} · {escape(section.title)}"):
            st.markdown(section.text)
            st.button(
                "Open the page",
                key=f"guide-open-{number}",
                type="tertiary",
                on_click=_open,
                args=(section.page,),
            )


def _open(page: str) -> None:
    st.session_state["guide-page"] = page


def _lowered(text: str) -> str:
    """Headings one level down: the page has its own first heading."""
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in text.splitlines())
