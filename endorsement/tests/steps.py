"""Steps that coordinator, heads of agency and reviewer try in any order, wise or not."""

import shutil
from dataclasses import replace
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from hypothesis import event
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership
from assessments.models import Assessment, AssessmentEvent
from assessments.transitions import TransitionRefused
from endorsement import transitions
from endorsement.models import (
    Ask,
    Decision,
    Delegation,
    Endorsement,
    Query,
    QueryMessage,
    ReportVersion,
    Seat,
    Submission,
)
from endorsement.review import transitions as review
from endorsement.rule import Choice
from endorsement.seats import HEADS
from endorsement.tests.flow import reopened
from endorsement.versions import has_changed, latest

KEPT = [
    ReportVersion, Ask, Decision, Endorsement, Submission, AssessmentEvent, QueryMessage,
]  # fmt: skip
people = some.sampled_from(["undp", "fao", "rc"])
choices = some.sampled_from(Choice)
rules = some.sampled_from(
    [{"kind": "all"}, {"kind": "quorum", "quorum": 2}, {"kind": "no_objection"}]
)
handed_in_once = precondition(lambda machine: ("endorsed", "submitted") in machine.moves)


def everything() -> dict:
    """Every row that the endorsement writes, and the names of the files in the store."""
    rows = {
        model: {row["id"]: row for row in model.objects.order_by().values()}
        for model in [*KEPT, Seat, Delegation, Query]
    }
    folder = settings.MEDIA_ROOT / "reports"
    return rows | {"files": {path for path in folder.rglob("*") if path.is_file()}}


class Steps(RuleBasedStateMachine):
    """present: all rows and files after the last step. moves: those that were made."""

    def __init__(self, team, reviewer):
        super().__init__()
        self.team, self.reviewer = team, reviewer
        self.block = transaction.atomic()
        self.block._from_testcase = True
        self.block.__enter__()
        self.day, self.text = timezone.now(), 0
        self.moves, self.present, self.state = set(), everything(), "consolidation"

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        shutil.rmtree(settings.MEDIA_ROOT / "reports", ignore_errors=True)

    @property
    def today(self):
        return self.team.assessment.team.day(self.day)

    def attempt(self, step) -> bool:
        """Take a step; True if it was taken. One that is refused leaves everything as it was."""
        try:
            step()
        except (TransitionRefused, Seat.DoesNotExist):
            assert everything() == self.present
            return False
        self.present, before = everything(), self.state
        self.state = self.team.now.state
        if self.state != before:
            event(f"{before} -> {self.state}")
            self.moves.add((before, self.state))
        return True

    @initialize(wisely=some.integers(0, 4), is_returned=some.booleans())
    def begin(self, wisely, is_returned):
        """So far it went as it should: before the heads, endorsed, handed in, answered."""
        request = partial(self.attempt, self.team.request)
        answer = self.send_back if is_returned else self.accept
        steps = [request, self.everybody_endorses, self.submit, answer]
        for step in steps[:wisely]:
            step()

    # What the coordinator does

    @rule(kind=rules, is_raised=some.booleans())
    def request(self, kind, is_raised):
        due = self.today + timedelta(days=3) if kind["kind"] == "no_objection" else None
        self.attempt(lambda: self.team.request(**kind, due=due, is_raised=is_raised, at=self.day))

    @rule(rating=some.sampled_from([None, 2, 3]))
    def reopen_and_change(self, rating):
        self.text += 1
        text = f"All is well. {self.text}"
        self.attempt(lambda: reopened(self.team, rating=rating, findings=text))

    @rule(is_raised=some.booleans(), has_new_text=some.booleans())
    def take_in_changes(self, is_raised, has_new_text):
        """Texts of the plan and the process may still change while the heads decide."""
        if has_new_text and self.state == "endorsement":
            self.text += 1
            rows = Assessment.objects.filter(pk=self.team.assessment.pk)
            rows.update(comments=f"One more comment. {self.text}")
        facts = {"by": self.team.coordinator, "is_raised": is_raised, "at": self.day}
        self.attempt(lambda: transitions.take_in_changes(self.team.now, **facts))

    @precondition(lambda machine: machine.state == "endorsement")
    @rule()
    def change_a_text(self):
        """And leave it to be taken in."""
        self.text += 1
        rows = Assessment.objects.filter(pk=self.team.assessment.pk)
        rows.update(comments=f"A comment on the side. {self.text}")

    @rule()
    def submit(self):
        self.attempt(lambda: review.submit(self.team.now, by=self.team.coordinator, at=self.day))

    # What the heads of agency do

    @rule(head=people, choice=choices, other=some.none() | some.none() | people)
    def decide(self, head, choice, other):
        """other: whose seat somebody tries to decide for."""
        user, seat_of = getattr(self.team, head), getattr(self.team, other or head)
        if self._decide(user, choice, seat_of=seat_of):
            assert seat_of == user

    @rule(head=people, choice=choices)
    def decide_as_officer(self, head, choice):
        """A member decides for a head, which takes a delegation for this very day."""
        seat_of = getattr(self.team, head)
        if self._decide(self.officer.user, choice, seat_of=seat_of):
            named = Delegation.objects.filter(seat__membership__user=seat_of)
            assert any(row.first_day <= self.today <= row.last_day for row in named)

    @property
    def officer(self):
        members = Membership.objects.in_team(self.team.assessment.team).filter(role="member")
        return members.order_by("pk")[0]

    def _decide(self, user, choice, *, seat_of) -> bool:
        def step():
            seat = self.team.seat(seat_of)
            if latest(self.team.assessment) is None:
                raise TransitionRefused("nothing to decide on")
            self.team.decide(user, choice, seat=seat, at=self.day)

        if is_taken := self.attempt(step):
            assert self.state == "endorsement"
            assert Decision.objects.latest("pk").version == latest(self.team.assessment)
        return is_taken

    @rule(head=people, start=some.integers(0, 2), length=some.integers(0, 3))
    def delegate(self, head, start, length):
        first = self.today + timedelta(days=start)
        days = {"first_day": first, "last_day": first + timedelta(days=length)}

        def step():
            seat, by = self.team.seat(getattr(self.team, head)), getattr(self.team, head)
            transitions.delegate(seat, officer=self.officer, by=by, at=self.day, **days)

        self.attempt(step)

    @precondition(lambda machine: machine.state == "endorsement")
    @rule()
    def everybody_endorses(self):
        for user in (self.team.undp, self.team.fao, self.team.rc):
            self._decide(user, Choice.ENDORSE, seat_of=user)
        self.close()

    @rule()
    def close(self):
        before, is_enough = self.state, self.is_enough() and not self.is_changed()
        self.attempt(lambda: self.team.close(at=self.day))
        fulfilled = before == "endorsement" and is_enough
        assert (self.state == "endorsed") == (before == "endorsed" or fulfilled)

    @rule(days=some.integers(1, 4))
    def let_days_pass(self, days):
        self.day += timedelta(days=days)

    @rule(head=people)
    def replace_a_head(self, head):
        """The head leaves, and a successor comes into the same place."""
        left = Membership.objects.get(user=getattr(self.team, head), role__in=HEADS)
        left.ended_on = self.today
        left.save()
        entity = make_entity(acronym=left.entity.acronym)
        successor = make_membership(team=left.team, role=left.role, entity=entity)
        self.team = replace(self.team, **{head: successor.user})

    # What the reviewer does

    @handed_in_once
    @rule()
    def ask(self):
        indicator = self.team.assessment.indicator_ratings.first().indicator
        facts = {"by": self.reviewer, "indicator": indicator, "text": "Why?"}
        self.attempt(lambda: review.ask(self.team.now, **facts))

    @handed_in_once
    @rule()
    def close_queries(self):
        for query in Query.objects.open():
            self.attempt(lambda query=query: review.close(query, by=self.reviewer))

    @handed_in_once
    @rule()
    def send_back(self):
        self.attempt(lambda: review.send_back(self.team.now, by=self.reviewer, reason="Mend it."))

    @rule()
    def accept(self):
        self.attempt(lambda: review.accept(self.team.now, by=self.reviewer))

    # The rule of the endorsement, worked out once more and plainly

    def answers(self) -> list[str | None]:
        """What each head who serves now says: the last decision since the seat was last asked."""
        serving = Membership.objects.filter(ended_on__isnull=True, role__in=HEADS)
        return [self._answer(head) for head in serving.values_list("pk", flat=True)]

    def last_words(self) -> list[str]:
        """What the seats of those who serve said last, on whatever version."""
        serving = Membership.objects.filter(ended_on__isnull=True, role__in=HEADS)
        serving = set(serving.values_list("pk", flat=True))
        seats = {pk for pk, row in self.present[Seat].items() if row["membership_id"] in serving}
        said = {row["seat_id"]: row["kind"] for _pk, row in sorted(self.present[Decision].items())}
        return [kind for seat, kind in said.items() if seat in seats]

    def _answer(self, head) -> str | None:
        numbers = {pk: row["number"] for pk, row in self.present[ReportVersion].items()}
        seats = [pk for pk, row in self.present[Seat].items() if row["membership_id"] == head]

        def of_seat(model):
            rows = sorted(self.present[model].items())
            return [row for _pk, row in rows if row["seat_id"] in seats]

        asked = max((numbers[row["version_id"]] for row in of_seat(Ask)), default=0)
        made = [row for row in of_seat(Decision) if numbers[row["version_id"]] >= asked]
        return made[-1]["kind"] if made else None

    def is_changed(self) -> bool:
        return has_changed(self.team.now, latest(self.team.assessment))

    def is_enough(self) -> bool:
        said, rule = self.answers(), getattr(self.team.now, "endorsement_rule", None)
        if rule is None or not said:
            return False
        if rule.kind == "quorum":
            return said.count("endorse") >= rule.quorum
        is_over = rule.kind == "no_objection" and self.today > rule.due
        is_settled = is_over or (None not in said and "endorse" in said)
        return is_settled and "object" not in [*said, *self.last_words()]
