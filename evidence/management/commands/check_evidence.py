from concurrent.futures import ThreadPoolExecutor

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence import links
from evidence.integrity import forgotten_files, spoiled_files
from evidence.links import LinkState
from evidence.models import Document

CALLS_AT_ONCE = 8


class Command(BaseCommand):
    help = (
        "Check that every document has its file, unchanged, and every file its document. "
        "Changes nothing; ends with status 1 when something is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument("--links", action="store_true", help="also call every link")

    def handle(self, *, links, **options):
        faults = 0
        for sentence in self._faults(with_links=links):
            self.stdout.write(sentence)
            faults += 1
        if faults:
            raise CommandError(
                ngettext(
                    "%(count)s thing is wrong with the evidence.",
                    "%(count)s things are wrong with the evidence.",
                    faults,
                )
                % {"count": faults}
            )
        self.stdout.write(_("The evidence is complete and unchanged."))

    def _faults(self, *, with_links):
        yield from spoiled_files()
        yield from forgotten_files(now=timezone.now())
        if with_links:
            yield from self._dead_links()

    def _dead_links(self):
        documents = list(Document.objects.exclude(link=""))
        with ThreadPoolExecutor(CALLS_AT_ONCE) as callers:
            states = list(callers.map(links.state_of, [row.link for row in documents]))
        for document, state in zip(documents, states, strict=True):
            values = {"title": document, "link": document.link}
            if state == LinkState.DEAD:
                yield (
                    _(
                        "The link of “%(title)s” leads nowhere, %(link)s: replace it by the new "
                        "address or by a file."
                    )
                    % values
                )
            if state == LinkState.INSIDE:
                self.stdout.write(
                    _("Not called, since it leads into a private network: %(link)s (“%(title)s”).")
                    % values
                )
