"""Chapter 8: the action plan and what was undertaken year by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from actionplan.models import ActionPoint
from actionplan.schedule import plan_year
from scorecard.plain_text import printable

LONG_TEXT = 700  # characters; about half a page in a narrow column


@dataclass(frozen=True, kw_only=True)
class PlanPoint:
    """activities: one text for each year of the plan, "" where nothing is recorded."""

    number: int
    code: str
    title: str
    text: str
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
    """years: "Year 1 (2019)" and so on, up to the year of the assessment."""

    title: str
    years: tuple[str, ...]
    dimensions: tuple[PlanDimension, ...]

    @classmethod
    def of(cls, points: Iterable[ActionPoint], *, until: int) -> "PlanChapter":
        points = sorted(points, key=_place)
        years = range(points[0].plan.first_year, until + 1) if points else range(0)
        return cls(
            title=printable(points[0].plan.title).strip() if points else "",
            years=tuple(
                _("Year %(number)s (%(year)s)")
                % {"number": plan_year(year, years[0]), "year": year}
                for year in years
            ),
            dimensions=tuple(_by_dimension(points, years)),
        )

    @property
    def column_count(self) -> int:
        return len(self.years) + 2


def _place(point: ActionPoint) -> tuple[int, int, int]:
    return point.indicator.dimension.number, point.indicator.position, point.number


def _by_dimension(points: list[ActionPoint], years: range) -> Iterable[PlanDimension]:
    grouped = groupby(points, key=lambda point: point.indicator.dimension.number)
    for number, members in grouped:
        members = list(members)
        yield PlanDimension(
            number=number,
            title=members[0].indicator.dimension.title,
            points=tuple(_point(point, years) for point in members),
        )


def _point(point: ActionPoint, years: range) -> PlanPoint:
    texts = {activity.year: activity.text for activity in point.activities.all()}
    return PlanPoint(
        number=point.number,
        code=point.indicator.code,
        title=point.indicator.title,
        text=printable(point.text).strip(),
        activities=tuple(printable(texts.get(year, "")).strip() for year in years),
    )
