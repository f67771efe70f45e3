"""The comment matrix to download, as a workbook or as CSV."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import audit
from accounts.access_table import Capability
from assessments.lookup import visible_assessment
from endorsement.review.matrix import comment_matrix
from report.csv_files import csv_of
from report.formats import FORMATS
from report.sheets import xlsx_of
from scorecard.downloads import to_save


@require_GET
def comments_csv(request, pk):
    assessment = _readable(request, pk)
    content = csv_of(comment_matrix(assessment))
    return _handed_out(request, content, assessment, FORMATS["csv"], name=_("CSV"))


@require_GET
def comments_xlsx(request, pk):
    assessment = _readable(request, pk)
    title = _("Comments on the report of the %(assessment)s") % {"assessment": assessment}
    tables = [comment_matrix(assessment)]
    content = xlsx_of(tables, title=title, creator=str(assessment.team))
    format = FORMATS["xlsx"]
    return _handed_out(request, content, assessment, format, name=format.name)


def _readable(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.VIEW)
    return assessment


def _handed_out(request, content, assessment, format, *, name):
    """Who takes it out is noted, so this GET adds an entry to the log."""
    values = {"year": assessment.year, "format": name}
    words = _("comments on the report of %(year)s, %(format)s") % values
    audit.record(team=assessment.team, action=audit.Action.EXPORT, by=request.user, object=words)
    return _to_save(content, assessment, format)


def _to_save(content, assessment, format):
    ending = format.ending.rpartition(".")[2]
    name = f"UNCT-SWAP {assessment.team.code} {assessment.year} comments.{ending}"
    return to_save(HttpResponse(content, content_type=format.content_type), name)
