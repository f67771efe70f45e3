"""Where ratings came from that were taken in; the settings name this for the report."""

from collections.abc import Collection

from django.utils.text import capfirst

from workbook.models import ImportedRow


def places_of(ratings: Collection[int]) -> dict[int, str]:
    """Return file, sheet and row by the key of the rating: "Imported from ...". One query."""
    rows = ImportedRow.objects.filter(indicator_rating__in=ratings).select_related("run")
    return {row.indicator_rating_id: f"{capfirst(str(row))}." for row in rows.defer("run__content")}
