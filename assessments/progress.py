"""Counting ratings: how many at each level, how far an assessment has come. Without Django."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scorecard.rating import Rating

OLD = 3  # a rating from more years ago than this should be assessed again


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many PIs stand at each level; not_rated counts those without an agreed rating."""

    by_rating: Mapping[Rating, int]
    not_rated: int

    @classmethod
    def of(cls, ratings: Iterable[int | None]) -> "Tally":
        ratings = list(ratings)
        return cls(
            by_rating={level: ratings.count(level) for level in Rating},
            not_rated=ratings.count(None),
        )

    @property
    def by_rating_best_first(self) -> list[tuple[Rating, int]]:
        return sorted(self.by_rating.items(), reverse=True)

    @property
    def rated(self) -> int:
        return sum(self.by_rating.values())

    @property
    def total(self) -> int:
        return self.rated + self.not_rated

    @property
    def meeting(self) -> int:
        """PIs that meet or exceed the minimum requirements."""
        return self.by_rating[Rating.MEETS] + self.by_rating[Rating.EXCEEDS]

    @property
    def share_meeting(self) -> Fraction | None:
        """The part of the rated PIs that meets or exceeds, 0..1; None when nothing is rated."""
        return Fraction(self.meeting, self.rated) if self.rated else None


def change(before: int | None, now: int | None) -> int | None:
    """Return how many levels a rating rose (above 0) or fell (below 0); None if one is unknown."""
    return None if before is None or now is None else now - before


def age(last_assessed: int | None, year: int) -> int | None:
    """Return how many years old a rating is in a year's report; None if its year is unknown."""
    return None if last_assessed is None else year - last_assessed


@dataclass(frozen=True, kw_only=True)
class Part:
    """So many done of so many."""

    done: int
    of: int


def parts(facts: Iterable[tuple[Hashable, bool]]) -> dict[Hashable, Part]:
    """Count by key how many of its facts are true: {"UNDP": Part(done=2, of=5)}.

    facts: (key, is it done); a key comes once for each thing counted under it.
    """
    counted: dict[Hashable, list[bool]] = {}
    for key, is_done in facts:
        counted.setdefault(key, []).append(is_done)
    return {key: Part(done=sum(facts), of=len(facts)) for key, facts in counted.items()}


def days_late(due: date, today: date) -> int:
    """Return by how many days something due is late; 0 on the day itself and before."""
    return max(0, (today - due).days)
