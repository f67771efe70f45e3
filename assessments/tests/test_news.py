"""Who is told by mail of a move of an assessment."""

import pytest
from django.urls import reverse

from accounts.access_table import IMPORTED, STATES
from accounts.models import Mail, Membership
from accounts.tests.factories import make_membership, make_user
from assessments import transitions
from assessments.models import AssessmentEvent
from assessments.news import tell_of_move
from assessments.tests.factories import make_assessment

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def assessment():
    return make_assessment(state="submitted")


@pytest.fixture
def people(assessment):
    return {role: make_membership(team=assessment.team, role=role).user for role in Role}


def told(event):
    return set(Mail.objects.filter(event=event).values_list("recipient", flat=True))


def keys(people, *roles):
    return {people[role].pk for role in roles}


def test_a_return_asks_the_coordinator_at_once_and_is_news_to_the_assessment_team(
    assessment, people
):
    transitions.send_back(assessment, by=make_user(name="Reviewer"), reason="PI 2.2 lacks proof.")
    mail = Mail.objects.get(event="returned")
    assert mail.recipient == people[Role.COORDINATOR]
    assert mail.state == Mail.State.WAITING
    assert "PI 2.2 lacks proof." in mail.text
    assert told("moved") == keys(people, Role.MEMBER)


def test_an_endorsed_report_asks_the_coordinator_to_submit_it_and_is_news_to_the_others(
    assessment, people
):
    assessment.state = "endorsement"
    assessment.save()
    transitions.endorse(assessment, by=people[Role.HEAD_OF_AGENCY], next_page="/there/")
    mail = Mail.objects.get(event="to_submit")
    assert (mail.recipient, mail.state) == (people[Role.COORDINATOR], Mail.State.WAITING)
    assert mail.link.endswith("/there/")
    assert mail.subject == "Endorsed, please submit: UNCT in Kazakhstan, 2022"
    assert told("moved") == keys(people, Role.MEMBER, Role.RESIDENT_COORDINATOR, Role.OBSERVER)


def test_an_acceptance_is_news_to_everybody(assessment, people):
    transitions.accept(assessment, by=make_user(name="Reviewer"))
    assert told("accepted") == keys(people, *Role)
    assert not Mail.objects.filter(state=Mail.State.WAITING).exists()


def test_opening_consolidation_concerns_the_assessment_team_but_not_who_did_it(assessment, people):
    assessment.state = "scoring"
    assessment.save()
    transitions.open_consolidation(assessment, by=people[Role.COORDINATOR])
    assert told("moved") == keys(people, Role.MEMBER)
    assert Mail.objects.get().subject == "UNCT in Kazakhstan, 2022 is in “Consolidation” now"


@pytest.mark.parametrize("by", [None, "somebody"])
@pytest.mark.parametrize("state", [state for state in list(STATES)[1:] if state != IMPORTED])
def test_each_move_has_a_mail_that_can_be_written(assessment, people, state, by):
    states = list(STATES)
    before = states[states.index(state) - 1]
    assessment.state = state
    moved = AssessmentEvent(
        assessment=assessment,
        from_state=before,
        to_state=state,
        by=by and people[Role.COORDINATOR],
        at="2026-11-27T10:00:00Z",
    )
    tell_of_move(moved)
    assert Mail.objects.exists()


@pytest.mark.parametrize("site", ["", "https://scorecard.example.org/"])
def test_the_mail_of_a_move_names_the_site_and_else_where_its_page_was_opened(
    client, settings, assessment, people, site
):
    settings.SITE_URL = site
    client.force_login(people[Role.COORDINATOR])
    address = reverse("assessments:reopen", args=[assessment.pk])
    client.post(address, {"reason": "To mend."}, HTTP_HOST="localhost:8202")
    host = site.rstrip("/") or "http://localhost:8202"
    link = Mail.objects.filter(recipient=people[Role.MEMBER]).get().link
    assert link == f"{host}{assessment.get_absolute_url()}"


def test_the_mail_of_a_command_names_the_site(settings, assessment, people):
    settings.SITE_URL = "https://scorecard.example.org"
    transitions.accept(assessment, by=make_user(name="Reviewer"))
    links = set(Mail.objects.values_list("link", flat=True))
    assert links == {f"https://scorecard.example.org{assessment.get_absolute_url()}"}


def test_a_move_that_fails_tells_nobody(assessment, people):
    with pytest.raises(transitions.TransitionRefused):
        transitions.submit(assessment, by=people[Role.COORDINATOR])
    assert not Mail.objects.exists()
