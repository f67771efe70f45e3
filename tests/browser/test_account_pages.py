"""Every page of signing in, the own account and the people of a team: how it looks and reads."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import (
    PASSWORD,
    make_event,
    make_invitation,
    make_membership,
    make_team,
    make_user,
)
from conftest import DESKTOP, PHONE, is_too_wide

pytestmark = pytest.mark.browser
Role = Membership.Role
HOME = re.compile(r"://[^/]+/$")


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests(live_server):
    cache.clear()


@pytest.fixture
def team(live_server):
    """A team with one of each role, invitations in every state, and a history."""
    team = make_team()
    coordinator = make_user(email="coordinator@example.org", name="Coordinating Person")
    make_membership(team=team, user=coordinator, role=Role.COORDINATOR)
    for role in Role:
        make_membership(team=team, user=make_user(name=f"Some {role.label}"), role=role)
    ended = make_membership(team=team, user=make_user(name="Former Member"))
    ended.ended_on = timezone.now().date()
    ended.save()
    make_invitation(team=team, email="waiting@example.org", name="Amina B.", by=coordinator)
    make_invitation(team=team, email="unsent@example.org", sent_at=None, by=coordinator)
    old = timezone.now() - timedelta(days=30)
    make_invitation(team=team, email="expired@example.org", at=old, by=coordinator)
    make_event(team=team, by=coordinator)
    return team


@pytest.fixture
def look_at(assert_accessible, screenshot):
    """Return a function that checks one page at its present address and keeps a picture."""

    def look_at(page, name):
        assert page.locator("html[lang]").count() == 1
        assert page.locator("main").count() == 1
        assert not is_too_wide(page), name
        assert_accessible(page)
        screenshot(page, f"account-{name}-{page.viewport_size['width']}")

    return look_at


def sign_in(page, email="coordinator@example.org", password=PASSWORD):
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(HOME)


def confirm_who_it_is(page, then):
    page.goto(f"{reverse('account_reauthenticate')}?next={then}")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(f"**{then}")


SIGNED_OUT = {
    "sign-in": "account_login",
    "code": "account_request_login_code",
    "password-forgotten": "account_reset_password",
    "password-sent": "account_reset_password_done",
    "password-done": "account_reset_password_from_key_done",
    "inactive": "account_inactive",
    "by-invitation": "account_signup",
    "email-sent": "account_email_verification_sent",
    "microsoft-cancelled": "socialaccount_login_cancelled",
}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_before_signing_in(open_page, look_at, page_problems, viewport):
    page_problems.allow("status of 401")
    page = open_page(viewport)
    for name, route in SIGNED_OUT.items():
        page.goto(reverse(route))
        look_at(page, name)
    page.goto(reverse("socialaccount_login_error"))
    assert page.get_by_role("heading", name="Microsoft did not sign you in").is_visible()
    look_at(page, "microsoft-failed")
    page.goto(reverse("account_reset_password_from_key", args=["1", "wrong-key"]))
    look_at(page, "password-bad-link")
    page.goto(reverse("account_confirm_email", args=["wrong"]))
    look_at(page, "email-bad-link")
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Sign in", exact=True).click()
    look_at(page, "sign-in-refused")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_of_an_invitation(open_page, look_at, page_problems, team, viewport):
    page_problems.allow("status of 404")
    page_problems.allow("status of 410")
    page_problems.allow("status of 422")
    page = open_page(viewport)
    new = make_invitation(team=team, email="new@example.org", name="New Person")
    page.goto(reverse("accounts:join", args=[new.token]))
    look_at(page, "join-new")
    page.get_by_role("button", name="Make my account and join").click()
    look_at(page, "join-new-refused")
    known = make_invitation(team=team, email="coordinator@example.org", role=Role.OBSERVER)
    page.goto(reverse("accounts:join", args=[known.token]))
    look_at(page, "join-known")
    expired = make_invitation(team=team, at=timezone.now() - timedelta(days=20))
    page.goto(reverse("accounts:join", args=[expired.token]))
    look_at(page, "join-expired")
    page.goto(reverse("accounts:join", args=["no-such-token"]))
    look_at(page, "join-unknown")
    sign_in(page)
    page.goto(reverse("accounts:join", args=[new.token]))
    look_at(page, "join-other-address")


ACCOUNT = {
    "account": "accounts:account",
    "profile": "accounts:profile",
    "email": "account_email",
    "password": "account_change_password",
    "sessions": "usersessions_list",
    "passkeys": "mfa_list_webauthn",
    "passkey-add": "mfa_add_webauthn",
    "app": "mfa_activate_totp",
    "microsoft": "socialaccount_connections",
}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_of_the_own_account(open_page, look_at, team, viewport):
    page = open_page(viewport)
    sign_in(page)
    page.goto(reverse("account_reauthenticate"))
    look_at(page, "is-it-you")
    confirm_who_it_is(page, then=reverse("accounts:account"))
    for name, route in ACCOUNT.items():
        page.goto(reverse(route))
        look_at(page, name)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_of_a_teams_people(open_page, look_at, page_problems, team, viewport):
    page_problems.allow("status of 422")
    page = open_page(viewport)
    sign_in(page)
    page.goto(reverse("accounts:people", args=[team.code]))
    page.get_by_text("What has changed here").click()
    look_at(page, "people")
    page.goto(reverse("accounts:invite", args=[team.code]))
    look_at(page, "invite")
    page.get_by_label("Whom do you invite?").fill("nobody\nx@example.org; King")
    page.get_by_role("button", name="Send the invitations").click()
    look_at(page, "invite-refused")
    member = team.memberships.active().filter(role=Role.MEMBER).first()
    page.goto(reverse("people:role", args=[team.code, member.pk]))
    look_at(page, "role")
    page.goto(reverse("people:end", args=[team.code, member.pk]))
    look_at(page, "end")
