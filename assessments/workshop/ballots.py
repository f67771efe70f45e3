"""The votes of a PI's rounds, as far as a reader may know them: the only way to them.

Before the reveal the database itself holds back what was voted: the query names the entities
whose votes the reader may see, their own, and returns nothing for the others.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import Case, F, OuterRef, Q, Subquery, When

from accounts.models import Entity
from assessments.models import Agreement, Round, Vote
from assessments.workshop.result import Result
from scorecard.rating import Rating


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """One entity in one round. rating: None without a vote, and while it is not for the reader."""

    entity: Entity
    rating: Rating | None = None
    given_at: datetime | None = None
    given_by: str = ""

    @property
    def is_given(self) -> bool:
        return self.given_at is not None


@dataclass(frozen=True, kw_only=True)
class RoundShown:
    """One round with the ballots of all entities that may vote in it, by acronym.

    agreed: the rating that the team recorded after it, if it did.
    """

    code: str  # of the PI
    round: Round
    agreed: Rating | None
    ballots: tuple[Ballot, ...]

    @property
    def given(self) -> list[Ballot]:
        return [ballot for ballot in self.ballots if ballot.is_given]

    @property
    def waiting(self) -> list[Ballot]:
        return [ballot for ballot in self.ballots if not ballot.is_given]

    @property
    def late(self) -> list[Ballot]:
        """Those given after the reveal."""
        revealed_at = self.round.revealed_at
        return [ballot for ballot in self.given if revealed_at and ballot.given_at > revealed_at]

    @property
    def late_entities(self) -> list[str]:
        return [ballot.entity.acronym for ballot in self.late]

    @property
    def result(self) -> Result | None:
        """None until the reveal."""
        if not self.round.is_revealed or not self.given:
            return None
        return Result(votes={ballot.entity.acronym: ballot.rating for ballot in self.given})

    def of(self, entities: Collection[Entity]) -> list[Ballot]:
        return [ballot for ballot in self.ballots if ballot.entity in entities]

    def takes_late_votes(self, *, now: datetime) -> bool:
        return self.round.late_until is not None and now <= self.round.late_until


def rounds_of(ratings, *, mine: Collection[Entity] = ()) -> list[RoundShown]:
    """Return the rounds of these PIs in the order of PI and number, in one query.

    ratings: indicator ratings, or a queryset of them. mine: the entities whose own votes the
    reader may see before the reveal.
    """
    for_reader = Q(round__revealed_at__isnull=False) | Q(entity__in=[row.pk for row in mine])
    agreements = Agreement.objects.filter(round=OuterRef("round")).order_by("-pk")
    votes = (
        Vote.objects.filter(round__indicator_rating__in=ratings)
        .annotate(
            shown=Case(When(for_reader, then=F("rating"))),
            agreed=Subquery(agreements.values("rating")[:1]),
            code=F("round__indicator_rating__indicator__code"),
            given_by=F("by__name"),
        )
        .select_related("round", "entity")
        .defer("rating")
        .order_by("round__indicator_rating", "round__number", "entity__acronym")
    )
    return list(_by_round(votes))


def last_vote_of(entities: Collection[int]) -> Subquery:
    """When one of these entities last voted on the current PI of a workshop, within its query."""
    own = Vote.objects.filter(round__indicator_rating=OuterRef("current"), entity__in=entities)
    return Subquery(own.filter(at__isnull=False).order_by("-at").values("at")[:1])


def _by_round(votes: Iterable[Vote]) -> Iterator[RoundShown]:
    for _pk, rows in groupby(votes, key=attrgetter("round_id")):
        rows = list(rows)
        yield RoundShown(
            code=rows[0].code,
            round=rows[0].round,
            agreed=rows[0].agreed and Rating(rows[0].agreed),
            ballots=tuple(map(_ballot, rows)),
        )


def _ballot(vote):
    return Ballot(
        entity=vote.entity,
        rating=vote.shown and Rating(vote.shown),
        given_at=vote.at,
        given_by=vote.given_by or "",
    )
