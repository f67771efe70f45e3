"""Reminders: who is told what, once a day, and what happens when the mail server fails."""

import smtplib
import socket
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from io import StringIO

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team
from assessments.models import ReminderSent
from assessments.tests.factories import (
    make_quiet_assessment,
)
from assessments.tests.reminder_data import SITE, assessment, coordinator, member, site

__all__ = ["assessment", "coordinator", "member", "site"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
Role = Membership.Role


def send_reminders(**options):
    out = StringIO()
    call_command("send_reminders", stdout=out, **options)
    return out.getvalue()


def fail_with(monkeypatch, fault, *, to=None):
    """Let the mail server refuse: all mail, or that to one address."""
    sent = EmailMessage.send

    def send(self, *args, **kwargs):
        if to is None or to in self.to:
            raise fault
        return sent(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", send)


# The mail


def test_mail_says_exactly_what_is_open_with_links(assessment, member):
    assessment.scoring_due = timezone.datetime(2026, 11, 22).date()
    assessment.save()
    send_reminders()
    (letter,) = mail.outbox
    assert letter.to == [member.user.email]
    assert letter.subject == "UNCT-SWAP Scorecard: 2 tasks are open"
    assert letter.body == (
        f"Dear Aigerim S.,\n\nThis is still open for you:\n\n"
        f"UNCT in Kazakhstan, 2022 (due 22 Nov 2026)\n\n"
        f"- PI 2.2 Communication & Advocacy: No findings yet · 1 criterion is undecided · "
        f"No finding for (a), (b)\n"
        f"  {SITE}/assessments/{assessment.pk}/indicators/2.2/\n\n"
        f"- PI 2.2 Communication & Advocacy: your preliminary rating is not given yet\n"
        f"  {SITE}/assessments/{assessment.pk}/indicators/2.2/preliminary/\n\n"
        f"All your tasks:\n{SITE}/tasks/\n\n"
        f"You can switch these reminders off in your account.\n"
    )


# The digest


def test_digest_goes_once_a_day_over_all_teams(member):
    other = make_quiet_assessment(team=make_team(code="KGZ", country="Kyrgyzstan"))
    make_membership(team=other.team, user=member.user)
    assert send_reminders() == "Reminded: Aigerim S.\n"
    assert "Reminded earlier today" in send_reminders()
    (letter,) = mail.outbox
    assert "Kazakhstan" in letter.body
    assert "Kyrgyzstan" in letter.body
    ReminderSent.objects.update(day="2020-01-01")
    send_reminders()
    assert len(mail.outbox) == 2


def test_digest_goes_to_those_who_want_it_and_may_sign_in(member):
    member.user.wants_reminders = False
    member.user.save()
    assert "Nobody has anything open." in send_reminders()
    member.user.wants_reminders, member.user.is_active = True, False
    member.user.save()
    send_reminders()
    assert mail.outbox == []


def test_dry_run_says_who_would_be_told_and_sends_nothing(member):
    assert f"{member.user.email}: UNCT-SWAP Scorecard: 2 tasks" in send_reminders(dry_run=True)
    assert mail.outbox == []
    assert not ReminderSent.objects.exists()


def test_without_an_address_of_the_site_nothing_is_sent(member, settings):
    settings.SITE_URL = ""
    with pytest.raises(CommandError, match="SITE_URL is not set"):
        send_reminders()
    assert not ReminderSent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_one_mail(member):
    def run(_number):
        try:
            return send_reminders()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(run, range(4)))
    assert len(mail.outbox) == 1
    assert sum("Reminded: " in text for text in said) == 1
    assert ReminderSent.objects.count() == 1


@pytest.mark.parametrize("with_assessment", [True, False])
def test_a_second_row_of_one_day_cannot_be_stored(member, assessment, with_assessment):
    row = {"user": member.user, "day": timezone.localdate()}
    row |= {"assessment": assessment if with_assessment else None}
    ReminderSent.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderSent.objects.create(**row)


# When mail fails


@pytest.mark.parametrize(
    "fault", [ConnectionRefusedError("down"), smtplib.SMTPDataError(554, b"no"), TimeoutError()]
)
def test_a_failure_leaves_no_row_and_the_next_run_sends(member, monkeypatch, fault):
    with monkeypatch.context() as failing:
        fail_with(failing, fault)
        with pytest.raises(CommandError, match="Not all reminders were sent"):
            send_reminders()
    assert not ReminderSent.objects.exists()
    assert "Reminded: Aigerim S." in send_reminders()
    assert len(mail.outbox) == 1


def test_one_refused_address_does_not_keep_mail_from_the_others(
    member, coordinator, assessment, monkeypatch
):
    refused = smtplib.SMTPRecipientsRefused({member.user.email: (550, b"unknown")})
    fail_with(monkeypatch, refused, to=member.user.email)
    with pytest.raises(CommandError):
        send_reminders()
    assert [letter.to for letter in mail.outbox] == [[coordinator.user.email]]
    assert [row.user for row in ReminderSent.objects.all()] == [coordinator.user]


def test_an_unreachable_server_is_tried_once(member, coordinator, monkeypatch):
    tries = []

    def send(self, *args, **kwargs):
        tries.append(self.to)
        raise ConnectionRefusedError("down")

    monkeypatch.setattr(EmailMessage, "send", send)
    with pytest.raises(CommandError):
        send_reminders()
    assert len(tries) == 1


def test_a_fault_of_the_program_leaves_no_row_either(member, monkeypatch):
    fail_with(monkeypatch, ValueError("A fault of the program."))
    with pytest.raises(ValueError, match="A fault of the program"):
        send_reminders()
    assert not ReminderSent.objects.exists()


# A real mail server


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postbox:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


def test_reminder_reaches_a_real_mail_server(member, settings):
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = controller.port
        send_reminders()
    finally:
        controller.stop()
    ((recipients, content),) = postbox.letters
    assert recipients == [member.user.email]
    letter = message_from_bytes(content, policy=policy.default)
    assert letter["Subject"] == "UNCT-SWAP Scorecard: 2 tasks are open"
    assert "your preliminary rating is not given yet" in letter.get_content()
    assert f"{SITE}/tasks/" in letter.get_content()
