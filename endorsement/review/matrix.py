"""The comment matrix: every query of a report with all that was said, one line a message."""

from django.utils.translation import gettext as _

from assessments.models import Assessment
from endorsement.models import Query
from report.tables.table import Table, table
from scorecard.models import RATING_LABELS


def comment_matrix(assessment: Assessment) -> Table:
    columns = [
        (_("PI"), 6), (_("Criterion"), 18), (_("Proposed rating"), 16), (_("Answer by"), 12),
        (_("State"), 14), (_("When"), 12), (_("From"), 24), (_("Side"), 12), (_("Message"), 80),
    ]  # fmt: skip
    rows = [
        _line(query, message)
        for query in Query.objects.of(assessment)
        for message in query.messages.all()
    ]
    return table(_("Comment matrix"), columns, rows, key_columns=2)


def _line(query, message) -> list[str]:
    proposed = query.proposed_rating
    day = query.assessment.team.day
    return [
        query.indicator.code,
        query.criterion_name,
        str(RATING_LABELS[proposed]) if proposed else "",
        query.due.isoformat() if query.due else "",
        _("open") if query.is_open else _("closed on %(day)s") % {"day": day(query.closed_at)},
        day(message.at).isoformat(),
        message.by.name,
        _("UN Women") if message.is_from_reviewer else _("Team"),
        message.text,
    ]
