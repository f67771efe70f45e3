"""Signing in as a person does it: password, code, authenticator app, recovery code, passkey."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from accounts.tests.factories import PASSWORD, make_membership, make_user
from accounts.tests.openid_provider import CLIENT_ID, SECRET, OpenIdProvider
from scorecard.environment import entra_app

pytestmark = pytest.mark.browser
EMAIL = "person@example.org"
HOME = re.compile(r"://[^/]+/$")
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests(live_server):
    cache.clear()


@pytest.fixture
def person(live_server):
    user = make_user(email=EMAIL, name="Aigerim S.")
    make_membership(user=user)
    return user


@pytest.fixture
def passkey_device(page):
    """A virtual fingerprint reader in this browser. Returns its connection and its id."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return devtools, device["authenticatorId"]


def sign_in(page):
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"**{reverse('account_login')}")


def say_who_it_is(page):
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def is_signed_in(page):
    return page.get_by_role("link", name="Aigerim S.").is_visible()


def app_code(secret, *, steps_ahead=0):
    counter = int(time.time()) // 30 + steps_ahead
    return format_hotp_value(hotp_value(secret, counter))


def test_name_in_the_header_leads_to_the_account(page, person):
    sign_in(page)
    page.get_by_role("link", name="Aigerim S.").click()
    page.wait_for_url(f"**{reverse('accounts:account')}")
    for row in ("E-mail address", "Password", "Passkeys", "Authenticator app", "Notifications"):
        assert page.get_by_text(row, exact=True).is_visible()


def test_sign_in_with_a_code_from_the_mail(page, person):
    page.goto(reverse("account_login"))
    page.get_by_role("link", name="Send me a sign-in code").click()
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Enter the code").wait_for()
    code = re.search(r"^ {4}(\S+)$", mail.outbox[0].body, re.MULTILINE)[1]
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(HOME)
    assert is_signed_in(page)


def test_authenticator_app_is_asked_for_and_recovery_codes_stand_in(
    page, person, assert_accessible, screenshot
):
    sign_in(page)
    page.goto(reverse("mfa_activate_totp"))
    say_who_it_is(page)
    assert page.locator(".qr-code svg").is_visible()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Authenticator code").fill(app_code(secret))
    page.get_by_role("button", name="Switch on").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert_accessible(page)
    screenshot(page, "account-recovery-codes")
    recovery_code = page.locator(".recovery-codes code").first.inner_text()
    sign_out(page)

    sign_in(page)
    page.get_by_role("heading", name="The second step").wait_for()
    assert_accessible(page)
    screenshot(page, "account-second-step")
    assert not is_signed_in(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("alert").wait_for()
    page.get_by_label("Code").fill(app_code(secret, steps_ahead=1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(HOME)
    assert is_signed_in(page)
    sign_out(page)

    sign_in(page)
    page.get_by_label("Code").fill(recovery_code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(HOME)
    assert is_signed_in(page)


def test_authenticator_app_is_switched_off(page, person, assert_accessible, screenshot):
    sign_in(page)
    page.goto(reverse("mfa_activate_totp"))
    say_who_it_is(page)
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Authenticator code").fill(app_code(secret))
    page.get_by_role("button", name="Switch on").click()
    page.goto(reverse("mfa_generate_recovery_codes"))
    assert_accessible(page)
    page.goto(reverse("accounts:account"))
    assert_accessible(page)
    screenshot(page, "account-with-app")
    page.get_by_role("link", name="Switch off the authenticator app").click()
    assert_accessible(page)
    page.get_by_role("button", name="Switch off").click()
    page.wait_for_url(f"**{reverse('accounts:account')}")
    assert page.get_by_text("The authenticator app is off.").is_visible()
    assert not Authenticator.objects.exists()


def test_passkey_is_added_signs_in_and_is_removed(
    page, person, passkey_device, assert_accessible, screenshot
):
    sign_in(page)
    page.goto(reverse("mfa_add_webauthn"))
    say_who_it_is(page)
    page.get_by_label("Name of the passkey").fill("Office laptop")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_text("Passkey added.").wait_for()
    devtools, device = passkey_device
    stored = devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})
    assert stored["credentials"][0]["isResidentCredential"]
    page.goto(reverse("accounts:account"))
    assert page.get_by_text("Office laptop").is_visible()
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(HOME)
    assert is_signed_in(page)

    page.goto(reverse("mfa_list_webauthn"))
    assert_accessible(page)
    screenshot(page, "account-passkey-list")
    page.get_by_role("link", name="Remove Office laptop").click()
    page.get_by_role("heading", name="Sign in once more").wait_for()
    assert_accessible(page)
    page.get_by_role("link", name="Use a security key").click()
    assert_accessible(page)
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.get_by_role("button", name="Remove the passkey").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Remove the passkey").click()
    page.get_by_text("You have none yet.").wait_for()


def test_passkey_that_the_person_breaks_off_is_told_in_words(page, person, passkey_device):
    devtools, device = passkey_device
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("alert").get_by_text("The passkey was not used.").wait_for()
    assert not is_signed_in(page)


def test_without_scripts_the_password_still_signs_in(browser, live_server, person):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    page.wait_for_url(HOME)
    assert is_signed_in(page)
    context.close()


def test_microsoft_signs_in_over_the_strict_content_policy(
    page, person, page_problems, settings, live_server
):
    """The form leads to another site: a policy that names only our own would stop it."""
    provider = OpenIdProvider()
    settings.ENTRA = entra_app(provider.url, CLIENT_ID, SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [settings.ENTRA]}}
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    origin = provider.url.removesuffix("/tenant/v2.0")
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": policy | {"form-action": [*policy["form-action"], origin]}
    }
    page_problems.allow(origin)
    page_problems.allow("status of 403")
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Sign in with Microsoft").click()
    page.get_by_role("heading", name="This Microsoft account is not connected").wait_for()
    sign_in(page)
    page.goto(reverse("socialaccount_connections"))
    page.get_by_role("button", name="Connect Microsoft").click()
    say_who_it_is(page)
    page.get_by_text("Your Microsoft account is connected").wait_for()
    sign_out(page)
    page.get_by_role("button", name="Sign in with Microsoft").click()
    page.wait_for_url(HOME)
    assert is_signed_in(page)
    provider.close()
