"""What the page of a plan is made of, beside its board: views to switch between, the timeline."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import CooperationFramework
from actionplan.board import Board
from actionplan.forms import FilterForm
from actionplan.models import ActionPoint
from actionplan.timeline import Item, Timeline, timelines

VIEWS = ("board", "table", "timeline")


@dataclass(frozen=True, kw_only=True)
class ViewLink:
    words: str
    query: str
    is_shown: bool


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """everything: all points of the plan. board: those that the filters let through."""

    cycle: CooperationFramework
    form: FilterForm
    everything: Board
    board: Board
    query: QueryDict
    today: date

    @classmethod
    def of(cls, cycle: CooperationFramework, query: QueryDict, today: date) -> "PlanPage":
        """query: what the address asks for, filters and view."""
        points = list(ActionPoint.objects.of_cycle(cycle))
        form = FilterForm(query, points=points)
        everything = Board.of(points, today)
        return cls(
            cycle=cycle,
            form=form,
            everything=everything,
            board=Board(rows=form.chosen(everything.rows)),
            query=query,
            today=today,
        )

    @property
    def view(self) -> str:
        """The first of VIEWS unless another of them is asked for."""
        asked = self.query.get("view")
        return asked if asked in VIEWS else VIEWS[0]

    @property
    def template(self) -> str:
        return f"actionplan/_{self.view}.html"

    @property
    def links(self) -> list[ViewLink]:
        """To the other views of the same points."""
        words = dict(zip(VIEWS, [_("Board"), _("Table by dimension"), _("Timeline")], strict=True))
        return [
            ViewLink(words=words[view], query=self._query(view), is_shown=view == self.view)
            for view in VIEWS
        ]

    def _query(self, view):
        query = self.query.copy()
        query["view"] = view
        return query.urlencode()

    @property
    def count(self) -> str:
        """Say how many points there are and how they stand."""
        rows = self.everything.rows
        total = ngettext("%(count)s action point", "%(count)s action points", len(rows))
        standing = [
            f"{len(column.rows)} {column.status.label.lower()}"
            for column in self.everything.columns
            if column.rows
        ]
        return f"{total % {'count': len(rows)}}: {', '.join(standing)}"

    @property
    def found(self) -> str:
        return _("%(found)s of %(total)s action points match") % {
            "found": len(self.board.rows),
            "total": len(self.everything.rows),
        }

    @cached_property
    def timelines(self) -> tuple[Timeline, ...]:
        return timelines(
            (item_of(row.point) for row in self.board.rows),
            first_year=self.cycle.first_year,
            last_year=self._last_year,
            at=self.today,
        )

    @property
    def _last_year(self) -> int:
        """Late due dates are drawn as well, as far as a slip of the pen does not set them."""
        due = [row.point.due.year for row in self.everything.rows if row.point.due]
        return max(self.cycle.last_year, min(max(due, default=0), self.cycle.last_year + 2))

    @property
    def is_today_drawn(self) -> bool:
        return self.cycle.first_year <= self.today.year <= self._last_year

    @property
    def statuses(self) -> list[tuple[str, str]]:
        """Values and words, for the legend."""
        return ActionPoint.Status.choices

    @property
    def undated(self) -> list[ActionPoint]:
        return [row.point for row in self.board.rows if not (row.point.start or row.point.due)]


def item_of(point: ActionPoint) -> Item:
    return Item(
        number=point.number,
        code=point.indicator.code,
        start=point.start,
        due=point.due,
        status=point.status,
        words=point.get_status_display(),
    )
