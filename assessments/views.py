from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import access_of
from accounts.access_table import Capability
from accounts.models import CountryTeam
from assessments.lookup import visible_assessment, visible_team
from assessments.models import Assessment
from assessments.overview import Overview
from assessments.process.forms import narrative


@require_GET
def home(request):
    teams = CountryTeam.objects.visible_to(request.user).with_memberships_of(request.user)
    assessments = Assessment.objects.of_teams_of(request.user).latest_of_each_team()
    latest = {assessment.team_id: assessment for assessment in assessments}
    return render(
        request,
        "assessments/home.html",
        {"teams": [(team, latest.get(team.pk)) for team in teams]},
    )


@require_GET
def team_detail(request, code):
    team = visible_team(request, code)
    access = access_of(request.user, team, state=None)
    assessments = list(team.assessments.visible_to(request.user).with_context())
    return render(
        request,
        "assessments/team_detail.html",
        {
            "team": team,
            "assessments": assessments,
            "overview": Overview.of(assessments[0]) if assessments else None,
            "access": access,
            "may_view_work": access.allows(Capability.VIEW_WORK),
            "may_view_log": access.allows(Capability.VIEW_LOG),
            "may_manage_people": access.allows(Capability.MANAGE_PEOPLE),
        },
    )


@require_GET
def assessment_detail(request, pk):
    assessment, access = visible_assessment(request, pk)
    return render(
        request,
        "assessments/assessment_detail.html",
        {
            "assessment": assessment,
            "overview": Overview.of(assessment),
            "states": assessment.states,
            "narrative": narrative(assessment),
            "access": access,
            "may_edit": access.allows(Capability.DESCRIBE),
            "may_view_work": access.allows(Capability.VIEW_WORK),
        },
    )
