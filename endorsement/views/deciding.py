"""What a head of agency does: read, decide, name an officer-in-charge."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import fresh_sign_in_required
from accounts.access_table import Capability
from accounts.site import site_of
from assessments.transitions import TransitionRefused
from endorsement import transitions
from endorsement.brief import Brief
from endorsement.forms import DecisionForm, DelegationForm
from endorsement.lookup import visible_seat
from endorsement.models import Decision, Delegation
from endorsement.seats import deciders
from endorsement.versions import has_changed
from endorsement.views.closing import close

Kind = Decision.Kind


@require_GET
def seat_detail(request, pk):
    seat, access = visible_seat(request, pk)
    form = DecisionForm(framework=seat.assessment.framework)
    return _page(request, seat, access, form)


@require_POST
@fresh_sign_in_required
def decision_endorse(request, pk):
    return _decide(request, pk, Kind.ENDORSE)


@require_POST
@fresh_sign_in_required
def decision_object(request, pk):
    return _decide(request, pk, Kind.OBJECT)


@require_POST
@fresh_sign_in_required
def decision_abstain(request, pk):
    return _decide(request, pk, Kind.ABSTAIN)


def _decide(request, pk, kind):
    seat, access = visible_seat(request, pk)
    access.require(Capability.ENDORSE, assigned=deciders(seat, on=_today(seat)))
    form = DecisionForm(request.POST, framework=seat.assessment.framework, kind=kind)
    if not form.is_valid():
        return _page(request, seat, access, form, status=422)
    try:
        transitions.decide(
            seat, by=request.user, kind=kind, site=site_of(request), **form.cleaned_data
        )
    except TransitionRefused as refusal:
        return _not_stored(request, pk, form, refusal)
    messages.success(request, _("Recorded: %(words)s.") % {"words": Kind(kind).label})
    close(request, seat.assessment)
    return redirect(seat)


def _not_stored(request, pk, form, refusal):
    """What was written stays in the form, to be sent again, where the person may still decide."""
    seat, access = visible_seat(request, pk)
    if not access.allows(Capability.ENDORSE, assigned=deciders(seat, on=_today(seat))):
        messages.error(request, str(refusal))
        return redirect(seat)
    not_stored = _("%(reason)s Your decision is not stored yet.") % {"reason": refusal}
    form.add_error(None, not_stored)
    return _page(request, seat, access, form, status=409)


def _page(request, seat, access, form, *, status=200):
    today = _today(seat)
    assigned = deciders(seat, on=today)
    brief = Brief.of(seat, today=today)
    may_decide = access.allows(Capability.ENDORSE, assigned=assigned)
    return render(
        request,
        "endorsement/seat_detail.html",
        {
            "seat": seat,
            "assessment": seat.assessment,
            "brief": brief,
            "form": form,
            "may_decide": may_decide,
            "delegation": may_decide and brief.delegation_of(request.user, on=today),
            "has_changed": may_decide and has_changed(seat.assessment, brief.version),
            "may_delegate": access.allows(Capability.DELEGATE, assigned=[seat.membership]),
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
@fresh_sign_in_required
def delegation_create(request, pk):
    seat, access = visible_seat(request, pk)
    access.require(Capability.DELEGATE, assigned=[seat.membership])
    data = request.POST if request.method == "POST" else None
    form = DelegationForm(data, seat=seat)
    if form.is_bound and form.is_valid():
        try:
            made = transitions.delegate(
                seat, by=request.user, site=site_of(request), **form.cleaned_data
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            decides = _("%(name)s decides for you on these days.") % {"name": made.officer.user}
            messages.success(request, decides)
            return redirect(seat)
    page = {"seat": seat, "assessment": seat.assessment, "form": form}
    status = 422 if form.errors else 200
    return render(request, "endorsement/delegation_form.html", page, status=status)


@require_POST
@fresh_sign_in_required
def delegation_withdraw(request, pk):
    delegation = get_object_or_404(Delegation, pk=pk)
    seat, access = visible_seat(request, delegation.seat_id)
    access.require(Capability.DELEGATE, assigned=[seat.membership])
    try:
        transitions.withdraw_delegation(delegation, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back: you decide yourself again."))
    return redirect(seat)


def _today(seat):
    return seat.assessment.team.day(timezone.now())
