"""An endorsement under any sequence of steps, wise or not: what must hold, holds after each."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_user
from assessments.models import AssessmentEvent
from assessments.transitions import TransitionRefused
from endorsement import transitions
from endorsement.models import Ask, Decision, Endorsement, Query, ReportVersion, Seat, Submission
from endorsement.review import transitions as review
from endorsement.review.bundle import faults_of
from endorsement.rule import Choice
from endorsement.seats import outcome_of, standings
from endorsement.stored import in_force
from endorsement.tests.flow import make_team_that_agreed, quick_printer, reopened
from endorsement.versions import latest

__all__ = ["quick_printer"]
TODAY = timezone.now().date()
HEADS = ["undp", "fao", "rc"]
heads = some.sampled_from(HEADS)
choices = some.sampled_from(Choice)
rules = some.sampled_from(
    [{"kind": "all"}, {"kind": "quorum", "quorum": 2}, {"kind": "no_objection"}]
)
KEPT = [ReportVersion, Ask, Decision, Endorsement, Submission, AssessmentEvent]


class EndorsementMachine(RuleBasedStateMachine):
    """Keeps beside the database what was written: rows and bytes that must never be others."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block._from_testcase = True
        self.block.__enter__()
        self.written, self.files, self.day = {}, {}, timezone.now()

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.team = make_team_that_agreed()
        self.reviewer = make_user(is_reviewer=True)
        self.text = 0

    def attempt(self, step) -> bool:
        """Take a step; True if it was taken. One that is refused leaves everything as it was."""
        before = _everything()
        try:
            with transaction.atomic():
                step()
        except (TransitionRefused, Seat.DoesNotExist):
            assert _everything() == before
            return False
        return True

    # What the coordinator does

    @rule(kind=rules, is_raised=some.booleans())
    def request(self, kind, is_raised):
        due = self.day.date() + timedelta(days=3) if kind["kind"] == "no_objection" else None
        self.attempt(lambda: self.team.request(**kind, due=due, is_raised=is_raised, at=self.day))

    @rule(rating=some.sampled_from([None, 2, 3]))
    def reopen_and_change(self, rating):
        self.text += 1
        self.attempt(
            lambda: reopened(self.team, rating=rating, findings=f"All is well. {self.text}")
        )

    @rule()
    def take_in_changes(self):
        self.attempt(
            lambda: transitions.take_in_changes(
                self.team.now, by=self.team.coordinator, due=self.day.date(), at=self.day
            )
        )

    @rule()
    def submit(self):
        self.attempt(lambda: review.submit(self.team.now, by=self.team.coordinator, at=self.day))

    # What the heads of agency do

    @rule(head=heads, choice=choices, other=some.none() | some.none() | heads)
    def decide(self, head, choice, other):
        """other: whose seat somebody tries to decide for."""
        user, seat_of = getattr(self.team, head), getattr(self.team, other or head)

        def step():
            seat = self.team.seat(seat_of)
            if latest(self.team.assessment) is None:
                raise TransitionRefused("nothing to decide on")
            self.team.decide(user, choice, seat=seat, at=self.day)

        if self.attempt(step):
            assert seat_of == user
            assert self.team.now.state == "endorsement"

    @rule()
    def close(self):
        before = self.team.now.state
        fulfilled = before == "endorsement" and self._outcome().is_fulfilled
        self.attempt(lambda: self.team.close(at=self.day))
        assert (self.team.now.state == "endorsed") == (before == "endorsed" or fulfilled)

    @rule(days=some.integers(1, 4))
    def let_days_pass(self, days):
        self.day += timedelta(days=days)

    @rule(head=heads)
    def replace_a_head(self, head):
        """The head leaves, and a successor comes into the same place."""
        user = getattr(self.team, head)
        membership = Membership.objects.get(team=self.team.assessment.team, user=user)
        membership.ended_on = TODAY
        membership.save()
        successor = make_membership(
            team=membership.team,
            role=membership.role,
            entity=make_entity(acronym=membership.entity.acronym),
        )
        object.__setattr__(self.team, head, successor.user)

    # What the reviewer does

    @rule()
    def ask(self):
        indicator = self.team.assessment.indicator_ratings.first().indicator
        self.attempt(
            lambda: review.ask(self.team.now, by=self.reviewer, indicator=indicator, text="Why?")
        )

    @rule()
    def close_queries(self):
        for query in Query.objects.open():
            self.attempt(lambda query=query: review.close(query, by=self.reviewer))

    @rule()
    def send_back(self):
        self.attempt(lambda: review.send_back(self.team.now, by=self.reviewer, reason="Mend it."))

    @rule()
    def accept(self):
        self.attempt(lambda: review.accept(self.team.now, by=self.reviewer))

    # What must hold

    def _outcome(self):
        return outcome_of(self.team.now, today=self.team.assessment.team.day(self.day))

    @invariant()
    def what_was_written_is_never_another(self):
        for model in KEPT:
            for values in model.objects.values():
                key = (model, values["id"])
                assert self.written.setdefault(key, values) == values
        present = {
            (model, pk) for model in KEPT for pk in model.objects.values_list("pk", flat=True)
        }
        assert self.written.keys() <= present

    @invariant()
    def the_files_are_what_was_stored(self):
        for row in [*ReportVersion.objects.all(), *Endorsement.objects.all()]:
            for name in ("pdf", "html"):
                with getattr(row, name).open("rb") as file:
                    content = file.read()
                assert hashlib.sha256(content).hexdigest() == getattr(row, f"{name}_sha256")

    @invariant()
    def a_version_is_known_by_its_content(self):
        for version in ReportVersion.objects.all():
            assert hashlib.sha256(version.content.encode()).hexdigest() == version.sha256

    @invariant()
    def an_endorsed_report_has_its_record_and_a_draft_has_none_in_force(self):
        if not hasattr(self, "team"):
            return
        assessment = self.team.now
        endorsement = in_force(assessment)
        assert (endorsement is not None) == assessment.is_endorsed
        if endorsement:
            assert endorsement.version.number == latest(assessment).number

    @invariant()
    def decisions_count_only_for_the_version_they_were_made_on(self):
        """Or for later ones on which the seat was not asked again."""
        if not hasattr(self, "team"):
            return
        for row in standings(self.team.now, today=TODAY):
            asked = [ask.version.number for ask in row.seat.asks.select_related("version")]
            made = [
                (decision.version.number, decision.pk)
                for decision in row.seat.decisions.select_related("version")
            ]
            counting = [pk for number, pk in made if asked and number >= max(asked)]
            assert (row.decision and row.decision.pk) == (counting[-1] if counting else None)

    @invariant()
    def only_seats_of_those_who_serve_count(self):
        if not hasattr(self, "team"):
            return
        for row in standings(self.team.now, today=TODAY):
            assert row.seat.membership.ended_on is None

    @invariant()
    def a_material_version_asks_somebody_and_an_editorial_one_only_new_seats(self):
        for version in ReportVersion.objects.all():
            asked = list(Ask.objects.filter(version=version))
            if version.change != "editorial":
                assert asked
            else:
                assert not any(
                    Ask.objects.filter(seat=ask.seat_id, pk__lt=ask.pk).exists() for ask in asked
                )

    @invariant()
    def what_was_handed_in_is_whole(self):
        for submission in Submission.objects.select_related("endorsement__version"):
            if (submission.pk, "whole") not in self.files:
                with submission.bundle.open("rb") as bundle:
                    assert faults_of(bundle) == []
                manifest = json.loads(submission.manifest)
                assert manifest["content_sha256"] == submission.endorsement.version.sha256
                self.files[submission.pk, "whole"] = True

    @invariant()
    def a_returned_report_keeps_its_history(self):
        if not hasattr(self, "team"):
            return
        moves = list(
            self.team.assessment.events.order_by("pk").values_list("from_state", "to_state")
        )
        for before, after in zip(moves, moves[1:], strict=False):
            assert before[1] == after[0]


def _everything():
    rows = [list(model.objects.values()) for model in [*KEPT, Seat, Query]]
    return rows, list(AssessmentEvent.objects.values())


@pytest.mark.django_db
def test_no_sequence_of_steps_changes_what_was_endorsed(quick_printer, monkeypatch):
    monkeypatch.setattr("endorsement.review.bundle.MADE_ANEW", ["csv"])
    run_state_machine_as_test(
        EndorsementMachine,
        settings=settings(
            max_examples=3,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
