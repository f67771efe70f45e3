"""The dates of a year's work, counted back from the day it is submitted. Without Django."""

from dataclasses import dataclass
from datetime import date, timedelta

# Days before the submission. Six to eight weeks of work is what teams report.
DAYS_BEFORE = {"planning_due": 49, "scoring_due": 28, "workshop_on": 21, "endorsement_due": 7}
DAYS_NEEDED = max(DAYS_BEFORE.values())
SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Dates:
    """When each part of the year's work is due, first to last, on working days."""

    planning_due: date
    scoring_due: date
    workshop_on: date
    endorsement_due: date
    submission_due: date


def back_planned(submission_due: date, today: date) -> Dates:
    """Count back from the submission; where less time is left, everything moves together.

    Days at the weekend become the Friday before. Nothing is due before today, or, when the
    submission itself is past, before that.
    """
    first = min(today, submission_due)
    left = (submission_due - first).days
    share = min(1, left / DAYS_NEEDED)
    planned = {
        name: max(first, _working_day(submission_due - timedelta(days=round(days * share))))
        for name, days in DAYS_BEFORE.items()
    }
    return Dates(**planned, submission_due=submission_due)


def is_tight(submission_due: date, today: date) -> bool:
    """Whether less time is left than the work usually takes."""
    return (submission_due - today).days < DAYS_NEEDED


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
