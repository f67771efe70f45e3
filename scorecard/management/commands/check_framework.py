from django.core.management.base import BaseCommand, CommandError

from scorecard import editions
from scorecard.models import Dimension, Framework, Indicator, LevelRule


class Command(BaseCommand):
    help = "Check every stored edition: 7 dimensions, 15 PIs, rules and criteria that fit."

    def handle(self, **options):
        frameworks = Framework.objects.all()
        if not frameworks:
            raise CommandError("No edition is loaded. Load one with load_framework FILE.")
        found = sum(self.report(framework) for framework in frameworks)
        if found:
            raise CommandError(f"Faults found: {found}. Mend the framework file and load it again.")

    def report(self, framework):
        """Write what the edition holds and what is wrong with it; return the number of faults."""
        dimensions = Dimension.objects.filter(framework=framework).count()
        indicators = Indicator.objects.of_framework(framework).count()
        rules = LevelRule.objects.filter(indicator__dimension__framework=framework).count()
        faults = editions.faults(framework)
        self.stdout.write(
            f"{framework.code}, revision {framework.revision}: {dimensions} dimensions, "
            f"{indicators} PIs, {rules} rules, faults: {len(faults)}"
        )
        for fault in faults:
            self.stdout.write(f"  {fault}")
        return len(faults)
