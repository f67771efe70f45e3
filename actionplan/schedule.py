"""The years of an action plan: what is late, what stands still, what is drawn where.

Without Django. Today comes in as an argument.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

STANDSTILL = 2  # years running without action, from which a point is escalated
MONTHS = 12


def plan_year(year: int, first_year: int) -> int:
    """Return which year of the plan a calendar year is: the first is Year 1.

    Raises ValueError for a year before the plan begins.
    """
    if year < first_year:
        raise ValueError(f"{year} is before the plan begins in {first_year}.")
    return year - first_year + 1


def is_overdue(due: date | None, today: date) -> bool:
    """Whether an open action should have been done: on the day itself it is still in time."""
    return due is not None and due < today


def months_late(due: date | None, today: date) -> int:
    """Whole months by which an open action is late; 0 when it is in time, or late by days."""
    if due is None or not is_overdue(due, today):
        return 0
    months = (today.year - due.year) * MONTHS + today.month - due.month
    return months - (today.day < due.day)


def idle_years(no_action: Mapping[int, bool]) -> int:
    """Return for how many years running, up to the last one recorded, no action was taken.

    no_action: by year, whether "no action was taken" is recorded. A year without a record
    breaks the row: nothing written is not the same as nothing done.
    """
    count, year = 0, max(no_action, default=0)
    while no_action.get(year, False):
        count, year = count + 1, year - 1
    return count


def is_escalated(no_action: Mapping[int, bool]) -> bool:
    return idle_years(no_action) >= STANDSTILL


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Where one action is drawn, in months from the January in which the drawing begins.

    begins, ends: half open, at least one month long, within the drawing.
    open_start, open_end: it has no date at that end, or one outside the drawing.
    """

    begins: int
    ends: int
    open_start: bool
    open_end: bool

    def __post_init__(self):
        if not 0 <= self.begins < self.ends:
            raise ValueError(f"A bar is at least one month long and begins at 0 or later: {self}.")


def bar(start: date | None, due: date | None, *, first_year: int, last_year: int) -> Bar | None:
    """Return the bar of an action in a drawing from January first_year to December last_year.

    None without any date. With a due date only it is the month of that date; with a start only
    it runs to the end.

    Raises ValueError for years or dates in the wrong order.
    """
    if first_year > last_year:
        raise ValueError(f"{first_year} is after {last_year}.")
    if start and due and start > due:
        raise ValueError(f"An action cannot start on {start} and be due on {due}.")
    if start is None and due is None:
        return None
    total = (last_year - first_year + 1) * MONTHS
    ends = total if due is None else _month(due, first_year) + 1
    begins = ends - 1 if start is None else _month(start, first_year)
    return Bar(
        begins=min(max(begins, 0), total - 1),
        ends=max(min(ends, total), min(max(begins, 0), total - 1) + 1),
        open_start=start is None or begins < 0 or begins >= total,
        open_end=due is None or ends > total or ends <= 0,
    )


def _month(day: date, first_year: int) -> int:
    return (day.year - first_year) * MONTHS + day.month - 1
