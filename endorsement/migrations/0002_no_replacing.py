"""SQLite also refuses REPLACE, whatever the connection that it comes over."""

from django.db import migrations

from scorecard.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("endorsement", "0001_initial"),
    ]

    operations = [
        AppendOnly("ReportVersion"),
        AppendOnly("Ask"),
        AppendOnly("Decision"),
        AppendOnly("ObjectedIndicator"),
        AppendOnly("Endorsement"),
        AppendOnly("Submission"),
        AppendOnly("QueryMessage"),
    ]
