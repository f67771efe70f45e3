"""The pages behind the link of an invitation, for those with and without an account."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.invitations import revoke
from accounts.models import Membership, User
from accounts.tests.factories import PASSWORD, make_invitation, make_user

pytestmark = pytest.mark.django_db
NEW = {"name": "Amina B.", "password": "seven brown kettles"}


def url(invitation, step=""):
    return reverse(f"accounts:join{step}", args=[invitation.token])


def team_page(invitation):
    return reverse("assessments:team", args=[invitation.team.code])


def test_a_new_person_chooses_name_and_password_and_is_in(client):
    invitation = make_invitation(email="amina@example.org", name="Amina B.")
    page = client.get(url(invitation), follow=True)
    assert page.redirect_chain == [(url(invitation, "_new"), 302)]
    assert 'value="Amina B."' in page.content.decode()
    page = client.post(url(invitation, "_new"), NEW, follow=True)
    assert page.redirect_chain == [(team_page(invitation), 302)]
    assert "You belong to UNCT in Kazakhstan now, as IAT member." in page.content.decode()
    assert page.context["user"].email == "amina@example.org"


def test_looking_at_an_invitation_uses_nothing_up(client):
    invitation = make_invitation()
    for _ in range(3):
        client.get(url(invitation), follow=True)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"password": "short"}, "at least 12 characters"),
        ({"name": "Seven Brown Kettles", "password": "seven brown kettles"}, "too similar"),
        ({"password": "gender-equality"}, "everybody connects with this site"),
    ],
)
def test_a_refused_name_or_password_makes_no_account(client, form, sentence):
    invitation = make_invitation(email="amina@example.org")
    page = client.post(url(invitation, "_new"), NEW | form)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not User.objects.filter(email="amina@example.org").exists()


def test_somebody_with_an_account_signs_in_and_joins(client):
    user = make_user(email="amina@example.org")
    invitation = make_invitation(email="amina@example.org")
    page = client.get(url(invitation)).content.decode()
    assert "You have an account with this address already" in page
    sign_in = f"{reverse('account_login')}?next={url(invitation)}"
    assert f'href="{sign_in}"' in page
    page = client.post(sign_in, {"login": user.email, "password": PASSWORD}, follow=True)
    assert page.redirect_chain == [(url(invitation), 302)]
    client.post(url(invitation, "_accept"))
    assert user.memberships.get().team == invitation.team


def test_for_an_address_with_an_account_no_second_one_is_made(client):
    make_user(email="amina@example.org")
    invitation = make_invitation(email="amina@example.org")
    assert client.post(url(invitation, "_new"), NEW).url == url(invitation)
    assert User.objects.filter(email="amina@example.org").count() == 1


def test_somebody_signed_in_with_another_address_is_told_and_may_join(client):
    user = make_user(email="other@example.org")
    client.force_login(user)
    invitation = make_invitation(email="amina@example.org")
    page = client.get(url(invitation)).content.decode()
    assert "You are signed in as other@example.org, another address." in page
    client.post(url(invitation, "_accept"))
    assert user.memberships.get().team == invitation.team


def test_a_stranger_cannot_accept_without_signing_in(client):
    invitation = make_invitation()
    answer = client.post(url(invitation, "_accept"))
    assert answer.url.startswith(reverse("account_login"))
    assert not Membership.objects.exists()


def test_a_used_link_says_so(client):
    client.force_login(make_user())
    invitation = make_invitation()
    client.post(url(invitation, "_accept"))
    page = client.get(url(invitation))
    assert page.status_code == 410
    assert "The invitation has been accepted already." in page.content.decode()
    page = client.post(url(invitation, "_accept"), follow=True)
    assert page.status_code == 410
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("step", ["", "_new"])
def test_an_expired_link_names_whom_to_ask(client, step):
    invitation = make_invitation(at=timezone.now() - timedelta(days=14))
    page = client.get(url(invitation, step), follow=True)
    assert page.status_code == 410
    assert "Ask Coordinating Person to send it again." in page.content.decode()
    client.post(url(invitation, "_new"), NEW)
    assert not User.objects.filter(email=invitation.email).exists()


def test_a_withdrawn_link_says_so(client):
    invitation = make_invitation()
    revoke(invitation, by=make_user())
    page = client.get(url(invitation))
    assert page.status_code == 410
    assert "The invitation has been withdrawn." in page.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("step", ["", "_new", "_accept", "_microsoft"])
def test_an_invented_link_opens_nothing(client, step, method):
    client.force_login(make_user())
    address = reverse(f"accounts:join{step}", args=["invented"])
    assert getattr(client, method)(address).status_code in (404, 405)
    assert not Membership.objects.exists()


def test_an_unknown_link_says_that_a_newer_one_may_be_there(client):
    page = client.get(reverse("accounts:join", args=["invented"]))
    assert "or a newer invitation was sent since" in page.content.decode()
