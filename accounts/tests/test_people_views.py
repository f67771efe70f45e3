"""The page of a team's people and inviting: who may open it, do it, and what it says."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, PeopleEvent
from accounts.tests.factories import (
    make_entity,
    make_event,
    make_invitation,
    make_membership,
    make_team,
    make_user,
)

pytestmark = pytest.mark.django_db
Role = Membership.Role
MEMBERS = [role for role in Role if role != Role.COORDINATOR]


def sign_in_as(client, kind, team):
    """A role in the team, or "stranger", "other team", "administrator"."""
    if kind == "administrator":
        user = make_user(is_staff=True)
    elif kind == "other team":
        other = make_team(code="KGZ", country="Kyrgyzstan")
        user = make_membership(team=other, role=Role.COORDINATOR).user
    else:
        user = make_membership(team=team, role=kind).user
    client.force_login(user)
    return user


def people_url(team):
    return reverse("accounts:people", args=[team.code])


def invite_url(team):
    return reverse("accounts:invite", args=[team.code])


def send(client, team, **fields):
    form = {"people": "amina@example.org", "role": Role.MEMBER, "entity": make_entity().pk}
    return client.post(invite_url(team), form | fields, follow=True)


# Who may


@pytest.mark.parametrize("kind", [*Role, "administrator"])
def test_people_of_a_team_are_seen_by_its_members_and_by_administrators(client, team, kind):
    sign_in_as(client, kind, team)
    assert client.get(people_url(team)).status_code == 200


def test_people_of_another_team_do_not_exist(client, team):
    sign_in_as(client, "other team", team)
    invitation = make_invitation(team=team)
    assert client.get(people_url(team)).status_code == 404
    assert client.get(invite_url(team)).status_code == 404
    for route in ("accounts:resend", "accounts:revoke"):
        assert client.post(reverse(route, args=[invitation.pk])).status_code == 404


def test_somebody_who_left_sees_the_people_no_more(client, team):
    membership = make_membership(team=team, role=Role.COORDINATOR)
    membership.ended_on = timezone.now().date()
    membership.save()
    client.force_login(membership.user)
    assert client.get(people_url(team)).status_code == 404


@pytest.mark.parametrize("kind", MEMBERS)
def test_members_see_names_and_neither_addresses_nor_sign_ins_nor_invitations(client, team, kind):
    other = make_membership(team=team, user=make_user(name="Cyrus", email="cyrus@example.org"))
    make_invitation(team=team, email="invited@example.org")
    make_event(team=team, person="Somebody Else")
    sign_in_as(client, kind, team)
    page = client.get(people_url(team)).content.decode()
    assert other.user.name in page
    for hidden in ("cyrus@", "invited@", "signed in", "Somebody Else", "Invite people"):
        assert hidden not in page


@pytest.mark.parametrize("kind", MEMBERS)
def test_members_may_not_invite(client, team, kind):
    invitation = make_invitation(team=team)
    sign_in_as(client, kind, team)
    for answer in (
        client.get(invite_url(team)),
        client.post(invite_url(team)),
        client.post(reverse("accounts:resend", args=[invitation.pk])),
        client.post(reverse("accounts:revoke", args=[invitation.pk])),
    ):
        assert answer.status_code == 403
        assert "Ask the coordinator" in answer.content.decode()


@pytest.mark.parametrize("route", ["accounts:resend", "accounts:revoke"])
def test_a_link_neither_sends_nor_withdraws(client, team, coordinator, route):
    invitation = make_invitation(team=team)
    assert client.get(reverse(route, args=[invitation.pk])).status_code == 405


def test_an_administrator_may_invite_into_any_team_but_not_see_its_assessments(client, team):
    sign_in_as(client, "administrator", team)
    page = client.get(people_url(team)).content.decode()
    assert "This team has no coordinator yet" in page
    send(client, team, role=Role.COORDINATOR)
    assert team.invitations.get().role == Role.COORDINATOR
    assert client.get(reverse("assessments:team", args=[team.code])).status_code == 404


# What it shows


def test_people_stand_under_their_roles_with_entity_and_last_sign_in(client, team, coordinator):
    never = make_membership(team=team, user=make_user(name="Never There"), role=Role.OBSERVER)
    page = client.get(people_url(team)).content.decode()
    assert page.index("Coordinator</h2>") < page.index("Observer</h2>")
    assert "Head of agency</h2>" not in page
    assert never.user.email in page
    assert "Never signed in" in page
    assert "Signed in on" in page


def test_former_members_and_what_changed_are_listed(client, team, coordinator):
    former = make_membership(team=team, user=make_user(name="Former Person"))
    former.ended_on = timezone.now().date()
    former.save()
    changed = PeopleEvent.Kind.CHANGED
    make_event(team=team, kind=changed, former_role=Role.OBSERVER, by=coordinator, person="Amina")
    page = client.get(people_url(team)).content.decode()
    assert "Former Person" in page.split("Former members")[1]
    assert "changed the role of Amina from Observer to IAT member, UNDP." in page


def test_invitations_are_listed_with_what_they_wait_for(client, team, coordinator):
    make_invitation(team=team, email="waiting@example.org")
    later = datetime(2030, 1, 2, 14, 5, tzinfo=UTC)
    make_invitation(team=team, email="unsent@example.org", sent_at=None, next_try_at=later)
    page = client.get(people_url(team)).content.decode()
    assert "Waiting for an answer" in page.split("waiting@example.org")[1]
    unsent = page.split("unsent@example.org")[1].split("waiting@example.org")[0]
    assert "Not sent" in unsent
    assert "tried again on 2 Jan 2030, 14:05" in unsent


def test_people_take_a_fixed_number_of_queries(
    client, team, coordinator, django_assert_max_num_queries
):
    for number in range(12):
        make_membership(team=team, role=Role.MEMBER)
        make_invitation(team=team, email=f"invited{number}@example.org")
        make_event(team=team)
    with django_assert_max_num_queries(9):
        client.get(people_url(team))
