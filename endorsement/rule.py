"""When the decisions of the seats make a report endorsed.

A decision counts while its seat has not been asked again since: material changes ask again only
the seats they concern, editorial ones nobody. Of the decisions of one seat the last counts.

Silence endorses for nobody who objected: whose objection a new version asks about again has to
answer.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Choice(StrEnum):
    ENDORSE = "endorse"
    OBJECT = "object"
    ABSTAIN = "abstain"


class RuleKind(StrEnum):
    ALL = "all"
    QUORUM = "quorum"
    NO_OBJECTION = "no_objection"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """due: the last day for an objection, where silence endorses."""

    kind: RuleKind
    quorum: int | None = None
    due: date | None = None

    def __post_init__(self):
        if (self.kind == RuleKind.QUORUM) != (self.quorum is not None) or self.quorum == 0:
            raise ValueError(f"A quorum, and no other rule, has a number above 0; got {self}.")
        if self.kind == RuleKind.NO_OBJECTION and self.due is None:
            raise ValueError("Silence endorses only after a day that is named.")


@dataclass(frozen=True, kw_only=True)
class AskedSeat:
    """A seat that is valid today, and the number of the version on which it was asked last."""

    key: Hashable
    asked_on: int


@dataclass(frozen=True, kw_only=True)
class Given:
    """One decision, made on the version of this number."""

    seat: Hashable
    version: int
    choice: Choice


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How many of the valid seats stand where, and whether that is enough.

    waiting: also those who decided before they were asked again; silent_objectors are such seats
    whose last word was an objection.
    """

    endorsed: int
    objected: int
    abstained: int
    waiting: int
    silent_objectors: int
    is_fulfilled: bool

    @property
    def total(self) -> int:
        return self.endorsed + self.objected + self.abstained + self.waiting


def standing(seats: Iterable[AskedSeat], given: Iterable[Given]) -> dict[Hashable, Choice | None]:
    """Return what each seat says now; None while it is asked and has not answered.

    given: oldest first. Decisions of seats that are not named here do not count.
    """
    asked_on = {seat.key: seat.asked_on for seat in seats}
    answers: dict[Hashable, Choice | None] = dict.fromkeys(asked_on)
    for decision in given:
        if decision.seat in asked_on and decision.version >= asked_on[decision.seat]:
            answers[decision.seat] = decision.choice
    return answers


def outcome(
    rule: Rule, seats: Iterable[AskedSeat], given: Iterable[Given], *, today: date
) -> Outcome:
    """today: by the calendar of the team."""
    seats, given = list(seats), list(given)
    said = standing(seats, given)
    answers = list(said.values())
    counts = {choice: answers.count(choice) for choice in (*Choice, None)}
    last = {decision.seat: decision.choice for decision in given}
    objected = [last.get(seat) == Choice.OBJECT for seat, answer in said.items() if answer is None]
    return Outcome(
        endorsed=counts[Choice.ENDORSE],
        objected=counts[Choice.OBJECT],
        abstained=counts[Choice.ABSTAIN],
        waiting=counts[None],
        silent_objectors=sum(objected),
        is_fulfilled=_is_fulfilled(rule, counts, sum(objected), today),
    )


def _is_fulfilled(rule, counts, silent_objectors, today):
    """An abstention is an answer that stands in nobody's way; alone it endorses nothing."""
    if not sum(counts.values()):
        return False
    if rule.kind == RuleKind.QUORUM:
        return counts[Choice.ENDORSE] >= rule.quorum
    everybody_is_content = counts[None] == 0 and counts[Choice.ENDORSE] > 0
    if rule.kind == RuleKind.NO_OBJECTION and today > rule.due:
        everybody_is_content = not silent_objectors
    return everybody_is_content and counts[Choice.OBJECT] == 0
