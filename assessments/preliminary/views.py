from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access_table import Capability
from assessments.lookup import visible_rating
from assessments.preliminary import ratings as preliminary
from assessments.preliminary.ratings import Turnout
from assessments.preliminary.sheet import PreliminarySheet
from assessments.progress import Tally
from assessments.transitions import TransitionRefused


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def preliminary_edit(request, pk, code):
    rating, access = visible_rating(request, pk, code)
    access.require_sight(Capability.VIEW_WORK)
    if request.method == "POST":
        preliminary.require_rater(access)
        return _save(request, PreliminarySheet(rating, access=access, data=request.POST))
    if rating.preliminary_revealed_at:
        return _show_revealed(request, rating)
    preliminary.require_open(rating, access)
    return _show(request, PreliminarySheet(rating, access=access))


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def preliminary_computed(request, pk, code):
    """What one's own ticks give as they stand, for the page to show while they are set."""
    rating, access = visible_rating(request, pk, code)
    preliminary.require_open(rating, access)
    sheet = PreliminarySheet(rating, access=access, data=request.POST)
    return render(request, "assessments/_computed.html", {"workspace": sheet, "is_live": False})


@require_http_methods(["GET", "POST"])
def preliminary_reveal(request, pk, code):
    rating, access = visible_rating(request, pk, code)
    access.require(Capability.REVEAL)
    if request.method == "GET":
        return _show_confirmation(request, rating)
    try:
        preliminary.reveal(rating, by=request.user)
    except TransitionRefused as refusal:
        return _show_confirmation(request, rating, refusal=refusal, status=409)
    messages.success(
        request, _("The preliminary ratings of PI %(code)s are revealed.") % {"code": code}
    )
    return redirect("assessments:preliminary", pk, code)


@sensitive_variables()
def _save(request, sheet):
    """Refused or not, what they wrote stands on the page again."""
    if not sheet.is_valid():
        return _show(request, sheet, status=422)
    try:
        sheet.save()
    except TransitionRefused as refusal:
        return _show(request, sheet, refusal=refusal, status=409)
    messages.success(request, _saved(sheet))
    return redirect("assessments:preliminary", sheet.rating.assessment_id, sheet.indicator.code)


def _saved(sheet):
    code = {"code": sheet.indicator.code}
    if sheet.form.instance.rating is None:
        return (
            _("Your ticks on PI %(code)s are saved. They count once you choose your rating.") % code
        )
    return _("Your preliminary rating of PI %(code)s is saved. Only you can see it.") % code


def _show(request, sheet, *, refusal=None, status=200):
    return render(
        request,
        "assessments/preliminary/preliminary_rating_form.html",
        {
            "assessment": sheet.rating.assessment,
            "rating": sheet.rating,
            "sheet": sheet,
            "refusal": refusal,
        },
        status=status,
    )


def _show_revealed(request, rating):
    shown = preliminary.revealed(rating, request.user)
    return render(
        request,
        "assessments/preliminary/preliminary_rating_list.html",
        {
            "assessment": rating.assessment,
            "rating": rating,
            "criteria": preliminary.answered_criteria(rating),
            "shown": shown,
            "tally": Tally.of(row.rating for row in shown),
        },
    )


def _show_confirmation(request, rating, *, refusal=None, status=200):
    return render(
        request,
        "assessments/preliminary/preliminary_rating_confirm_reveal.html",
        {
            "assessment": rating.assessment,
            "rating": rating,
            "turnout": Turnout.of(rating),
            "refusal": refusal,
        },
        status=status,
    )
