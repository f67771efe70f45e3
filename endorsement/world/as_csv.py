"""The overview as a table for other programs: one line for each team and year."""

import csv
import io

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from endorsement.world import figures
from endorsement.world.counts import Status
from endorsement.world.overview import WorldOverview
from scorecard.cell_text import csv_text
from scorecard.models import RATING_LABELS

BYTE_ORDER_MARK = "\ufeff"  # or Excel takes UTF-8 for something else
HEAD = [
    gettext_lazy("team"),
    gettext_lazy("country"),
    gettext_lazy("region"),
    gettext_lazy("year"),
    gettext_lazy("edition"),
    gettext_lazy("status"),
    gettext_lazy("rated"),
    gettext_lazy("meets or exceeds"),
]
STATUSES = {
    Status.SUBMITTED: gettext_lazy("submitted"),
    Status.NOT_SUBMITTED: gettext_lazy("not submitted"),
    Status.OVERDUE: gettext_lazy("overdue"),
}


def as_csv(overview: WorldOverview) -> bytes:
    """One further query. Ratings only of what was handed in."""
    codes = [indicator.code for indicator in overview.indicators]
    ratings = figures.ratings(overview.scope)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*HEAD, *(_("PI %(code)s") % {"code": code} for code in codes)])
    for _region, rows in overview.regions:
        for row in rows:
            for year, cell in zip(overview.years, row.cells, strict=True):
                if cell:
                    writer.writerow(_line(row.team, year, cell, codes, ratings))
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _line(team, year, cell, codes, ratings) -> list:
    counted = cell.row if cell.row and cell.row.is_handed_in else None
    by_code = ratings.get(counted.pk, {}) if counted else {}
    return [
        team.code,
        csv_text(team.country),
        csv_text(str(team.get_region_display())),
        year,
        cell.row.edition if cell.row else "",
        STATUSES[cell.status],
        counted.rated if counted else "",
        counted.meeting if counted else "",
        *(str(RATING_LABELS[by_code[code]]) if code in by_code else "" for code in codes),
    ]
