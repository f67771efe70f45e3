from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone

from accounts import invitation_mail
from accounts.models import Mail
from accounts.outbox import digest
from accounts.outbox.events import REMEMBERED
from accounts.outbox.sending import send_due

KEPT = timedelta(days=90)
KEPT_LONG = timedelta(days=730)  # longer than any report waits for its endorsement


class Command(BaseCommand):
    help = (
        "Send the mails that wait: those that the mail server did not take before, invitations "
        "among them, and once a day each person's news. Run it from cron every five minutes."
    )

    def handle(self, **options):
        digest.gather()
        tried = send_due()
        for mail in tried:
            if mail.state != Mail.State.SENT:
                self.stderr.write(f"{mail.recipient.email}, “{mail.subject}”: {mail.last_fault}")
        sent = sum(mail.state == Mail.State.SENT for mail in tried) + self._invitations()
        waiting = Mail.objects.waiting().count()
        self.stdout.write(f"{sent} sent, {waiting} waiting.")
        self._forget(now=timezone.now())

    def _forget(self, *, now):
        """Delete old mails, later those by which nobody is asked twice."""
        old = Mail.objects.filter(created_at__lt=now - KEPT).exclude(state=Mail.State.WAITING)
        may_count = Q(event__in=REMEMBERED, created_at__gte=now - KEPT_LONG)
        old.exclude(may_count).delete()

    def _invitations(self) -> int:
        """Send those again that nobody got, each with a new link. Returns how many left."""
        tried = invitation_mail.retry(site=settings.SITE_URL) if settings.SITE_URL else []
        for invitation in tried:
            if not invitation.sent_at:
                self.stderr.write(f"{invitation.email}, invitation: not sent")
        return sum(bool(invitation.sent_at) for invitation in tried)
