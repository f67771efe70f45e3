"""The minutes of a workshop: who came, what was voted and agreed, to be printed and filed."""

from dataclasses import dataclass

from assessments.models import Attendance, Workshop
from assessments.overview import previous_ratings
from assessments.workshop.record import Record, records_of


@dataclass(frozen=True, kw_only=True)
class MinutesRow:
    """why_it_fell: "" where the agreed rating is not below the one before."""

    record: Record
    why_it_fell: str


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """rows: the PIs that were voted on; without_vote: the codes of the year's other PIs."""

    workshop: Workshop
    attendances: list[Attendance]
    rows: list[MinutesRow]
    without_vote: list[str]

    @classmethod
    def of(cls, workshop: Workshop) -> "Minutes":
        ratings = workshop.assessment.indicator_ratings.filter(is_reassessed=True)
        ratings = list(ratings.with_overview())
        before = previous_ratings(workshop.assessment)
        records = records_of(ratings)
        there = workshop.attendances.filter(arrived_at__isnull=False)
        return cls(
            workshop=workshop,
            attendances=list(there.select_related("entity", "person")),
            rows=[
                MinutesRow(
                    record=record,
                    why_it_fell=record.rating.why_it_fell_from(
                        before.get(record.rating.indicator.code)
                    ),
                )
                for record in records.values()
            ],
            without_vote=[row.indicator.code for row in ratings if row.pk not in records],
        )

    @property
    def entities(self) -> int:
        return len({row.entity_id for row in self.attendances})
