"""What the page of one action point shows, beside the point itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from accounts.access import Access
from accounts.access_table import Capability
from accounts.models import User
from actionplan.activities import years_of
from actionplan.board import PlanRow
from actionplan.history import Entry, history_of
from actionplan.lookup import may_manage
from actionplan.models import ActionPoint, Activity
from actionplan.verifying import why_not_verify


@dataclass(frozen=True, kw_only=True)
class Year:
    """What is recorded on one year; entries: the text, then what was added to it."""

    year: int
    entries: list[Activity]
    may_write: bool


@dataclass(frozen=True)
class PointPage:
    point: ActionPoint
    access: Access
    user: User
    now: datetime

    @property
    def row(self) -> PlanRow:
        return PlanRow.of(self.point, self.point.plan.team.day(self.now))

    @cached_property
    def may_manage(self) -> bool:
        return may_manage(self.access, self.point)

    @property
    def may_change(self) -> bool:
        return self.may_manage and self.point.is_open

    @property
    def may_start(self) -> bool:
        return self.may_change and self.point.status == ActionPoint.Status.PLANNED

    @property
    def may_claim(self) -> bool:
        return self.may_change and not self.point.is_claimed

    @property
    def may_verify(self) -> bool:
        return self.access.allows(Capability.VERIFY_ACTION_POINTS) and not self.why_not_verify

    @property
    def why_not_verify(self) -> str:
        """Only meant where something waits to be verified."""
        return why_not_verify(self.point, self.user, speaking_entities(self.access))

    @property
    def may_reopen(self) -> bool:
        is_closed = self.point.status in (ActionPoint.Status.DONE, ActionPoint.Status.DROPPED)
        if self.point.is_claimed and self.may_verify:
            return True
        return self.may_manage and (is_closed or self.point.is_claimed)

    @property
    def years(self) -> list[Year]:
        """The years that have begun, newest first, and any on which something is recorded."""
        recorded = {activity.year for activity in self.point.activities.all()}
        begun = set(years_of(self.point, self.now))
        return [
            Year(
                year=year,
                entries=[row for row in self.point.activities.all() if row.year == year],
                may_write=self.may_manage and year in begun,
            )
            for year in sorted(recorded | begun, reverse=True)
        ]

    @property
    def history(self) -> list[Entry]:
        return history_of(self.point)


def speaking_entities(access: Access) -> Collection[int]:
    """The entities for which the person serves in the assessment team."""
    return {row.entity_id for row in access.memberships if row.is_of_assessment_team}
