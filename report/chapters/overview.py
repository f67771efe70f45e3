"""Chapter 6: all ratings at a glance, and how many stand at each level."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from assessments.models import IndicatorRating
from assessments.progress import Tally
from report.chapters.values import LevelTitles, ShownRating, meeting_sentence
from scorecard.plain_text import printable
from scorecard.rating import Rating


@dataclass(frozen=True, kw_only=True)
class OverviewRow:
    """One PI in Table 1. last_assessed and age are None where no record tells the year."""

    code: str
    title: str
    rating: ShownRating | None
    is_reassessed: bool
    last_assessed: int | None
    age: int | None  # years; 0 for a PI reassessed this year
    origin_note: str
    criteria_give: ShownRating | None  # only where the agreed rating differs from it

    @classmethod
    def of(cls, rating: IndicatorRating, titles: LevelTitles) -> "OverviewRow":
        return cls(
            code=rating.indicator.code,
            title=rating.indicator.title,
            rating=ShownRating.of(rating.rating, titles),
            is_reassessed=rating.is_reassessed,
            last_assessed=rating.last_assessed,
            age=rating.age,
            origin_note=printable(rating.source.origin_note).strip(),
            criteria_give=ShownRating.of(rating.computed_rating, titles)
            if rating.differs
            else None,
        )


@dataclass(frozen=True, kw_only=True)
class OverviewDimension:
    number: int
    title: str
    rows: tuple[OverviewRow, ...]
    meeting: int
    total: int


@dataclass(frozen=True, kw_only=True)
class LevelCount:
    rating: ShownRating
    count: int


@dataclass(frozen=True, kw_only=True)
class OverviewChapter:
    """levels: highest first. sentence reads "9 of 15 PIs meet or exceed ...\""""

    dimensions: tuple[OverviewDimension, ...]
    levels: tuple[LevelCount, ...]
    not_rated: int
    meeting: int
    reassessed: int
    total: int
    sentence: str

    @classmethod
    def of(cls, ratings: list[IndicatorRating], titles: LevelTitles) -> "OverviewChapter":
        tally = Tally.of(rating.rating for rating in ratings)
        return cls(
            dimensions=tuple(_by_dimension(ratings, titles)),
            levels=tuple(
                LevelCount(rating=ShownRating.of(level, titles), count=tally.by_rating[level])
                for level in reversed(Rating)
            ),
            not_rated=tally.not_rated,
            meeting=tally.meeting,
            reassessed=sum(rating.is_reassessed for rating in ratings),
            total=tally.total,
            sentence=meeting_sentence(tally),
        )


def _by_dimension(
    ratings: list[IndicatorRating], titles: LevelTitles
) -> Iterable[OverviewDimension]:
    for dimension, members in groupby(ratings, key=lambda rating: rating.indicator.dimension):
        members = list(members)
        tally = Tally.of(rating.rating for rating in members)
        yield OverviewDimension(
            number=dimension.number,
            title=dimension.title,
            rows=tuple(OverviewRow.of(rating, titles) for rating in members),
            meeting=tally.meeting,
            total=tally.total,
        )
