from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import Mail
from accounts.outbox import digest
from accounts.outbox.sending import send_due

KEPT = timedelta(days=90)


class Command(BaseCommand):
    help = (
        "Send the mails that wait: those that the mail server did not take before, and once a day "
        "each person's news. Run it from cron every five minutes."
    )

    def handle(self, **options):
        digest.gather()
        tried = send_due()
        for mail in tried:
            if mail.state != Mail.State.SENT:
                self.stderr.write(f"{mail.recipient.email}, “{mail.subject}”: {mail.last_fault}")
        waiting = Mail.objects.waiting().count()
        sent = sum(mail.state == Mail.State.SENT for mail in tried)
        self.stdout.write(f"{sent} sent, {waiting} waiting.")
        old = Mail.objects.filter(created_at__lt=timezone.now() - KEPT)
        old.exclude(state=Mail.State.WAITING).delete()
