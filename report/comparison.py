"""The page on which a team compares its years."""

from dataclasses import dataclass

from assessments.models import Assessment, IndicatorRating
from report.chapters.change import ChangeChapter
from report.chapters.years import YearsTable
from report.year_bars import YearBars


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """years: all there are to choose from, newest first. change compares year with against.

    year is None where there is no assessment at all, against where there is no earlier one.
    """

    years: list[int]
    year: int | None
    against: int | None
    table: YearsTable
    change: ChangeChapter | None
    bars: YearBars

    @classmethod
    def of(
        cls, assessments: list[Assessment], *, year: int | None = None, against: int | None = None
    ) -> "Comparison":
        """assessments: one team's, newest first, as far as the reader may see them. Two queries.

        A year that is not among them, or is not earlier, gives way to the default: the latest
        with the one before it.
        """
        ratings = list(IndicatorRating.objects.filter(assessment__in=assessments).to_compare())
        years = sorted({rating.assessment.year for rating in ratings}, reverse=True)
        year = year if year in years else next(iter(years), None)
        earlier = [other for other in years if other < year] if year else []
        against = against if against in earlier else next(iter(earlier), None)
        titles = assessments[0].framework.level_titles if assessments else {}
        table = YearsTable.of(ratings, titles)
        return cls(
            years=years,
            year=year,
            against=against,
            table=table,
            change=_change(ratings, year, against, titles) if against else None,
            bars=YearBars.of(table),
        )


def _change(ratings, year, against, titles) -> ChangeChapter:
    return ChangeChapter.of(
        [rating for rating in ratings if rating.assessment.year == year],
        [rating for rating in ratings if rating.assessment.year == against],
        titles,
    )
