"""Which passages are chosen, and which of them fit."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.passages import Selector, fit
from assistant.answering.prompts import number_passages
from assistant.schema import Question
from tests.answering.corpus import CHUNKS, NoIndex, WordRetriever, chunk


def gold(question, k=5, retriever=None):
    selection = Selector(retriever or WordRetriever(), k).select(question, "gold")
    return [p.chunk.id for p in selection.passages], selection.error


def test_a_heading_gives_its_chunks_the_one_with_the_reference_first():
    question = Question("q", "Which error?", ("the lid is open",), sources=("lamp.md#Errors",))
    assert gold(question) == (["lamp.md-1", "lamp.md-0"], "")


def test_a_whole_document_gives_the_chunks_that_hold_a_reference():
    question = Question("q", "How long?", ("20 days",), sources=("returns.md",))
    assert gold(question) == (["returns.md-1"], "")


def test_without_the_reference_in_it_the_best_ranked_chunks_of_the_document():
    question = Question("q", "Are used reagents refunded?", ("no",), sources=("returns.md",))
    ids, _ = gold(question, k=2)
    assert ids[0] == "returns.md-2"
    assert len(ids) == 2


def test_two_sources_both_come_even_when_only_one_would_fit():
    question = Question(
        "q", "Compare.", ("30 days", "24 months"), sources=("returns.md#Europe", "lamp.md#Prices")
    )
    assert gold(question, k=1)[0] == ["returns.md-0", "lamp.md-2"]


def test_unknown_sources_of_an_answerable_question_are_an_error():
    question = Question("q", "What?", ("x",), sources=("gone.md",))
    assert gold(question) == ([], "no gold passage: sources of the question: gone.md")
    assert "none named" in gold(Question("q", "What?", ("x",)))[1]


def test_an_unanswerable_question_without_sources_shows_what_the_search_finds():
    """Shown nothing, a model that declines closed book would look adequate for the wrong reason."""
    question = Question("q", "What does the lamp of E-104 weigh?", answerable=False)
    found = Selector(WordRetriever(), 2).select(question, "retrieved")
    assert gold(question, k=2) == ([p.chunk.id for p in found.passages], "")
    named = Question(
        "q", "What does the lamp weigh?", answerable=False, sources=("lamp.md#Prices",)
    )
    assert gold(named) == (["lamp.md-2"], "")


def test_all_chunks_are_read_once_a_version():
    retriever, kept = WordRetriever(), {}
    reads, real = [], retriever.all_chunks
    retriever.all_chunks = lambda: reads.append(retriever.version) or real()
    for version in ("index-1", "index-1", "index-2", "index-2"):
        retriever.version = version
        selection = Selector(retriever, 2, kept).select(Question("q", "?"), "all")
        assert [p.chunk for p in selection.passages] == CHUNKS
    assert reads == ["index-1", "index-2"]
    assert list(kept) == ["index-2"]


def test_no_index():
    question = Question("q", "What?")
    for mode in ("retrieved", "gold", "all"):
        assert "assistant reindex" in Selector(None, 5).select(question, mode).error
    assert Selector(None, 5).nearest(question) == ()
    assert Selector(NoIndex(), 5).nearest(question) == ()
    assert Selector(None, 5).select(question, "none").passages == ()


def test_one_search_a_question():
    retriever = WordRetriever()
    selector = Selector(retriever, 3)
    question = Question("q", "What does error E-104 mean?")
    assert selector.select(question, "retrieved").passages == selector.nearest(question)
    assert retriever.searches == [(question.question, 3)]
    scores = [p.score for p in selector.nearest(question)]
    assert scores == sorted(scores, reverse=True)


def count_words(shown):
    return 10 + sum(len(p.chunk.text.split()) for p in shown)


SIZES = st.lists(st.integers(0, 40), max_size=12)


@given(SIZES, st.integers(0, 120), st.booleans(), st.integers(0, 3))
def test_what_is_kept_fits_and_what_is_dropped_is_counted(sizes, budget, leading, hidden):
    """`hidden`: tokens the estimate of a single passage does not see."""
    passages = number_passages(
        [chunk("d.md", "h", " ".join(["w"] * size), n) for n, size in enumerate(sizes)]
    )

    def count(shown):
        return count_words(shown) + hidden * len(shown)

    kept, dropped = fit(
        passages,
        budget=budget,
        count=count,
        block_tokens=lambda p: len(p.chunk.text.split()),
        stop_at_misfit=leading,
    )
    assert len(kept) + dropped == len(passages)
    assert not kept or count(kept) <= budget
    assert [p.number for p in kept] == list(range(1, len(kept) + 1))
    original = [p.chunk for p in passages]
    places = [original.index(p.chunk) for p in kept]
    assert places == sorted(places)
    if leading:
        assert places == list(range(len(places)))


def test_a_passage_too_long_is_skipped_when_ranked():
    passages = number_passages([CHUNKS[0], chunk("d.md", "h", "w " * 100, 9), CHUNKS[1]])
    options = {
        "budget": 60,
        "count": count_words,
        "block_tokens": lambda p: len(p.chunk.text.split()),
    }
    ranked, dropped = fit(passages, stop_at_misfit=False, **options)
    assert ([p.chunk for p in ranked], dropped) == ([CHUNKS[0], CHUNKS[1]], 1)
    leading, dropped = fit(passages, stop_at_misfit=True, **options)
    assert ([p.chunk for p in leading], dropped) == ([CHUNKS[0]], 2)
