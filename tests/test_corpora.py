"""Which folder is meant, and where its index goes."""

import pytest

from assistant import corpora
from assistant.corpora import DEFAULT_SAMPLE, list_corpora, resolve_corpus, resolve_home
from assistant.errors import CorpusError


def make(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Title\n\ntext", encoding="utf-8")


def test_sample_in_an_empty_home(tmp_path):
    corpus = resolve_corpus(tmp_path, None)
    assert corpus.name == DEFAULT_SAMPLE
    assert corpus.sample
    assert corpus.root == tmp_path / "indexes" / DEFAULT_SAMPLE
    assert corpus.question_files()[0].name == "gold.jsonl"


def test_files_directly_in_corpus(tmp_path):
    make(tmp_path, "corpus/a.md", "corpus/README.md")
    corpus = resolve_corpus(tmp_path, None)
    assert corpus.documents == tmp_path / "corpus"
    assert corpus.root == tmp_path / "indexes" / "corpus"


def test_a_readme_alone_is_not_a_corpus(tmp_path):
    make(tmp_path, "corpus/README.md")
    assert resolve_corpus(tmp_path, None).sample


def test_own_corpus_wins_over_the_sample(tmp_path):
    make(tmp_path, "corpus/mine/documents/a.md")
    assert resolve_corpus(tmp_path, None).name == "mine"


def test_several_own_corpora_must_be_named(tmp_path):
    make(tmp_path, "corpus/one/documents/a.md", "corpus/two/documents/b.md")
    with pytest.raises(CorpusError, match=r"one, two[\s\S]*--corpus one"):
        resolve_corpus(tmp_path, None)
    assert resolve_corpus(tmp_path, "two").name == "two"


def test_any_folder_gets_its_own_index(tmp_path):
    make(tmp_path, "x/docs/a.md", "y/docs/a.md")
    first = resolve_corpus(tmp_path / "home", str(tmp_path / "x" / "docs"))
    second = resolve_corpus(tmp_path / "home", str(tmp_path / "y" / "docs"))
    assert first.documents == tmp_path / "x" / "docs"
    assert first.root != second.root
    assert first.root.parent == tmp_path / "home" / "indexes"


def test_questions_beside_documents_are_found(tmp_path):
    make(tmp_path, "c/documents/a.md", "c/questions/gold.jsonl", "c/questions/dev.jsonl",
         "c/questions/behaviour.jsonl", "c/pairs/p.jsonl")  # fmt: skip
    corpus = resolve_corpus(tmp_path, str(tmp_path / "c"))
    assert [p.name for p in corpus.question_files()] == ["gold.jsonl", "behaviour.jsonl"]
    assert corpus.dev_file().name == "dev.jsonl"
    assert [p.name for p in corpus.pair_files()] == ["p.jsonl"]


def test_unknown_name_says_what_there_is(tmp_path):
    with pytest.raises(CorpusError, match=rf"nowhere[\s\S]*{DEFAULT_SAMPLE}"):
        resolve_corpus(tmp_path, "nowhere")


def test_a_name_cannot_climb_out_of_indexes(tmp_path):
    make(tmp_path, "..evil../a.md")
    corpus = resolve_corpus(tmp_path, str(tmp_path / "..evil.."))
    assert corpus.root.resolve().parent == (tmp_path / "indexes").resolve()


def test_home_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    assert resolve_home(None) == tmp_path
    assert resolve_home(tmp_path / "other") == tmp_path / "other"


def test_wheel_layout(tmp_path, monkeypatch):
    """Without a repository around it the package finds the copy inside itself."""
    package = tmp_path / "site-packages" / "assistant"
    make(package, f"sample_corpora/{DEFAULT_SAMPLE}/documents/a.md", "corpora.py")
    monkeypatch.setattr(corpora, "__file__", str(package / "corpora.py"))
    assert corpora.sample_root() == package / "sample_corpora"
    assert DEFAULT_SAMPLE in list_corpora(tmp_path / "home")


def test_a_clone_with_the_package_installed_elsewhere(tmp_path):
    make(tmp_path, f"corpus/{DEFAULT_SAMPLE}/documents/a.md", "corpus/guide/documents/b.md")
    corpus = resolve_corpus(tmp_path, None)
    assert corpus.documents == tmp_path / "corpus" / DEFAULT_SAMPLE / "documents"
    assert corpus.sample
