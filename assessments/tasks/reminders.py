"""Reminders by mail: to whom, what they say, and that each goes once a day at most."""

import logging
import smtplib
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assessments.models import Assessment, ReminderSent
from assessments.tasks.work import Work, work_in

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one person will be told, over one or several assessments."""

    person: User
    works: list[Work]

    @property
    def count(self) -> int:
        return sum(work.count for work in self.works)

    @property
    def subject(self) -> str:
        count = self.count
        return ngettext(
            "UNCT-SWAP Scorecard: %(count)s task is open",
            "UNCT-SWAP Scorecard: %(count)s tasks are open",
            count,
        ) % {"count": count}

    def text(self, *, site: str) -> str:
        """The mail, with absolute addresses. site: "https://scorecard.example.org"."""
        context = {"letter": self, "site": site.rstrip("/")}
        return render_to_string("mail/reminder.txt", context).strip() + "\n"


@dataclass(kw_only=True)
class Outcome:
    """What became of the letters: gone, not needed (told today already), not accepted."""

    sent: list[User] = field(default_factory=list)
    told_today: list[User] = field(default_factory=list)
    failed: list[User] = field(default_factory=list)


def letters_in(assessment: Assessment, *, except_for: User) -> list[Letter]:
    """Return what a coordinator's reminder would tell each person with open work but themselves."""
    (gathered,) = work_in([assessment])
    return [
        Letter(person=work.person, works=[work])
        for work in gathered.people
        if work.person != except_for
    ]


def digests() -> list[Letter]:
    """Return what is open for each person who wants reminders, over all teams and running years."""
    by_person: dict[User, list[Work]] = {}
    for gathered in work_in(Assessment.objects.running().with_context().by_due_date()):
        for work in gathered.people:
            by_person.setdefault(work.person, []).append(work)
    return [
        Letter(person=person, works=works)
        for person, works in by_person.items()
        if person.wants_reminders
    ]


def send(
    letters: Iterable[Letter], *, site: str, day: date, assessment: Assessment | None = None
) -> Outcome:
    """Send each letter unless its like went to the person that day. Says whom it did not reach.

    Once the mail server cannot be reached at all, the rest is not tried.
    assessment: the one that a coordinator reminds of; None for the digest.
    """
    outcome, is_reachable = Outcome(), True
    for letter in letters:
        if not is_reachable:
            outcome.failed.append(letter.person)
            continue
        try:
            with _claimed(letter.person, day, assessment) as is_first:
                if is_first:
                    _post(letter, site)
            (outcome.sent if is_first else outcome.told_today).append(letter.person)
        except OSError as fault:  # smtplib's faults are of this kind, too
            logger.warning("Reminder to user %s was not sent: %s", letter.person.pk, fault)
            outcome.failed.append(letter.person)
            is_reachable = isinstance(fault, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    return outcome


def _post(letter, site):
    EmailMessage(letter.subject, letter.text(site=site), to=[letter.person.email]).send()


@contextmanager
def _claimed(person, day, assessment):
    """Yield whether this run is the first to send. The claim is taken back if sending fails.

    It is committed before the mail goes, and never inside another transaction.
    """
    try:
        with transaction.atomic(durable=True):
            claim = ReminderSent.objects.create(user=person, day=day, assessment=assessment)
    except IntegrityError:
        yield False
        return
    try:
        yield True
    except BaseException:
        claim.delete()
        raise


def in_words(outcome: Outcome) -> list[tuple[str, str]]:
    """Return what happened as (kind of message, sentence), for a page or a command."""
    said = []
    if outcome.sent:
        said.append(("success", _("Reminded: %(names)s") % {"names": _names(outcome.sent)}))
    if outcome.told_today:
        said.append(
            (
                "info",
                _("Reminded earlier today: %(names)s") % {"names": _names(outcome.told_today)},
            )
        )
    if outcome.failed:
        said.append(
            (
                "error",
                _("The mail server did not take the mail to %(names)s. Nothing is lost: try again.")
                % {"names": _names(outcome.failed)},
            )
        )
    return said


def _names(people):
    return ", ".join(person.name for person in people)
