"""The process of a year: its narrative and its dates, how they came about, and a way back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access_table import Capability
from assessments.lookup import visible_assessment
from assessments.process.describing import DESCRIPTION, describe, version_of
from assessments.process.forms import AssessmentForm
from assessments.process.history import changes_of
from assessments.together import conflicts_in_words

DESCRIBED = "described"  # in the session: the version of the narrative that this person saved


@require_http_methods(["GET", "POST"])
def process_edit(request, pk):
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
    conflicts = conflicts_in_words(described, AssessmentForm.Meta.labels)
    return _show_form(request, both, conflicts=conflicts, status=409)


def _show_form(request, form, *, conflicts=(), status=200):
    """is_mine: what is stored is what this person saved last, for static/js/kept-forms.js."""
    context = {
        "assessment": form.instance,
        "form": form,
        "conflicts": conflicts,
        "is_mine": request.session.get(DESCRIBED) == form.initial["version"],
    }
    return render(request, "assessments/assessment_form.html", context, status=status)


@require_GET
def process_history(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require_sight(Capability.VIEW_WORK)
    context = {
        "assessment": assessment,
        "changes": changes_of(assessment),
        "may_restore": access.allows(Capability.DESCRIBE),
    }
    return render(request, "assessments/assessment_history.html", context)


@require_POST
def process_restore(request, pk, row, field):
    """Bring one text or date back to what it said in an earlier row of the history."""
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.DESCRIBE)
    earlier = assessment.history.filter(history_id=row).first()
    if earlier is None or field not in DESCRIPTION:
        raise Http404
    sent = {field: getattr(earlier, field)}
    described = describe(assessment, sent, version=version_of(assessment), by=request.user)
    words = {"field": AssessmentForm.Meta.labels[field]}
    if described.is_saved:
        messages.success(request, _("“%(field)s” is again what it was.") % words)
    else:
        messages.error(request, _why_not(described) % words)
    return redirect("assessments:process_history", pk)


def _why_not(described):
    if described.conflicts:
        return _("“%(field)s” stays as it is: somebody changed it in this moment. See below.")
    return _("“%(field)s” stays as it is: the earlier date does not fit the other dates now.")
