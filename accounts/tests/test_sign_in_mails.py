"""Sign-in codes, forgotten passwords, changes of address: what the mails say, and to whom."""

import re
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "seven brown kettles"


class AbsentServer(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPConnectError(421, "no such server")


@pytest.fixture
def no_mail_server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.AbsentServer"


def request_code(client, email="person@example.org"):
    return client.post(reverse("account_request_login_code"), {"email": email}, follow=True)


def code_of(message):
    return re.search(r"^ {4}(\S+)$", message.body, re.MULTILINE)[1]


def link_in(message):
    return re.search(r"https?://[^/]+(/\S+)", message.body)[1]


# Codes


def test_a_code_signs_in(client):
    user = make_user(email="person@example.org")
    page = request_code(client)
    assert "a code is on its way there" in page.content.decode()
    [message] = mail.outbox
    assert (message.to, message.subject) == (["person@example.org"], "Your sign-in code")
    page = client.post(
        reverse("account_confirm_login_code"), {"code": code_of(message)}, follow=True
    )
    assert page.context["user"] == user


def test_a_code_leads_to_the_page_that_was_asked_for(client):
    make_user(email="person@example.org")
    wanted = reverse("scorecard:framework_list")
    client.post(
        reverse("account_request_login_code"), {"email": "person@example.org", "next": wanted}
    )
    sent = {"code": code_of(mail.outbox[0]), "next": wanted}
    assert client.post(reverse("account_confirm_login_code"), sent).url == wanted


def test_three_wrong_codes_end_the_attempt(client):
    make_user(email="person@example.org")
    request_code(client)
    for _ in range(3):
        page = client.post(reverse("account_confirm_login_code"), {"code": "nonsense"}, follow=True)
    assert "Too many attempts" in page.content.decode()
    right = client.post(
        reverse("account_confirm_login_code"), {"code": code_of(mail.outbox[0])}, follow=True
    )
    assert not right.context["user"].is_authenticated


def test_an_unknown_address_gets_the_same_page_and_a_mail_of_another_kind(client):
    make_user(email="person@example.org")
    known = request_code(client).content.decode()
    client.cookies.clear()
    unknown = request_code(client, "nobody@example.org").content.decode()
    without_csrf = re.compile(r'csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')
    assert without_csrf.sub("", unknown) == without_csrf.sub("", known).replace(
        "person@example.org", "nobody@example.org"
    )
    assert mail.outbox[1].to == ["nobody@example.org"]
    assert "no account has this address" in mail.outbox[1].body


def test_somebody_whose_account_is_closed_gets_no_code(client):
    make_user(email="person@example.org", is_active=False)
    request_code(client)
    assert "no account has this address" in mail.outbox[0].body


@pytest.mark.parametrize("email", ["person@example.org", "nobody@example.org"])
def test_a_code_that_cannot_be_sent_is_told_to_known_and_unknown_alike(
    client, no_mail_server, email
):
    make_user(email="person@example.org")
    page = request_code(client, email)
    assert page.status_code == 503
    assert "The mail could not be sent" in page.content.decode()


def test_codes_are_sent_three_times_a_minute_at_most(client):
    make_user(email="person@example.org")
    for _ in range(4):
        client.cookies.clear()
        page = request_code(client)
    assert "Too many attempts" in page.content.decode()
    assert len(mail.outbox) == 3


# A forgotten password


def test_a_link_sets_a_new_password_once(client):
    user = make_user(email="person@example.org")
    client.post(reverse("account_reset_password"), {"email": "person@example.org"})
    link = link_in(mail.outbox[0])
    page = client.get(link, follow=True)
    form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    done = client.post(page.redirect_chain[-1][0], form, follow=True)
    assert "Your password is set" in done.content.decode()
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert "was set anew" in mail.outbox[1].body
    client.cookies.clear()
    assert "does not work any more" in client.get(link, follow=True).content.decode()


def test_a_forgotten_password_of_an_unknown_address_looks_the_same(client):
    page = client.post(
        reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True
    )
    assert "If the address belongs to an account" in page.content.decode()
    assert "no account has this address" in mail.outbox[0].body


# The own account


@pytest.fixture
def person(client):
    """Somebody who has just said again who it is."""
    user = make_user(email="person@example.org")
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return user


def test_before_an_address_is_changed_the_password_is_asked_for_again(client):
    client.force_login(make_user())
    page = client.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})
    assert page.url.startswith(reverse("account_reauthenticate"))


def test_a_new_address_counts_when_its_mail_is_answered(client, person):
    client.post(reverse("account_email"), {"action_add": "", "email": "New@example.org"})
    person.refresh_from_db()
    assert person.email == "person@example.org"
    page = client.get(reverse("accounts:account")).content.decode()
    assert "new@example.org waits to be confirmed" in page
    [message] = mail.outbox
    assert message.to == ["new@example.org"]
    client.post(link_in(message))
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert mail.outbox[1].to == ["person@example.org"]  # told at the old address


def test_an_account_written_without_its_proof_of_address_keeps_it_while_a_new_one_waits(client):
    user = User.objects.create(email="bare@example.org", name="Bare")
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})
    user.refresh_from_db()
    assert user.email == "bare@example.org"


def test_an_address_that_became_somebody_elses_meanwhile_is_refused(client, person):
    client.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})
    User.objects.create(email="new@example.org", name="Quicker")
    page = client.post(link_in(mail.outbox[0]), follow=True)
    assert "belongs to another account by now" in page.content.decode()
    person.refresh_from_db()
    assert person.email == "person@example.org"


def test_a_changed_password_is_told_by_mail_and_a_fault_of_the_mail_is_not_in_the_way(
    client, person, no_mail_server
):
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    page = client.post(reverse("account_change_password"), form)
    assert page.url == reverse("accounts:account")
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)


def test_name_and_notifications_are_changed_and_nothing_else(client, person):
    form = {"name": "A. Sadykova", "news": "never", "email": "evil@example.org", "is_staff": "on"}
    client.post(reverse("accounts:profile"), form)
    person.refresh_from_db()
    assert (person.name, person.wants_reminders, person.news) == ("A. Sadykova", False, "never")
    assert (person.email, person.is_staff) == ("person@example.org", False)


def test_other_sessions_can_be_signed_out(client, person, client_elsewhere):
    assert client_elsewhere.get(reverse("accounts:account")).status_code == 200
    page = client.get(reverse("usersessions_list")).content.decode()
    assert page.count("<strong>") == 2
    client.post(reverse("usersessions_list"))
    assert client_elsewhere.get(reverse("accounts:account")).status_code == 302
    assert client.get(reverse("accounts:account")).status_code == 200


@pytest.fixture
def client_elsewhere(client, person):
    """The same person, signed in with another browser; both sessions by the sign-in page."""
    form = {"login": "person@example.org", "password": PASSWORD}
    elsewhere = type(client)()
    for browser in (client, elsewhere):
        browser.cookies.clear()
        browser.post(reverse("account_login"), form)
    return elsewhere
