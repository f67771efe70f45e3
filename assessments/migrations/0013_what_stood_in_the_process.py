"""Years that began before the history keep what they say now as its first row."""

from django.db import migrations
from django.utils import timezone

KEPT = [
    "id",
    "planning_due",
    "scoring_due",
    "workshop_on",
    "endorsement_due",
    "submission_due",
    "process",
    "rationale",
    "team_role",
    "unct_engagement",
    "comments",
]


def keep(apps, schema_editor):
    Assessment = apps.get_model("assessments", "Assessment")
    HistoricalAssessment = apps.get_model("assessments", "HistoricalAssessment")
    now = timezone.now()
    HistoricalAssessment.objects.bulk_create(
        HistoricalAssessment(**content, history_date=now, history_type="+")
        for content in Assessment.objects.values(*KEPT).iterator()
    )


class Migration(migrations.Migration):
    dependencies = [("assessments", "0012_history_of_the_process")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
