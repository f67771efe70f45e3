"""What the page of a plan shows: its points by status and by dimension, and the counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actionplan.models import ActionPoint
from actionplan.schedule import idle_years, is_escalated, is_overdue, months_late
from scorecard.models import Dimension
from scorecard.statements import short_name


class Concern(models.TextChoices):
    """Why somebody should look at an open point."""

    OVERDUE = "overdue", gettext_lazy("Overdue")
    IDLE = "idle", gettext_lazy("No action two years running")
    CLAIMED = "claimed", gettext_lazy("Waiting for verification")
    NO_LEAD = "no-lead", gettext_lazy("Without a lead")
    NO_DUE_DATE = "no-due-date", gettext_lazy("Without a due date")


_SENTENCES = {
    Concern.OVERDUE: gettext_lazy("%(count)s overdue"),
    Concern.IDLE: gettext_lazy("%(count)s without action for two years running or more"),
    Concern.CLAIMED: gettext_lazy("%(count)s said to be done, waiting for verification"),
    Concern.NO_LEAD: gettext_lazy("%(count)s without a lead"),
    Concern.NO_DUE_DATE: gettext_lazy("%(count)s without a due date"),
}


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One point as it stands today."""

    point: ActionPoint
    is_overdue: bool
    months_late: int
    idle_years: int
    is_escalated: bool

    @classmethod
    def of(cls, point: ActionPoint, today: date) -> "PlanRow":
        due = point.due if point.is_open else None
        no_action = no_action_by_year(point)
        return cls(
            point=point,
            is_overdue=is_overdue(due, today),
            months_late=months_late(due, today),
            idle_years=idle_years(no_action),
            is_escalated=point.is_open and is_escalated(no_action),
        )

    @property
    def concerns(self) -> set[Concern]:
        point = self.point
        if not point.is_open:
            return set()
        given = {
            Concern.OVERDUE: self.is_overdue,
            Concern.IDLE: self.is_escalated,
            Concern.CLAIMED: point.is_claimed,
            Concern.NO_LEAD: point.lead_id is None,
            Concern.NO_DUE_DATE: point.due is None,
        }
        return {concern for concern, is_given in given.items() if is_given}

    @property
    def closes(self) -> str:
        """Return "(a)" for the criterion that it should close; "" for none."""
        return short_name(self.point.criterion) if self.point.criterion else ""

    @property
    def lateness(self) -> str:
        """Return "3 months overdue"; "" for what is in time."""
        if not self.is_overdue:
            return ""
        if not self.months_late:
            return _("Overdue")
        return ngettext("%(count)s month overdue", "%(count)s months overdue", self.months_late) % {
            "count": self.months_late
        }

    @property
    def standstill(self) -> str:
        """Return "No action for 2 years"; "" for what is not escalated."""
        if not self.is_escalated:
            return ""
        return _("No action for %(count)s years running") % {"count": self.idle_years}


@dataclass(frozen=True, kw_only=True)
class Column:
    """The points of one status."""

    status: ActionPoint.Status
    rows: list[PlanRow]


@dataclass(frozen=True, kw_only=True)
class DimensionRows:
    dimension: Dimension
    rows: list[PlanRow]


@dataclass(frozen=True, kw_only=True)
class Board:
    rows: list[PlanRow]

    @classmethod
    def of(cls, points: Iterable[ActionPoint], today: date) -> "Board":
        """points: as of_cycle fetches them."""
        return cls(rows=[PlanRow.of(point, today) for point in points])

    @property
    def columns(self) -> list[Column]:
        return [
            Column(status=status, rows=[row for row in self.rows if row.point.status == status])
            for status in ActionPoint.Status
        ]

    @property
    def dimensions(self) -> list[DimensionRows]:
        """The points by dimension, in the order of the framework. Editions may differ."""
        rows = sorted(self.rows, key=_place)
        grouped = groupby(rows, key=lambda row: row.point.indicator.dimension.number)
        found = [list(members) for _number, members in grouped]
        return [
            DimensionRows(dimension=rows[0].point.indicator.dimension, rows=rows) for rows in found
        ]

    @property
    def to_look_at(self) -> list[tuple[Concern, str]]:
        """What of all this wants looking at, each with how many it concerns, in words."""
        found = []
        for concern in Concern:
            if count := sum(concern in row.concerns for row in self.rows):
                found.append((concern, _SENTENCES[concern] % {"count": count}))
        return found


def no_action_by_year(point: ActionPoint) -> dict[int, bool]:
    """Return by year whether "no action was taken" is all that is recorded."""
    by_year: dict[int, bool] = {}
    for activity in point.activities.all():
        by_year[activity.year] = by_year.get(activity.year, True) and activity.no_action
    return by_year


def _place(row: PlanRow) -> tuple[int, int, int]:
    indicator = row.point.indicator
    return indicator.dimension.number, indicator.position, row.point.number
