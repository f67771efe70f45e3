"""The overview of all teams: what the counts say, arranged as the page shows it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

from django.utils import timezone

from accounts.models import CountryTeam
from endorsement.world import counts, figures
from endorsement.world.counts import Count, Rise, Status
from scorecard.models import Dimension, Indicator
from scorecard.rating import Rating

RISEN = 10  # teams named as most improved
COLUMNS = 8  # years side by side


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One team in one year. row is None where no assessment was begun: that too can be late."""

    row: figures.TeamYear | None
    status: Status
    is_break: bool  # the first year on another edition than the year before

    @property
    def heat(self) -> int | None:
        return counts.heat(self.row.meeting, self.row.rated) if self.row else None


@dataclass(frozen=True, kw_only=True)
class TeamRow:
    team: CountryTeam
    cells: list[Cell | None]  # None where it has nothing on the edition asked for


@dataclass(frozen=True, kw_only=True)
class IndicatorRow:
    """One PI or dimension: its count for each year, and for the year in focus."""

    name: Indicator | Dimension
    by_year: list[Count]
    focus: Count


@dataclass(frozen=True, kw_only=True)
class DimensionBand:
    head: IndicatorRow
    rows: list[IndicatorRow]


@dataclass(frozen=True, kw_only=True)
class WorldOverview:
    """focus: the year that the figures speak of: the chosen one, or the last that was due."""

    scope: figures.Scope
    years: list[int]
    focus: int | None
    teams: list[CountryTeam]
    team_years: Mapping[tuple[int, int], figures.TeamYear]
    ratings: Mapping[int, Mapping[str, int]]  # of the year in focus and the one before
    indicator_years: Mapping[tuple[str, int], Count]
    indicators: list[Indicator]
    due: Mapping[int, date | None]
    now: datetime

    @classmethod
    def of(
        cls,
        scope: figures.Scope,
        *,
        indicators: list[Indicator],
        years: Mapping[int, date | None],
        now: datetime,
    ) -> "WorldOverview":
        """Four queries. indicators and years: all that there are, as figures gives them."""
        rows = figures.team_years(scope)
        focus = scope.year or _focus(rows, years, timezone.localdate(now))
        compared = [focus - 1, focus] if focus else []
        shown = [year for year in years if scope.year in (None, year, year + 1)]
        edition = scope.edition or (indicators[0].dimension.framework.edition if indicators else "")
        return cls(
            scope=scope,
            years=shown[-COLUMNS:],
            focus=focus,
            teams=list(scope.teams()),
            team_years={(row.team_id, row.year): row for row in rows},
            ratings=figures.ratings(scope, years=compared),
            indicator_years=figures.indicator_years(scope),
            indicators=[row for row in indicators if row.dimension.framework.edition == edition],
            due=years,
            now=now,
        )

    @cached_property
    def regions(self) -> list[tuple[str, list[TeamRow]]]:
        """The teams by region, each with a cell for each year."""
        rows = [TeamRow(team=team, cells=self._cells(team)) for team in self.teams]
        return [
            (region, list(group))
            for region, group in groupby(rows, key=lambda row: row.team.get_region_display())
        ]

    def _cells(self, team) -> list[Cell | None]:
        cells, before = [], None
        for year in self.years:
            row = self.team_years.get((team.pk, year))
            if row is None and self.scope.edition:
                cells.append(None)  # on another edition, or not begun and so on none
                continue
            status = counts.status_of(
                is_handed_in=bool(row and row.is_handed_in),
                due=self.due.get(year),
                today=team.day(self.now),
            )
            is_break = bool(row and before and row.edition != before.edition)
            cells.append(Cell(row=row, status=status, is_break=is_break))
            before = row or before
        return cells

    @property
    def handed_in(self) -> list[tuple[int, int]]:
        """The keys of the team and the years of which ratings are shown."""
        cells = (cell for _region, rows in self.regions for row in rows for cell in row.cells)
        rows = (cell.row for cell in cells if cell and cell.row)
        return [(row.team_id, row.year) for row in rows if row.is_handed_in]

    @cached_property
    def statuses(self) -> Counter:
        """How many teams have handed in the year in focus, have not, or are late."""
        if self.focus not in self.years:
            return Counter()
        at = self.years.index(self.focus)
        rows = (row for _region, rows in self.regions for row in rows)
        return Counter(cell.status for row in rows if (cell := row.cells[at]))

    @cached_property
    def bands(self) -> list[DimensionBand]:
        return [
            DimensionBand(head=self._head(dimension, rows), rows=rows)
            for dimension, rows in (
                (dimension, [self._row(indicator) for indicator in group])
                for dimension, group in groupby(self.indicators, key=lambda row: row.dimension)
            )
        ]

    def _row(self, indicator) -> IndicatorRow:
        def count(year):
            return self.indicator_years.get((indicator.code, year), Count())

        return IndicatorRow(
            name=indicator, by_year=[count(year) for year in self.years], focus=count(self.focus)
        )

    @staticmethod
    def _head(dimension, rows) -> IndicatorRow:
        by_year = zip(*(row.by_year for row in rows), strict=True)
        return IndicatorRow(
            name=dimension,
            by_year=[counts.total(column) for column in by_year],
            focus=counts.total(row.focus for row in rows),
        )

    @cached_property
    def whole(self) -> Count:
        """All PIs of all teams in the year in focus."""
        return counts.total(band.head.focus for band in self.bands)

    @cached_property
    def risen(self) -> list[Rise]:
        """The teams that rose most since the year before, on the same edition."""
        if self.focus is None:
            return []
        now, before = self._meeting(self.focus), self._meeting(self.focus - 1)
        return counts.risen(before, now, most=RISEN)

    def _meeting(self, year) -> dict[tuple[CountryTeam, str], dict[str, bool]]:
        found = ((team, self.team_years.get((team.pk, year))) for team in self.teams)
        return {
            (team, row.edition): {
                code: rating >= Rating.MEETS for code, rating in self.ratings[row.pk].items()
            }
            for team, row in found
            if row and row.pk in self.ratings
        }


def _focus(rows, due, today) -> int | None:
    """The last year whose reports were due, else the last of which one was handed in."""
    handed_in = {row.year for row in rows if row.is_handed_in}
    past = {year for year in handed_in if due.get(year) and due[year] < today}
    return max(past or handed_in, default=None)
