"""What the app's pages beside the chat look at and change."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.corpora import sample_root
from assistant.parts import Parts

if TYPE_CHECKING:
    from assistant.decision.costs import Prices
    from assistant.evaluation.kept_answers import KeptQuestion
    from assistant.evaluation.question_check import QuestionCheck
    from assistant.evaluation.votes import Vote
    from assistant.journeys.documents import Documents
    from assistant.journeys.drafting import DraftDesk
    from assistant.journeys.questions import QuestionSet
    from assistant.journeys.review import ReviewDesk
    from assistant.models.adapters import AdapterVersions


class Pages:
    """Documents, questions, adapters, prices, votes and the guide of one corpus. Cheap to make."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def documents(self) -> "Documents":
        """What is indexed, what was skipped, what changed since."""
        from assistant.journeys.documents import overview

        return overview(self.parts)

    def prices(self) -> "Prices":
        """The price table answers are priced with."""
        return self.parts.prices()

    @property
    def adapters(self) -> "AdapterVersions":
        """Versions of the adapter: list, use, delete."""
        return self.parts.adapters

    def vote(self, vote: "Vote") -> None:
        """Keep a reader's preference; it never enters a score."""
        from assistant.evaluation.votes import save_vote

        save_vote(self.parts.corpus.root, vote)

    def votes(self) -> "tuple[Vote, ...]":
        """Every vote on this corpus, oldest first."""
        from assistant.evaluation.votes import read_votes

        return tuple(read_votes(self.parts.corpus.root))

    def forgetting(self, run_id: str) -> "tuple[KeptQuestion, ...]":
        """What base and adapter of a run said in the forgetting check; empty: not kept."""
        from assistant.journeys.verdict import forgetting_answers

        return forgetting_answers(self.parts, run_id)

    # ---- questions ----

    def question_sets(self) -> "tuple[QuestionSet, ...]":
        """What can be scored; empty when there are no questions yet."""
        from assistant.journeys.questions import question_sets

        return question_sets(self.parts)

    def review(self, file: Path | None = None) -> "ReviewDesk":
        """Questions whose text changed; see `open_review`."""
        from assistant.journeys.review import open_review

        return open_review(self.parts, file)

    def undo_review(self, ids: Sequence[str]) -> int:
        """Take decisions back; see `undo_decisions`."""
        from assistant.journeys.review import undo_decisions

        return undo_decisions(self.parts, ids)

    def check(self, file: Path | None = None) -> "QuestionCheck":
        """Whether a question set is fit to decide anything; see `check_question_set`."""
        from assistant.journeys.questions import check_question_set

        return check_question_set(self.parts, file)

    def drafts(
        self, count: int, seconds: float, seed: int, progress: Callable[[int, int], None]
    ) -> "DraftDesk":
        """Propose questions; see `open_draft_desk`."""
        from assistant.journeys.drafting import open_draft_desk

        return open_draft_desk(
            self.parts, count=count, seconds=seconds, seed=seed, progress=progress
        )

    def accepted_drafts(self) -> "DraftDesk":
        """The file of accepted drafts; see `accepted_desk`."""
        from assistant.journeys.drafting import accepted_desk

        return accepted_desk(self.parts)

    def help_topics(self) -> tuple[str, ...]:
        """Names of the guide's pages, `start-here` first."""
        folder = sample_root() / "guide" / "documents"
        names = sorted(p.stem for p in folder.glob("*.md"))
        return tuple(sorted(names, key=lambda n: n != "start-here"))
