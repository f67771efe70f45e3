"""Which PIs to reassess this year, and why. Without Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assessments.progress import OLD, age
from scorecard.rating import Rating


class Reason(StrEnum):
    """Why to reassess a PI; the last one is why not to."""

    IS_MISSING = "is missing"
    APPROACHES = "approaches"
    UNRATED = "no rating is recorded"
    OLD = "carried for more than three years"
    YEAR_UNKNOWN = "year not recorded"
    NOT_IN_CYCLE = "not assessed in this Cooperation Framework"
    ACTION_FINISHED = "an action point was finished since"
    EVIDENCE_EXPIRED = "its evidence has expired"
    NEW_CYCLE = "planning, not assessed under this Cooperation Framework"
    PLANNING_IS_SETTLED = "planning changes only with a new Cooperation Framework"


# What weighs how much. Whole numbers to sort by, not a measure of anything.
WEIGHTS = {
    Reason.IS_MISSING: 5,
    Reason.APPROACHES: 3,
    Reason.UNRATED: 4,
    Reason.OLD: 4,
    Reason.YEAR_UNKNOWN: 4,
    Reason.NOT_IN_CYCLE: 2,
    Reason.ACTION_FINISHED: 4,
    Reason.EVIDENCE_EXPIRED: 3,
    Reason.NEW_CYCLE: 8,
    Reason.PLANNING_IS_SETTLED: -20,
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one PI before this year.

    last_assessed: None where no record tells the year.
    finished_actions, expired_documents: how many, since it was last assessed.
    """

    code: str
    rating: Rating | None
    last_assessed: int | None
    is_planning: bool
    finished_actions: int = 0
    expired_documents: int = 0


@dataclass(frozen=True, kw_only=True)
class Advice:
    """reasons: the weightiest first."""

    facts: Facts
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[reason] for reason in self.reasons)

    @property
    def is_against(self) -> bool:
        return Reason.PLANNING_IS_SETTLED in self.reasons


def ranked(facts: Iterable[Facts], *, year: int, cycle_began: int) -> list[Advice]:
    """Return an advice for each PI, those most in need of reassessment first.

    Equal ones keep the order in which they come.
    """
    advice = [_advice(one, year=year, cycle_began=cycle_began) for one in facts]
    return sorted(advice, key=lambda one: -one.weight)


def _advice(facts, *, year, cycle_began):
    reasons = _reasons(facts, year=year, cycle_began=cycle_began)
    return Advice(facts=facts, reasons=tuple(sorted(reasons, key=lambda reason: -WEIGHTS[reason])))


def _reasons(facts, *, year, cycle_began):
    if facts.is_planning:
        yield from _reasons_of_planning(facts, year, cycle_began)
    if facts.rating is None:
        yield Reason.UNRATED
    else:
        yield from _reasons_of_age(facts, year, cycle_began)
    if facts.rating == Rating.MISSING:
        yield Reason.IS_MISSING
    if facts.rating == Rating.APPROACHES:
        yield Reason.APPROACHES
    if facts.finished_actions:
        yield Reason.ACTION_FINISHED
    if facts.expired_documents:
        yield Reason.EVIDENCE_EXPIRED


def _reasons_of_planning(facts, year, cycle_began):
    """Of an unknown year nothing follows, but in the first year of a Cooperation Framework."""
    if year == cycle_began or (facts.last_assessed or year) < cycle_began:
        yield Reason.NEW_CYCLE
    elif facts.last_assessed is not None:
        yield Reason.PLANNING_IS_SETTLED


def _reasons_of_age(facts, year, cycle_began):
    years = age(facts.last_assessed, year)
    if years is None:
        yield Reason.YEAR_UNKNOWN
        return
    if years > OLD:
        yield Reason.OLD
    if facts.last_assessed < cycle_began and not facts.is_planning:
        yield Reason.NOT_IN_CYCLE
