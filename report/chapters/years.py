"""All years of a team side by side: PIs by years, each cell a rating and how old it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

from django.utils.translation import gettext as _

from assessments.models import IndicatorRating
from assessments.progress import Tally
from report.chapters.values import LevelTitles, ShownRating
from report.chapters.year_values import (
    CellState,
    EditionSpan,
    YearCell,
    YearColumn,
    YearDimension,
    YearRow,
)
from scorecard.models import Indicator
from scorecard.rating import Rating

WIDEST = 8  # years that stand side by side on a page of A4


@dataclass(frozen=True, kw_only=True)
class YearsTable:
    """PIs are known by their codes; title and dimension are those of the newest edition.

    levels: the four, highest first. breaks: a sentence for each change of edition.
    """

    columns: tuple[YearColumn, ...]
    dimensions: tuple[YearDimension, ...]
    levels: tuple[ShownRating, ...]
    breaks: tuple[str, ...]

    @classmethod
    def of(cls, ratings: Iterable[IndicatorRating], titles: LevelTitles) -> "YearsTable":
        """ratings: of any number of assessments of one team, with indicators and origins."""
        by_year: dict[int, dict[str, IndicatorRating]] = defaultdict(dict)
        for rating in ratings:
            by_year[rating.assessment.year][rating.indicator.code] = rating
        columns = tuple(_columns(by_year))
        return cls(
            columns=columns,
            dimensions=tuple(_dimensions(by_year, columns, titles)),
            levels=tuple(ShownRating.of(level, titles) for level in reversed(Rating)),
            breaks=tuple(_breaks(columns)),
        )

    @property
    def recorded(self) -> tuple[YearColumn, ...]:
        """The years of which there is an assessment."""
        return tuple(column for column in self.columns if column.edition)

    @property
    def editions(self) -> tuple[EditionSpan, ...]:
        """The columns by edition. A year without a record goes with the years before it."""
        spans: list[list[YearColumn]] = []
        for column in self.columns:
            if not spans or column.begins_edition:
                spans.append([])
            spans[-1].append(column)
        return tuple(
            EditionSpan(
                edition=max(column.edition for column in span),
                width=len(span),
                begins_edition=span[0].begins_edition,
            )
            for span in spans
        )

    @property
    def level_counts(self) -> list[tuple[ShownRating, list[int | None]]]:
        """How many PIs stand at each level, by year; None where there is no record."""
        return [
            (level, [column.counts[place] if column.counts else None for column in self.columns])
            for place, level in enumerate(self.levels)
        ]

    @property
    def width(self) -> int:
        """Columns with that of the PIs."""
        return len(self.columns) + 1

    @property
    def parts(self) -> "tuple[YearsTable, ...]":
        """The same in tables of as many years as fit on a page, evenly filled."""
        count = ceil(len(self.columns) / WIDEST)
        width = ceil(len(self.columns) / count) if count else 0
        return tuple(
            self._between(start, start + width) for start in range(0, len(self.columns), width or 1)
        )

    def _between(self, start: int, end: int) -> "YearsTable":
        return replace(
            self,
            columns=self.columns[start:end],
            dimensions=tuple(
                replace(
                    dimension,
                    rows=tuple(replace(row, cells=row.cells[start:end]) for row in dimension.rows),
                )
                for dimension in self.dimensions
            ),
        )


ByYear = Mapping[int, Mapping[str, IndicatorRating]]


def _columns(by_year: ByYear) -> Iterable[YearColumn]:
    """Every calendar year from the first to the last, those without an assessment included."""
    before = None
    for year in range(min(by_year), max(by_year) + 1) if by_year else ():
        if year not in by_year:
            yield YearColumn(year=year)
            continue
        ratings = by_year[year].values()
        tally = Tally.of(rating.rating for rating in ratings)
        edition = next(iter(ratings)).assessment.framework.edition
        yield YearColumn(
            year=year,
            edition=edition,
            begins_edition=before is not None and before != edition,
            counts=tuple(tally.by_rating[level] for level in reversed(Rating)),
            not_rated=tally.not_rated,
            meeting=tally.meeting,
            assessed=sum(rating.is_reassessed for rating in ratings),
            total=tally.total,
        )
        before = edition


def _dimensions(
    by_year: ByYear, columns: tuple[YearColumn, ...], titles: LevelTitles
) -> Iterable[YearDimension]:
    newest: dict[str, Indicator] = {}
    for year in sorted(by_year):
        newest |= {code: rating.indicator for code, rating in by_year[year].items()}
    ordered = sorted(newest.values(), key=lambda row: (row.dimension.number, row.position))
    for number, indicators in groupby(ordered, key=lambda row: row.dimension.number):
        indicators = list(indicators)
        yield YearDimension(
            number=number,
            title=indicators[0].dimension.title,
            rows=tuple(
                YearRow(
                    code=indicator.code,
                    title=indicator.title,
                    cells=tuple(
                        _cell(by_year.get(column.year, {}).get(indicator.code), column, titles)
                        for column in columns
                    ),
                )
                for indicator in indicators
            ),
        )


def _cell(rating: IndicatorRating | None, column: YearColumn, titles: LevelTitles) -> YearCell:
    begins = column.begins_edition
    if rating is None:
        state = CellState.NOT_IN_EDITION if column.edition else CellState.NO_RECORD
        return YearCell(state=state, begins_edition=begins)
    if rating.rating is None:
        return YearCell(state=CellState.NOT_RATED, begins_edition=begins)
    return YearCell(
        state=CellState.CARRIED if rating.is_carried else CellState.ASSESSED,
        rating=ShownRating.of(rating.rating, titles),
        carried_from=rating.last_assessed if rating.is_carried else None,
        begins_edition=begins,
    )


def _breaks(columns: tuple[YearColumn, ...]) -> Iterable[str]:
    recorded = [column for column in columns if column.edition]
    for before, column in zip(recorded, recorded[1:], strict=False):
        if column.begins_edition:
            yield _(
                "From %(year)s on the edition of %(edition)s applies, until then that of "
                "%(before)s. Their criteria differ: across the line, ratings do not compare."
            ) % {"year": column.year, "edition": column.edition, "before": before.edition}
