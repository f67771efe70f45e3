"""A team with everything that an address can name, people of every role, and using an address."""

import time
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.access import Access
from accounts.access_table import HANDED_IN, STATES
from accounts.models import Entity, Membership, User
from accounts.tests.factories import (
    make_entity,
    make_invitation,
    make_membership,
    make_team,
    make_user,
)
from actionplan.tests.factories import make_plan, make_point
from assessments.models import Assessment, IndicatorRating, PreliminaryRating
from assessments.tests.factories import (
    make_assessment,
    make_calculator_version,
    make_rating,
    make_workshop,
)
from endorsement.tests.factories import (
    make_delegation,
    make_endorsement,
    make_query,
    make_requested,
    make_submission,
)
from evidence.library import CONTENT_FIELDS
from evidence.models import EarlierVersion
from evidence.tests.factories import make_citation, make_document
from jobs.tests.factories import make_job
from tests.access.routes import BEYOND_TEAMS, PEOPLE, Use
from workbook.tests.factories import make_history_run, make_scoring_run

Role = Membership.Role
NOT_BEGUN = next(iter(STATES))


@dataclass(frozen=True, kw_only=True)
class World:
    """A team with one assessment, all that can be addressed in it, and people to try it."""

    assessment: Assessment
    arguments: dict
    people: dict[str, User]
    assigned: list[Membership]
    lead: Entity  # of the action points
    seated: list[Membership]

    def access(self, user, use: Use) -> Access:
        return Access(
            memberships=tuple(user.memberships.filter(team=self.assessment.team)),
            state=NOT_BEGUN if use.without_state else self.assessment.state,
            is_reviewer=user.is_reviewer,
        )

    def entities_of(self, user, use: Use) -> list[int]:
        """The entities that what a use is about belongs to."""
        if use.of_own_entity:
            return [row.entity_id for row in user.memberships.filter(team=self.assessment.team)]
        return [self.lead.pk] if use.of_point else []

    def is_seen_by(self, user, use: Use) -> bool:
        """Whether what a use addresses is there at all for the person."""
        if use in BEYOND_TEAMS:
            return user.is_reviewer
        if user.memberships.filter(team=self.assessment.team).exists():
            return True
        if use in PEOPLE:
            return user.is_staff
        return user.is_reviewer and self.assessment.state in HANDED_IN and not use.for_team


def make_world() -> World:
    team = make_team()
    assessment = make_assessment(team=team, state="scoring")
    member = make_membership(team=team, role=Role.MEMBER)
    rating = make_rating(assessment=assessment, code="2.2", met="bc", findings="First.")
    document = make_document(team=team)
    earlier = EarlierVersion(document=document, version=document.version)
    for name in CONTENT_FIELDS:
        setattr(earlier, name, getattr(document, name))
    earlier.save()
    citation = make_citation(rating=rating, document=document)
    for row in assessment.indicator_ratings.all():
        row.assigned_to.add(member)
    PreliminaryRating.objects.create(
        indicator_rating=rating,
        membership=make_membership(team=team, role=Role.MEMBER),
        computed_rating=1,
        rating=1,
        given_at=timezone.now(),
    )
    people = make_people(team, member)
    observer = make_membership(team=team, role=Role.OBSERVER)
    seat = make_requested(assessment)
    make_workshop(rating=rating)
    return World(
        assessment=assessment,
        arguments={
            "team": team.code,
            "assessment": assessment.pk,
            "pi": "2.2",
            "round": 1,
            "survey_pi": "4.2",
            "parity_pi": "4.3",
            "calculator_version": make_calculator_version(assessment, code="4.2").number,
            "version": 1,
            "field": "findings",
            "process_row": assessment.history.latest().history_id,
            "process_field": "comments",
            "edition": assessment.framework.code,
            "revision": assessment.framework.revision,
            "document": document.pk,
            "shared_document": make_document(
                team=team, content=b"%PDF-1.7 shared", confidentiality="shared"
            ).pk,
            "earlier_version": earlier.version,
            "citation": citation.pk,
            "format": "pdf",
            "job": make_job(membership=member).pk,
            "member": member.user.pk,
            **action_points(assessment, lead=member.entity),
            "membership": observer.pk,
            "seat": seat.pk,
            "submission": make_submission(
                endorsement=make_endorsement(version=seat.asks.get().version)
            ).number,
            "query": make_query(assessment=assessment).pk,
            "delegation": make_delegation(seat=seat, officer=observer).pk,
            "invitation": make_invitation(team=team).pk,
            "scoring_run": make_scoring_run(assessment).pk,
            "history_run": make_history_run(team).pk,
        },
        people=people,
        assigned=[member],
        seated=[seat.membership],
        lead=member.entity,
    )


def make_people(team, member) -> dict[str, User]:
    """One person of each role, and those who have none in the team."""
    return {
        "assigned member": member.user,
        **{role.label: make_membership(team=team, role=role).user for role in Role},
        "coordinator of another team": make_membership(
            team=make_team(code="KGZ", country="Kyrgyzstan"), role=Role.COORDINATOR
        ).user,
        "member of another entity": make_membership(
            team=team, role=Role.MEMBER, entity=make_entity(acronym="WHO")
        ).user,
        "administrator": make_user(is_staff=True),
        "reviewer": make_user(is_reviewer=True),
    }


def action_points(assessment, *, lead):
    """One point that is planned, one that waits for verification, one that was dropped."""
    plan = make_plan(cycle=assessment.cooperation_framework)
    claim = {
        "status": "under_way",
        "claimed_by": make_user(),
        "claimed_entity": make_entity(acronym="FAO"),
        "claimed_at": timezone.now(),
    }
    dropped = {"status": "dropped", "dropped_reason": "No funds."}
    return {
        "first_year": assessment.cooperation_framework.first_year,
        "year": assessment.year,
        "point": make_point(plan=plan, lead=lead).pk,
        "claimed_point": make_point(plan=plan, number=2, **claim).pk,
        "dropped_point": make_point(plan=plan, number=3, lead=lead, **dropped).pk,
    }


@contextmanager
def undone():
    """A transaction taken back at its end; as a test's own, it may hold durable ones."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def sent(world, use):
    code = next((world.arguments[name] for name in use.arguments if name.endswith("pi")), "2.2")
    row = IndicatorRating.objects.get(assessment=world.assessment, indicator__code=code)
    is_first = use.name in ("assessments:preliminary", "actionplan:activity")
    return {"version": 0 if is_first else row.version, "text": "x"}


def signed_in(user):
    """A client of a person who has just signed in."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
    return client
