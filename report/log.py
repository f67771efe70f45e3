"""Noting in a team's log that somebody took out a report."""

from django.utils.translation import gettext as _

from accounts import audit


def record_export(assessment, *, format, by):
    """format: its name, as in "PDF". by: None for a command on the server."""
    audit.record(
        team=assessment.team,
        action=audit.Action.EXPORT,
        by=by,
        object=_("report of %(year)s, %(format)s") % {"year": assessment.year, "format": format},
    )
