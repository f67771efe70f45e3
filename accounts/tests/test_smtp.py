"""An invitation through a real mail server, made by the test, and through none."""

import socket

import pytest
from aiosmtpd.controller import Controller
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_team

pytestmark = pytest.mark.django_db
Role = Membership.Role


class Inbox:
    """Keeps what arrives; refuses mail to refused@example.org as servers do."""

    def __init__(self):
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address == "refused@example.org":
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        return "250 taken"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def smtp_settings(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "Scorecard <scorecard@example.org>"
    return settings


@pytest.fixture
def inbox(smtp_settings):
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=smtp_settings.EMAIL_PORT)
    server.start()
    yield inbox
    server.stop()


@pytest.fixture
def invite(client, django_capture_on_commit_callbacks):
    """Return a function that pastes a list as a coordinator and gives back the team."""

    def invite(people):
        team = make_team()
        client.force_login(make_membership(team=team, role=Role.COORDINATOR).user)
        form = {"people": people, "role": Role.MEMBER, "entity": make_entity().pk}
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("accounts:invite", args=[team.code]), form)
        return team

    return invite


def test_an_invitation_arrives(inbox, invite):
    team = invite("Amína Б. <amina@example.org>")
    [envelope] = inbox.mails
    assert envelope.mail_from == "scorecard@example.org"
    assert envelope.rcpt_tos == ["amina@example.org"]
    assert b"Subject: Invitation to the gender equality scorecard" in envelope.content
    assert team.invitations.get().sent_at is not None


def test_one_address_that_the_server_refuses_is_marked_and_the_others_arrive(inbox, invite):
    team = invite("first@example.org\nrefused@example.org\nlast@example.org")
    arrived = [address for envelope in inbox.mails for address in envelope.rcpt_tos]
    assert arrived == ["first@example.org", "last@example.org"]
    unsent = team.invitations.filter(sent_at=None)
    assert [invitation.email for invitation in unsent] == ["refused@example.org"]


def test_without_a_server_the_invitation_waits_as_not_sent(smtp_settings, client, invite):
    team = invite("amina@example.org")
    page = client.get(team.people_url).content.decode()
    assert "Not sent" in page
    assert "Send again" in page
