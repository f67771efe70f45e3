"""The page on which the PIs of a year are chosen.

What action plan and evidence know of a PI reaches it through their tags in the template.
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access_table import Capability
from assessments.cycle.choice import ChoiceForm
from assessments.cycle.rationale import left_out
from assessments.cycle.transitions import choose
from assessments.lookup import visible_assessment
from assessments.transitions import TransitionRefused


@require_http_methods(["GET", "POST"])
def indicator_choose(request, pk):
    assessment, ratings = _open(request, pk)
    form = ChoiceForm(request.POST or None, assessment=assessment, ratings=ratings)
    if request.method == "GET":
        return _show(request, form)
    if not form.is_valid():
        return _show(request, form, status=422)
    rationale = form.cleaned_data["rationale"]
    try:
        choose(assessment, add=form.add, drop=form.drop, rationale=rationale, by=request.user)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, form, status=422)
    messages.success(request, _chosen(len(form.ticked)))
    if missing := left_out(rationale, form.ticked):
        words = {"codes": ", ".join(missing)}
        messages.warning(request, _("The rationale does not speak of %(codes)s yet.") % words)
    return redirect(assessment)


@require_POST
def rationale_draft(request, pk):
    """The page as it was sent, with a rationale drafted for what is ticked. Saves nothing."""
    assessment, ratings = _open(request, pk)
    form = ChoiceForm(request.POST, assessment=assessment, ratings=ratings)
    return _show(request, form, is_drafting=True)


def _chosen(count):
    words = ngettext("%(count)s PI is chosen.", "%(count)s PIs are chosen.", count)
    return words % {"count": count}


def _open(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.CHOOSE)
    return assessment, list(assessment.indicator_ratings.with_overview())


def _show(request, form, *, is_drafting=False, status=200):
    page = "choice_draft" if is_drafting and request.htmx else "choice_form"
    context = {"assessment": form.assessment, "form": form, "is_drafting": is_drafting}
    return render(request, f"assessments/cycle/{page}.html", context, status=status)
