"""What becomes of the open action points in the next plan. Without Django.

Each is kept, merged into one that is kept, or dropped with a reason: none is lost.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    KEEP = "keep"
    MERGE = "merge"
    DROP = "drop"


class Problem(StrEnum):
    """Why a decision does not hold."""

    UNDECIDED = "undecided"
    NOT_OPEN = "not open"
    INTO_NOTHING = "into nothing"
    INTO_ITSELF = "into itself"
    INTO_NOT_KEPT = "into not kept"
    NO_REASON = "no reason"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What becomes of one point. into: the number it is merged into. reason: why it is dropped."""

    fate: Fate
    into: int | None = None
    reason: str = ""


Decisions = Mapping[int, Decision]


@dataclass(frozen=True, kw_only=True)
class NewPoint:
    """A point of the next plan: the number of the one kept, and of those merged into it."""

    kept: int
    merged: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """dropped: number and reason."""

    new: tuple[NewPoint, ...]
    dropped: tuple[tuple[int, str], ...]


def problems(numbers: Collection[int], decisions: Decisions) -> dict[int, Problem]:
    """Return what is wrong with the decision on each point, {} when all hold.

    numbers: of all open points of the plan.
    """
    found = {number: Problem.UNDECIDED for number in numbers if number not in decisions} | {
        number: Problem.NOT_OPEN for number in decisions if number not in numbers
    }
    for number, decision in decisions.items():
        if number not in found and (problem := _problem(number, decision, decisions)):
            found[number] = problem
    return found


def _problem(number: int, decision: Decision, decisions: Decisions) -> Problem | None:
    if decision.fate == Fate.DROP and not decision.reason.strip():
        return Problem.NO_REASON
    if decision.fate != Fate.MERGE:
        return None
    if decision.into is None:
        return Problem.INTO_NOTHING
    if decision.into == number:
        return Problem.INTO_ITSELF
    target = decisions.get(decision.into)
    return None if target and target.fate == Fate.KEEP else Problem.INTO_NOT_KEPT


def outcome(numbers: Collection[int], decisions: Decisions) -> Outcome:
    """Return the next plan's points in the order of the old numbers, and what is dropped.

    Raises ValueError when a decision does not hold.
    """
    if wrong := problems(numbers, decisions):
        raise ValueError(f"Decisions that do not hold: {wrong}.")
    ordered = sorted(decisions.items())
    return Outcome(
        new=tuple(
            NewPoint(kept=number, merged=tuple(_merged_into(number, ordered)))
            for number, decision in ordered
            if decision.fate == Fate.KEEP
        ),
        dropped=tuple(
            (number, decision.reason) for number, decision in ordered if decision.fate == Fate.DROP
        ),
    )


def _merged_into(target: int, ordered: list[tuple[int, Decision]]) -> Iterable[int]:
    return (
        number
        for number, decision in ordered
        if decision.fate == Fate.MERGE and decision.into == target
    )
