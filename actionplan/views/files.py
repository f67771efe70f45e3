"""The plan to take along: due dates for a calendar, everything as CSV."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import audit
from actionplan.calendar_file import calendar_file
from actionplan.csv_file import csv_file
from actionplan.lookup import visible_cycle
from actionplan.models import ActionPoint
from scorecard.downloads import to_save


@require_GET
def plan_calendar(request, code, first_year):
    cycle, _access = visible_cycle(request, code, first_year)
    content = calendar_file(
        cycle,
        ActionPoint.objects.of_cycle(cycle),
        address=lambda point: request.build_absolute_uri(point.get_absolute_url()),
        host=request.get_host(),
    )
    _record(cycle, format=_("calendar file"), by=request.user)
    return _download(content, "text/calendar; charset=utf-8", cycle, "ics")


@require_GET
def plan_csv(request, code, first_year):
    cycle, _access = visible_cycle(request, code, first_year)
    points = list(ActionPoint.objects.of_cycle(cycle).prefetch_related("other_indicators"))
    first = points[0].plan.first_year if points else cycle.first_year
    this_year = cycle.team.day(timezone.now()).year
    content = csv_file(points, range(first, this_year + 1))
    _record(cycle, format="CSV", by=request.user)
    return _download(content, "text/csv; charset=utf-8", cycle, "csv")


def _record(cycle, *, format, by):
    """Who takes the plan out is noted, so these GETs add an entry to the team's log."""
    values = {"cycle": cycle, "format": format}
    words = _("action plan of %(cycle)s, %(format)s") % values
    audit.record(team=cycle.team, action=audit.Action.EXPORT, by=by, object=words)


def _download(content, content_type, cycle, ending):
    name = f"Action plan {cycle.team.code} {cycle}.{ending}"
    return to_save(HttpResponse(content, content_type=content_type), name)
