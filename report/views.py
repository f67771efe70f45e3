from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from accounts.access import access_of
from accounts.access_table import Capability
from assessments.lookup import visible_assessment, visible_team
from assessments.models import Assessment
from assessments.overview import Overview
from report.as_json import as_json
from report.checks import Found
from report.comparison import Comparison
from report.contents import AssessmentReport
from report.forms import YearsForm
from report.html import context, document
from report.log import record_export
from report.pdf import pdf


@require_GET
def report_detail(request, pk):
    assessment = _visible_assessment(request, pk)
    report = AssessmentReport.of(assessment)
    return render(
        request,
        "report/report_detail.html",
        context(report, links=True) | {"assessment": assessment},
    )


@require_GET
def report_pdf(request, pk):
    assessment = _visible_assessment(request, pk)
    report = AssessmentReport.of(assessment)
    content = pdf(document(report))
    record_export(assessment, format="PDF", by=request.user)
    return _file(content, f"{report.cover.file_stem}.pdf", "application/pdf")


@require_GET
def report_json(request, pk):
    assessment = _visible_assessment(request, pk)
    report = AssessmentReport.of(assessment)
    content = as_json(report)
    record_export(assessment, format="JSON", by=request.user)
    return _file(content, f"{report.cover.file_stem}.json", "application/json")


@require_GET
def checks_detail(request, pk):
    assessment, access = visible_assessment(request, pk)
    found = Found.of(Overview.of(assessment), may_mend=access.allows(Capability.DESCRIBE))
    return render(request, "report/checks_detail.html", {"assessment": assessment, "found": found})


@require_GET
def comparison_detail(request, code):
    team = visible_team(request, code)
    assessments = list(team.assessments.visible_to(request.user).with_context())
    comparison = Comparison.of(assessments, **YearsForm(request.GET).chosen)
    return render(
        request, "report/comparison_detail.html", {"team": team, "comparison": comparison}
    )


def _visible_assessment(request, pk):
    visible = Assessment.objects.visible_to(request.user).with_context()
    assessment = get_object_or_404(visible, pk=pk)
    access = access_of(request.user, assessment.team, state=assessment.state)
    access.require(Capability.VIEW)
    return assessment


def _file(content, filename, content_type):
    """An answer to save: private to the person who asked, as every report is."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=filename),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
