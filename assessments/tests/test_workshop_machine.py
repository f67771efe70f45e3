"""A workshop under any sequence of moves, wise or not: what must hold, holds after each."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from assessments.models import (
    Agreement,
    Assessment,
    IndicatorRating,
    Round,
    Vote,
    Workshop,
    WorkshopEvent,
)
from assessments.tests.factories import make_rating
from assessments.tests.workshop_data import ACRONYMS, Scene, make_scene
from assessments.transitions import TransitionRefused
from assessments.workshop import agreement, transitions
from assessments.workshop.ballots import rounds_of
from assessments.workshop.hand import Hand
from assessments.workshop.record import records_of
from assessments.workshop.room import RoomNews
from scorecard.rating import Rating

NOW = timezone.now()
CODES = ["2.2", "3.1"]
codes = st.sampled_from(CODES)
entities = st.sampled_from(ACRONYMS)
levels = st.sampled_from(Rating)
reasons = st.sampled_from(["", "Because the team says so."])


class WorkshopMachine(RuleBasedStateMachine):
    """Keeps beside the database what it must say: the votes and agreements that were accepted."""

    scene: Scene  # made once; every run takes back what it changed

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block._from_testcase = True
        self.block.__enter__()
        self.votes, self.agreed, self.trace = {}, {}, []

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def rating(self, code):
        ratings = self.scene.assessment.indicator_ratings.select_related("indicator")
        rating = ratings.get(indicator__code=code)
        rating.assessment = Assessment.objects.select_related("team", "framework").get()
        return rating

    def attempt(self, move):
        """Make a move; True if it was made. One that is refused leaves everything as it was."""
        before = _everything()
        try:
            with transaction.atomic():
                move()
        except (TransitionRefused, PermissionDenied):
            assert _everything() == before
            return False
        return True

    @rule(code=codes)
    def open_round(self, code):
        self.attempt(lambda: self.scene.opened(self.rating(code)))

    @rule(code=codes, entity=entities, other=st.none() | st.none() | entities, level=levels)
    def vote(self, code, entity, other, level):
        person = other or entity
        last = transitions.last_round(self.rating(code))
        if last is None:
            return
        by = self.scene.people[person]
        if self.attempt(lambda: self.scene.vote(last, entity, level, by=by)):
            assert person == entity
            assert not last.is_revealed
            self.votes[last.pk, entity] = level

    @rule(code=codes)
    def reveal(self, code):
        last = transitions.last_round(self.rating(code))
        if last:
            by = self.scene.coordinator
            self.attempt(lambda: transitions.reveal(self.scene.workshop, last, by=by))

    @rule(code=codes, level=levels, minute=reasons, reason=reasons)
    def agree(self, code, level, minute, reason):
        rating = self.rating(code)

        def move():
            agreement.record_agreed(
                self.scene.workshop,
                rating,
                agreed=level,
                minute=minute,
                reasons={"difference_reason": reason},
                by=self.scene.coordinator,
            )

        if self.attempt(move):
            self.agreed[code] = level

    @rule(code=codes)
    def show(self, code):
        rating, by = self.rating(code), self.scene.coordinator
        self.attempt(lambda: transitions.show_indicator(self.scene.workshop, rating, by=by))

    @rule(code=codes, votes=st.dictionaries(entities, levels, min_size=1))
    def hold_a_round(self, code, votes):
        """The way it goes when nobody errs: it makes the states from which errors matter."""
        self.open_round(code)
        for entity, level in votes.items():
            self.vote(code, entity, None, level)
        self.reveal(code)

    @rule(code=codes, entity=entities, level=levels)
    def nothing_goes_while_the_workshop_is_closed(self, code, entity, level):
        by = self.scene.coordinator
        assert self.attempt(lambda: transitions.close(self.scene.workshop, by=by))
        self._nothing_goes(code, entity, level)
        assert self.attempt(lambda: transitions.resume(self.scene.workshop, by=by))

    @rule(code=codes, entity=entities, level=levels)
    def nothing_goes_once_the_assessment_has_moved_on(self, code, entity, level):
        Assessment.objects.update(state="endorsement")
        self._nothing_goes(code, entity, level)
        Assessment.objects.update(state="consolidation")

    def _nothing_goes(self, code, entity, level):
        before = _everything()
        self.open_round(code)
        self.vote(code, entity, None, level)
        self.reveal(code)
        self.agree(code, level, "Because.", "Because.")
        assert _everything() == before

    # What must hold

    @invariant()
    def no_vote_is_seen_before_its_reveal(self):
        for shown in rounds_of(IndicatorRating.objects.all()):
            for ballot in shown.ballots:
                voted = self.votes.get((shown.round.pk, ballot.entity.acronym))
                assert ballot.is_given == (voted is not None)
                assert ballot.rating == (voted if shown.round.is_revealed else None)

    @invariant()
    def the_hand_shows_the_own_vote_and_the_room_none_before_the_reveal(self):
        workshop = Workshop.objects.with_stage().get()
        for acronym, person in {"": None, **self.scene.people}.items():
            page = Hand.of(workshop, person, now=NOW) if person else RoomNews.of(workshop)
            for shown in page.stage.rounds:
                seen = {row.entity.acronym for row in shown.ballots if row.rating}
                assert shown.round.is_revealed or seen <= {acronym}
                assert shown.round.is_revealed or shown.result is None

    @invariant()
    def an_entity_has_one_vote_in_a_round(self):
        pairs = list(Vote.objects.values_list("round", "entity"))
        assert len(pairs) == len(set(pairs)) == Round.objects.count() * len(ACRONYMS)

    @invariant()
    def a_pi_has_at_most_one_blind_round_and_it_is_the_last(self):
        for code in CODES:
            rounds = list(Round.objects.filter(indicator_rating__indicator__code=code))
            assert [row.number for row in rounds] == list(range(1, len(rounds) + 1))
            assert all(row.is_revealed for row in rounds[:-1])

    @invariant()
    def the_rating_shown_is_the_decision_on_record(self):
        ratings = list(IndicatorRating.objects.filter(indicator__code__in=CODES))
        records = records_of(ratings)
        for rating in ratings:
            decided = self.agreed.get(rating.indicator.code)
            assert rating.rating == decided
            on_record = records.get(rating.pk) and records[rating.pk].agreement
            assert (on_record.rating if on_record else None) == decided

    @invariant()
    def a_decision_rests_on_its_votes_and_explains_itself(self):
        for row in Agreement.objects.select_related("round__indicator_rating"):
            votes = [level for (pk, _), level in self.votes.items() if pk == row.round_id]
            assert row.votes_counted == len(votes) > 0
            assert row.median_low <= row.rating <= row.median_high or row.minute
        for rating in IndicatorRating.objects.exclude(rating=None):
            assert rating.rating == rating.computed_rating or rating.difference_reason

    @invariant()
    def events_are_only_added(self):
        trace = list(WorkshopEvent.objects.values_list("pk", "kind", "by", "at"))
        assert trace[: len(self.trace)] == self.trace
        self.trace = trace


def _everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Workshop, Round, Vote, Agreement, WorkshopEvent, IndicatorRating)
    ]


@pytest.mark.django_db
def test_a_workshop_keeps_its_promises_under_any_sequence_of_moves():
    WorkshopMachine.scene = make_scene()
    make_rating(assessment=WorkshopMachine.scene.assessment, code="3.1")
    run_state_machine_as_test(
        WorkshopMachine,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
