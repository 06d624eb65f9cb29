"""The documents: what is indexed, what was skipped and why, and a look at what search finds."""

from typing import TYPE_CHECKING

import streamlit as st

from ui.cards import draw_passage
from ui.escape import clean, escape
from ui.missing import draw_command
from ui.problems import errors_shown
from ui.words import count, when

if TYPE_CHECKING:
    from assistant.journeys.documents import Documents
    from assistant.overview import Status
    from assistant.workspace import Workspace

TABLE_HEIGHT = 420
LONGEST_TEXT = 20_000
HITS = 8


def draw_documents(workspace: "Workspace", status: "Status") -> None:
    """Everything about the folder; nothing here changes it but the reindex command."""
    documents = _overview(workspace, status.index or "")
    st.markdown(f"**Folder** {escape(documents.folder)}")
    if status.index:
        st.caption(f"Index {escape(status.index)}, made {escape(when(status.indexed_at))}")
    _draw_pending(workspace, status, documents)
    _draw_skipped(documents)
    if documents.indexed:
        _draw_table(workspace, documents)
        _draw_search(workspace)


@st.cache_resource(  # type: ignore[untyped-decorator]
    show_spinner="Looking at the folder", ttl=10, max_entries=8
)
def _looked(_workspace: "Workspace", home: str, corpus: str, index: str) -> "Documents":
    return _workspace.pages.documents()


def _overview(workspace: "Workspace", index: str) -> "Documents":
    found: Documents = _looked(workspace, str(workspace.home), workspace.corpus_name, index)
    return found


def _draw_pending(workspace: "Workspace", status: "Status", documents: "Documents") -> None:
    if status.index is None:
        st.warning(
            f"Nothing is indexed yet; {count(documents.added, 'document')} can be read.",
            icon=":material/search_off:",
        )
    elif documents.behind:
        st.warning(
            f"Since the index was made: {documents.added:,} added, {documents.changed:,} changed, "
            f"{documents.removed:,} removed.",
            icon=":material/update:",
        )
    else:
        st.markdown(":material/check_circle: The index holds the folder as it is now.")
    place = f" --corpus {workspace.corpus_name}"
    draw_command(f"assistant reindex{place}", workspace, key="start-reindex")


def _draw_skipped(documents: "Documents") -> None:
    if documents.skipped:
        title = f"Skipped: {count(len(documents.skipped), 'file')}"
        with st.expander(title, icon=":material/warning:", expanded=len(documents.skipped) < 6):
            for skipped in documents.skipped:
                st.markdown(f"**{escape(skipped.path)}** {escape(skipped.reason)}")


def _draw_table(workspace: "Workspace", documents: "Documents") -> None:
    st.header(count(len(documents.indexed), "document"), anchor=False)
    words = st.text_input("Find a document by name or title", key="documents-find").casefold()
    shown = [d for d in documents.indexed if words in f"{d.id} {d.title}".casefold()]
    st.dataframe(
        {
            "Document": [clean(d.id) for d in shown],
            "Title": [clean(d.title) for d in shown],
            "Type": [d.type for d in shown],
            "Chunks": [d.chunks for d in shown],
        },
        hide_index=True,
        height=min(TABLE_HEIGHT, 40 + 36 * len(shown)),
        alt="Every indexed document",
    )
    chosen = st.selectbox(
        "Read a document as it was converted",
        [d.id for d in shown],
        index=None,
        format_func=clean,
        key="documents-read",
        placeholder="Pick a document",
    )
    if chosen is not None:
        with errors_shown():
            text = workspace.document_text(chosen)
            st.code(clean(text[:LONGEST_TEXT]), language=None, wrap_lines=True, height=TABLE_HEIGHT)
            if len(text) > LONGEST_TEXT:
                st.caption(f"The first {LONGEST_TEXT:,} of {len(text):,} characters.")


def _draw_search(workspace: "Workspace") -> None:
    st.header("What does search find?", anchor=False)
    query = st.text_input("Search the index", key="documents-search", max_chars=2000)
    if not query.strip():
        st.caption("The same search that RAG and Hybrid use, with every score by its name.")
        return
    with errors_shown():
        for number, hit in enumerate(workspace.search(query, k=HITS), start=1):
            with st.container(border=True, gap="xsmall"):
                dense = "" if hit.dense is None else f" · dense cosine {hit.dense:.3f}"
                keyword = "" if hit.keyword is None else f" · BM25 {hit.keyword:.2f}"
                st.caption(f"{number}. fused {hit.score:.4f}{dense}{keyword}")
                draw_passage(hit.chunk)
