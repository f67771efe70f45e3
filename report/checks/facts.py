"""What the checks look at, gathered once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.models import Membership
from actionplan.models import ActionPoint
from assessments.carry_over import outdated, sources
from assessments.models import Agreement, Assessment, IndicatorRating
from assessments.overview import Overview
from assessments.workshop.ballots import RoundShown, rounds_of
from assessments.workshop.record import is_overtaken
from evidence.models import Citation


@dataclass(frozen=True, kw_only=True)
class Facts:
    """previous: by PI code; citations: by the rating they stand under."""

    assessment: Assessment
    ratings: list[IndicatorRating]
    previous: Mapping[str, IndicatorRating]
    citations: Mapping[int, list[Citation]]
    points: list[ActionPoint]
    memberships: list[Membership]
    given: set[tuple[int, int]]  # (rating, person) of the preliminary ratings
    rounds: Mapping[int, RoundShown]  # the last round of each PI that was voted on
    overtaken: Mapping[int, Agreement]  # by rating, those off the median since votes came late
    newer: Mapping[str, IndicatorRating]  # by PI code, what should be carried instead
    today: date

    @classmethod
    def of(cls, overview: Overview) -> "Facts":
        """Eight queries more than the overview took, six if it knows team and givers already."""
        assessment, ratings = overview.assessment, overview.ratings
        cells = [cell for band in overview.bands for cell in band.cells]
        for rating in ratings:
            rating.assessment = assessment
        rounds = {shown.round.indicator_rating_id: shown for shown in rounds_of(ratings)}
        points = ActionPoint.objects.of_cycle(assessment.cooperation_framework_id)
        return cls(
            assessment=assessment,
            ratings=ratings,
            previous={cell.rating.indicator.code: cell.previous for cell in cells if cell.previous},
            citations=_citations(ratings),
            points=list(points.without_supporting().prefetch_related("other_indicators")),
            memberships=overview.team,
            given=overview.given,
            rounds=rounds,
            overtaken=_overtaken(rounds),
            newer=_newer(assessment, ratings),
            today=assessment.team.day(timezone.now()),
        )

    @property
    def reassessed(self) -> list[IndicatorRating]:
        return [rating for rating in self.ratings if rating.is_reassessed]

    @property
    def carried(self) -> list[IndicatorRating]:
        return [rating for rating in self.ratings if rating.is_carried]

    @property
    def open_points(self) -> list[ActionPoint]:
        return [point for point in self.points if point.is_open]

    def documents_of(self, rating: IndicatorRating) -> list[Citation]:
        """The citations under a PI; of a carried one, those where it was assessed."""
        return self.citations.get(rating.source.pk, [])


def _overtaken(rounds: Mapping[int, RoundShown]) -> dict[int, Agreement]:
    """One query where anybody voted late on what is agreed, else none."""
    late = [pk for pk, shown in rounds.items() if shown.late and shown.agreed]
    agreements = Agreement.objects.in_force(late)
    return {pk: row for pk, row in agreements.items() if is_overtaken(row, rounds[pk])}


def _newer(assessment: Assessment, ratings: list[IndicatorRating]) -> dict[str, IndicatorRating]:
    """Nothing can be carried anew once the ratings are fixed."""
    return outdated(ratings, sources(assessment)) if assessment.is_in_work else {}


def _citations(ratings: list[IndicatorRating]) -> dict[int, list[Citation]]:
    found = defaultdict(list)
    for citation in Citation.objects.for_ratings([rating.source for rating in ratings]):
        found[citation.indicator_rating_id].append(citation)
    return found
