"""A piece of the sample and its revision from end to end, by the commands a user would give."""

import json
import shutil
from pathlib import Path

import pytest

from tests.test_cli import assistant

SAMPLE = Path(__file__).parents[2] / "corpus" / "tessholm"
PIECE = ("cloud/api-v3.md", "support/returns-europe.md", "security/site-rules-brno.md",
         "people/expenses.md")  # fmt: skip


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture
def piece(tmp_path):
    corpus = tmp_path / "corpus" / "mine"
    (corpus / "questions").mkdir(parents=True)
    for name in PIECE:
        (corpus / "documents" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLE / "documents" / name, corpus / "documents" / name)
    asked = [
        q for q in lines(SAMPLE / "questions" / "gold.jsonl")
        if q["sources"] and {s.split("#")[0] for s in q["sources"]} <= set(PIECE)
    ]  # fmt: skip
    (corpus / "questions" / "gold.jsonl").write_text("\n".join(map(json.dumps, asked)), "utf-8")
    return tmp_path


@pytest.mark.slow
def test_documents_change_and_everything_follows(piece):
    documents = piece / "corpus" / "mine" / "documents"
    assistant(piece, "reindex")
    assistant(piece, "questions", "check")
    assistant(piece, "finetune", "--minutes", "0.5")
    for name in PIECE:
        shutil.copy(SAMPLE / "revision" / "documents" / name, documents / name)
    assert "need review" in assistant(piece, "reindex").stderr
    listed = assistant(piece, "finetune", "--list").stdout
    assert "changed chunks behind" in listed
    revised = {q["id"]: q for q in lines(SAMPLE / "revision" / "questions.jsonl")}
    waiting = json.loads(assistant(piece, "questions", "review", "--json").stdout)["items"]
    stale = {i for item in waiting if not item["still_stated"] for i in item["ids"]}
    assert stale
    assert {revised[i]["tags"][-1] for i in stale} <= {"changed", "withdrawn"}
    scored = ["score", "--approaches", "rag,finetuned", "--timings", "0", "--json"]
    summary = json.loads(assistant(piece, *scored).stdout)
    assert {r["question_id"] for r in summary["staleness"]["waiting"]} >= stale
    assert "changed chunks behind" in summary["header"]["behind"]
    assistant(piece, "questions", "review", "--keep-stated")
    for item in waiting:
        if item["still_stated"]:
            continue
        new = revised[item["ids"][0]]
        key = [a for r in new["references"] for a in ("--reference", r)]
        key += [a for m in new["must"] for a in ("--must", m)]
        key = key if new["answerable"] else ["--unanswerable"]
        assistant(piece, "questions", "review", "--edit", item["ids"][0], *key)
    assistant(piece, "recommend", "-o", str(piece / "r.json"), "-o", str(piece / "r.html"))
    report = json.loads((piece / "r.json").read_text("utf-8"))["summary"]
    assert report["staleness"]["waiting"] == []
    assert report["staleness"]["changed"] == len(stale)
    for shares in report["staleness"]["shares"].values():
        assert sum(shares[k]["part"] for k in ("old", "new", "neither")) == len(stale)
    assert "tells the old fact" in (piece / "r.html").read_text("utf-8")
    done = json.loads(assistant(piece, "finetune", "--delta", "--minutes", "0.5", "--json").stdout)
    assert done["delta"]["facts"] > 0
    assert done["delta"]["rehearsal"] > 0
    now = [m for m in json.loads(assistant(piece, "finetune", "--list", "--json").stdout)
           if m["id"] == done["adapter"]]  # fmt: skip
    assert now[0]["parent"] == done["delta"]["parent"]
    assert "changed chunks behind" not in assistant(piece, "doctor").stdout
