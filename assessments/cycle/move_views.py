"""The pages that ask once more before an assessment moves on, or back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access_table import Capability
from assessments import transitions
from assessments.cycle.forms import ReasonForm
from assessments.cycle.missing import missing_for_scoring
from assessments.lookup import visible_assessment
from assessments.tasks.work import work_in
from assessments.transitions import TransitionRefused


@require_http_methods(["GET", "POST"])
def scoring_open(request, pk):
    assessment = _open(request, pk, Capability.OPEN_SCORING)
    if request.method == "POST":
        move = transitions.open_scoring
        return _answer(request, assessment, move, _("Scoring is open."), by=request.user)
    chosen = assessment.indicator_ratings.with_overview().with_members().reassessed()
    return render(
        request,
        "assessments/cycle/open_scoring.html",
        {
            "assessment": assessment,
            "missing": missing_for_scoring(assessment),
            "chosen": chosen,
        },
    )


@require_http_methods(["GET", "POST"])
def consolidation_open(request, pk):
    assessment = _open(request, pk, Capability.OPEN_CONSOLIDATION)
    if request.method == "POST":
        move = transitions.open_consolidation
        return _answer(request, assessment, move, _("Consolidation is open."), by=request.user)
    (work,) = work_in([assessment])
    return render(
        request,
        "assessments/cycle/open_consolidation.html",
        {"assessment": assessment, "waiting": [own for own in work.people if own.to_rate]},
    )


@require_http_methods(["GET", "POST"])
def assessment_reopen(request, pk):
    assessment = _open(request, pk, Capability.REOPEN)
    form = ReasonForm(
        request.POST or None, label=_("Why is it reopened?"), button=_("Reopen the assessment")
    )
    if request.method == "POST" and form.is_valid():
        return _answer(
            request,
            assessment,
            transitions.reopen,
            _("The assessment is back in consolidation."),
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
    return render(
        request,
        "assessments/cycle/reopen.html",
        {
            "assessment": assessment,
            "form": form,
            "frozen": transitions.holding_on_to(assessment),
        },
        status=422 if form.errors else 200,
    )


def _open(request, pk, capability):
    assessment, access = visible_assessment(request, pk)
    access.require(capability)
    return assessment


def _answer(request, assessment, move, sentence, **facts):
    try:
        move(assessment, **facts)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect(assessment)
