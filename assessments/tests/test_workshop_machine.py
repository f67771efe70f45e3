"""A workshop under any sequence of moves, wise or not: what must hold, holds after each."""

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from assessments.models import Assessment, IndicatorRating, Round, Vote, Workshop
from assessments.tests.factories import make_rating
from assessments.tests.voting_rules import Voting, levels, reasons, walk
from assessments.tests.workshop_data import ACRONYMS, Scene, make_scene
from assessments.workshop import transitions
from assessments.workshop.hand import Hand
from assessments.workshop.record import records_of
from assessments.workshop.room import RoomNews
from scorecard.rating import Rating

NOW = timezone.now()
CODES = ["2.2", "3.1"]
codes = st.sampled_from(CODES)
entities = st.sampled_from(ACRONYMS)


class WorkshopMachine(Voting):
    """Keeps beside the database what it must say: the votes and agreements that were accepted."""

    scene: Scene  # made once; every run takes back what it changed

    def __init__(self):
        super().__init__()
        self.leader, self.voters = self.scene.coordinator, self.scene.people
        self.agreed = {}

    def rating(self, code):
        ratings = self.scene.assessment.indicator_ratings.select_related("indicator")
        rating = ratings.get(indicator__code=code)
        rating.assessment = Assessment.objects.select_related("team", "framework").get()
        return rating

    @rule(code=codes)
    def open_round(self, code):
        self.open_round_on(self.scene.workshop, self.rating(code))

    @rule(code=codes, entity=entities, other=st.none() | st.none() | entities, level=levels)
    def vote(self, code, entity, other, level):
        self.vote_on(self.scene.workshop, self.rating(code), entity, level, other=other)

    @rule(code=codes)
    def reveal(self, code):
        self.reveal_on(self.scene.workshop, self.rating(code))

    @rule(code=codes)
    def allow_late(self, code):
        self.allow_late_on(self.scene.workshop, self.rating(code))

    @rule(code=codes, early=entities, votes=st.dictionaries(entities, levels, min_size=2))
    def agree_before_all_have_voted(self, code, early, votes):
        """One vote is revealed and agreed on; the others come late."""
        self.open_round(code)
        self.vote(code, early, None, votes.get(early, Rating.MEETS))
        self.reveal(code)
        self.agree(code, votes.get(early, Rating.MEETS), "", "Because.")
        self.allow_late(code)
        for entity, level in votes.items():
            self.vote(code, entity, None, level)

    @rule(code=codes, level=levels, minute=reasons, reason=reasons)
    def agree(self, code, level, minute, reason):
        if self.agree_on(self.scene.workshop, self.rating(code), level, minute, reason):
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
        last = transitions.last_round(self.rating(code))
        if last is None or last.late_until is None:  # late votes come when the team has gone home
            self._nothing_goes(code, entity, level)
        assert self.attempt(lambda: transitions.resume(self.scene.workshop, by=by))

    @rule(code=codes, entity=entities, level=levels)
    def nothing_goes_once_the_assessment_has_moved_on(self, code, entity, level):
        Assessment.objects.update(state="endorsement")
        self._nothing_goes(code, entity, level)
        Assessment.objects.update(state="consolidation")

    def _nothing_goes(self, code, entity, level):
        before = self.everything()
        self.open_round(code)
        self.vote(code, entity, None, level)
        self.reveal(code)
        self.allow_late(code)
        self.agree(code, level, "Because.", "Because.")
        assert self.everything() == before

    # What must hold

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
    def the_rating_shown_is_the_decision_on_record(self):
        ratings = list(IndicatorRating.objects.filter(indicator__code__in=CODES))
        records = records_of(ratings)
        for rating in ratings:
            decided = self.agreed.get(rating.indicator.code)
            assert rating.rating == decided
            on_record = records.get(rating.pk) and records[rating.pk].agreement
            assert (on_record.rating if on_record else None) == decided

    @invariant()
    def a_round_has_a_vote_of_every_entity(self):
        assert Vote.objects.count() == Round.objects.count() * len(ACRONYMS)

    @invariant()
    def a_rating_differs_from_its_criteria_only_with_a_reason(self):
        for rating in IndicatorRating.objects.exclude(rating=None):
            assert rating.rating == rating.computed_rating or rating.difference_reason


@pytest.mark.django_db
def test_a_workshop_keeps_its_promises_under_any_sequence_of_moves():
    WorkshopMachine.scene = make_scene()
    make_rating(assessment=WorkshopMachine.scene.assessment, code="3.1")
    run_state_machine_as_test(WorkshopMachine, settings=walk(examples=15))
