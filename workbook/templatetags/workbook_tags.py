"""What pages of other apps show of workbooks: where a thing was imported from, the way in."""

from django import template

from accounts.access_table import Capability
from workbook.models import ImportedRow, ImportRun

register = template.Library()


@register.inclusion_tag("workbook/_imported_rating.html")
def imported_rating(rating):
    """Say from which row of which file a rating came, or the one it carries over."""
    source = rating.origin or rating
    if not source.assessment.is_imported:
        return {"place": None}
    return {"place": _place(indicator_rating=source)}


@register.inclusion_tag("workbook/_imported_rating.html")
def imported_action(point):
    return {"place": _place(action_point=point)}


@register.inclusion_tag("workbook/_imported_year.html")
def imported_year(assessment):
    """Say that an assessment was imported, from which files and by whom."""
    runs = ()
    if assessment.is_imported:
        rows = ImportedRow.objects.filter(indicator_rating__assessment=assessment)
        runs = ImportRun.objects.written().filter(pk__in=rows.values("run"))
    return {"assessment": assessment, "runs": runs}


@register.inclusion_tag("workbook/_history_link.html")
def history_link(team, access):
    return {"team": team, "may_import": access.allows(Capability.IMPORT_HISTORY)}


def _place(**thing):
    return ImportedRow.objects.filter(**thing).select_related("run").first()
