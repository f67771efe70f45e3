"""The last chapter: how each rating changed since the previous assessment, and over all years."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models import IndicatorRating
from assessments.progress import change
from report.chapters.values import LevelTitles, ShownRating
from report.chapters.years import YearsTable
from scorecard.plain_text import printable


class Direction(TextChoices):
    """In the order in which a reader wants to know."""

    ROSE = "rose", _("Rose")
    FELL = "fell", _("Fell")
    NEW = "new", _("Newly assessed")
    OTHER_EDITION = "other-edition", _("Other edition, not comparable")
    ONLY_NOW = "only-now", _("Not in the earlier edition")
    ONLY_BEFORE = "only-before", _("Not in this edition")
    UNCHANGED = "unchanged", _("Unchanged")
    NOT_RECORDED = "not-recorded", _("Previous rating not recorded")
    NOT_RATED = "not-rated", _("Not rated this year")


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """last_assessed: the year of the rating that stands now; None where no record tells."""

    code: str
    title: str
    before: ShownRating | None
    now: ShownRating | None
    direction: Direction
    is_reassessed: bool
    last_assessed: int | None
    regression_reason: str

    @property
    def assessed(self) -> str:
        """When the rating that stands now was really assessed."""
        if self.last_assessed is None:
            return gettext("year not recorded")
        if self.is_reassessed:
            return str(self.last_assessed)
        return gettext("carried over from %(year)s") % {"year": self.last_assessed}

    @property
    def why_it_fell(self) -> str:
        """The reason on record; "" where the rating did not fall."""
        if self.direction != Direction.FELL:
            return ""
        return self.regression_reason or gettext("No reason recorded")


@dataclass(frozen=True, kw_only=True)
class ChangeChapter:
    """previous_year is None, and rows is empty, when no earlier assessment is on record.

    previous_edition: "" where it is the edition of this year.
    """

    previous_year: int | None
    previous_edition: str
    rows: tuple[ChangeRow, ...]
    years: YearsTable

    @classmethod
    def of(
        cls,
        ratings: list[IndicatorRating],
        earlier: list[IndicatorRating],
        titles: LevelTitles,
    ) -> "ChangeChapter":
        """earlier: ratings of the team's earlier assessments; the latest are compared with."""
        years = YearsTable.of([*earlier, *ratings], titles)
        if not (earlier and ratings):
            return cls(previous_year=None, previous_edition="", rows=(), years=years)
        before = latest_by_code(earlier)
        latest = next(iter(before.values())).assessment
        edition = latest.framework.edition
        is_same = edition == ratings[0].assessment.framework.edition
        return cls(
            previous_year=latest.year,
            previous_edition="" if is_same else edition,
            rows=tuple(_rows(ratings, before, titles)),
            years=years,
        )

    @property
    def edition_note(self) -> str:
        """Why nothing rose or fell where the two years stand on different editions; else ""."""
        if not self.previous_edition:
            return ""
        return gettext(
            "%(year)s was assessed with the edition of %(edition)s. Its criteria differ, so no "
            "rating is said to have risen or fallen."
        ) % {"year": self.previous_year, "edition": self.previous_edition}

    @property
    def by_direction(self) -> list[tuple[Direction, list[ChangeRow]]]:
        """The rows that went each way, ways that none went left out."""
        ways = [(way, [row for row in self.rows if row.direction == way]) for way in Direction]
        return [(way, rows) for way, rows in ways if rows]


def latest_by_code(earlier: list[IndicatorRating]) -> dict[str, IndicatorRating]:
    """Return those of the latest of the years by PI code; {} where there is none."""
    year = max((rating.assessment.year for rating in earlier), default=None)
    return {row.indicator.code: row for row in earlier if row.assessment.year == year}


def _rows(
    ratings: list[IndicatorRating], before: Mapping[str, IndicatorRating], titles: LevelTitles
) -> Iterable[ChangeRow]:
    """The PIs of this year in their order, then those that only the earlier edition has."""
    for rating in ratings:
        yield _row(rating, before.get(rating.indicator.code), titles)
    codes = {rating.indicator.code for rating in ratings}
    for code, rating in before.items():
        if code not in codes:
            yield ChangeRow(
                code=code,
                title=rating.indicator.title,
                before=ShownRating.of(rating.rating, titles),
                now=None,
                direction=Direction.ONLY_BEFORE,
                is_reassessed=False,
                last_assessed=rating.last_assessed,
                regression_reason="",
            )


def _row(rating: IndicatorRating, before: IndicatorRating | None, titles: LevelTitles) -> ChangeRow:
    return ChangeRow(
        code=rating.indicator.code,
        title=rating.indicator.title,
        before=ShownRating.of(before and before.rating, titles),
        now=ShownRating.of(rating.rating, titles),
        direction=_direction(rating, before),
        is_reassessed=rating.is_reassessed,
        last_assessed=rating.last_assessed,
        regression_reason=printable(rating.why_it_fell_from(before)).strip(),
    )


def _direction(rating: IndicatorRating, before: IndicatorRating | None) -> Direction:
    if rating.rating is None:
        return Direction.NOT_RATED
    if before is None:
        return Direction.ONLY_NOW
    if before.rating is not None and not rating.is_comparable_to(before):
        return Direction.OTHER_EDITION
    levels = change(before.rating, rating.rating)
    if levels is None:
        return Direction.NEW if rating.is_reassessed else Direction.NOT_RECORDED
    if levels == 0:
        return Direction.UNCHANGED
    return Direction.ROSE if levels > 0 else Direction.FELL
