"""Which ratings were taken in from a workbook, and from where in it.

The settings name the function that knows, since nothing may import the app of workbooks.
"""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from assessments.models import IndicatorRating


def say_where_imported(ratings: Iterable[IndicatorRating]):
    """Begin the note on the origin of what was imported with its place. Does not save.

    One query, and none where nothing was imported.
    """
    imported = {row.pk: row for row in ratings if row.assessment.is_imported}
    for pk, place in (_finder()(imported.keys()) if imported else {}).items():
        imported[pk].origin_note = f"{place} {imported[pk].origin_note}".strip()


@cache
def _finder():
    return import_string(settings.IMPORTED_RATINGS)
