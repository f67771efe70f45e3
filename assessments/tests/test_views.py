"""Who gets which page, and what happens to those who do not."""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from accounts.access_table import STATES, WHILE_RATING
from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team, make_user
from assessments.models import Assessment
from assessments.tests.factories import make_assessment, make_person, make_rating, stored
from assessments.tests.pages import form_on, text_of

pytestmark = pytest.mark.django_db
Role = Membership.Role
FROZEN = [state for state in STATES if state not in WHILE_RATING]
PEOPLE = ["coordinator", "assigned", "unassigned", "head of agency", "observer"]


@pytest.fixture
def rating():
    return make_rating(code="2.2", findings="As it was.")


def sign_in(client, who, rating):
    """Sign in as one of the people around the rating; nobody for "stranger"."""
    team = rating.assessment.team
    if who == "stranger":
        return
    if who == "outsider":
        team = make_team(code="KGZ", country="Kyrgyzstan")
        role = Role.COORDINATOR
    elif who in {"assigned", "unassigned"}:
        role = Role.MEMBER
    else:
        role = Role(who.replace(" ", "_"))
    membership = make_membership(team=team, role=role)
    if who == "assigned":
        rating.assigned_to.add(membership)
    client.force_login(membership.user)


def address(view, rating):
    arguments = {
        "home": [],
        "team": [rating.assessment.team.code],
        "detail": [rating.assessment_id],
        "edit": [rating.assessment_id],
    }
    default = [rating.assessment_id, rating.indicator.code]
    return reverse(f"assessments:{view}", args=arguments.get(view, default))


# Looking


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("view", ["home", "team", "detail", "indicator"])
def test_everybody_of_the_team_sees_its_pages(client, rating, who, view):
    sign_in(client, who, rating)
    assert client.get(address(view, rating)).status_code == 200


@pytest.mark.parametrize("view", ["team", "detail", "edit", "indicator"])
def test_pages_of_another_team_do_not_exist(client, rating, view):
    sign_in(client, "outsider", rating)
    assert client.get(address(view, rating)).status_code == 404


@pytest.mark.parametrize("view", ["home", "team", "detail", "edit", "indicator"])
def test_stranger_is_sent_to_the_sign_in_page_and_back_afterwards(client, rating, view):
    response = client.get(address(view, rating))
    assert response.status_code == 302
    assert response.url == f"{resolve_url(settings.LOGIN_URL)}?next={address(view, rating)}"


@pytest.mark.parametrize("code", ["9.9", "2.10", "22", "x", "<script>", "2.2%20", "%00"])
def test_a_pi_that_does_not_exist_is_not_found(client, rating, code):
    sign_in(client, "coordinator", rating)
    response = client.get(f"/assessments/{rating.assessment_id}/indicators/{code}/")
    assert response.status_code == 404


@pytest.mark.parametrize("path", ["/teams/XXX/", "/teams/%00/", f"/assessments/{10**30}/"])
def test_a_team_or_assessment_that_does_not_exist_is_not_found(client, rating, path):
    sign_in(client, "coordinator", rating)
    assert client.get(path).status_code == 404


# Changing


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("assigned", 403),
        ("unassigned", 403),
        ("head of agency", 403),
        ("observer", 403),
    ],
)
def test_only_the_coordinator_gets_the_form_of_the_process(client, rating, who, status):
    sign_in(client, who, rating)
    assert client.get(address("edit", rating)).status_code == status


SENT = {"version": "1", "findings": "Changed."}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 302),
        ("assigned", 302),
        ("unassigned", 403),
        ("head of agency", 403),
        ("observer", 403),
        ("outsider", 404),
        ("stranger", 302),
    ],
)
def test_a_pi_is_written_by_coordinator_and_assigned_members_only(client, rating, who, status):
    sign_in(client, who, rating)
    response = client.post(address("indicator", rating), SENT)
    assert response.status_code == status
    may_write = who in {"coordinator", "assigned"}
    assert stored(rating).findings == ("Changed." if may_write else "As it was.")
    assert response.url == address("indicator", rating) if may_write else True


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("assigned", 200),
        ("unassigned", 403),
        ("observer", 403),
        ("outsider", 404),
        ("stranger", 302),
    ],
)
def test_computed_fragment_is_for_those_who_write(client, rating, who, status):
    sign_in(client, who, rating)
    assert client.post(address("computed", rating), SENT).status_code == status


@pytest.mark.parametrize("who", ["unassigned", "head of agency", "observer"])
def test_those_who_do_not_write_read_the_pi_without_a_form(client, rating, who):
    sign_in(client, who, rating)
    page = client.get(address("indicator", rating))
    assert 'id="pi-form"' not in page.content.decode()
    assert "As it was." in text_of(page)


def test_member_has_no_agreed_rating_to_set(client, rating):
    sign_in(client, "assigned", rating)
    fields = form_on(client.get(address("indicator", rating)))
    assert not {"rating", "difference_reason", "regression_reason"} & fields.keys()


def test_member_cannot_slip_an_agreed_rating_in(client, rating):
    sign_in(client, "assigned", rating)
    client.post(address("indicator", rating), SENT | {"rating": "1"})
    assert stored(rating).rating is None


# Frozen


@pytest.mark.parametrize("state", FROZEN)
@pytest.mark.parametrize("who", ["coordinator", "assigned"])
@pytest.mark.parametrize("view", ["indicator", "computed"])
def test_a_frozen_pi_answers_409_with_the_reason_and_stays(client, rating, state, who, view):
    Assessment.objects.update(state=state)
    sign_in(client, who, rating)
    response = client.post(address(view, rating), SENT)
    assert response.status_code == 409
    assert f"while the assessment is in “{STATES[state]}”" in text_of(response)
    assert stored(rating).findings == "As it was."


@pytest.mark.parametrize("state", FROZEN)
def test_a_frozen_pi_is_shown_without_a_form(client, rating, state):
    Assessment.objects.update(state=state)
    sign_in(client, "coordinator", rating)
    page = client.get(address("indicator", rating))
    assert page.status_code == 200
    assert 'id="pi-form"' not in page.content.decode()


@pytest.mark.parametrize("state", [state for state in FROZEN if state != "planning"])
def test_the_process_of_a_frozen_assessment_stays(client, rating, state):
    Assessment.objects.update(state=state)
    sign_in(client, "coordinator", rating)
    response = client.post(address("edit", rating), {"process": "Changed."})
    assert response.status_code == 409
    assert Assessment.objects.get().process == ""


# Methods and forgery


@pytest.mark.parametrize(
    ("view", "method"),
    [
        ("home", "post"),
        ("team", "post"),
        ("detail", "post"),
        ("edit", "put"),
        ("indicator", "delete"),
        ("computed", "get"),
    ],
)
def test_a_wrong_method_is_refused(client, rating, view, method):
    sign_in(client, "coordinator", rating)
    assert getattr(client, method)(address(view, rating)).status_code == 405


@pytest.mark.parametrize("view", ["edit", "indicator", "computed"])
def test_a_form_from_another_site_is_refused_and_writes_nothing(rating, view):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, "coordinator", rating)
    response = client.post(address(view, rating), SENT | {"process": "Changed."})
    assert response.status_code == 403
    assert stored(rating).findings == "As it was."
    assert Assessment.objects.get().process == ""


# Pages with little or nothing on them


def test_home_of_a_person_without_a_team_says_whom_to_ask(client):
    client.force_login(make_user())
    assert "You belong to no team yet" in text_of(client.get(reverse("assessments:home")))


def test_home_names_role_and_latest_assessment(client, rating):
    make_assessment(team=rating.assessment.team, year=2021)
    sign_in(client, "coordinator", rating)
    text = text_of(client.get(reverse("assessments:home")))
    assert "UNCT in Kazakhstan Coordinator, UNDP 2022, Annual progress assessment Scoring" in text


def test_a_team_without_an_assessment_says_so(client):
    membership = make_membership()
    client.force_login(membership.user)
    assert "No assessment yet" in text_of(client.get(reverse("assessments:team", args=["KAZ"])))
    assert "None yet" in text_of(client.get(reverse("assessments:home")))


def test_the_process_is_saved_whole(client, rating):
    client.force_login(make_person(assessment=rating.assessment))
    texts = {
        name: f"Text of {name}."
        for name in ["process", "rationale", "team_role", "unct_engagement", "comments"]
    }
    page = client.post(address("edit", rating), texts, follow=True)
    assert "The text on the process was saved." in text_of(page)
    assessment = Assessment.objects.get()
    assert {name: getattr(assessment, name) for name in texts} == texts


def test_too_long_a_process_is_refused_and_stays_on_the_page(client, rating):
    client.force_login(make_person(assessment=rating.assessment))
    page = client.post(address("edit", rating), {"process": "x" * 20_001})
    assert "The text has 20001 characters; the limit is 20000." in text_of(page)
    assert "x" * 20_001 in page.content.decode()
    assert Assessment.objects.get().process == ""
