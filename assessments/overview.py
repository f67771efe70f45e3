"""What the pages of a team and an assessment show at a glance, gathered once."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership
from assessments.models import Assessment, IndicatorRating, PreliminaryRating
from assessments.progress import Tally, change
from scorecard.models import RATING_LABELS, Dimension


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One PI of the scorecard: its rating and what it was before."""

    rating: IndicatorRating
    previous: IndicatorRating | None

    @property
    def change(self) -> int | None:
        """Levels risen (above 0) or fallen (below 0) since last time.

        None where one is unknown, or where the two stand on different editions.
        """
        if not self.rating.is_comparable_to(self.previous):
            return None
        return change(self.previous.rating, self.rating.rating)

    @property
    def earlier_edition(self) -> str:
        """The edition of the rating before, where that is another one; else ""."""
        return earlier_edition(self.rating, self.previous)

    @property
    def change_words(self) -> str:
        if not self.change:
            return _("as before")
        words = _("up from %(rating)s") if self.change > 0 else _("down from %(rating)s")
        return words % {"rating": RATING_LABELS[self.previous.rating]}


@dataclass(frozen=True, kw_only=True)
class Band:
    """The cells of one dimension."""

    dimension: Dimension
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True)
class OpenWork:
    """What one PI still needs before it can be endorsed, or what should be looked at."""

    rating: IndicatorRating
    needs: list[str]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The year's scorecard: fifteen cells in seven bands, and the counts over them."""

    assessment: Assessment
    bands: list[Band]
    tally: Tally
    reassessed: int
    reassessed_complete: int
    open_work: list[OpenWork]

    @classmethod
    def of(cls, assessment: Assessment) -> "Overview":
        ratings = assessment.indicator_ratings.in_detail(assessment.framework)
        before = previous_ratings(assessment)
        cells = [
            Cell(rating=rating, previous=before.get(rating.indicator.code)) for rating in ratings
        ]
        chosen = [rating for rating in ratings if rating.is_reassessed]
        return cls(
            assessment=assessment,
            bands=[
                Band(dimension=dimension, cells=list(group))
                for dimension, group in groupby(
                    cells, key=lambda cell: cell.rating.indicator.dimension
                )
            ],
            tally=Tally.of(rating.rating for rating in ratings),
            reassessed=len(chosen),
            reassessed_complete=sum(rating.is_complete for rating in chosen),
            open_work=[
                OpenWork(rating=rating, needs=needs)
                for rating in ratings
                if (needs := missing(rating))
            ],
        )

    @property
    def ratings(self) -> list[IndicatorRating]:
        return [cell.rating for band in self.bands for cell in band.cells]

    @cached_property
    def team(self) -> list[Membership]:
        """Who works on the assessment today. Read when first asked for."""
        team = Membership.objects.in_team(self.assessment.team_id).active()
        return list(team.of_assessment_team())

    @cached_property
    def given(self) -> set[tuple[int, int]]:
        """(rating, person) of the preliminary ratings, not what they say. Read as team is."""
        return PreliminaryRating.objects.who_has_given(self.ratings)


def previous_ratings(assessment: Assessment) -> dict[str, IndicatorRating]:
    """Return the ratings of the team's latest earlier assessment by PI code; {} without one."""
    latest = Assessment.objects.before(assessment).values("pk")[:1]
    ratings = IndicatorRating.objects.filter(assessment=latest)
    ratings = ratings.select_related("indicator", "assessment__framework")
    return {rating.indicator.code: rating for rating in ratings}


def earlier_edition(rating: IndicatorRating, previous: IndicatorRating | None) -> str:
    """Return the edition that the rating before stands on, where it is another one; else ""."""
    if previous is None:
        return ""
    before, now = previous.assessment.framework, rating.assessment.framework
    return before.edition if before.code != now.code else ""


def missing(rating: IndicatorRating) -> list[str]:
    """Return what a PI still needs, as phrases; [] when nothing is open.

    A carried rating needs nothing, unless it stands above what its criteria give.
    """
    needs = []
    if rating.is_reassessed:
        if rating.rating is None:
            needs.append(_("No agreed rating yet"))
        needs += unwritten(rating)
    if rating.is_above_criteria:
        needs.append(
            _("Agreed %(agreed)s, the criteria give %(computed)s")
            % {
                "agreed": RATING_LABELS[rating.rating],
                "computed": RATING_LABELS[rating.computed_rating],
            }
        )
    return needs


def unwritten(rating: IndicatorRating) -> list[str]:
    """Return what those who write the findings of a PI have still to do, as phrases."""
    needs = []
    if not rating.findings and not rating.has_criterion_text:
        needs.append(_("No findings yet"))
    if undecided := rating.undecided:
        needs.append(
            ngettext(
                "%(count)s criterion is undecided",
                "%(count)s criteria are undecided",
                undecided,
            )
            % {"count": undecided}
        )
    return needs
