"""What the app's pages beside the chat look at and change."""

from typing import TYPE_CHECKING

from assistant.corpora import sample_root
from assistant.parts import Parts

if TYPE_CHECKING:
    from assistant.decision.costs import Prices
    from assistant.evaluation.votes import Vote
    from assistant.journeys.documents import Documents
    from assistant.models.adapters import AdapterVersions


class Pages:
    """Documents, adapters, prices, votes and the guide of one corpus. Cheap to make."""

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

    def help_topics(self) -> tuple[str, ...]:
        """Names of the guide's pages, `start-here` first."""
        folder = sample_root() / "guide" / "documents"
        names = sorted(p.stem for p in folder.glob("*.md"))
        return tuple(sorted(names, key=lambda n: n != "start-here"))
