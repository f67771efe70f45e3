import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import CountryTeam
from assessments.models import Assessment
from report.formats import FORMATS, made
from report.log import record_export
from report.stored import current_report
from scorecard.child import ChildError

BINARY = ("pdf", "docx", "xlsx")


class Command(BaseCommand):
    help = "Write the report of a team's year as a file, for example: report KAZ 2022 --format docx"

    def add_arguments(self, parser):
        parser.add_argument("team", help="three capital letters, such as KAZ")
        parser.add_argument("year", type=int)
        parser.add_argument("--format", choices=FORMATS, default="pdf")
        parser.add_argument("--output", default="-", help="a file; without it, standard output")

    def handle(self, *, team, year, format, output, **options):
        assessment = _assessment(team, year)
        if output == "-" and format in BINARY and self.stdout.isatty():
            raise CommandError("This is no text for a terminal: name a file with --output.")
        content = self._made(assessment, format)
        record_export(assessment, format=str(FORMATS[format].name), by=None)
        if output == "-":
            self._print(content, format)
        else:
            _write(Path(output), content)
            self.stderr.write(f"{output}: {len(content):,} bytes.")

    def _made(self, assessment, format) -> bytes:
        try:
            made_file = made(current_report(assessment), format)
        except ChildError as reason:
            raise CommandError(f"{reason} Nothing was written.") from reason
        if made_file.note:
            self.stderr.write(made_file.note)
        with made_file.file as file:
            return file.read()

    def _print(self, content, format):
        if format in BINARY:
            sys.stdout.buffer.write(content)
        else:
            self.stdout.write(content.decode(), ending="")


def _assessment(code: str, year: int) -> Assessment:
    """Raises CommandError that names the teams, or the team's years, that there are."""
    team = CountryTeam.objects.filter(code=code).first()
    if team is None:
        known = ", ".join(CountryTeam.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"No team has the code {code}. Known teams: {known or 'none'}.")
    assessment = team.assessments.filter(year=year).first()
    if assessment is None:
        years = team.assessments.order_by("year").values_list("year", flat=True)
        known = ", ".join(map(str, years))
        raise CommandError(f"{code} has no assessment of {year}. Known years: {known or 'none'}.")
    return assessment


def _write(path: Path, content: bytes):
    """Write all of it or nothing: into a neighbour first, which then takes the name."""
    if not path.parent.is_dir():
        raise CommandError(f"{path.parent}: no such folder. Make it, then run this again.")
    neighbour = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        neighbour.write_bytes(content)
        neighbour.replace(path)
    except OSError as refusal:
        raise CommandError(f"{path}: {refusal.strerror}. Nothing was written.") from refusal
    finally:
        neighbour.unlink(missing_ok=True)
