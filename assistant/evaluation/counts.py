"""The smallest records of a summary. `None` always means "not measured", never zero."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """`part` of `whole`."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """0..1; None when there was nothing to count."""
        return self.part / self.whole if self.whole else None

    def __str__(self) -> str:
        return f"{self.part} of {self.whole}" if self.whole else "not measured"


@dataclass(frozen=True, slots=True)
class StaleShares:
    """What an approach says about facts that changed."""

    old: Count
    new: Count
    neither: Count
