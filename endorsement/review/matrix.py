"""The comment matrix: every query of a report with all that was said, one line a message."""

import csv
from io import StringIO

from django.utils.translation import gettext as _

from assessments.models import Assessment
from endorsement.models import Query
from scorecard.cell_text import csv_text
from scorecard.models import RATING_LABELS


def comment_matrix(assessment: Assessment) -> bytes:
    made = StringIO(newline="")
    writer = csv.writer(made)
    head = [
        _("PI"), _("Criterion"), _("Proposed rating"), _("Answer by"), _("State"),
        _("When"), _("From"), _("Side"), _("Message"),
    ]  # fmt: skip
    writer.writerow(map(csv_text, head))
    for query in Query.objects.of(assessment):
        for message in query.messages.all():
            writer.writerow(_line(query, message))
    return made.getvalue().encode("utf-8-sig")


def _line(query, message) -> list[str]:
    criterion, proposed = query.criterion, query.proposed_rating
    day = query.assessment.team.day
    return [
        query.indicator.code,
        csv_text(criterion.letter or criterion.key) if criterion else "",
        str(RATING_LABELS[proposed]) if proposed else "",
        query.due.isoformat() if query.due else "",
        _("open") if query.is_open else _("closed on %(day)s") % {"day": day(query.closed_at)},
        day(message.at).isoformat(),
        csv_text(message.by.name),
        _("UN Women") if message.is_from_reviewer else _("Team"),
        csv_text(message.text),
    ]
