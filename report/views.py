from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.access import access_of
from accounts.access_table import Capability
from assessments.lookup import visible_assessment, visible_team
from assessments.models import Assessment
from assessments.overview import Overview
from report.checks import Found
from report.comparison import Comparison
from report.contents import AssessmentReport
from report.forms import YearsForm
from report.html import context


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
