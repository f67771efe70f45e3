import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import CountryTeam
from workbook.ratings_export import ratings, write_csv, write_xlsx


class Command(BaseCommand):
    help = "Write the ratings of all teams and years into one table."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["csv", "xlsx"], default="csv")
        parser.add_argument("--output", help="file to write; CSV goes to standard output else")

    def handle(self, *, format, output, **options):
        if format == "xlsx" and not output:
            raise CommandError("Say which file to write the workbook to: --output ratings.xlsx")
        try:
            count = self._write(format, output)
        except OSError as fault:
            raise CommandError(f"{output} cannot be written: {fault.strerror}.") from fault
        self._record(format)
        if output:
            self.stdout.write(f"{count:,} ratings written to {output}.")

    def _record(self, format):
        """One entry in the log of each team of which the table has ratings."""
        words = _("ratings of all years, in the table of all teams, %(format)s")
        teams = CountryTeam.objects.filter(assessments__isnull=False).distinct()
        taken = dict.fromkeys(teams, words % {"format": format.upper()})
        audit.record_in_each(taken, action=audit.Action.EXPORT, by=None)

    def _write(self, format, output):
        if not output:
            return write_csv(sys.stdout, ratings())
        if format == "xlsx":
            with open(output, "wb") as stream:
                return write_xlsx(stream, ratings())
        with open(output, "w", encoding="utf-8-sig", newline="") as stream:
            return write_csv(stream, ratings())
