import sys

from django.core.management.base import BaseCommand, CommandError

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
        if output:
            self.stdout.write(f"{count:,} ratings written to {output}.")

    def _write(self, format, output):
        if not output:
            return write_csv(sys.stdout, ratings())
        if format == "xlsx":
            with open(output, "wb") as stream:
                return write_xlsx(stream, ratings())
        with open(output, "w", encoding="utf-8-sig", newline="") as stream:
            return write_csv(stream, ratings())
