"""Members who leave or change their role: who may do it, and who gets their PIs."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.access_table import BEFORE_ENDORSED, STATES
from accounts.models import Membership
from accounts.tests.factories import (
    PASSWORD,
    make_entity,
    make_membership,
    make_team,
    make_user,
)
from accounts.transitions import TransitionRefused
from assessments.people.hand_over import change_role, end_membership, open_ratings_of, receivers_for
from assessments.tests.factories import make_assessment, make_rating

pytestmark = pytest.mark.django_db
Role = Membership.Role
SITE = "https://scorecard.example.org"


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def coordinator(team):
    user = make_user(email="coordinator@example.org", name="Coordinating Person")
    return make_membership(team=team, user=user, role=Role.COORDINATOR)


@pytest.fixture
def leaving(team, coordinator):
    """A member with two PIs of the year in scoring and one of an accepted year."""
    leaving = make_membership(team=team, user=make_user(email="amina@example.org", name="Amina B."))
    this_year = make_assessment(team=team, year=2022)
    make_rating(assessment=this_year, code="2.2", assigned=[leaving])
    make_rating(assessment=this_year, code="1.1", assigned=[leaving])
    last_year = make_assessment(team=team, year=2021, state="accepted")
    make_rating(assessment=last_year, code="2.2", assigned=[leaving])
    return leaving


@pytest.fixture
def receiver(team):
    return make_membership(team=team, user=make_user(email="cyrus@example.org", name="Cyrus"))


def assigned(membership):
    ratings = membership.assigned_ratings.order_by("assessment__year", "indicator__position")
    return [(rating.assessment.year, rating.indicator.code) for rating in ratings]


# Handing over


def test_open_pis_go_to_the_receiver_and_finished_years_stay(
    leaving, receiver, coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        end_membership(leaving, by=coordinator.user, site=SITE, receiver=receiver)
    assert sorted(assigned(receiver)) == [(2022, "1.1"), (2022, "2.2")]
    assert assigned(leaving) == [(2021, "2.2")]
    told = {message.to[0]: message.body for message in mail.outbox}
    assert (
        "Coordinating Person has ended your membership as IAT member" in told["amina@example.org"]
    )
    assert "assigned to you now: 1.1, 2.2." in told["cyrus@example.org"]
    assert f"{SITE}/teams/KAZ/" in told["cyrus@example.org"]


def test_a_receiver_who_has_the_pi_already_keeps_it_once(leaving, receiver, coordinator):
    leaving.assigned_ratings.first().assigned_to.add(receiver)
    end_membership(leaving, by=coordinator.user, site=SITE, receiver=receiver)
    assert len(assigned(receiver)) == 2


@pytest.mark.parametrize("state", STATES)
def test_pis_are_open_until_the_year_is_endorsed(leaving, state):
    leaving.team.assessments.filter(year=2022).update(state=state)
    assert open_ratings_of(leaving).exists() == (state in BEFORE_ENDORSED)


def test_without_a_receiver_nothing_ends(leaving, coordinator):
    with pytest.raises(TransitionRefused, match="Amina B. has 2 PIs. Choose who takes"):
        end_membership(leaving, by=coordinator.user, site=SITE)
    leaving.refresh_from_db()
    assert leaving.ended_on is None
    assert len(assigned(leaving)) == 3
    assert mail.outbox == []


def test_a_receiver_who_left_meanwhile_gets_nothing(leaving, receiver, coordinator):
    Membership.objects.filter(pk=receiver.pk).update(ended_on=timezone.now())
    with pytest.raises(TransitionRefused, match="Choose who takes them over"):
        end_membership(leaving, by=coordinator.user, site=SITE, receiver=receiver)
    assert len(assigned(leaving)) == 3


def test_receivers_are_the_others_of_the_assessment_team_who_can_sign_in(
    team, leaving, receiver, coordinator
):
    make_membership(team=team, role=Role.OBSERVER)
    make_membership(team=team, user=make_user(is_active=False))
    make_membership(team=make_team(code="KGZ", country="Kyrgyzstan"))
    assert set(receivers_for(leaving)) == {receiver, coordinator}


def test_who_has_no_pis_needs_no_receiver(receiver, coordinator):
    assert end_membership(receiver, by=coordinator.user, site=SITE).ended_on is not None


def test_who_leaves_alone_gets_no_mail_about_it(
    receiver, coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        end_membership(receiver, by=receiver.user, site=SITE)
    assert mail.outbox == []


def test_a_role_outside_the_assessment_team_hands_over_too(leaving, receiver, coordinator):
    new = {"role": Role.OBSERVER, "entity": leaving.entity}
    with pytest.raises(TransitionRefused, match="Choose who takes them over"):
        change_role(leaving, **new, by=coordinator.user, site=SITE)
    leaving.refresh_from_db()
    assert leaving.role == Role.MEMBER
    change_role(leaving, **new, receiver=receiver, by=coordinator.user, site=SITE)
    assert len(assigned(receiver)) == 2


def test_a_member_who_becomes_coordinator_keeps_the_pis(leaving, coordinator):
    entity = leaving.entity
    change_role(leaving, role=Role.COORDINATOR, entity=entity, by=coordinator.user, site=SITE)
    assert len(assigned(leaving)) == 3


# The pages


def url(membership, move):
    return reverse(f"people:{move}", args=[membership.team.code, membership.pk])


@pytest.fixture
def as_coordinator(client, coordinator):
    """The coordinator, who has just said again who it is."""
    client.force_login(coordinator.user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_page_before_the_end_says_what_happens_and_to_whom_mail_goes(as_coordinator, leaving):
    page = as_coordinator.get(url(leaving, "end")).content.decode()
    assert "Amina B. is IAT member for UNDP in the UNCT in Kazakhstan" in page
    assert "A mail about it goes to amina@example.org." in page
    assert "PIs assigned now:\n    1.1 (2022), 2.2 (2022)" in page
    leaving.refresh_from_db()
    assert leaving.ended_on is None


def test_coordinator_ends_a_membership(as_coordinator, leaving, receiver):
    page = as_coordinator.post(url(leaving, "end"), {"receiver": receiver.pk}, follow=True)
    assert page.redirect_chain == [(leaving.team.people_url, 302)]
    assert "The membership of Amina B. has ended." in page.content.decode()
    assert len(assigned(receiver)) == 2


def test_coordinator_has_to_choose_a_receiver(as_coordinator, leaving):
    page = as_coordinator.post(url(leaving, "end"), {"receiver": ""})
    assert page.status_code == 422
    assert "Who takes over the PIs?: This field is required." in page.content.decode()


def test_only_coordinator_is_told_why_not(as_coordinator, coordinator):
    page = as_coordinator.post(url(coordinator, "end"))
    assert page.status_code == 422
    assert "is the only coordinator of UNCT in Kazakhstan" in page.content.decode()


def test_a_member_leaves_and_sees_the_team_no_more(client, receiver, coordinator):
    client.force_login(receiver.user)
    page = client.get(url(receiver, "end")).content.decode()
    assert "Leave the UNCT in Kazakhstan" in page
    assert "From now on you see nothing of it any more." in page
    page = client.post(url(receiver, "end"), follow=True)
    assert page.redirect_chain == [(reverse("assessments:home"), 302)]
    assert "You have left UNCT in Kazakhstan." in page.content.decode()
    assert client.get(reverse("assessments:team", args=["KAZ"])).status_code == 404
    assert client.post(url(receiver, "end")).status_code == 404


def test_coordinator_changes_a_role(as_coordinator, receiver):
    form = {"role": Role.OBSERVER, "entity": make_entity(acronym="UNFPA").pk}
    page = as_coordinator.post(url(receiver, "role"), form, follow=True)
    assert "The role of Cyrus was changed." in page.content.decode()
    receiver.refresh_from_db()
    assert (receiver.role, receiver.entity.acronym) == (Role.OBSERVER, "UNFPA")


def test_a_change_of_role_asks_for_a_receiver_where_pis_would_be_left(as_coordinator, leaving):
    form = {"role": Role.OBSERVER, "entity": leaving.entity.pk}
    page = as_coordinator.post(url(leaving, "role"), form)
    assert page.status_code == 422
    assert "In this role one has no PIs. Choose who takes them over." in page.content.decode()


def test_a_role_that_the_person_has_already_is_told(as_coordinator, team, receiver):
    second = make_membership(team=team, user=receiver.user, role=Role.OBSERVER)
    form = {"role": Role.MEMBER, "entity": second.entity.pk}
    page = as_coordinator.post(url(second, "role"), form)
    assert "Cyrus has this role in the team already." in page.content.decode()


def test_before_a_role_changes_the_password_is_asked_for_again(client, coordinator, receiver):
    client.force_login(coordinator.user)
    form = {"role": Role.OBSERVER, "entity": receiver.entity.pk}
    asked = client.post(url(receiver, "role"), form)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    receiver.refresh_from_db()
    assert receiver.role == Role.MEMBER
    client.post(asked.url, {"password": PASSWORD, "next": url(receiver, "role")})
    receiver.refresh_from_db()
    assert receiver.role == Role.OBSERVER


@pytest.mark.parametrize("kind", [role for role in Role if role != Role.COORDINATOR])
def test_members_change_nobodys_membership(client, team, receiver, coordinator, kind):
    client.force_login(make_membership(team=team, role=kind).user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for move in ("role", "end"):
        for answer in (client.get(url(receiver, move)), client.post(url(receiver, move))):
            assert answer.status_code == 403
    assert client.get(url(coordinator, "end")).status_code == 403


def test_members_do_not_change_their_own_role(client, receiver, coordinator):
    client.force_login(receiver.user)
    assert client.get(url(receiver, "role")).status_code == 403


def test_memberships_of_another_team_do_not_exist(client, receiver):
    other = make_team(code="KGZ", country="Kyrgyzstan")
    client.force_login(make_membership(team=other, role=Role.COORDINATOR).user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for move in ("role", "end"):
        assert client.get(url(receiver, move)).status_code == 404
        assert client.post(url(receiver, move)).status_code == 404
        through_own_team = reverse(f"people:{move}", args=[other.code, receiver.pk])
        assert client.post(through_own_team).status_code == 404


def test_an_administrator_ends_a_membership_in_any_team(client, receiver, coordinator):
    client.force_login(make_user(is_staff=True))
    page = client.post(url(receiver, "end"), follow=True)
    assert page.redirect_chain == [(receiver.team.people_url, 302)]
