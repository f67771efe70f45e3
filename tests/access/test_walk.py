"""Every route x every role x own team, other team, signed out x every state of the assessment.

What each use takes stands in routes.py; who has it follows from accounts/access_table.py.
"""

import time
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.access import Access, Answer
from accounts.access_table import HANDED_IN, STATES, Capability
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
from report.formats import FORMATS
from tests.access.routes import ALLAUTH, BEYOND_TEAMS, BY_LINK, OPEN, PEOPLE, SITE, Use
from workbook.tests.factories import make_history_run, make_scoring_run

pytestmark = pytest.mark.django_db
Role = Membership.Role
NOT_BEGUN = next(iter(STATES))
ALLOWED = {200, 204, 286, 302, 422}  # 286 tells a page to ask no more
REFUSALS = {Answer.NO: 403, Answer.NOT_NOW: 409}


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


@pytest.fixture
def world():
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
    people = {
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


@pytest.fixture(autouse=True)
def _no_files(monkeypatch):
    """Who may take a file out is asked before it is made; what stands in it has its own tests."""
    monkeypatch.setattr("report.unprintable.pdf", lambda html: b"%PDF-")
    monkeypatch.setattr("workbook.views.scoring.scoring_workbook", lambda *facts, **made: b"PK")
    for key in ("docx", "xlsx"):
        monkeypatch.setitem(FORMATS, key, replace(FORMATS[key], make=lambda report: b"PK"))


def send(client, use, world, *, method=None):
    """Use a route, and undo what that changed."""
    address = reverse(use.name, args=[world.arguments[name] for name in use.arguments])
    with _undone():
        response = getattr(client, method or use.method)(address, sent(world, use))
        if response.streaming:
            assert b"".join(response.streaming_content)
    return response.status_code, response.headers.get("Location", "")


@contextmanager
def _undone():
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


def expected(world, user, use) -> int | None:
    """The status that refuses; None where the use is allowed."""
    if use.of_owner:
        return None if user == world.people["assigned member"] else 404
    if use.capability is None:
        return None
    if not world.is_seen_by(user, use):
        return 404
    if user.is_staff and use in PEOPLE:
        return None
    concerned = {use.of_pi: world.assigned, use.of_seat: world.seated}
    answer = world.access(user, use).answer(
        use.capability,
        assigned=concerned.get(True, ()),
        entities=world.entities_of(user, use),
    )
    return REFUSALS.get(answer)


def uses_in(state):
    """All uses in one state; in the others those to which the state can matter."""
    every = [*SITE, *PEOPLE]
    if state == "scoring":
        return every
    return [use for use in every if use.capability and not use.without_state]


@pytest.mark.parametrize("state", STATES)
def test_every_use_of_every_route_follows_the_table(world, state):
    Assessment.objects.filter(pk=world.assessment.pk).update(state=state)
    world.assessment.state = state
    wrong = []
    for name, user in world.people.items():
        client = signed_in(user)
        for use in uses_in(state):
            status, _location = send(client, use, world)
            refusal = expected(world, user, use)
            is_right = status == refusal if refusal else status in ALLOWED
            if not is_right:
                wrong.append(f"{name}, {use.method} {use.name}: {status}, not {refusal or 'ok'}")
    assert not wrong, "\n".join(wrong)


def test_whoever_is_not_signed_in_is_sent_to_sign_in(world):
    for use in [*SITE, *PEOPLE]:
        status, location = send(Client(), use, world)
        assert (status, location.split("?")[0]) == (302, reverse("account_login")), use


def test_any_other_method_is_refused(world):
    client = signed_in(world.people["Coordinator"])
    known = {(use.name, use.method) for use in [*SITE, *PEOPLE]}
    for use in [*SITE, *PEOPLE]:
        for method in {"get", "post", "put", "delete"}:
            if (use.name, method) not in known:
                assert send(client, use, world, method=method)[0] == 405, (use.name, method)


def test_the_tables_name_every_route_of_the_site():
    known = {use.name for use in [*SITE, *PEOPLE]} | BY_LINK | OPEN
    routes = {name for name in names(get_resolver()) if not name.startswith(ALLAUTH)}
    assert routes - known == set(), "say in routes.py who may use these"
    assert known - routes == set(), "these are in routes.py but not on the site"


def names(resolver, prefix=""):
    """The names of all routes but those of the administration, which asks for is_staff itself."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            if inner != "admin:":
                yield from names(pattern, prefix + inner)
        else:
            yield f"{prefix}{pattern.name}"


def test_each_capability_is_asked_for_by_some_route():
    of_fields = {Capability.RECORD_RATING}  # which fields the form of a PI has, not who may send it
    assert {use.capability for use in [*SITE, *PEOPLE]} >= set(Capability) - of_fields
