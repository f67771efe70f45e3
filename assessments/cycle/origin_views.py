"""Where a carried rating comes from, and why it still holds."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access_table import Capability
from assessments.carry_over import outdated, sources
from assessments.cycle.forms import EarlierRatingForm, ReasonForm
from assessments.cycle.transitions import carry_anew, confirm_unchanged, record_earlier
from assessments.lookup import visible_assessment, visible_rating
from assessments.transitions import TransitionRefused


@require_http_methods(["GET", "POST"])
def rating_confirm(request, pk, code):
    rating = _open(request, pk, code)
    form = ReasonForm(
        request.POST or None,
        label=_("Confirm unchanged, because"),
        button=_("Confirm the rating"),
        initial=rating.confirmation,
    )
    if request.method == "POST" and form.is_valid():
        return _answer(
            request,
            rating,
            lambda: confirm_unchanged(rating, reason=form.cleaned_data["reason"], by=request.user),
            _("The rating of PI %(code)s is confirmed.") % {"code": code},
        )
    return _show(request, "rating_confirm", rating, form)


@require_http_methods(["GET", "POST"])
def earlier_rating_edit(request, pk, code):
    rating = _open(request, pk, code)
    form = EarlierRatingForm(request.POST or None, instance=rating)
    if request.method == "POST" and form.is_valid():
        return _answer(
            request,
            rating,
            lambda: record_earlier(form.instance, by=request.user),
            _("The earlier rating of PI %(code)s is recorded.") % {"code": code},
        )
    return _show(request, "earlier_rating_form", rating, form)


@require_http_methods(["GET", "POST"])
def ratings_carry_anew(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.CONFIRM)
    if request.method == "POST":
        done = _("The latest ratings are carried over.")
        return _answer(request, assessment, lambda: carry_anew(assessment, by=request.user), done)
    ratings = assessment.indicator_ratings.with_overview()
    newer = outdated(ratings, sources(assessment))
    return render(
        request,
        "assessments/cycle/carry_anew.html",
        {
            "assessment": assessment,
            "changes": [
                (rating, newer[rating.indicator.code])
                for rating in ratings
                if rating.indicator.code in newer
            ],
        },
    )


def _open(request, pk, code):
    rating, access = visible_rating(request, pk, code)
    access.require(Capability.CONFIRM)
    return rating


def _answer(request, place, change, sentence):
    try:
        change()
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect(place)


def _show(request, page, rating, form):
    return render(
        request,
        f"assessments/cycle/{page}.html",
        {"assessment": rating.assessment, "rating": rating, "form": form},
        status=422 if form.errors else 200,
    )
