"""Telling those who have not decided: heads before the last day, officers on their first one."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Assessment, ReminderSent
from endorsement import letters
from endorsement.seats import Standing, standings
from endorsement.transitions import locked

# So many days before the last one everybody who has not decided is reminded; 0 is that day.
DAYS_BEFORE = (7, 3, 1, 0)


def waiting(assessment: Assessment, *, today: date) -> list[Standing]:
    return [row for row in standings(assessment, today=today) if row.is_waiting]


@transaction.atomic
def remind(assessment: Assessment, *, by, site="", at=None) -> int:
    """Remind everybody who has not decided, at most once a day. Returns how many seats."""
    at = at or timezone.now()
    today = assessment.team.day(at)
    comment = _("This is a reminder: your decision is still missing.")
    seats = [row.seat for row in waiting(assessment, today=today) if _is_first(row.seat, today)]
    letters.ask_to_decide(seats, by=by, comment=comment, site=site, at=at)
    return len(seats)


@transaction.atomic
def ask_officers(assessment: Assessment, *, site="", at=None) -> int:
    """Ask each officer-in-charge whose first day has come, once, unless the head has decided.

    Returns how many. Raises TransitionRefused outside endorsement.
    """
    at = at or timezone.now()
    assessment = locked(assessment)
    today = assessment.team.day(at)
    standing = [
        delegation
        for row in waiting(assessment, today=today)
        for delegation in row.delegations
        if delegation.stands(today) and not letters.officer_was_asked(delegation)
    ]
    for delegation in standing:
        letters.ask_officer(delegation, site=site, at=at)
    return len(standing)


def is_due(assessment: Assessment, *, today: date) -> bool:
    due = assessment.endorsement_rule.due
    return due is not None and due - today in [timedelta(days=days) for days in DAYS_BEFORE]


def _is_first(seat, today) -> bool:
    _row, is_new = ReminderSent.objects.get_or_create(
        user=seat.membership.user, day=today, assessment=seat.assessment
    )
    return is_new
