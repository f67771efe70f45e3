from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from endorsement.demo import PASSWORD
from endorsement.world_data import world
from scorecard.models import Framework

FILE = settings.BASE_DIR / "fixtures" / "world" / "teams.yaml"


class Command(BaseCommand):
    help = (
        "Fill an empty site with invented assessments of many teams and years, for trials and "
        "measurements. The same seed makes the same world."
    )

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--teams", type=int, default=132)
        parser.add_argument("--years", type=int, default=8, help="the last one is this year")

    def handle(self, *, seed, teams, years, **options):
        last = timezone.localdate().year
        try:
            made = world.make(
                world.rows_of(FILE, count=teams, seed=seed),
                years=range(last - years + 1, last + 1),
                seed=seed,
                password=PASSWORD,
                say=self.stdout.write,
            )
        except world.NotEmpty as fault:
            raise CommandError(
                "This site has teams already, and nothing was changed: make_world only fills an "
                "empty one. Give it a database of its own with DATABASE_URL."
            ) from fault
        except Framework.DoesNotExist as missing:
            raise CommandError(
                "The world needs both editions. Run load_framework fixtures/unct-swap-2018.yaml "
                "and load_framework fixtures/unct-swap-2023.yaml first."
            ) from missing
        except ValueError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            f"{made.teams} teams, {made.assessments:,} assessments, {made.ratings:,} ratings, "
            f"{made.citations:,} citations.\n\nSign in as reviewer@world.example.org, or as "
            f"coordinator@ken.world.example.org and the like. The password is {PASSWORD}"
        )
