"""Counting for the two PIs that rest on many numbers: a survey, parity of staff. Without Django.

Numbers of people only, never what one person answered or is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum
from fractions import Fraction

# Below so many, an answer can be traced to a person whom colleagues know.
FEWEST_PEOPLE = 5


@dataclass(frozen=True, kw_only=True)
class Answers:
    """How many gave each answer: to one question, or to all together."""

    strongly_agree: int = 0
    agree: int = 0
    neutral: int = 0
    disagree: int = 0
    strongly_disagree: int = 0

    def __post_init__(self):
        if min(astuple(self)) < 0:
            raise ValueError(f"A number of answers is never below 0; got {self}.")

    @classmethod
    def together(cls, questions: Iterable["Answers"]) -> "Answers":
        columns = zip(*map(astuple, questions), strict=True)
        return cls(**dict(zip(cls.__dataclass_fields__, map(sum, columns), strict=False)))

    @property
    def total(self) -> int:
        return sum(astuple(self))

    @property
    def positive(self) -> int:
        return self.strongly_agree + self.agree

    @property
    def negative(self) -> int:
        return self.disagree + self.strongly_disagree

    @property
    def share_positive(self) -> Fraction | None:
        """0..1; None without an answer."""
        return Fraction(self.positive, self.total) if self.total else None


LEVELS = tuple(Answers.__dataclass_fields__)  # from the best answer to the worst


@dataclass(frozen=True, kw_only=True)
class SurveyResult:
    """questions: the words of each with its answers, in the order of the survey."""

    expected: int
    answered: int
    questions: tuple[tuple[str, Answers], ...]

    @property
    def together(self) -> Answers:
        return Answers.together(answers for _, answers in self.questions)

    @property
    def response_rate(self) -> Fraction | None:
        return Fraction(self.answered, self.expected) if self.expected else None

    @property
    def may_reveal_a_person(self) -> bool:
        return 0 < self.answered < FEWEST_PEOPLE


class Band(StrEnum):
    """Where a share of women lies, seen from the parity band."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, kw_only=True)
class ParityBand:
    """From and to in percent; both ends belong to parity."""

    from_percent: int
    to_percent: int

    def of(self, share: Fraction | None) -> Band | None:
        """None where there is nobody to count."""
        if share is None:
            return None
        if share * 100 < self.from_percent:
            return Band.BELOW
        return Band.ABOVE if share * 100 > self.to_percent else Band.WITHIN


@dataclass(frozen=True, kw_only=True)
class Staff:
    women: int = 0
    men: int = 0

    def __post_init__(self):
        if min(self.women, self.men) < 0:
            raise ValueError(f"A number of people is never below 0; got {self}.")

    @classmethod
    def together(cls, parts: Iterable["Staff"]) -> "Staff":
        parts = list(parts)
        return cls(women=sum(part.women for part in parts), men=sum(part.men for part in parts))

    @property
    def total(self) -> int:
        return self.women + self.men

    @property
    def share_of_women(self) -> Fraction | None:
        """0..1; None where nobody is counted."""
        return Fraction(self.women, self.total) if self.total else None


@dataclass(frozen=True, kw_only=True)
class ParityResult:
    """Staff by entity and grade group. counts: (entity, group) to staff; what is absent is 0."""

    entities: tuple[str, ...]
    groups: tuple[str, ...]
    counts: Mapping[tuple[str, str], Staff]
    band: ParityBand

    def of(self, entity: str, group: str) -> Staff:
        return self.counts.get((entity, group), Staff())

    @property
    def by_entity(self) -> dict[str, Staff]:
        return {
            entity: Staff.together(self.of(entity, group) for group in self.groups)
            for entity in self.entities
        }

    @property
    def by_group(self) -> dict[str, Staff]:
        return {
            group: Staff.together(self.of(entity, group) for entity in self.entities)
            for group in self.groups
        }

    @property
    def overall(self) -> Staff:
        return Staff.together(self.by_group.values())

    def groups_in(self, band: Band) -> list[tuple[str, Staff]]:
        """The grade groups whose share of women lies there, in their order."""
        return [
            (group, staff)
            for group, staff in self.by_group.items()
            if self.band.of(staff.share_of_women) == band
        ]
