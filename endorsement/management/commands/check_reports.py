from itertools import chain

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endorsement.decision_log import altered_records, compared_with_log
from endorsement.integrity import (
    bundles_unlike_their_manifests,
    replaced_endorsements,
    spoiled_contents,
    spoiled_files,
)


class Command(BaseCommand):
    help = (
        "Check that every version, endorsed report and bundle handed in is byte for byte what was "
        "written, and every decision what the log told of it. Changes nothing; ends with status 1 "
        "when something is wrong."
    )

    def handle(self, **options):
        faults, decisions = 0, compared_with_log()
        for sentence in chain(
            spoiled_files(),
            bundles_unlike_their_manifests(),
            spoiled_contents(),
            replaced_endorsements(),
            decisions.faults,
            altered_records(),
        ):
            self.stdout.write(sentence)
            faults += 1
        if decisions.unsealed:
            sentence = ngettext(
                "%(count)s decision was made before the log sealed them: its kind and PIs are as "
                "told then, its comment cannot be compared.",
                "%(count)s decisions were made before the log sealed them: their kinds and PIs are "
                "as told then, their comments cannot be compared.",
                decisions.unsealed,
            )
            self.stdout.write(sentence % {"count": decisions.unsealed})
        if faults:
            sentence = ngettext(
                "%(count)s thing is wrong with the reports.",
                "%(count)s things are wrong with the reports.",
                faults,
            )
            raise CommandError(sentence % {"count": faults})
        self.stdout.write(_("The reports are complete and unchanged."))
