"""Chapter 8: the action plan and what was undertaken year by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from actionplan.models import ActionPoint
from actionplan.schedule import plan_year
from report.chapters.plan_facts import PlanFact, facts_of, year_text
from scorecard.plain_text import printable

LONG_TEXT = 700  # characters; about half a page in a narrow column


@dataclass(frozen=True, kw_only=True)
class PlanPoint:
    """activities: one text for each year of the plan, "" where nothing is recorded.

    facts: who leads it, until when, and the like, as far as it is recorded.
    start, due: as 2022-06-30, "" where none is given; status: the value of ActionPoint.Status.
    """

    number: int
    code: str
    title: str
    text: str
    facts: tuple[PlanFact, ...]
    start: str
    due: str
    status: str
    activities: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Too long to be kept on one page without leaving much of another empty."""
        return max(map(len, (self.text, *self.activities))) > LONG_TEXT


@dataclass(frozen=True, kw_only=True)
class PlanDimension:
    number: int
    title: str
    points: tuple[PlanPoint, ...]


@dataclass(frozen=True, kw_only=True)
class PlanChapter:
    """years: "Year 1 (2019)" and so on, up to the year of the assessment.

    first_year, last_year: those of the whole plan, as its timeline is drawn; 0 without a plan.
    """

    title: str
    years: tuple[str, ...]
    first_year: int
    last_year: int
    dimensions: tuple[PlanDimension, ...]

    @classmethod
    def of(cls, points: Iterable[ActionPoint], *, until: int) -> "PlanChapter":
        points = sorted(points, key=_place)
        plan = points[0].plan if points else None
        years = range(plan.first_year, until + 1) if plan else range(0)
        return cls(
            title=printable(plan.title).strip() if plan else "",
            years=tuple(
                _("Year %(number)s (%(year)s)")
                % {"number": plan_year(year, years[0]), "year": year}
                for year in years
            ),
            first_year=plan.first_year if plan else 0,
            last_year=plan.cooperation_framework.last_year if plan else 0,
            dimensions=tuple(_by_dimension(points, years, until)),
        )

    @property
    def column_count(self) -> int:
        return len(self.years) + 2

    @property
    def points(self) -> tuple[PlanPoint, ...]:
        return tuple(point for dimension in self.dimensions for point in dimension.points)


def _place(point: ActionPoint) -> tuple[int, int, int]:
    return point.indicator.dimension.number, point.indicator.position, point.number


def _by_dimension(points: list[ActionPoint], years: range, until: int) -> Iterable[PlanDimension]:
    grouped = groupby(points, key=lambda point: point.indicator.dimension.number)
    for number, members in grouped:
        members = list(members)
        yield PlanDimension(
            number=number,
            title=members[0].indicator.dimension.title,
            points=tuple(_point(point, years, until) for point in members),
        )


def _point(point: ActionPoint, years: range, until: int) -> PlanPoint:
    return PlanPoint(
        number=point.number,
        code=point.indicator.code,
        title=point.indicator.title,
        text=printable(point.text).strip(),
        facts=facts_of(point, until=until),
        start=point.start.isoformat() if point.start else "",
        due=point.due.isoformat() if point.due else "",
        status=str(point.status),
        activities=tuple(year_text(point, year, until=until) for year in years),
    )
