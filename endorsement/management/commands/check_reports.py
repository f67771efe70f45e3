from itertools import chain

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endorsement.integrity import replaced_endorsements, spoiled_contents, spoiled_files


class Command(BaseCommand):
    help = (
        "Check that every version, endorsed report and bundle handed in is byte for byte what was "
        "written. Changes nothing; ends with status 1 when something is wrong."
    )

    def handle(self, **options):
        faults = 0
        for sentence in chain(spoiled_files(), spoiled_contents(), replaced_endorsements()):
            self.stdout.write(sentence)
            faults += 1
        if faults:
            sentence = ngettext(
                "%(count)s thing is wrong with the reports.",
                "%(count)s things are wrong with the reports.",
                faults,
            )
            raise CommandError(sentence % {"count": faults})
        self.stdout.write(_("The reports are complete and unchanged."))
