"""An assessment on its way through endorsement, with a printer that takes no time."""

from dataclasses import dataclass
from datetime import date
from itertools import count

import pytest
from django.utils import timezone

from accounts.models import Membership, User
from accounts.tests.factories import make_entity, make_membership
from assessments.models import Assessment
from assessments.tests.factories import make_quiet_assessment, make_rating
from assessments.transitions import TransitionRefused
from endorsement import closing, transitions, versions
from endorsement.models import EndorsementRule, Seat
from endorsement.seats import standings
from report.unprintable import Printed

Role = Membership.Role
SITE = "https://scorecard.example.org"
_numbers = count(1)


def quick_print(report, *, record=None):
    """A stand-in for the printer: no two prints are the same file, as with the real one."""
    return Printed(content=f"%PDF-1.7 print {next(_numbers)}".encode())


@pytest.fixture
def quick_printer(monkeypatch):
    for module in (versions, closing):
        monkeypatch.setattr(module, "printed", quick_print)


@dataclass(frozen=True, kw_only=True)
class Team:
    assessment: Assessment
    coordinator: User
    undp: User
    fao: User
    rc: User

    @property
    def now(self) -> Assessment:
        return Assessment.objects.with_context().get(pk=self.assessment.pk)

    @property
    def today(self) -> date:
        return self.assessment.team.day(timezone.now())

    def seat(self, user) -> Seat:
        return Seat.objects.of(self.assessment).get(membership__user=user)

    def address(self, user) -> str:
        """Of the page on which the person decides, as a mail names it."""
        return f"{SITE}{self.seat(user).get_absolute_url()}"

    def request(self, *, kind="all", quorum=None, due=None, blocking=(), **options):
        rule = EndorsementRule(assessment=self.assessment, kind=kind, quorum=quorum, due=due)
        return transitions.request(
            self.now, by=self.coordinator, rule=rule, blocking=blocking, site=SITE, **options
        )

    def decide(self, user, kind="endorse", *, seat=None, comment="", codes=(), at=None, **options):
        seat = seat or self.seat(user)
        ratings = self.assessment.indicator_ratings.select_related("indicator")
        sha256 = options.pop("sha256", None) or versions.latest(self.assessment).sha256
        return transitions.decide(
            seat,
            by=user,
            kind=kind,
            sha256=sha256,
            comment=comment or ("Not so." if kind == "object" else ""),
            indicators=[row.indicator for row in ratings.filter(indicator__code__in=codes)]
            or ([ratings.first().indicator] if kind == "object" else []),
            site=SITE,
            at=at,
        )

    def close(self, *, by=None, at=None):
        return closing.close_if_fulfilled(self.now, by=by or self.coordinator, site=SITE, at=at)

    def endorse_all(self):
        for user in (self.undp, self.fao, self.rc):
            self.decide(user)
        return self.close()


def make_team_that_agreed():
    """Three seats, one PI reassessed and agreed: endorsement can be requested."""
    assessment = make_quiet_assessment(state="consolidation")
    undp_member = make_membership(team=assessment.team)
    make_rating(
        assessment=assessment,
        code="2.2",
        met="bc",
        rating=3,
        findings="All is well.",
        assigned=[undp_member],
    )

    def person(role, acronym):
        entity = make_entity(acronym=acronym, name=acronym)
        return make_membership(team=assessment.team, role=role, entity=entity).user

    return Team(
        assessment=assessment,
        coordinator=person(Role.COORDINATOR, "UN Women"),
        undp=person(Role.HEAD_OF_AGENCY, "UNDP"),
        fao=person(Role.HEAD_OF_AGENCY, "FAO"),
        rc=person(Role.RESIDENT_COORDINATOR, "RCO"),
    )


@pytest.fixture
def team(db, quick_printer):
    return make_team_that_agreed()


def reopened(team, *, rating=None, findings=None):
    """Back in consolidation, with PI 2.2 changed."""
    transitions.moves.reopen(team.now, by=team.coordinator, reason="To mend something.")
    row = team.assessment.indicator_ratings.get(indicator__code="2.2")
    if rating:
        row.rating, row.difference_reason = rating, "Agreed so."
    if findings:
        row.findings = findings
    row.save()


def refused(call, match):
    with pytest.raises(TransitionRefused, match=match):
        call()


def answers(team):
    """What each seat says now, by entity; "" while it is asked."""
    rows = standings(team.now, today=team.today)
    return {row.seat.entity.acronym: row.decision.kind if row.decision else "" for row in rows}
