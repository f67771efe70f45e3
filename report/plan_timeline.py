"""The timeline of chapter 8, cut into drawings that fit a landscape page."""

from datetime import date

from actionplan.models import ActionPoint
from actionplan.timeline import Item, Timeline, timelines
from report.chapters.plan import PlanChapter

ROWS = 18  # of a drawing, below its heading on one page


def plan_timelines(chapter: PlanChapter, *, until: int) -> tuple[Timeline, ...]:
    """until: the year whose end is marked."""
    return timelines(
        (
            Item(
                number=point.number,
                code=point.code,
                start=date.fromisoformat(point.start) if point.start else None,
                due=date.fromisoformat(point.due) if point.due else None,
                status=point.status,
                words=str(ActionPoint.Status(point.status).label),
            )
            for point in chapter.points
        ),
        first_year=chapter.first_year,
        last_year=max(chapter.first_year, chapter.last_year),
        at=date(until, 12, 31),
        rows_each=ROWS,
    )
