"""Setting up the assessment of a year, on one page."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import access_of
from accounts.access_table import Capability
from accounts.models import CountryTeam, Membership
from assessments.cycle.back_planning import is_tight
from assessments.cycle.set_up_form import SetUpForm, planned, suggested
from assessments.cycle.transitions import set_up
from assessments.transitions import TransitionRefused


@require_http_methods(["GET", "POST"])
def assessment_create(request, code):
    team = _team(request, code)
    if request.method == "GET":
        today = team.day(timezone.now())
        return _show(request, team, SetUpForm(team=team, initial=suggested(team, today)))
    form = SetUpForm(request.POST, team=team)
    if not form.is_valid():
        return _show(request, team, form, status=422)
    try:
        assessment = set_up(form.instance, cooperation_framework=form.new_cycle, by=request.user)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, team, form, status=422)
    messages.success(
        request, _("The assessment of %(year)s is set up.") % {"year": assessment.year}
    )
    return redirect(assessment)


@require_POST
def assessment_plan_dates(request, code):
    """The form as it was sent, its dates counted back from the submission. Saves nothing."""
    team = _team(request, code)
    sent = request.POST.dict()
    dates = {}
    submission_due = _date(sent.get("submission_due"))
    if submission_due is not None:
        dates = planned(submission_due, team.day(timezone.now()))
    new = {name.removeprefix("new-"): value for name, value in sent.items()}
    form = SetUpForm(team=team, initial=new | sent | dates)
    return _show(request, team, form)


def _team(request, code):
    team = get_object_or_404(CountryTeam.objects.visible_to(request.user), code=code)
    access_of(request.user, team, state=None).require(Capability.SET_UP)
    return team


def _date(text):
    try:
        return forms.DateField().clean(text)
    except forms.ValidationError:
        return None


def _show(request, team, form, *, status=200):
    submission_due = _date(form["submission_due"].value())
    page = "assessments/cycle/_dates.html" if request.htmx else "assessments/cycle/set_up_form.html"
    return render(
        request,
        page,
        {
            "team": team,
            "form": form,
            "is_tight": submission_due and is_tight(submission_due, team.day(timezone.now())),
            "latest": team.assessments.select_related("framework").first(),
            "members": Membership.objects.in_team(team).active().of_assessment_team(),
        },
        status=status,
    )
