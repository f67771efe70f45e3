"""What the PIs would reach if some action points were done, for a page to show."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import CooperationFramework
from actionplan.board import PlanRow
from actionplan.models import ActionPoint
from actionplan.outlook import Outlook, outlook
from assessments.models import Assessment, IndicatorRating
from assessments.progress import Tally
from scorecard.statements import short_name


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An open point that closes a criterion, to be ticked or not."""

    row: PlanRow
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Reach:
    """One PI now and then. numbers: of the chosen action points that concern it."""

    rating: IndicatorRating
    outlook: Outlook
    numbers: tuple[int, ...]

    @property
    def closed(self) -> str:
        """Which criteria would be met in addition: "(a), (c)"."""
        criteria = self.rating.indicator.criteria.all()
        return ", ".join(short_name(row) for row in criteria if row.key in self.outlook.closed)


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """assessment: the cycle's latest, whose recorded criteria it starts from; None without any."""

    assessment: Assessment | None
    choices: list[Choice]
    without_criterion: list[ActionPoint]
    reaches: list[Reach]

    @classmethod
    def of(
        cls, cycle: CooperationFramework, rows: Iterable[PlanRow], chosen: Collection[int]
    ) -> "WhatIf":
        """chosen: primary keys of the points taken as done; others than open ones are ignored."""
        open_rows = [row for row in rows if row.point.is_open]
        closing = [row for row in open_rows if row.point.criterion_id]
        latest = Assessment.objects.filter(cooperation_framework=cycle).order_by("-year")
        assessment = latest.select_related("framework", "team").first()
        taken = [row.point for row in closing if row.point.pk in chosen]
        return cls(
            assessment=assessment,
            choices=[Choice(row=row, is_chosen=row.point.pk in chosen) for row in closing],
            without_criterion=[row.point for row in open_rows if not row.point.criterion_id],
            reaches=_reaches(assessment, taken) if assessment else [],
        )

    @property
    def changed(self) -> list[Reach]:
        return [reach for reach in self.reaches if reach.numbers]

    @property
    def sentence(self) -> str:
        now = Tally.of(reach.outlook.now for reach in self.reaches)
        then = Tally.of(reach.outlook.then for reach in self.reaches)
        return _(
            "By their criteria, %(now)s of %(total)s PIs meet or exceed the minimum requirements "
            "now, and %(then)s with these action points."
        ) % {"now": now.meeting, "then": then.meeting, "total": len(self.reaches)}


def _reaches(assessment, taken: list[ActionPoint]) -> list[Reach]:
    ratings = assessment.indicator_ratings.in_detail(assessment.framework)
    for rating in ratings:
        rating.assessment = assessment
    return [_reach(rating, taken) for rating in ratings]


def _reach(rating: IndicatorRating, taken: list[ActionPoint]) -> Reach:
    """A criterion of another edition counts where the PI of this one has its key as well."""
    indicator = rating.indicator
    own = [
        point
        for point in taken
        if point.indicator.code == indicator.code
        and point.criterion.key in indicator.criterion_rules
    ]
    return Reach(
        rating=rating,
        outlook=outlook(
            rating.source.standing.met,
            {point.criterion.key for point in own},
            rules=indicator.rules,
            criteria=indicator.criterion_rules,
        ),
        numbers=tuple(point.number for point in own),
    )
