"""SQLite also refuses REPLACE, whatever the connection that it comes over."""

from django.db import migrations

from scorecard.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_invitations_tried_again"),
    ]

    operations = [
        AppendOnly("AuditEntry"),
    ]
