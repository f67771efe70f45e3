"""Plain mails with a link. A mail server that fails is noted in the log, and never a fault."""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

log = logging.getLogger(__name__)
MAIL_FAULTS = (OSError, SMTPException)


def send(messages: list[EmailMessage]) -> list[EmailMessage]:
    """Send over one connection and return those that the mail server took.

    One connection, so that an absent server costs ten seconds once and not for each mail.
    """
    connection = get_connection()
    try:
        connection.open()
    except MAIL_FAULTS as fault:
        log.error("The mail server cannot be reached, %s mails not sent: %s", len(messages), fault)
        return []
    try:
        return [message for message in messages if _sent(message, connection)]
    finally:
        _close(connection)


def _sent(message, connection) -> bool:
    try:
        return connection.send_messages([message]) == 1
    except MAIL_FAULTS as fault:
        log.error("The mail “%s” was not sent: %s", message.subject, fault)
        return False


def _close(connection):
    try:
        connection.close()
    except MAIL_FAULTS as fault:
        log.warning("The mail server broke off: %s", fault)


def message(template: str, *, to: str, **context) -> EmailMessage:
    """Render templates/mail/<template>.txt: its first line is the subject, the rest the text."""
    subject, text = render_to_string(f"mail/{template}.txt", context).strip().split("\n", 1)
    return EmailMessage(" ".join(subject.split()), text.strip() + "\n", to=[to])
