"""The Hand: what each entity votes with, by phone."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import Entity
from assessments.models import IndicatorRating, Workshop
from assessments.workshop.ballots import Ballot, RoundShown, rounds_of
from assessments.workshop.held import held
from assessments.workshop.representation import entities_of
from assessments.workshop.stage import Phase, Stage
from scorecard.models import RATING_CHOICES


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The voting paper of one entity in one round: four buttons, and what was pressed."""

    shown: RoundShown
    ballot: Ballot

    @property
    def choices(self) -> list:
        return RATING_CHOICES

    @property
    def is_late(self) -> bool:
        return self.shown.round.is_revealed


@dataclass(frozen=True, kw_only=True)
class Hand:
    """What one person has in hand. mine: the entities for which they vote."""

    stage: Stage
    mine: list[Entity]
    papers: list[Paper]
    late_papers: list[Paper]

    @classmethod
    def of(cls, workshop: Workshop, user, *, now: datetime) -> "Hand":
        """workshop: from with_stage(). Two queries: the person's entities, the rounds."""
        mine = entities_of(user, workshop)
        rounds = rounds_of(_in_play(workshop, now), mine=mine)
        current = [row for row in rounds if row.round.indicator_rating_id == workshop.current_id]
        stage = Stage(workshop=workshop, rounds=current)
        return cls(
            stage=stage,
            mine=mine,
            papers=list(_papers(stage, mine)) if stage.phase == Phase.VOTING else [],
            late_papers=[paper for row in _last_of_each(rounds) for paper in _late(row, mine, now)],
        )

    @property
    def is_live(self) -> bool:
        return self.stage.phase != Phase.CLOSED

    @property
    def version(self) -> str:
        """What the page sends when it asks for news."""
        own = [ballot for shown in self.stage.rounds for ballot in shown.of(self.mine)]
        given = [ballot.given_at for ballot in own if ballot.is_given]
        return held(self.stage.workshop, self.mine, max(given, default=None))

    @property
    def own_ballots(self) -> list[Ballot]:
        """How one's own entities voted in the last round of the current PI."""
        return [row for row in self.stage.last.of(self.mine) if row.is_given]


def _in_play(workshop, now):
    """The current PI, and those on which late votes are still taken."""
    late = Q(rounds__late_until__gte=now)
    ratings = IndicatorRating.objects.filter(assessment=workshop.assessment_id)
    return ratings.filter(Q(pk=workshop.current_id) | late).values("pk")


def _papers(stage, mine):
    """One paper for each entity, also one that joined after the round was opened."""
    for entity in mine:
        ballots = stage.last.of([entity])
        ballot = ballots[0] if ballots else Ballot(entity=entity)
        yield Paper(shown=stage.last, ballot=ballot)


def _last_of_each(rounds):
    return {row.round.indicator_rating_id: row for row in rounds}.values()


def _late(row, mine, now):
    if not row.takes_late_votes(now=now):
        return
    for ballot in row.of(mine):
        if ballot in row.late or not ballot.is_given:
            yield Paper(shown=row, ballot=ballot)
