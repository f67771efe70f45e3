from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import access_of
from accounts.access_table import Capability
from accounts.models import CountryTeam
from assessments.describing import describe
from assessments.forms import AssessmentForm, conflicts_in_words, narrative
from assessments.lookup import visible_assessment, visible_team
from assessments.models import Assessment
from assessments.overview import Overview

DESCRIBED = "described"  # in the session: the version of the narrative that this person saved


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


@require_http_methods(["GET", "POST"])
def assessment_edit(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.DESCRIBE)
    form = AssessmentForm(request.POST or None, instance=assessment)
    if request.method == "GET":
        return _show_form(request, form)
    if not form.is_valid():
        return _show_form(request, form, status=422)
    version = form.cleaned_data["version"]
    described = describe(assessment, form.sent, version=version, by=request.user)
    if described.is_saved:
        request.session[DESCRIBED] = described.version
        messages.success(request, _("The text on the process was saved."))
        return redirect(assessment)
    both = AssessmentForm.of_both(described, assessment)
    return _show_form(request, both, conflicts=conflicts_in_words(described), status=409)


def _show_form(request, form, *, conflicts=(), status=200):
    """is_mine: what is stored is what this person saved last, for static/js/kept-forms.js."""
    context = {
        "assessment": form.instance,
        "form": form,
        "conflicts": conflicts,
        "is_mine": request.session.get(DESCRIBED) == form.initial["version"],
    }
    return render(request, "assessments/assessment_form.html", context, status=status)
