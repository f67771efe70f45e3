"""Inviting one person or a pasted list: what is made, what is refused with which sentence."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import (
    make_entity,
    make_invitation,
)
from accounts.tests.test_people_views import people_url, send

pytestmark = pytest.mark.django_db
Role = Membership.Role


def test_one_person_is_invited(client, team, coordinator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = send(client, team)
    assert "Invitation to amina@example.org made." in page.content.decode()
    assert page.redirect_chain == [(people_url(team), 302)]
    assert "http://testserver/join/" in mail.outbox[0].body


def test_a_pasted_list_is_invited_with_what_each_line_says(client, team, coordinator):
    unfpa = make_entity(acronym="UNFPA", name="UNFPA")
    page = send(
        client,
        team,
        people="amina@example.org\nCyrus <cyrus@example.org>;HOA;unfpa\n\ndana@example.org;;UNFPA",
    )
    assert "3 invitations made." in page.content.decode()
    rows = team.invitations.order_by("email").values_list("email", "name", "role", "entity")
    assert list(rows) == [
        ("amina@example.org", "", Role.MEMBER, make_entity().pk),
        ("cyrus@example.org", "Cyrus", Role.HEAD_OF_AGENCY, unfpa.pk),
        ("dana@example.org", "", Role.MEMBER, unfpa.pk),
    ]


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ("nobody", "Line 1: “nobody” is no e-mail address."),
        ("a@example.org\nb@-x-.org", "Line 2: “b@-x-.org” is no e-mail address."),
        ("a@example.org; King", "Line 1: “King” is no role. Roles: IAT member, Coordinator,"),
        ("a@example.org;; UNDPP", "Line 1: no entity “UNDPP” is known here. Write its acronym"),
        ("a@example.org\n\na@example.org", "Line 3: a@example.org stands in the list twice."),
        ("a@example.org;member;UNDP;b@x.org", "nothing may follow, but there is “b@x.org”"),
        ("", "This field is required."),
        (
            "\n".join(f"p{n}@example.org" for n in range(101)),
            "101 people at once; the limit is 100.",
        ),
    ],
)
def test_a_list_with_a_bad_line_is_refused_whole_and_stays_in_the_field(
    client, team, coordinator, people, sentence
):
    page = send(client, team, people=people)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert page.context["form"]["people"].value() == people
    assert not team.invitations.exists()


def test_an_entity_is_asked_for_where_neither_line_nor_field_names_one(client, team, coordinator):
    page = send(client, team, people="amina@example.org\nb@example.org;;UNDP", entity="")
    assert "Line 1: amina@example.org has no entity." in page.content.decode()
    assert "Line 2" not in page.content.decode()


def test_who_is_a_member_already_is_told(client, team, coordinator):
    page = send(client, team, people=coordinator.email, role=Role.COORDINATOR)
    assert page.status_code == 422
    assert f"{coordinator.email} is in this team already" in page.content.decode()


def test_an_invitation_is_sent_again(client, team, coordinator, django_capture_on_commit_callbacks):
    invitation = make_invitation(team=team, sent_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("accounts:resend", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.sent_at is not None
    assert mail.outbox[0].to == [invitation.email]


def test_an_invitation_is_withdrawn(client, team, coordinator):
    invitation = make_invitation(team=team)
    revoke = reverse("accounts:revoke", args=[invitation.pk])
    page = client.post(revoke, follow=True)
    assert f"Invitation to {invitation.email} withdrawn." in page.content.decode()
    assert not team.invitations.open().exists()
    page = client.post(revoke, follow=True)
    assert "The invitation has been withdrawn." in page.content.decode()
