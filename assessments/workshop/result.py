"""What the votes of one round say: how they spread, their median, who stands apart. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from scorecard.rating import Rating

APART = 2  # levels from which two entities should tell each other why


@dataclass(frozen=True, kw_only=True)
class Result:
    """The votes of one round, by the name of the entity. There is at least one.

    Ratings are ordinal: they are compared and counted, never averaged.
    """

    votes: Mapping[str, Rating]

    def __post_init__(self):
        if not self.votes:
            raise ValueError("A result needs at least one vote.")

    @property
    def by_rating(self) -> dict[Rating, list[str]]:
        """Who stands at each of the four levels, lowest level first, in the order of the votes."""
        return {
            level: [name for name, rating in self.votes.items() if rating == level]
            for level in Rating
        }

    @property
    def counts(self) -> dict[Rating, int]:
        return {level: len(names) for level, names in self.by_rating.items()}

    @property
    def lowest(self) -> Rating:
        return Rating(min(self.votes.values()))

    @property
    def highest(self) -> Rating:
        return Rating(max(self.votes.values()))

    @property
    def is_unanimous(self) -> bool:
        return self.lowest == self.highest

    @property
    def median(self) -> tuple[Rating, Rating]:
        """The middle level, twice; between two levels (an even number of votes), these two."""
        ordered = sorted(self.votes.values())
        count = len(ordered)
        return Rating(ordered[(count - 1) // 2]), Rating(ordered[count // 2])

    def is_within_median(self, rating: Rating) -> bool:
        low, high = self.median
        return low <= rating <= high

    @property
    def apart(self) -> dict[Rating, list[str]]:
        """Who stands two or more levels from somebody else, by level; {} when nobody does."""
        return {
            level: names
            for level, names in self.by_rating.items()
            if names and max(self.highest - level, level - self.lowest) >= APART
        }
