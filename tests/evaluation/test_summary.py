import pytest

from assistant.evaluation.contrasts import contrast, planned_contrasts, with_adjusted
from assistant.evaluation.runner import run
from assistant.evaluation.runs import RunFolder
from assistant.evaluation.scored import score_run, twin_values, ungrounded_values
from assistant.evaluation.strata import Stratum, map_strata
from assistant.evaluation.summary import NEEDS_REVIEW, summarise
from assistant.schema import Answer, Check, Pair, Passage, Question
from assistant.scoring.clusters import make_clusters
from tests.evaluation.helpers import (
    GRID,
    UNTRAINED,
    ScriptedPipeline,
    by_share,
    chunk,
    facts,
    header,
    make_run,
    right,
    wrong,
)

QUESTIONS = facts(60, documents=20, unanswerable=10)
SAY = by_share(prompt=0.1, rag=0.8, finetuned=0.5, hybrid=0.8, oracle=0.9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_run(tmp_path_factory.mktemp("runs") / "r", QUESTIONS, SAY)


@pytest.fixture(scope="module")
def summary(folder):
    return summarise(folder)


def test_counts(summary):
    rag = summary.approach("rag")
    hits = sum(int(q.id[1:]) * 37 % 100 < 80 for q in QUESTIONS)
    assert str(rag.correct) == f"{hits} of 70"
    assert rag.share.low < hits / 70 < rag.share.high
    assert rag.incorrect + rag.abstained + hits == 70
    assert rag.confidently_wrong.part == rag.incorrect == sum(rag.wrong_kinds.values())
    assert rag.recall_at_k == rag.reciprocal_rank == 1
    assert summary.approach("prompt").recall_at_k is None
    assert rag.latency is None
    assert rag.paraphrases.share is None
    assert rag.citation_coverage.part == sum(int(q.id[1:]) * 37 % 100 < 80 for q in QUESTIONS[:60])
    assert summary.clusters == 20
    assert summary.evidence == "firm"


def test_abstention(summary):
    rag = summary.approach("rag").abstention
    right_ones = sum(i * 37 % 100 < 80 for i in range(10))
    assert str(rag.recall) == f"{right_ones} of 10"
    assert str(rag.precision) == f"{right_ones} of {right_ones}"
    assert str(rag.false_abstention) == "0 of 60"


def test_blame_and_known(summary):
    retrieval = sum(80 <= i * 37 % 100 < 90 for i in range(60))
    reader = sum(i * 37 % 100 >= 90 for i in range(60))
    assert (summary.blame.retrieval, summary.blame.reader, summary.blame.unknown) == (
        retrieval,
        reader,
        0,
    )
    assert summary.already_known.whole == 60


def test_contrasts(summary):
    by = {(c.first, c.second): c for c in summary.contrasts}
    assert set(by) == {
        ("rag", "prompt"),
        ("finetuned", "prompt"),
        ("rag", "finetuned"),
        ("hybrid", "rag"),
    }
    assert by["rag", "prompt"].standing == "better"
    assert by["hybrid", "rag"].standing == "as good within 10"
    assert by["rag", "prompt"].losses == 0
    assert all(c.p_adjusted >= c.p for c in summary.contrasts)


def test_same_wording_leaves_the_headline_and_is_counted(folder):
    strata = {q.id: Stratum.SAME_WORDING for q in QUESTIONS[:5]}
    strata |= {q.id: Stratum.NEW_WORDING for q in QUESTIONS[5:20]}
    found = summarise(folder, strata=strata)
    assert found.headline == 65
    assert found.left_out == {"trained with the same wording": 5}
    tuned = found.approach("finetuned")
    assert tuned.n == 65
    assert tuned.strata[Stratum.SAME_WORDING.value].whole == 5
    assert tuned.strata[Stratum.NEW_WORDING.value].whole == 15


def test_needs_review_leaves_the_score(folder):
    found = summarise(folder, needs_review=["q1", "q2"])
    assert found.headline == 68
    assert found.left_out == {NEEDS_REVIEW: 2}


def test_a_failure_leaves_the_same_questions_for_all(tmp_path):
    folder = RunFolder.create(tmp_path / "r", header(QUESTIONS), QUESTIONS)
    run(folder, ScriptedPipeline(SAY, fail_on="q5"))
    found = summarise(folder)
    assert found.headline == 69
    assert {a.n for a in found.approaches} == {69}
    assert all(a.unscored == a.errors == 1 for a in found.approaches)


def test_a_malformed_check_stops_only_its_question(tmp_path):
    broken = Question("q999", "Do it.", ("x",), checks=(Check("regex", "("),))
    found = summarise(make_run(tmp_path / "r", [*QUESTIONS, broken], SAY))
    assert found.headline == 70
    assert all(a.unscored == 1 for a in found.approaches)


def test_few_clusters(tmp_path):
    folder = make_run(tmp_path / "r", facts(40, documents=5), SAY)
    found = summarise(folder)
    assert found.evidence == "none"
    assert {c.standing for c in found.contrasts} == {"no verdict"}
    folder = make_run(tmp_path / "s", facts(40, documents=8), SAY)
    assert summarise(folder).evidence == "indicative"


def test_unreviewed_questions_make_it_indicative(tmp_path):
    questions = [*facts(40), Question("d1", "How many?", ("3",), tags=("unreviewed",))]
    assert summarise(make_run(tmp_path / "r", questions, SAY)).evidence == "indicative"


def test_without_oracle_or_adapter(tmp_path):
    folder = make_run(tmp_path / "r", QUESTIONS, SAY, UNTRAINED[:2])
    found = summarise(folder)
    assert found.oracle is None
    assert found.blame is None
    assert [c.first for c in found.contrasts] == ["rag"]


def test_unknown_blame_where_there_is_no_gold_passage(tmp_path):
    class NoGold(ScriptedPipeline):
        def answer(self, questions, approaches, **more):
            rows = super().answer(questions, approaches, **more)

            def bare(a):
                return Answer(
                    a.question_id, a.approach, "", error="no gold passage", finish="error"
                )

            return [[bare(a) if a.approach == "oracle" else a for a in row] for row in rows]

    folder = RunFolder.create(tmp_path / "r", header(QUESTIONS), QUESTIONS)
    found = summarise(run(folder, NoGold(SAY)))
    assert found.headline == len(QUESTIONS)  # a helper's failure removes nothing
    assert found.blame.retrieval == found.blame.reader == 0
    assert found.blame.unknown > 0


def test_format_tasks_and_kinds(tmp_path):
    check = Check("one_of", ["alarms", "api"])
    tasks = [
        Question(f"q{i + 100}", f"Category of ticket {i}?", ("api",), checks=(check,), kind="label")
        for i in range(30)
    ]

    def say(question, approach):
        return {"prompt": "The category is api.", "rag": "alarms", "finetuned": "api"}.get(
            approach, "api"
        )

    found = summarise(make_run(tmp_path / "r", [*tasks, *facts(30)[20:]], say))
    assert str(found.approach("prompt").format_ok) == "0 of 30"
    assert str(found.approach("rag").format_ok) == "30 of 30"
    assert str(found.approach("rag").behaviour) == "0 of 30"
    assert str(found.approach("finetuned").behaviour) == "30 of 30"
    assert found.approach("finetuned").worst_kind == "fact"


def test_paraphrases(tmp_path):
    groups = [
        Question(f"q{3 * g + w}", f"Wording {w} of fact {g}?", (f"{g + 5} kg",), group=f"g{g}")
        for g in range(12) for w in range(3)
    ]  # fmt: skip

    def say(question, approach):
        return (
            right(question) if approach != "rag" or int(question.id[1:]) != 4 else wrong(question)
        )

    found = summarise(make_run(tmp_path / "r", groups, say))
    assert str(found.approach("prompt").paraphrases) == "12 of 12"
    assert str(found.approach("rag").paraphrases) == "11 of 12"
    assert found.approach("rag").share.n == 12
    assert found.approach("rag").share.estimate == pytest.approx(35 / 36)
    assert found.clusters == 12


def test_mcnemar_only_when_every_cluster_is_one_question():
    outcomes = {
        "rag": {f"q{i}": 1.0 for i in range(20)},
        "prompt": {f"q{i}": float(i > 8) for i in range(20)},
    }
    alone = make_clusters(facts(20))
    together = make_clusters(facts(20, documents=10))
    assert contrast(outcomes, "rag", "prompt", alone, 0.1).test == "exact McNemar"
    assert contrast(outcomes, "rag", "prompt", together, 0.1).test == "cluster sign-flip"
    (planned,) = planned_contrasts(outcomes, together, 0.1)
    assert planned.wins == 9


def test_undecided_says_how_many_questions(tmp_path):
    outcomes = {
        "rag": {f"q{i}": float(i % 3 != 0) for i in range(30)},
        "prompt": {f"q{i}": float(i % 2) for i in range(30)},
    }
    found = contrast(outcomes, "rag", "prompt", make_clusters(facts(30)), 0.1)
    assert found.standing == "undecided"
    assert 100 < found.needed.questions < 5000


def test_what_the_adjustment_undoes_says_how_many_questions_too():
    outcomes = {
        "rag": {f"q{i}": float(i < 30) for i in range(40)},
        "prompt": {f"q{i}": float(i < 21 or 30 <= i < 32) for i in range(40)},
    }
    raw = contrast(outcomes, "rag", "prompt", make_clusters(facts(40)), 0.1)
    assert 0.0125 < raw.p < 0.07
    undone = with_adjusted(raw, min(1.0, 4 * raw.p), 0.1)
    assert undone.standing == "undecided"
    assert undone.needed.questions > 40
    assert with_adjusted(raw, 0.001, 0.1).needed is None


@pytest.mark.parametrize(
    ("said", "made_up"),
    [
        ("It is 31 March 2022.", []),
        ("The pump was sold to Mira Solvang for 500 euros.", ["500 euros"]),
        ("The pump was sold to Ivar Lindqvist.", ["Ivar Lindqvist"]),
        ("Lund, and the code is KP-207.", []),
        ("The code is KP-208.", ["KP-208"]),
        ("Solvang sold it. Yesterday nobody knew.", []),
        ("It went to Mira Holm in Lund.", ["Mira Holm"]),
    ],
)
def test_values_no_passage_has(said, made_up):
    """Numbers, codes and names; what the question names itself is not made up."""
    text = "Mira Solvang of Lund bought the pump (KP-207) on 2022-03-31 for EUR 420."
    passage = Passage(1, chunk("a.md", text), 1.0)
    question = Question("q", "Was the pump sold to Mira Solvang?", ("yes",))
    answer = Answer("q", "rag", said, passages=(passage,))
    assert ungrounded_values(answer, question) == made_up
    assert ungrounded_values(Answer("q", "prompt", said), question) == []


def test_twins():
    questions = [
        Question("a", "What is the warranty of the QX-4410?", ("24 months",)),
        Question("b", "What is the warranty of the QX-4420?", ("36 months",)),
        Question("c", "Who is the CEO of the whole company?", ("Åsa",)),
    ]
    assert twin_values(questions) == {"a": ("36 months",), "b": ("24 months",)}


def test_strata():
    questions = [
        Question("same", "What is the limit?", ("30 days",), sources=("a.md",)),
        Question("new", "How long is the allowed period?", ("30 days",), sources=("a.md",)),
        Question("not", "Who leads the period team?", ("Ivar",), sources=("a.md",)),
        Question("none", "How loud is it?", answerable=False),
    ]
    pairs = [Pair("p", "what is the limit", "It is 30 days.", document_id="a.md"),
             Pair("p2", "Length of the period?", "thirty days", document_id="a.md")]  # fmt: skip
    assert [map_strata(questions, pairs)[q.id] for q in questions] == [
        Stratum.SAME_WORDING, Stratum.NEW_WORDING, Stratum.NOT_TRAINED, Stratum.NOT_TRAINED,
    ]  # fmt: skip


def test_a_twin_trained_is_not_the_fact_trained():
    question = Question(
        "q", "What is the warranty of the QX-4410?", ("24 months",), sources=("a.md",)
    )
    twin = Pair("p", "How long is the warranty of the TL-7?", "24 months", document_id="a.md")
    same = Pair("p", "How long is the warranty of the QX-4410?", "two years", document_id="a.md")
    assert map_strata([question], [twin])["q"] is Stratum.NOT_TRAINED
    assert map_strata([question], [twin, same])["q"] is Stratum.NEW_WORDING


def test_strata_of_many_pairs_are_mapped_in_seconds():
    import time

    questions = facts(60, documents=40)
    pairs = [
        Pair(f"p{i}", f"How many days or hours does {i} take in case {i % 7}?", f"{i + 500} days", document_id=f"doc{i % 40}.md")
        for i in range(3000)
    ]  # fmt: skip
    started = time.perf_counter()
    map_strata(questions, pairs)
    assert time.perf_counter() - started < 60


def test_a_kept_mapping_belongs_to_its_adapter(tmp_path):
    from assistant.evaluation.strata import FILE, keep_strata, read_strata

    found = {"a": Stratum.NEW_WORDING, "b": Stratum.NOT_TRAINED}
    assert read_strata(tmp_path, "a1", "h") is None
    keep_strata(tmp_path, "a1", "h", found)
    assert read_strata(tmp_path, "a1", "h") == found
    assert read_strata(tmp_path, "a2", "h") is None
    assert read_strata(tmp_path, "a1", "edited") is None
    (tmp_path / FILE).write_text(
        '{"version": 1, "adapter": "a1", "questions": "h", "strata": {"a": "nonsense"}}'
    )
    assert read_strata(tmp_path, "a1", "h") is None
    keep_strata(tmp_path / "nowhere", "a1", "h", found)


def test_scoring_a_run_loads_no_model(folder):
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from assistant.evaluation.runs import RunFolder;"
        "from assistant.evaluation.summary import summarise;"
        f"summarise(RunFolder.open(Path({str(folder.path)!r})));"
        "assert not {'torch', 'transformers', 'chromadb'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert len(score_run(folder)) == len(QUESTIONS) * len(GRID)
