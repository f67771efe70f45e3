"""The due dates of a plan as a calendar file (iCalendar, RFC 5545)."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.models import CooperationFramework
from actionplan.models import ActionPoint
from scorecard.plain_text import printable

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)  # of points that were loaded and never changed here


def calendar_file(
    cycle: CooperationFramework,
    points: Iterable[ActionPoint],
    *,
    address: Callable[[ActionPoint], str],
    host,
) -> bytes:
    """Return one all-day event for each open point with a due date.

    address: of a point's page. host: makes the events' names unlike those of other sites, so that
    a calendar which reads the file again moves them instead of adding them.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//UNCT-SWAP Scorecard//Action plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add(
        "x-wr-calname", _("Action plan %(years)s, %(team)s") % {"years": cycle, "team": cycle.team}
    )
    for point in points:
        if point.is_open and point.due:
            calendar.add_component(_event(point, address(point), host))
    return calendar.to_ical()


def _event(point: ActionPoint, address: str, host: str) -> Event:
    event = Event()
    event.add("uid", f"action-point-{point.pk}@{host}")
    event.add("dtstamp", point.changed_at or EPOCH)
    event.add("sequence", point.version)
    event.add("dtstart", point.due)
    event.add("dtend", point.due + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _summary(point))
    event.add("description", printable(point.text))
    event.add("url", address)
    if point.lead:
        event.add("categories", [point.lead.acronym])
    return event


def _summary(point: ActionPoint) -> str:
    return _("Due: action point %(number)s, PI %(code)s (%(lead)s)") % {
        "number": point.number,
        "code": point.indicator.code,
        "lead": point.lead or _("no lead"),
    }
