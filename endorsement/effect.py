"""Whom a new version would ask again, and whose decisions it keeps: said before it is made."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from accounts.models import Membership
from assessments.models import Assessment
from endorsement import concern
from endorsement.difference import Change, concerned, is_material
from endorsement.models import ReportVersion, Seat
from endorsement.seats import Standing, heads, standings


@dataclass(frozen=True, kw_only=True)
class Effect:
    """again: have decided, and a change concerns them. waiting: are asked and have not decided.

    new: heads who were never asked about this report.

    can_ask_everybody: there is a change, so the coordinator may have all of them decide anew.
    """

    again: list[Standing]
    kept: list[Standing]
    waiting: list[Standing]
    new: list[Membership]
    can_ask_everybody: bool

    @classmethod
    def of(
        cls,
        assessment: Assessment,
        changes: Collection[Change],
        *,
        before: ReportVersion,
        today: date,
    ) -> "Effect":
        """Of a version that has these changes, its class not raised. A fixed number of queries."""
        present = standings(assessment, today=today)
        asked = {seat.pk for seat in asked_again(assessment, changes, present, before=before)}
        seated = {row.seat.membership_id for row in present}
        decided = [row for row in present if not row.is_waiting]
        return cls(
            again=[row for row in decided if row.seat.pk in asked],
            kept=[row for row in decided if row.seat.pk not in asked],
            waiting=[row for row in present if row.is_waiting],
            new=[head for head in heads(assessment.team) if head.pk not in seated],
            can_ask_everybody=bool(changes),
        )

    @property
    def objections_kept(self) -> list[Standing]:
        """They go on standing, also where the change mends what was objected to."""
        return [row for row in self.kept if row.objects]


def asked_again(
    assessment: Assessment,
    changes: Collection[Change],
    present: list[Standing],
    *,
    before: ReportVersion | None,
    is_raised: bool = False,
) -> list[Seat]:
    """Return the seats that the version after this one asks again.

    before: None where there is none, and so no change. is_raised: the coordinator asks everybody.
    """
    if before is None or not (is_raised or is_material(changes)):
        return []
    seats = [standing.seat for standing in present]
    points = concern.carried_points(assessment, present, before)
    keys = concerned(
        [] if is_raised else changes,
        concern.seat_facts(seats),
        of_indicator=concern.entities_of_indicators(assessment, present, points),
        of_point=concern.entities_of_points(points),
    )
    return [seat for seat in seats if seat.pk in keys]
