"""Signing in by Microsoft, against a provider of the tests' own that signs real tokens."""

import time

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.urls import reverse

from accounts.models import Membership, User
from accounts.tests.factories import PASSWORD, make_invitation, make_user
from accounts.tests.openid_provider import CLIENT_ID, SECRET, OpenIdProvider
from scorecard.environment import entra_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings):
    provider = OpenIdProvider()
    settings.ENTRA = entra_app(provider.url, CLIENT_ID, SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [settings.ENTRA]}}
    yield provider
    provider.close()


def login_url(**query):
    return reverse("openid_connect_login", args=["entra"], query=query)


def come_back(client, provider, answer):
    """Follow the way to the provider and back to this site."""
    assert answer.url.startswith(f"{provider.url}/authorize?")
    back = provider.visit(answer.url)
    return client.get(back.removeprefix("http://testserver"), follow=True)


def sign_in(client, provider, **query):
    return come_back(client, provider, client.post(login_url(process="login", **query)))


def connect(client, provider, user):
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return come_back(client, provider, client.post(login_url(process="connect")))


def test_the_button_stands_on_the_sign_in_page_where_microsoft_is_set_up(client, provider):
    assert "Sign in with Microsoft" in client.get(reverse("account_login")).content.decode()


def test_without_settings_there_is_no_button_and_no_way(client):
    assert "Microsoft" not in client.get(reverse("account_login")).content.decode()
    assert client.post(login_url(process="login")).status_code == 404
    token = make_invitation().token
    assert client.post(reverse("accounts:join_microsoft", args=[token])).status_code == 404


@pytest.mark.parametrize("verified", [True, False])
def test_an_unknown_person_with_a_known_address_is_refused_and_nothing_is_linked(
    client, provider, verified
):
    user = make_user(email="amina@example.org")
    provider.person["email_verified"] = verified
    page = sign_in(client, provider)
    assert page.status_code == 403
    text = page.content.decode()
    assert "This Microsoft account is not connected" in text
    assert "An e-mail address is not enough to find one: sign in with your password" in text
    assert not page.context["user"].is_authenticated
    assert not SocialAccount.objects.exists()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_unknown_person_with_an_unknown_address_gets_no_account(client, provider):
    assert sign_in(client, provider).status_code == 403
    assert not User.objects.exists()


def test_who_is_connected_signs_in_whatever_address_microsoft_tells(client, provider):
    user = make_user(email="aigerim@example.org")
    page = connect(client, provider, user)
    assert page.redirect_chain[-1][0] == reverse("accounts:account")
    assert "Your Microsoft account is connected" in page.content.decode()
    assert "was connected" in mail.outbox[-1].subject
    client.logout()
    provider.person["email"] = "another@example.org"
    assert sign_in(client, provider).context["user"] == user
    user.refresh_from_db()
    assert user.email == "aigerim@example.org"


def test_sign_in_leads_to_the_page_that_was_asked_for(client, provider):
    connect(client, provider, make_user())
    client.logout()
    wanted = reverse("scorecard:framework_list")
    assert sign_in(client, provider, next=wanted).redirect_chain[-1][0] == wanted


def test_before_connecting_the_password_is_asked_for_again(client, provider):
    client.force_login(make_user())
    page = come_back(client, provider, client.post(login_url(process="connect")))
    assert page.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
    assert not SocialAccount.objects.exists()


def test_one_microsoft_account_belongs_to_one_person(client, provider):
    first, second = make_user(), make_user()
    connect(client, provider, first)
    page = connect(client, provider, second)
    assert "is connected to somebody else" in page.content.decode()
    assert SocialAccount.objects.get().user == first


def test_disconnecting_ends_it(client, provider):
    connect(client, provider, make_user())
    page = client.get(reverse("socialaccount_connections")).content.decode()
    assert "Disconnect Microsoft" in page
    account = {"account": SocialAccount.objects.get().pk}
    client.post(reverse("socialaccount_connections"), account)
    client.logout()
    assert sign_in(client, provider).status_code == 403


def test_a_closed_account_is_not_opened_by_microsoft(client, provider):
    user = make_user()
    connect(client, provider, user)
    client.logout()
    User.objects.filter(pk=user.pk).update(is_active=False)
    page = sign_in(client, provider)
    assert "This account is closed" in page.content.decode()
    assert not page.context["user"].is_authenticated


# With an invitation


def join(client, invitation):
    return client.post(reverse("accounts:join_microsoft", args=[invitation.token]))


def test_an_invited_new_person_joins_by_microsoft_under_the_invited_address(client, provider):
    invitation = make_invitation(email="invited@example.org")
    page = client.get(reverse("accounts:join_new", args=[invitation.token])).content.decode()
    assert "Sign in with Microsoft and join" in page
    page = come_back(client, provider, join(client, invitation))
    user = page.context["user"]
    assert (user.email, user.name) == ("invited@example.org", "Amina B.")
    assert user.emailaddress_set.get().verified
    assert not user.has_usable_password()
    assert "Join as Amina B." in page.content.decode()
    client.post(reverse("accounts:join_accept", args=[invitation.token]))
    assert Membership.objects.get().user == user
    client.logout()
    assert sign_in(client, provider).context["user"] == user


def test_an_invitation_to_a_known_address_links_nothing_either(client, provider):
    make_user(email="invited@example.org")
    invitation = make_invitation(email="invited@example.org")
    page = come_back(client, provider, join(client, invitation))
    assert page.status_code == 403
    assert "There is an account for invited@example.org here already." in page.content.decode()
    assert not SocialAccount.objects.exists()


def test_an_invitation_withdrawn_on_the_way_makes_no_account(client, provider):
    invitation = make_invitation(email="invited@example.org")
    answer = join(client, invitation)
    invitation.revoked_by, invitation.revoked_at = invitation.invited_by, invitation.sent_at
    invitation.save()
    assert come_back(client, provider, answer).status_code == 403
    assert not User.objects.filter(email="invited@example.org").exists()


# Tokens


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-application"},
        {"iss": "https://login.microsoftonline.com/another-tenant/v2.0"},
        {"exp": int(time.time()) - 600},
    ],
    ids=["for another application", "of another tenant", "too old"],
)
def test_a_token_of_another_kind_signs_nobody_in(client, provider, claims):
    connect(client, provider, make_user())
    client.logout()
    provider.changed_claims = claims
    page = sign_in(client, provider)
    assert page.status_code == 401
    assert "Microsoft did not sign you in" in page.content.decode()
    assert not page.context["user"].is_authenticated


def test_an_answer_to_somebody_elses_question_is_refused(client, provider):
    connect(client, provider, make_user())
    answer = client.post(login_url(process="login"))
    other_browser = type(client)()
    page = come_back(other_browser, provider, answer)
    assert page.status_code == 401
    assert not page.context["user"].is_authenticated


def test_codes_are_bound_to_the_browser_that_asked(client, provider):
    make_user()
    sign_in(client, provider)
    assert provider.visits[0]["code_challenge_method"] == "S256"
    assert provider.exchanges[0]["code_verifier"]


def test_a_link_alone_does_not_lead_to_microsoft(client, provider):
    page = client.get(login_url(process="login"))
    assert page.status_code == 200
    assert "Go on to Microsoft" in page.content.decode()


def test_a_code_that_microsoft_does_not_know_is_no_fault(client, provider):
    answer = client.post(login_url(process="login"))
    back = provider.visit(answer.url)
    provider.codes.clear()
    page = client.get(back.removeprefix("http://testserver"), follow=True)
    assert page.status_code == 401


def test_microsoft_out_of_reach_is_told_and_no_fault(client, provider, settings):
    settings.ENTRA["settings"]["server_url"] = "http://127.0.0.1:1/tenant/v2.0"
    page = client.post(login_url(process="login"), follow=True)
    assert "Microsoft did not sign you in" in page.content.decode()
