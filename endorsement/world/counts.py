"""Counting over many teams: shares, ages, who has handed in, who rose. Without Django."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from fractions import Fraction

STEPS = 5  # of the heat map


class Status(StrEnum):
    SUBMITTED = "submitted"
    NOT_SUBMITTED = "not_submitted"
    OVERDUE = "overdue"


def status_of(*, is_handed_in: bool, due: date | None, today: date) -> Status:
    """due: the last day; None where nobody has set one, and then nothing is late."""
    if is_handed_in:
        return Status.SUBMITTED
    return Status.OVERDUE if due and due < today else Status.NOT_SUBMITTED


@dataclass(frozen=True, kw_only=True)
class Count:
    """So many ratings, and how many of them meet or exceed, are proved, and are how old.

    Of the age: fresh is this year's, then one to three years, older, and not recorded.
    """

    rated: int = 0
    meeting: int = 0
    proved: int = 0
    fresh: int = 0
    one: int = 0
    two: int = 0
    three: int = 0
    older: int = 0
    unknown: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            **{row.name: getattr(self, row.name) + getattr(other, row.name) for row in fields(self)}
        )

    @property
    def share_meeting(self) -> Fraction | None:
        return share(self.meeting, self.rated)

    @property
    def share_proved(self) -> Fraction | None:
        return share(self.proved, self.rated)

    @property
    def share_old(self) -> Fraction | None:
        """Of those whose year is recorded, the part assessed more than three years ago."""
        return share(self.older, self.rated - self.unknown)


def share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def total(counts: Iterable[Count]) -> Count:
    return sum(counts, Count())


def heat(part: int, whole: int) -> int | None:
    """The step of a share on the heat map, 1 to 5; None where there is nothing to share."""
    return min(part * STEPS // whole + 1, STEPS) if whole else None


@dataclass(frozen=True, kw_only=True)
class Rise:
    """How many more PIs of one team meet the requirements than the year before.

    both: how many were rated in both years. Only these are compared: a PI that was rated for the
    first time has not improved.
    """

    key: Hashable
    both: int
    before: int
    now: int

    @property
    def by(self) -> int:
        return self.now - self.before


Meeting = Mapping[str, bool]  # for each PI that is rated, by its code: does it meet


def risen(
    before: Mapping[Hashable, Meeting], now: Mapping[Hashable, Meeting], *, most: int
) -> list[Rise]:
    """Return those that rose, the most risen first, at most so many."""
    rises = [_rise(key, before[key], meeting) for key, meeting in now.items() if key in before]
    rises = sorted((row for row in rises if row.by > 0), key=lambda row: (-row.by, -row.now))
    return rises[:most]


def _rise(key: Hashable, before: Meeting, now: Meeting) -> Rise:
    both = before.keys() & now.keys()
    return Rise(
        key=key,
        both=len(both),
        before=sum(before[code] for code in both),
        now=sum(now[code] for code in both),
    )
