"""What was undertaken in one year: written while the year's report is open, added to afterwards."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import CountryTeam
from actionplan.models import ActionPoint, Activity
from actionplan.transitions import locked_point
from assessments.models import Assessment
from assessments.transitions import TransitionRefused
from assessments.workspace.transitions import MAX_SOURCE, shortened

WRITTEN_FIELDS = ["text", "no_action", "by", "at", "version"]


class StaleActivity(Exception):
    """Somebody wrote on this year after the person opened the page. Nothing was written."""

    def __init__(self, current: Activity):
        super().__init__(f"The activity of {current.year} was written by somebody else meanwhile.")
        self.current = current


def report_of(point: ActionPoint, year: int) -> Assessment | None:
    """The team's assessment of that year, if the year is closed."""
    return Assessment.objects.closed().filter(team=point.plan.team, year=year).first()


def closed_years(team: CountryTeam) -> set[int]:
    """The years on which nothing is written any more, only added.

    A year that was taken in from a workbook is open: no head of agency here has seen its report,
    and its ratings and activities may come from two sheets, one after the other.
    """
    closed = Assessment.objects.closed().filter(team=team)
    return set(closed.values_list("year", flat=True))


def years_of(point: ActionPoint, at: datetime) -> range:
    """The calendar years on which something can be written: from the plan's first until now.

    A year begins when it does where the team is.
    """
    return range(point.plan.first_year, point.plan.team.day(at).year + 1)


@transaction.atomic
def record_activity(point, year, *, text, no_action, version, by, source="", at=None):
    """Write what was undertaken in a year, or add to it once the year's report is closed.

    version: of the text that the person had before them; 0 where there was none.
    source: where it was written if not on the site, for the history.

    Raises StaleActivity, or TransitionRefused with the reason.
    """
    at = at or timezone.now()
    _hold_back_moves(point, year)
    point = locked_point(point)
    if year not in years_of(point, at):
        raise TransitionRefused(
            _("%(year)s is not among the years of this plan that have begun.") % {"year": year}
        )
    report = report_of(point, year)
    if report is not None:
        return _add(point, year, text=text, no_action=no_action, by=by, at=at, source=source)
    return _write(point, year, text, no_action, version=version, by=by, at=at, source=source)


def _hold_back_moves(point, year):
    """Let the request for endorsement of the year wait until this is written, or the other way."""
    assessments = Assessment.objects.filter(team=point.plan.team, year=year)
    assessments.select_for_update(of=("self",), no_key=True).first()


def _add(point, year, *, text, no_action, by, at, source):
    if no_action or not text:
        raise TransitionRefused(
            _("The report of %(year)s is closed. What came to light since can be added as text.")
            % {"year": year}
        )
    addition = Activity(action_point=point, year=year, text=text, is_addition=True, by=by, at=at)
    addition._history_user, addition._history_date = by, at
    addition._change_reason = shortened(source, MAX_SOURCE) or None
    addition.save(force_insert=True)
    return addition


def _write(point, year, text, no_action, *, version, by, at, source):
    rows = Activity.objects.filter(action_point=point, year=year, is_addition=False)
    activity = rows.first() or Activity(action_point=point, year=year, version=0)
    if activity.version != version:
        raise StaleActivity(activity)
    activity.text, activity.no_action = text, no_action
    activity.by, activity.at, activity.version = by, at, version + 1
    activity._history_user, activity._history_date = by, at
    activity._change_reason = shortened(source, MAX_SOURCE) or None
    if activity.pk is None:
        activity.save(force_insert=True)
    else:
        activity.save(update_fields=WRITTEN_FIELDS)
    return activity
