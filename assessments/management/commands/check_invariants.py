from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.invariants import faults


class Command(BaseCommand):
    help = (
        "Check what is always true of assessments and their ratings: that each is complete, that "
        "carried ratings equal their origins, computed ones their criteria. Changes nothing; ends "
        "with status 1 when something is wrong."
    )

    def handle(self, **options):
        count = 0
        for sentence in faults():
            self.stdout.write(sentence)
            count += 1
        if count:
            sentence = ngettext(
                "%(count)s thing is wrong with the assessments.",
                "%(count)s things are wrong with the assessments.",
                count,
            )
            raise CommandError(sentence % {"count": count})
        self.stdout.write(_("All assessments are as they must be."))
