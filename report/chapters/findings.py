"""Chapter 7: the findings of each performance indicator, by dimension."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from assessments.models import IndicatorRating
from assessments.progress import Tally
from assessments.workshop.record import Record
from report.chapters.counted import CountedTable, tables_of
from report.chapters.criteria import CriterionShown, MeasureShown, criteria_of, measures_of
from report.chapters.origins import confirmed_by, origin_of
from report.chapters.values import LevelTitles, ShownRating, meeting_sentence
from report.chapters.workshop import WorkshopShown
from scorecard.models import Dimension
from scorecard.plain_text import printable
from scorecard.rating import Rating, missing_for
from scorecard.statements import level_statement, missing_sentence


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """What still has to be met to reach a level: "(a) and (b), or (c)"."""

    rating: ShownRating
    criteria: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The agreed rating is not what the criteria give. lacking: what the agreed one asks for."""

    criteria_give: ShownRating
    is_above: bool
    lacking: Lacking | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class IndicatorFindings:
    code: str
    title: str
    statement: str
    rating: ShownRating | None
    criteria_give: ShownRating
    level_statement: str
    difference: Difference | None
    lacking_for_next: Lacking | None
    is_reassessed: bool
    origin: str
    origin_note: str
    confirmed: str  # by whom and when a carried rating was confirmed, with confirmation the reason
    confirmation: str
    criteria: tuple[CriterionShown, ...]
    measures: tuple[MeasureShown, ...]
    counted: tuple[CountedTable, ...]
    findings: str
    regression_reason: str
    workshop: WorkshopShown | None
    means_of_verification: str

    @classmethod
    def of(
        cls,
        rating: IndicatorRating,
        titles: LevelTitles,
        *,
        before: IndicatorRating | None = None,
        record: Record | None = None,
    ) -> "IndicatorFindings":
        """rating: with details; of a carried one the findings are those of its source.

        before: the rating that it replaces.
        """
        source = rating.source
        return cls(
            code=rating.indicator.code,
            title=rating.indicator.title,
            statement=rating.indicator.statement,
            rating=ShownRating.of(rating.rating, titles),
            criteria_give=ShownRating.of(rating.computed_rating, titles),
            level_statement=_level_statement(rating),
            difference=_difference(rating, titles),
            lacking_for_next=_lacking_for_next(rating, titles),
            is_reassessed=rating.is_reassessed,
            origin=origin_of(rating),
            origin_note=printable(source.origin_note).strip(),
            confirmed=confirmed_by(rating),
            confirmation=printable(rating.confirmation).strip(),
            criteria=tuple(criteria_of(source)),
            measures=tuple(measures_of(source)),
            counted=tables_of(source, rating.assessment.framework),
            findings=printable(source.findings).strip(),
            regression_reason=printable(rating.why_it_fell_from(before)).strip(),
            workshop=WorkshopShown.of(record),
            means_of_verification=printable(source.means_of_verification).strip(),
        )

    @property
    def rating_in_full(self) -> ShownRating | None:
        return self.rating and self.rating.in_full


@dataclass(frozen=True, kw_only=True)
class DimensionFindings:
    """sentence reads "2 of 3 PIs meet or exceed the minimum requirements.\""""

    number: int
    title: str
    sentence: str
    indicators: tuple[IndicatorFindings, ...]

    @classmethod
    def of(
        cls,
        dimension: Dimension,
        ratings: list[IndicatorRating],
        titles: LevelTitles,
        *,
        before: Mapping[str, IndicatorRating],
        records: Mapping[int, Record],
    ) -> "DimensionFindings":
        return cls(
            number=dimension.number,
            title=dimension.title,
            sentence=meeting_sentence(Tally.of(rating.rating for rating in ratings)),
            indicators=tuple(
                IndicatorFindings.of(
                    rating,
                    titles,
                    before=before.get(rating.indicator.code),
                    record=records.get(rating.pk),
                )
                for rating in ratings
            ),
        )


def by_dimension(
    ratings: list[IndicatorRating],
    titles: LevelTitles,
    *,
    before: Mapping[str, IndicatorRating],
    records: Mapping[int, Record],
) -> tuple[DimensionFindings, ...]:
    """ratings: in the order of their dimensions, with details.

    before: the ratings that they replace, by PI code. records: of the workshop, by rating.
    """
    return tuple(
        DimensionFindings.of(dimension, list(members), titles, before=before, records=records)
        for dimension, members in groupby(ratings, key=lambda rating: rating.indicator.dimension)
    )


def _level_statement(rating: IndicatorRating) -> str:
    return level_statement(rating.indicator, Rating(rating.rating)) if rating.rating else ""


def _difference(rating: IndicatorRating, titles: LevelTitles) -> Difference | None:
    if not rating.differs:
        return None
    return Difference(
        criteria_give=ShownRating.of(rating.computed_rating, titles),
        is_above=rating.is_above_criteria,
        lacking=_lacking(rating, Rating(rating.rating), titles),
        reason=printable(rating.difference_reason).strip(),
    )


def _lacking_for_next(rating: IndicatorRating, titles: LevelTitles) -> Lacking | None:
    """What the level above the agreed one asks for, or above the computed one if none is agreed."""
    level = rating.rating or rating.computed_rating
    return _lacking(rating, Rating(level + 1), titles) if level < Rating.EXCEEDS else None


def _lacking(rating: IndicatorRating, level: Rating, titles: LevelTitles) -> Lacking | None:
    """None when the recorded criteria reach the level."""
    source = rating.source
    indicator = source.indicator
    sets = missing_for(level, source.standing.met, indicator.rules, indicator.criterion_rules)
    if not sets:
        return None
    return Lacking(
        rating=ShownRating.of(level, titles),
        criteria=missing_sentence(sets, indicator.criteria.all()),
    )
