"""SQLite also refuses REPLACE, whatever the connection that it comes over."""

from django.db import migrations

from scorecard.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0013_what_stood_in_the_process"),
    ]

    operations = [
        AppendOnly("AssessmentEvent"),
        AppendOnly("CalculatorVersion"),
    ]
