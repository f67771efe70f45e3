"""The minutes of a workshop: who came, what was voted and agreed, to be printed and filed."""

from dataclasses import dataclass

from assessments.models import Attendance, Workshop
from assessments.workshop.record import Record, records_of


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """records: the PIs that were voted on; without_vote: the codes of the year's other PIs."""

    workshop: Workshop
    attendances: list[Attendance]
    records: list[Record]
    without_vote: list[str]

    @classmethod
    def of(cls, workshop: Workshop) -> "Minutes":
        ratings = workshop.assessment.indicator_ratings.filter(is_reassessed=True)
        ratings = list(ratings.with_overview())
        records = records_of(ratings)
        there = workshop.attendances.filter(arrived_at__isnull=False)
        return cls(
            workshop=workshop,
            attendances=list(there.select_related("entity", "person")),
            records=list(records.values()),
            without_vote=[row.indicator.code for row in ratings if row.pk not in records],
        )

    @property
    def entities(self) -> int:
        return len({row.entity_id for row in self.attendances})
