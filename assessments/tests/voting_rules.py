"""What people do with votes, and what must hold of them: for every machine in which people vote."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from accounts.models import Entity
from assessments.models import Agreement, IndicatorRating, Round, Vote, Workshop, WorkshopEvent
from assessments.transitions import TransitionRefused
from assessments.workshop import agreement, transitions
from assessments.workshop.ballots import rounds_of
from assessments.workshop.record import is_overtaken, records_of
from assessments.workshop.result import Result
from scorecard.rating import Rating

VOTING = [Workshop, Round, Vote, Agreement, WorkshopEvent]
levels = st.sampled_from(Rating)
reasons = st.sampled_from(["", "Because the team says so."])


def walk(*, examples: int) -> settings:
    """Settings of a random walk: so many examples of the 100 that the steady profile asks for.

    The profile says the rest, so that --hypothesis-profile=exploring goes far.
    """
    return settings(
        max_examples=examples * settings.default.max_examples // 100,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )


class Voting(RuleBasedStateMachine):
    """Keeps beside the database the votes that were accepted, and what happened so far.

    A machine says what else may not change when a move is refused (others), who leads
    (leader) and who votes for which entity (voters, by acronym). Its work is undone at the end.
    """

    others = [IndicatorRating]
    refusals = (TransitionRefused, PermissionDenied)

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block._from_testcase = True
        self.block.__enter__()
        self.votes, self.late, self.rested_on, self.trace = {}, set(), {}, []

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def everything(self):
        """All that a move could change."""
        models = [*VOTING, *self.others]
        return [list(model.objects.order_by("pk").values()) for model in models]

    def attempt(self, move):
        """Make a move; True if it was made. One that is refused leaves everything as it was."""
        before = self.everything()
        try:
            with transaction.atomic():
                move()
        except self.refusals:
            assert self.everything() == before
            return False
        return True

    # What people do

    def open_round_on(self, workshop, rating):
        self.attempt(lambda: transitions.open_round(workshop, rating, by=self.leader))

    def vote_on(self, workshop, rating, entity, level, *, other=None):
        """other: somebody of another entity, who tries to vote for this one."""
        last = transitions.last_round(rating)
        if last is None:
            return
        vote = {"rating": level, "by": self.voters[other or entity]}
        of = Entity.objects.get(acronym=entity)
        if self.attempt(lambda: transitions.cast_vote(workshop, last, entity=of, **vote)):
            assert other in (None, entity)
            if last.is_revealed:  # late: allowed, and not instead of a blind one
                assert last.late_until
                assert (last.pk, entity) in self.late or (last.pk, entity) not in self.votes
                self.late.add((last.pk, entity))
            self.votes[last.pk, entity] = level

    def reveal_on(self, workshop, rating):
        if last := transitions.last_round(rating):
            self.attempt(lambda: transitions.reveal(workshop, last, by=self.leader))

    def allow_late_on(self, workshop, rating):
        until = timezone.now() + timedelta(days=1)
        if last := transitions.last_round(rating):
            self.attempt(
                lambda: transitions.allow_late_votes(workshop, last, until=until, by=self.leader)
            )

    def agree_on(self, workshop, rating, level, minute, reason):
        """True if the agreed rating was recorded."""
        is_agreed = self.attempt(
            lambda: agreement.record_agreed(
                workshop,
                rating,
                agreed=level,
                minute=minute,
                reasons={"difference_reason": reason},
                by=self.leader,
            )
        )
        if is_agreed:
            row = Agreement.objects.latest("pk")
            self.rested_on[row.pk] = self.votes_in(row.round_id)
        return is_agreed

    def votes_in(self, round_pk):
        return {entity: level for (pk, entity), level in self.votes.items() if pk == round_pk}

    # What must hold

    @invariant()
    def no_vote_is_seen_before_its_reveal(self):
        for shown in rounds_of(IndicatorRating.objects.all()):
            for ballot in shown.ballots:
                voted = self.votes.get((shown.round.pk, ballot.entity.acronym))
                assert ballot.is_given == (voted is not None)
                assert ballot.rating == (voted if shown.round.is_revealed else None)

    @invariant()
    def an_entity_has_one_vote_in_a_round(self):
        pairs = list(Vote.objects.values_list("round", "entity"))
        assert len(pairs) == len(set(pairs))

    @invariant()
    def a_pi_has_at_most_one_blind_round_and_it_is_the_last(self):
        by_rating = {}
        for row in Round.objects.order_by("indicator_rating", "number"):
            by_rating.setdefault(row.indicator_rating_id, []).append(row)
        for rounds in by_rating.values():
            assert [row.number for row in rounds] == list(range(1, len(rounds) + 1))
            assert all(row.is_revealed for row in rounds[:-1])

    @invariant()
    def a_decision_rests_on_its_votes_and_explains_itself(self):
        """On those that had been given when it was taken, however many came late."""
        for row in Agreement.objects.all():
            votes = self.rested_on[row.pk]
            assert row.votes_counted == len(votes) > 0
            assert (row.median_low, row.median_high) == Result(votes=votes).median
            assert row.median_low <= row.rating <= row.median_high or row.minute

    @invariant()
    def a_decision_off_the_median_is_explained_or_known_to_be_overtaken(self):
        for record in records_of(IndicatorRating.objects.filter(rounds__isnull=False)).values():
            if record.agreement and record.decisive:
                shown, agreed = record.decisive, record.agreement
                assert (
                    shown.result.is_within_median(agreed.rating)
                    or agreed.minute
                    or is_overtaken(agreed, shown)
                )

    @invariant()
    def what_happened_in_workshops_stays_told(self):
        trace = list(WorkshopEvent.objects.order_by("pk").values_list("pk", "kind", "by", "at"))
        assert trace[: len(self.trace)] == self.trace
        self.trace = trace
