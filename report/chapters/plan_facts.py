"""What chapter 8 says of one action point beside its text: who, until when, how far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.board import no_action_by_year
from actionplan.models import ActionPoint, Activity
from actionplan.schedule import idle_years, is_escalated, is_overdue, months_late
from scorecard.plain_text import printable

Status = ActionPoint.Status


@dataclass(frozen=True, kw_only=True)
class PlanFact:
    """needs_attention: overdue, or without action for two years running."""

    label: str
    text: str
    needs_attention: bool = False


def facts_of(point: ActionPoint, *, until: int) -> tuple[PlanFact, ...]:
    """Return what is recorded, as it stands at the end of the report's year."""
    supporting = ", ".join(entity.acronym for entity in point.supporting.all())
    told = [
        (_("Lead"), point.lead.acronym if point.lead else ""),
        (_("Supporting"), supporting),
        (_("Dates"), _dates(point)),
        (_("Resources"), point.resources_words),
        (_("Status"), _status(point)),
    ]
    facts = [PlanFact(label=label, text=printable(text)) for label, text in told if text]
    return (*facts, *_warnings(point, until))


def acronyms_in(facts: Iterable[PlanFact]) -> set[str]:
    """Return the entities that the facts name as leading or supporting a point."""
    parties = {_("Lead"), _("Supporting")}
    return {name for fact in facts if fact.label in parties for name in fact.text.split(", ")}


def _dates(point: ActionPoint) -> str:
    words = {
        (True, True): _("%(start)s to %(due)s"),
        (True, False): _("from %(start)s"),
        (False, True): _("due %(due)s"),
        (False, False): "",
    }[point.start is not None, point.due is not None]
    return words % {
        "start": point.start and date_format(point.start),
        "due": point.due and date_format(point.due),
    }


def _status(point: ActionPoint) -> str:
    """A point of which nothing but the text is recorded stays without: nobody said "planned"."""
    if point.became:
        return _("goes on in the plan %(years)s as number %(number)s") % {
            "years": point.became.plan.cooperation_framework,
            "number": point.became.number,
        }
    if point.status == Status.DONE:
        return _("done, verified by %(entity)s on %(day)s with “%(document)s”") % {
            "entity": point.verified_entity,
            "day": date_format(timezone.localtime(point.verified_at)),
            "document": point.verification,
        }
    if point.status == Status.DROPPED:
        return _("dropped: %(reason)s") % {"reason": point.dropped_reason}
    is_agreed = point.lead or point.start or point.due
    return str(point.get_status_display()) if point.status != Status.PLANNED or is_agreed else ""


def _warnings(point: ActionPoint, until: int) -> Iterable[PlanFact]:
    if not point.is_open:
        return
    last_day = date(until, 12, 31)
    if is_overdue(point.due, last_day):
        months = months_late(point.due, last_day)
        words = ngettext(
            "%(count)s month at the end of %(year)s",
            "%(count)s months at the end of %(year)s",
            months,
        )
        yield PlanFact(
            label=_("Overdue"), text=words % {"count": months, "year": until}, needs_attention=True
        )
    recorded = {year: idle for year, idle in no_action_by_year(point).items() if year <= until}
    if is_escalated(recorded):
        yield PlanFact(
            label=_("Escalated"),
            text=_("no action for %(count)s years running") % {"count": idle_years(recorded)},
            needs_attention=True,
        )


def year_text(point: ActionPoint, year: int, *, until: int) -> str:
    """Return what is recorded on a year, in light markup; "" for nothing.

    What was added after the report of a year stands in the reports of later years only: its own
    was endorsed without it.
    """
    texts = [
        _entry(activity)
        for activity in point.activities.all()
        if activity.year == year and (year < until or not activity.is_addition)
    ]
    return printable("\n\n".join(texts)).strip()


def _entry(activity: Activity) -> str:
    if activity.is_addition:
        return _("Added on %(day)s: %(text)s") % {
            "day": date_format(timezone.localtime(activity.at)),
            "text": activity.text,
        }
    said = _("No action was taken.") if activity.no_action else ""
    return "\n\n".join(filter(None, [said, activity.text]))
