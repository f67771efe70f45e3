"""Handing mails over to the mail server. One that fails is tried again later, and never a fault."""

import logging
from collections.abc import Iterable
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mail import MAIL_FAULTS
from accounts.models import Mail
from accounts.outbox.schedule import CLAIM, pause_after

log = logging.getLogger(__name__)
PERMANENT = 500  # from this code on a server says that trying again is of no use


def send_due(*, at=None) -> list[Mail]:
    """Send all that is due, and return what was tried, each as it stands after that."""
    due = Mail.objects.due(at or timezone.now())
    return send(list(due.values_list("pk", flat=True)))


def send(pks: Iterable[int]) -> list[Mail]:
    """Send these mails as far as they still wait, over one connection.

    Of two runs at once only one sends a mail. Once the server cannot be reached, the rest is not
    tried but put off as if it had been.
    """
    tried, connection, unreachable = [], get_connection(), None
    for pk in pks:
        if (mail := _claimed(pk)) is None:
            continue
        fault = unreachable or _fault_of_sending(mail, connection)
        _note(mail, fault)
        if isinstance(fault, OSError) and not isinstance(fault, SMTPException):
            unreachable = fault
        if fault:
            _close(connection)  # the next mail asks anew
        tried.append(mail)
    _close(connection)
    return tried


def _claimed(pk) -> Mail | None:
    """Take a mail for this run: for others it waits until the claim runs out."""
    now = timezone.now()
    taken = Mail.objects.due(now).filter(pk=pk).update(next_try_at=now + CLAIM)
    return Mail.objects.select_related("recipient").get(pk=pk) if taken else None


def _fault_of_sending(mail, connection) -> Exception | None:
    message = EmailMessage(
        mail.subject, mail.text, to=[mail.recipient.email], connection=connection
    )
    try:
        connection.open()
        message.send()
    except MAIL_FAULTS as fault:
        log.error("Mail %s was not sent: %s", mail.pk, fault)
        return fault
    return None


def _note(mail, fault):
    now = timezone.now()
    mail.attempts += 1
    mail.last_fault = in_words(fault) if fault else ""
    pause = None if fault and _is_final(fault) else pause_after(mail.attempts)
    if fault is None:
        mail.state, mail.sent_at, mail.next_try_at = Mail.State.SENT, now, None
    elif pause is None:
        mail.state, mail.next_try_at = Mail.State.GIVEN_UP, None
    else:
        mail.next_try_at = now + pause
    mail.save(update_fields=["attempts", "last_fault", "state", "sent_at", "next_try_at"])


def _is_final(fault) -> bool:
    """Whether the server said that this address will never do."""
    if isinstance(fault, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _text in fault.recipients.values())
    return False


def in_words(fault: Exception) -> str:
    """Why a mail was not taken, as a sentence for the coordinator."""
    if isinstance(fault, SMTPRecipientsRefused):
        return _("The mail server refused the address.")
    if isinstance(fault, SMTPResponseException):
        return _("The mail server refused the mail.")
    return _("The mail server did not answer.")


def _close(connection):
    try:
        connection.close()
    except MAIL_FAULTS as fault:
        log.warning("The mail server broke off: %s", fault)
