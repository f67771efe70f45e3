from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Membership, User
from endorsement import demo
from scorecard.models import Framework

FILE = settings.BASE_DIR / "fixtures" / "demo" / "kazakhstan-2022.yaml"


class Command(BaseCommand):
    help = "Load the demo team with its 2022 assessment. A second run changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?", default=FILE, help="the demo file")

    def handle(self, *, file, **options):
        try:
            loaded = demo.load(file)
        except Framework.DoesNotExist as missing:
            raise CommandError(
                "The demo needs the 2018 edition. "
                "Run load_framework fixtures/unct-swap-2018.yaml first."
            ) from missing
        what = "loaded" if loaded.is_new else "is already there, nothing changed"
        self.stdout.write(f"{loaded.assessment}: {what}.\n\nSign in as one of these:")
        for membership in Membership.objects.in_team(loaded.assessment.team):
            self.stdout.write(f"  {membership.user.email:42} {membership.get_role_display()}")
        for reviewer in User.objects.filter(is_reviewer=True):
            self.stdout.write(f"  {reviewer.email:42} Reviewer")
        self.stdout.write(f"The password is the same for all: {demo.PASSWORD}")
