from django.core.management.base import BaseCommand, CommandError

from assessments.models import Assessment
from report.checks import Severity, preflight


class Command(BaseCommand):
    help = "Check an assessment as before the request for endorsement. Fails if anything blocks."

    def add_arguments(self, parser):
        parser.add_argument("team", help="the team's code, for example KAZ")
        parser.add_argument("year", type=int)

    def handle(self, *, team, year, **options):
        try:
            assessment = Assessment.objects.get(team__code=team.upper(), year=year)
        except Assessment.DoesNotExist as missing:
            raise CommandError(f"{team.upper()} has no assessment of {year}.") from missing
        checks = preflight(assessment)
        for check in checks:
            self.stdout.write(f"{check.severity.upper():7} {check.sentence}")
        blocking = sum(check.severity == Severity.BLOCKS for check in checks)
        self.stdout.write(f"{len(checks)} found, {blocking} of them blocking.")
        if blocking:
            raise CommandError("Endorsement cannot be requested yet.")
