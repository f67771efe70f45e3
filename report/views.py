from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from accounts.access import access_of
from accounts.access_table import Capability
from assessments.lookup import visible_assessment, visible_team
from assessments.models import Assessment
from assessments.overview import Overview
from report.checks import Found
from report.comparison import Comparison
from report.contents import AssessmentReport, Cover
from report.forms import YearsForm
from report.html import context
from report.stored import stored_report


@require_GET
def report_detail(request, pk):
    """A draft as it stands; an endorsed report as it was endorsed, in the very words."""
    assessment = _visible_assessment(request, pk)
    page = {"assessment": assessment, "title": Cover.of(assessment).document_title, "article": ""}
    if stored := stored_report(assessment):
        with stored.html.open("rb") as file:
            page["article"] = mark_safe(file.read().decode())  # escaped when it was written
    else:
        page |= context(AssessmentReport.of(assessment), links=True)
    return render(request, "report/report_detail.html", page)


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
