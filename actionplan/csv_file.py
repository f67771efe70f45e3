"""A plan as CSV: one line a point, one column a year."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.utils.translation import gettext as _

from actionplan.models import ActionPoint
from scorecard.cell_text import csv_text

BOM = "\ufeff"  # without it Excel takes UTF-8 for something else


def csv_file(points: Iterable[ActionPoint], years: range) -> bytes:
    """points: as of_cycle fetches them, with other_indicators. years: one column each."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([*_head(), *years])
    for point in points:
        writer.writerow([*_cells(point), *_activities(point, years)])
    return f"{BOM}{out.getvalue()}".encode()


def _head() -> list[str]:
    return [
        _("Number"),
        _("PI"),
        _("Other PIs"),
        _("Criterion"),
        _("Action point"),
        _("Lead"),
        _("Supporting"),
        _("Start"),
        _("Due"),
        _("Status"),
        _("Reason for dropping"),
        _("Resources required"),
        _("Resources available"),
        _("Currency"),
    ]


def _cells(point: ActionPoint) -> list:
    """Numbers and days as such, everything else as text that no spreadsheet computes."""
    return [
        point.number,
        point.indicator.code,
        ", ".join(row.code for row in point.other_indicators.all()),
        csv_text(point.criterion.key if point.criterion else ""),
        csv_text(point.text),
        csv_text(point.lead.acronym if point.lead else ""),
        csv_text(", ".join(entity.acronym for entity in point.supporting.all())),
        point.start or "",
        point.due or "",
        csv_text(point.get_status_display()),
        csv_text(point.dropped_reason),
        _amount(point.resources_required),
        _amount(point.resources_available),
        point.currency,
    ]


def _amount(amount) -> str:
    return "" if amount is None else f"{amount:f}"


def _activities(point: ActionPoint, years: range) -> list[str]:
    return [csv_text("\n\n".join(_texts(point, year))) for year in years]


def _texts(point: ActionPoint, year: int) -> Iterable[str]:
    for activity in point.activities.all():
        if activity.year == year:
            if activity.no_action:
                yield _("No action was taken.")
            if activity.text:
                yield activity.text
