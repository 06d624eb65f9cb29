"""What is embedded of a chunk: every word of it, sentence by sentence and row by row."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.reindex import reindex
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.vector_store import VectorStore
from assistant.retrieval.versions import VECTORS
from assistant.retrieval.views import MIN_CHARS, views
from assistant.schema import Chunk

from .fakes import BagOfWords


def chunk(text, title="Pump P-7", path=("Service",)):
    return Chunk("c", "pump.md", title, path, text, 0, len(text))


def test_sentences_each_under_the_headings():
    text = (
        "The first service is due after 500 hours of work. Ask for Mr. Novák, tel. 12 34 56.\n"
        "- Oil is changed by a person with a licence, never alone"
    )
    assert views(chunk(text)) == (
        "Pump P-7 > Service\nThe first service is due after 500 hours of work.",
        "Pump P-7 > Service\nAsk for Mr. Novák, tel. 12 34 56."
        " - Oil is changed by a person with a licence, never alone",
    )


def test_table_rows_are_said_with_their_columns():
    text = "| Part | Name | Stock |\n| LM-10 | Lamp module |  |\n| DB-9 | Drive belt | 52 | spare |"
    assert [v.partition("\n")[2] for v in views(chunk(text))] == [
        "Part: LM-10; Name: Lamp module",
        "Part: DB-9; Name: Drive belt; Stock: 52; spare",
    ]


def test_short_lines_are_joined():
    assert [v.partition("\n")[2] for v in views(chunk("Mass\n2.3 kg\nSupply\n12 V DC, 1.5 A"))] == [
        "Mass 2.3 kg Supply 12 V DC, 1.5 A"
    ]


def test_a_chunk_without_text_or_heading_has_one_view():
    assert views(chunk("", "", ())) == ("",)
    assert views(chunk("Only this.", "", ())) == ("Only this.",)


@given(st.text(alphabet="ab Z.!?\n|-12é", max_size=200))
def test_no_word_is_lost(text):
    found = views(chunk(text, "", ()))
    assert len(found) <= 1 + len(text) / (MIN_CHARS / 2) or "|" in text or "\n\n" in text
    words = set(re.findall(r"\w+", text))
    assert words <= set(re.findall(r"\w+", " ".join(found)))


def test_a_fact_deep_in_a_long_chunk_is_found_by_its_vector(tmp_path):
    docs, root = tmp_path / "docs", tmp_path / "index"
    docs.mkdir()
    filler = " ".join(f"Sentence {n} talks of other matters entirely." for n in range(12))
    (docs / "long.md").write_text(f"# Handbook\n\n{filler} Badgers sleep under bridges. {filler}")
    (docs / "short.md").write_text("# Note\n\nBridges and other matters are painted in May.")
    reindex(docs, root, BagOfWords())
    retriever = Retriever(root, BagOfWords(), fusion="dense")
    best = retriever.search("badgers sleep under bridges", k=3)[0]
    assert "Badgers" in best.chunk.text
    question = BagOfWords().embed_query("badgers sleep under bridges")
    assert best.dense > 0.2 + question @ BagOfWords().embed_query(best.chunk.indexed_text)
    retriever.close()


def test_as_many_chunks_as_asked_for_however_many_vectors_one_has(tmp_path):
    docs, root = tmp_path / "docs", tmp_path / "index"
    docs.mkdir()
    rows = "\n".join(f"| seal {n} | {n} |" for n in range(40))
    (docs / "rows.md").write_text(f"# Seals\n\n| Part | Stock |\n|---|---|\n{rows}\n")
    for n in range(4):
        (docs / f"other{n}.md").write_text(f"# Other {n}\n\nNothing about that here.\n")
    reindex(docs, root, BagOfWords())
    retriever = Retriever(root, BagOfWords())
    folder = retriever.versions.path(retriever.version) / VECTORS
    retriever.close()
    store = VectorStore(folder)
    found = store.search_chunks(BagOfWords().embed_query("seal stock"), 5)
    assert len(found) == len({i for i, _ in found}) == 5
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
    store.close()
