from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.module_loading import import_string

from jobs.transitions import give_up_lost
from report import rendered
from report.ahead import make_ahead


class Command(BaseCommand):
    help = (
        "Make reports ahead that have come to rest, delete rendered files nobody has needed for "
        "long and uploads nobody decided, give up work whose worker was killed. For cron, every "
        "five minutes."
    )

    def handle(self, **options):
        now = timezone.now()
        lost = give_up_lost(now=now)
        swept = rendered.sweep(now=now)
        forgotten = sum(import_string(name)(now=now) for name in settings.HOUSEKEEPING)
        made = make_ahead()
        self.stdout.write(
            f"{len(made)} files made ahead, {swept} old ones and {forgotten} forgotten uploads "
            f"deleted, {len(lost)} lost pieces of work given up."
        )
