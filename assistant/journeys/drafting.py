"""From the index to a question file: proposals, what became of them, and where they are kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError, QuestionFileError
from assistant.parts import Parts
from assistant.schema import Pair, Question

if TYPE_CHECKING:
    from assistant.evaluation.drafting import Draft

FILE = "drafted.jsonl"
REJECTED = "drafts-rejected.jsonl"


@dataclass(frozen=True, slots=True)
class DraftDesk:
    """Proposals and the file that what is accepted goes to."""

    drafts: "tuple[Draft, ...]"
    file: Path
    rejected_file: Path

    @property
    def trained(self) -> int:
        """Proposals that ask in other words about facts an adapter was trained on."""
        return sum(draft.trained for draft in self.drafts)

    def take(self, draft: "Draft", question: Question | None = None) -> None:
        """Accept a proposal as a person has seen it.

        Args:
            draft: the proposal.
            question: as corrected; the first wording is not proposed again then.

        Raises:
            QuestionFileError: the file holds this question already.
        """
        self._append([question or draft.question])
        if question is not None and question.question != draft.question.question:
            self._reject(draft.question, {"instead": question.id})

    def accepted(self) -> list[Question]:
        """Drafts that the file holds, the last accepted first.

        Raises:
            QuestionFileError: the file has bad lines.
        """
        from assistant.documents.questions import load_questions
        from assistant.evaluation.drafting import DRAFTED_TAG

        if not self.file.exists() or not self.file.stat().st_size:
            return []
        return [q for q in reversed(load_questions(self.file)) if DRAFTED_TAG in q.tags]

    def take_back(self, question_id: str) -> None:
        """Remove an accepted draft from the file, and nothing else; it may be proposed again.

        Raises:
            QuestionFileError: the file holds no such draft.
        """
        from assistant.evaluation.drafting import DRAFTED_TAG
        from assistant.evaluation.jsonl import remove_lines

        def drafted(row: Mapping[str, Any]) -> bool:
            return row.get("id") == question_id and DRAFTED_TAG in (row.get("tags") or ())

        if not remove_lines(self.file, drafted):
            raise QuestionFileError(
                f"{self.file.name} holds no accepted draft {question_id}",
                "reload the page: it was taken back already, or its line was changed",
            )
        if not self.file.stat().st_size:
            self.file.unlink()  # a question file without a question is an error everywhere
        remove_lines(self.rejected_file, lambda row: row.get("instead") == question_id)

    def take_all(self) -> int:
        """Accept every proposal unseen; returns how many."""
        from assistant.evaluation.summary import UNREVIEWED_TAG

        questions = (draft.question for draft in self.drafts)
        self._append([replace(q, tags=(*q.tags, UNREVIEWED_TAG)) for q in questions])
        return len(self.drafts)

    def _append(self, questions: Sequence[Question]) -> None:
        from assistant.documents.question_records import question_to_json
        from assistant.evaluation.jsonl import append_lines, end_last_line, read_lines

        self.file.parent.mkdir(parents=True, exist_ok=True)
        end_last_line(self.file)
        there = {row.get("id") for row in read_lines(self.file)}
        if any(question.id in there for question in questions):
            raise QuestionFileError(
                f"{self.file.name} holds this question already",
                "word it differently, or reject the proposal",
            )
        append_lines(self.file, [question_to_json(question) for question in questions])

    def reject(self, question: Question) -> None:
        """Never propose it again."""
        self._reject(question, {})

    def _reject(self, question: Question, more: Mapping[str, str]) -> None:
        from assistant.evaluation.jsonl import append_lines, repair

        self.rejected_file.parent.mkdir(parents=True, exist_ok=True)
        repair(self.rejected_file)
        row = {"id": question.id, "question": question.question, **more}
        append_lines(self.rejected_file, [row])


def accepted_desk(parts: Parts) -> DraftDesk:
    """The file that accepted drafts go to, without new proposals."""
    return DraftDesk((), draft_file(parts), parts.corpus.root / REJECTED)


def open_draft_desk(
    parts: Parts,
    *,
    count: int,
    seconds: float = 0.0,
    seed: int = 0,
    file: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DraftDesk:
    """Propose questions about what is indexed.

    Args:
        parts: where.
        count: how many, at most.
        seconds: time for the model to write questions too; 0 for rules alone.
        seed: of every choice.
        file: where accepted questions go; None for `draft_file`.
        progress: (facts asked about, facts to ask about).

    Raises:
        IndexMissing: nothing is indexed yet.
        QuestionFileError: an existing file has bad lines.
    """
    from assistant.documents.questions import load_questions
    from assistant.evaluation.drafting import draft_questions
    from assistant.evaluation.jsonl import read_lines

    target = file or draft_file(parts)
    if target.suffix != ".jsonl":
        raise QuestionFileError(f"{target.name} is no .jsonl file", "-o questions.jsonl")
    rejected = parts.corpus.root / REJECTED
    chunks = list(parts.need_retriever().all_chunks())
    gold = list(parts.questions())
    if target.exists() and target.stat().st_size:
        gold += load_questions(target)
    drafts = draft_questions(
        chunks,
        count=count,
        gold=gold,
        trained=trained_pairs(parts),
        rejected={str(row.get("id", "")) for row in read_lines(rejected)},
        generator=parts.generator() if seconds > 0 else None,
        seconds=seconds,
        seed=seed,
        progress=progress,
    )
    return DraftDesk(tuple(drafts), target, rejected)


def draft_file(parts: Parts) -> Path:
    """Beside the corpus's own questions, where `score` finds it; for the samples in the home."""
    corpus = parts.corpus
    if corpus.sample:
        return parts.home / "questions" / f"{corpus.name}-{FILE}"
    return corpus.questions / FILE


def trained_pairs(parts: Parts) -> Sequence[Pair]:
    """Every pair any adapter here was trained on, and the user's own."""
    from assistant.finetuning.records import read_training_set
    from assistant.journeys.training import user_pairs

    found = list(user_pairs(parts))
    for manifest in parts.adapters.list():
        try:
            found += read_training_set(parts.adapters.path(manifest.id)).pairs
        except AssistantError:  # deleted meanwhile
            continue
    return found
