"""Moving an action point along: start, say that it is done, verify, drop, open again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access_table import Capability
from actionplan import transitions
from actionplan.forms import ClaimForm, ReasonForm, VerifyForm
from actionplan.lookup import managed_point, visible_point
from actionplan.point_page import speaking_entities
from actionplan.verifying import why_not_verify
from assessments.transitions import TransitionRefused


@require_POST
def point_start(request, pk):
    point, _access = managed_point(request, pk)
    try:
        transitions.start(point, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Action point %(number)s is under way.") % {"number": point.number}
        )
    return redirect(point)


@require_http_methods(["GET", "POST"])
def point_claim(request, pk):
    point, _access = managed_point(request, pk)
    said = _("Action point %(number)s waits for verification by another entity.")
    form = ClaimForm(_sent(request))
    return _move(request, point, form, transitions.claim_done, page="claim", said=said)


@require_http_methods(["GET", "POST"])
def point_verify(request, pk):
    point, access = visible_point(request, pk)
    access.require(Capability.VERIFY_ACTION_POINTS)
    if why_not := why_not_verify(point, request.user, speaking_entities(access)):
        return _refused(request, point, why_not)
    said = _("Action point %(number)s is done.")
    form = VerifyForm(_sent(request), team=point.plan.team)
    return _move(request, point, form, transitions.verify, page="verify", said=said)


@require_http_methods(["GET", "POST"])
def point_drop(request, pk):
    point, _access = managed_point(request, pk)
    said = _("Action point %(number)s was dropped.")
    form = ReasonForm(_sent(request))
    return _move(request, point, form, transitions.drop, page="drop", said=said)


@require_http_methods(["GET", "POST"])
def point_reopen(request, pk):
    """Whoever manages the point may; so may whoever could verify a claim and finds it untrue."""
    point, access = visible_point(request, pk)
    can_verify = not why_not_verify(point, request.user, speaking_entities(access))
    if not (can_verify and access.allows(Capability.VERIFY_ACTION_POINTS)):
        access.require(Capability.MANAGE_ACTION_POINTS, entities=point.entities)
    said = _("Action point %(number)s is open again.")
    form = ReasonForm(_sent(request))
    return _move(request, point, form, transitions.reopen, page="reopen", said=said)


def _sent(request):
    return request.POST if request.method == "POST" else None


def _move(request, point, form, move, *, page, said):
    """Ask, make the move with what the form holds, and lead back to the point."""
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            move(point, by=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            return _refused(request, point, str(refusal))
        messages.success(request, said % {"number": point.number})
        return redirect(point)
    return render(
        request, f"actionplan/point_{page}.html", {"point": point, "form": form}, status=status
    )


def _refused(request, point, reason):
    return render(
        request, "actionplan/move_refused.html", {"point": point, "reason": reason}, status=409
    )
