"""Chapter 2: the dimensions, the performance indicators and the four ratings."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from report.chapters.values import LevelTitles, ShownRating
from scorecard.models import Framework, Indicator
from scorecard.rating import Rating


@dataclass(frozen=True, kw_only=True)
class ListedIndicator:
    code: str
    title: str
    statement: str


@dataclass(frozen=True, kw_only=True)
class ListedDimension:
    number: int
    title: str
    indicators: tuple[ListedIndicator, ...]


@dataclass(frozen=True, kw_only=True)
class ExplainedLevel:
    rating: ShownRating
    explanation: str


@dataclass(frozen=True, kw_only=True)
class FrameworkChapter:
    """The edition that the assessment was made on, in brief."""

    title: str
    edition: str
    publisher: str
    annual_minimum: int
    dimension_count: int
    indicator_count: int
    dimensions: tuple[ListedDimension, ...]
    levels: tuple[ExplainedLevel, ...]

    @classmethod
    def of(
        cls, framework: Framework, indicators: list[Indicator], titles: LevelTitles
    ) -> "FrameworkChapter":
        dimensions = tuple(_by_dimension(indicators))
        return cls(
            title=framework.title,
            edition=framework.edition,
            publisher=framework.publisher,
            annual_minimum=framework.annual_minimum_indicators,
            dimension_count=len(dimensions),
            indicator_count=len(indicators),
            dimensions=dimensions,
            levels=tuple(_explained(titles)),
        )


def _by_dimension(indicators: Iterable[Indicator]) -> Iterable[ListedDimension]:
    """indicators: in the order of their dimensions."""
    for dimension, members in groupby(indicators, key=lambda indicator: indicator.dimension):
        yield ListedDimension(
            number=dimension.number,
            title=dimension.title,
            indicators=tuple(
                ListedIndicator(code=row.code, title=row.title, statement=row.statement)
                for row in members
            ),
        )


def _explained(titles: LevelTitles) -> Iterable[ExplainedLevel]:
    for level, explanation in _explanations().items():
        yield ExplainedLevel(rating=ShownRating.of(level, titles), explanation=explanation)


def _explanations() -> dict[Rating, str]:
    return {
        Rating.MISSING: _(
            "What the lowest set of criteria asks for has not been reached. Work may have been "
            "done all the same, yet not enough of it, or not of the kind the criteria describe."
        ),
        Rating.APPROACHES: _(
            "A first set of criteria is met. The minimum is not reached yet, but a start is made."
        ),
        Rating.MEETS: _(
            "The minimum that the UN system has agreed on for every country team. It is the aim "
            "for each indicator, and a place to go on from."
        ),
        Rating.EXCEEDS: _("The minimum is met, and a further, more demanding criterion with it."),
    }
