from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from scorecard import editions, framework_file


class Command(BaseCommand):
    help = "Load an edition of the framework from a YAML file (see fixtures/unct-swap-2018.yaml)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the framework file")

    def handle(self, *, file, **options):
        try:
            loaded = editions.load(framework_file.read_framework(file))
        except framework_file.FrameworkFileRefused as refused:
            raise CommandError(f"Nothing was loaded. {refused}") from refused
        framework = loaded.framework
        what = "loaded" if loaded.is_new else "is already loaded, nothing changed"
        self.stdout.write(f"{framework.code}, revision {framework.revision}: {what}.")
