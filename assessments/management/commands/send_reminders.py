from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.tasks import reminders


class Command(BaseCommand):
    help = (
        "Sends each person who wants reminders one mail with all that is open for them. Run it "
        "from cron as often as you like: nobody gets a second one on the same day."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say who would be told of what")

    def handle(self, *, dry_run, **options):
        letters = reminders.digests()
        if dry_run:
            self._list(letters)
            return
        if not settings.SITE_URL:
            raise CommandError(
                _("SITE_URL is not set: put the address of the site into the environment or .env.")
            )
        outcome = reminders.send(letters, site=settings.SITE_URL, day=timezone.localdate())
        for _kind, sentence in reminders.in_words(outcome):
            self.stdout.write(sentence)
        if not letters:
            self.stdout.write(_("Nobody has anything open."))
        if outcome.failed:
            raise CommandError(_("Not all reminders were sent."))

    def _list(self, letters):
        for letter in letters:
            self.stdout.write(f"{letter.person.email}: {letter.subject}")
