from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment
from assessments.transitions import TransitionRefused
from endorsement import reminders
from endorsement.closing import close_if_fulfilled
from endorsement.versions import latest
from scorecard.child import ChildError


class Command(BaseCommand):
    help = (
        "Closes the endorsements whose rule is fulfilled, above all those whose last day is over "
        "without objection; asks officers-in-charge on their first day and reminds heads of agency "
        "before the last one. Run it from cron every five minutes: nothing happens twice."
    )

    def handle(self, **options):
        if not settings.SITE_URL:
            raise CommandError(
                _("SITE_URL is not set: put the address of the site into the environment or .env.")
            )
        failed = [
            assessment
            for assessment in Assessment.objects.filter(state="endorsement").with_context()
            if not self._seen_to(assessment)
        ]
        if failed:
            raise CommandError(_("Not every endorsement could be closed: run this again."))

    def _seen_to(self, assessment) -> bool:
        """Whether nothing stood in the way."""
        try:
            closed = close_if_fulfilled(assessment, by=None, site=settings.SITE_URL)
            if closed is None:
                self._tell(assessment)
        except (TransitionRefused, ChildError) as reason:
            self.stderr.write(f"{assessment}: {reason}")
            return False
        if closed:
            self.stdout.write(_("%(assessment)s: endorsed.") % {"assessment": assessment})
        return True

    def _tell(self, assessment):
        if count := reminders.ask_officers(assessment, site=settings.SITE_URL):
            sentence = ngettext("%(count)s officer asked", "%(count)s officers asked", count)
            self.stdout.write(f"{assessment}: {sentence % {'count': count}}")
        if not reminders.is_due(assessment, today=assessment.team.day(timezone.now())):
            return
        asking = latest(assessment).made_by
        if count := reminders.remind(assessment, by=asking, site=settings.SITE_URL):
            sentence = ngettext("%(count)s reminder", "%(count)s reminders", count)
            self.stdout.write(f"{assessment}: {sentence % {'count': count}}")
