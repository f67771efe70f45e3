from functools import partial

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import access_of
from accounts.access_table import STATES, Capability
from accounts.models import CountryTeam
from assessments.forms import AssessmentForm, narrative
from assessments.lookup import visible_rating
from assessments.models import Assessment
from assessments.overview import Overview, previous_ratings
from assessments.saving import save_sent
from assessments.workspace import IndicatorWorkspace


@require_GET
def home(request):
    teams = CountryTeam.objects.visible_to(request.user).with_memberships_of(request.user)
    assessments = Assessment.objects.visible_to(request.user).latest_of_each_team()
    latest = {assessment.team_id: assessment for assessment in assessments}
    return render(
        request,
        "assessments/home.html",
        {"teams": [(team, latest.get(team.pk)) for team in teams]},
    )


@require_GET
def team_detail(request, code):
    team = get_object_or_404(CountryTeam.objects.visible_to(request.user), code=code)
    assessments = list(team.assessments.with_context())
    return render(
        request,
        "assessments/team_detail.html",
        {
            "team": team,
            "assessments": assessments,
            "overview": Overview.of(assessments[0]) if assessments else None,
        },
    )


@require_GET
def assessment_detail(request, pk):
    assessment, access = _visible_assessment(request, pk)
    return render(
        request,
        "assessments/assessment_detail.html",
        {
            "assessment": assessment,
            "overview": Overview.of(assessment),
            "states": list(STATES.items()),
            "narrative": narrative(assessment),
            "may_edit": access.allows(Capability.DESCRIBE),
        },
    )


@require_http_methods(["GET", "POST"])
def assessment_edit(request, pk):
    assessment, access = _visible_assessment(request, pk)
    access.require(Capability.DESCRIBE)
    form = AssessmentForm(request.POST or None, instance=assessment)
    if request.method == "POST" and form.is_valid():
        assessment.save(update_fields=form.Meta.fields)
        messages.success(request, _("The text on the process was saved."))
        return redirect(assessment)
    return render(
        request, "assessments/assessment_form.html", {"assessment": assessment, "form": form}
    )


@require_http_methods(["GET", "POST"])
def indicator_edit(request, pk, code):
    workspace = open_workspace(request, pk, code)
    if request.method == "GET":
        return _show(request, workspace)
    workspace.require_writing()
    saved = save_sent(partial(open_workspace, request, pk, code), request.POST, by=request.user)
    if saved.submission.conflicts:
        return _show(request, saved.workspace, conflicts=saved.submission.conflicts, status=409)
    if not saved.is_saved:
        return _show(request, saved.workspace, status=422)
    messages.success(request, _("PI %(code)s saved.") % {"code": code})
    return redirect(workspace.rating)


@require_POST
def indicator_autosave(request, pk, code):
    """Save some fields as they are typed; answers JSON for static/js/autosave.js."""
    open_workspace(request, pk, code).require_writing()
    saved = save_sent(
        partial(open_workspace, request, pk, code), request.POST, by=request.user, in_parts=True
    )
    return JsonResponse(saved.as_json(), status=saved.status)


@require_POST
def indicator_computed(request, pk, code):
    """What the form gives as it stands, for the page to show while a person fills it in."""
    workspace = open_workspace(request, pk, code, data=request.POST)
    workspace.require_writing()
    return render(request, "assessments/_computed.html", {"workspace": workspace, "is_live": True})


def _visible_assessment(request, pk):
    assessments = Assessment.objects.visible_to(request.user).with_context()
    assessment = get_object_or_404(assessments, pk=pk)
    return assessment, access_of(request.user, assessment.team, state=assessment.state)


def open_workspace(request, pk, code, *, data=None):
    """Return the workspace of a PI that the person may see; 404 for any other."""
    rating, access = visible_rating(request, pk, code)
    previous = previous_ratings(rating.assessment).get(code)
    return IndicatorWorkspace(rating, access=access, previous=previous, data=data)


def _show(request, workspace, *, conflicts=(), status=200):
    assessment = workspace.rating.assessment
    page = "indicator_rating_form" if workspace.may_write else "indicator_rating_detail"
    return render(
        request,
        f"assessments/{page}.html",
        {
            "assessment": assessment,
            "rating": workspace.rating,
            "workspace": workspace,
            "ratings": assessment.indicator_ratings.with_overview(),
            "conflicts": conflicts,
        },
        status=status,
    )
