from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access_table import Capability
from assessments.calculators import saving
from assessments.calculators.parity_sheet import ParitySheet
from assessments.calculators.saving import SavedMeanwhile
from assessments.calculators.sheets import SurveySheet
from assessments.calculators.texts import parity_finding
from assessments.lookup import visible_rating
from assessments.transitions import TransitionRefused
from assessments.workspace.views import open_workspace

SHEETS = {"survey": SurveySheet, "parity": ParitySheet}


@require_http_methods(["GET", "POST"])
def calculator_edit(request, pk, code):
    sheet = _sheet(request, pk, code, data=request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _show(request, sheet)
    sheet.require_writing()
    if not sheet.is_valid():
        return _show(request, sheet, status=422)
    try:
        saving.save(
            sheet,
            partial(open_workspace, request, pk, code),
            version=request.POST.get("version", ""),
            by=request.user,
        )
    except TransitionRefused as refusal:
        return _show(request, sheet, refusal=refusal, status=422)
    except SavedMeanwhile:
        fresh = _sheet(request, pk, code, data=request.POST)
        return _show(request, fresh, is_stale=True, status=409)
    messages.success(request, _("The numbers of PI %(code)s are saved.") % {"code": code})
    return redirect("assessments:calculator", pk, code)


@require_GET
def calculator_version(request, pk, code, version):
    """Numbers that were saved once, in the form again. They count when they are saved anew."""
    sheet = _sheet(request, pk, code)
    sheet.access.require_sight(Capability.VIEW_WORK)
    earlier = get_object_or_404(sheet.versions, number=version)
    return _show(request, type(sheet)(sheet.rating, access=sheet.access, earlier=earlier))


@require_POST
def calculator_computed(request, pk, code):
    """What the numbers give as they stand, for the page to show while they are typed."""
    sheet = _sheet(request, pk, code, data=request.POST)
    sheet.require_writing()
    return render(request, sheet.part, {"result": sheet.result})


@require_POST
def calculator_take_over(request, pk, code):
    sheet = _sheet(request, pk, code)
    sheet.require_writing()
    if not isinstance(sheet, ParitySheet):
        raise Http404(f"PI {code} has no draft")
    try:
        is_new = saving.take_over(
            sheet, partial(open_workspace, request, pk, code), by=request.user
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:calculator", pk, code)
    if is_new:
        messages.success(request, _("The draft stands in the finding now. Edit it as you like."))
    else:
        messages.info(request, _("The draft stands in the finding already."))
    return redirect(
        f"{sheet.rating.get_absolute_url()}#criterion-{sheet.rating.indicator.calculator_fills}"
    )


def _sheet(request, pk, code, *, data=None):
    rating, access = visible_rating(request, pk, code)
    if not rating.indicator.calculator:
        raise Http404(f"PI {code} has no calculator")
    return SHEETS[rating.indicator.calculator](rating, access=access, data=data)


def _show(request, sheet, *, refusal=None, is_stale=False, status=200):
    """Refused or not, what the person typed stands on the page again."""
    is_parity = isinstance(sheet, ParitySheet)
    return render(
        request,
        sheet.page,
        {
            "assessment": sheet.rating.assessment,
            "rating": sheet.rating,
            "sheet": sheet,
            "result": sheet.result,
            "draft": parity_finding(sheet.result, sheet.as_of)
            if is_parity and sheet.stored
            else "",
            "refusal": refusal,
            "is_stale": is_stale,
            "versions": sheet.versions if sheet.access.allows(Capability.VIEW_WORK) else (),
        },
        status=status,
    )
