"""The last chapter: how each rating changed since the team's previous assessment."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessments.models import IndicatorRating
from assessments.progress import change
from report.chapters.values import LevelTitles, ShownRating
from scorecard.plain_text import printable


class Direction(TextChoices):
    ROSE = "rose", _("Rose")
    FELL = "fell", _("Fell")
    UNCHANGED = "unchanged", _("Unchanged")
    NEW = "new", _("Newly assessed")
    NOT_RECORDED = "not-recorded", _("Previous rating not recorded")
    NOT_RATED = "not-rated", _("Not rated this year")


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    code: str
    title: str
    before: ShownRating | None
    now: ShownRating | None
    direction: Direction
    regression_reason: str


@dataclass(frozen=True, kw_only=True)
class ChangeChapter:
    """previous_year is None, and rows is empty, when no earlier assessment is on record."""

    previous_year: int | None
    rows: tuple[ChangeRow, ...]

    @classmethod
    def of(
        cls,
        ratings: list[IndicatorRating],
        previous: Mapping[str, IndicatorRating],
        titles: LevelTitles,
    ) -> "ChangeChapter":
        """previous: the ratings of the team's latest earlier assessment by PI code."""
        if not previous:
            return cls(previous_year=None, rows=())
        before = {code: rating.rating for code, rating in previous.items()}
        return cls(
            previous_year=next(iter(previous.values())).assessment.year,
            rows=tuple(_row(rating, before, titles) for rating in ratings),
        )


def _row(
    rating: IndicatorRating, before: Mapping[str, int | None], titles: LevelTitles
) -> ChangeRow:
    code = rating.indicator.code
    direction = _direction(rating, before)
    reason = printable(rating.regression_reason).strip() if direction == Direction.FELL else ""
    return ChangeRow(
        code=code,
        title=rating.indicator.title,
        before=ShownRating.of(before.get(code), titles),
        now=ShownRating.of(rating.rating, titles),
        direction=direction,
        regression_reason=reason,
    )


def _direction(rating: IndicatorRating, before: Mapping[str, int | None]) -> Direction:
    code = rating.indicator.code
    if rating.rating is None:
        return Direction.NOT_RATED
    levels = change(before.get(code), rating.rating)
    if levels is None:
        return Direction.NEW if rating.is_reassessed else Direction.NOT_RECORDED
    if levels == 0:
        return Direction.UNCHANGED
    return Direction.ROSE if levels > 0 else Direction.FELL
