"""The moves that the coordinator makes in the Room. Each leads back to it."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import access_of
from accounts.access_table import Capability
from assessments.lookup import visible_assessment
from assessments.transitions import TransitionRefused
from assessments.workshop import agreement, transitions
from assessments.workshop.forms import AgreedForm, DelegateForm, DissentForm, LateForm
from assessments.workshop.lookup import rating_of, workshop_for
from assessments.workshop.representation import (
    entities_of_team,
    voting_entities,
    voting_people,
)
from assessments.workshop.room import Room
from assessments.workshop.views import show_room
from scorecard.models import RATING_LABELS

LEAD = Capability.RUN_WORKSHOP


def leading(move):
    """Make a view of a move in a workshop, or on one PI of it: move(request, workshop[, rating]).

    A refusal becomes a message. What the move returns, if anything, is the answer.
    """

    @require_POST
    @wraps(move)
    def view(request, pk, code=None):
        workshop = workshop_for(request, pk, LEAD)
        subject = [workshop] if code is None else [workshop, rating_of(workshop, code)]
        try:
            answer = move(request, *subject)
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
            answer = None
        return answer or redirect("workshop:room", pk)

    return view


@require_POST
def start(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(LEAD)
    try:
        transitions.start(assessment, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("workshop:room", pk)


@leading
def indicator_show(request, workshop, rating):
    transitions.show_indicator(workshop, rating, by=request.user)


@leading
def round_open(request, workshop, rating):
    transitions.open_round(workshop, rating, by=request.user)


@leading
def round_reveal(request, workshop, rating):
    transitions.reveal(workshop, _last_round(rating), by=request.user)


@leading
def late_allow(request, workshop, rating):
    form = LateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose for how long late votes are taken."))
        return
    until = timezone.now() + form.length
    transitions.allow_late_votes(workshop, _last_round(rating), until=until, by=request.user)
    messages.success(
        request,
        _("Entities without a vote on PI %(code)s may vote until %(time)s.")
        % {
            "code": rating.indicator.code,
            "time": date_format(timezone.localtime(until), "DATETIME_FORMAT"),
        },
    )


def _last_round(rating):
    if last := transitions.last_round(rating):
        return last
    raise TransitionRefused(
        _("There was no vote on PI %(code)s yet.") % {"code": rating.indicator.code}
    )


@leading
def agreed_record(request, workshop, rating):
    form = AgreedForm(request.POST, has_previous="regression_reason" in request.POST)
    if form.is_valid():
        _record(request, workshop, rating, form)
    if not form.is_valid():
        return _again(request, workshop, rating, agreed=form)
    messages.success(
        request,
        _("PI %(code)s: “%(rating)s” is agreed.")
        % {
            "code": rating.indicator.code,
            "rating": RATING_LABELS[form.cleaned_data["agreed"]],
        },
    )


def _record(request, workshop, rating, form):
    try:
        agreement.record_agreed(
            workshop,
            rating,
            agreed=form.cleaned_data["agreed"],
            minute=form.cleaned_data["minute"],
            reasons=form.reasons,
            by=request.user,
        )
    except agreement.NotExplained as refusal:
        form.refuse(refusal.problems)


@leading
def dissent_record(request, workshop, rating):
    form = DissentForm(request.POST, entities=voting_entities(workshop))
    if not form.is_valid():
        return _again(request, workshop, rating, dissent=form)
    agreement.record_dissent(workshop, rating, **form.cleaned_data, by=request.user)
    messages.success(request, _("The dissent of %(entity)s is on record.") % form.cleaned_data)


@leading
def dissent_withdraw(request, workshop, rating):
    dissents = rating.dissents.select_related("entity", "indicator_rating__indicator")
    dissent = dissents.filter(entity__acronym=request.POST.get("entity", "")).first()
    if dissent is None:
        raise TransitionRefused(_("This dissent is not on record."))
    agreement.withdraw_dissent(workshop, dissent, by=request.user)
    messages.success(
        request, _("The dissent of %(entity)s is withdrawn.") % {"entity": dissent.entity}
    )


def _again(request, workshop, rating, **forms):
    """Show the PI whose form was refused, as it was sent, whatever the Room shows by now."""
    workshop.current, workshop.current_indicator = rating, rating.indicator_id
    assessment = workshop.assessment
    access = access_of(request.user, assessment.team, state=assessment.state)
    return show_room(request, Room(workshop, access=access, forms=forms), status=422)


@leading
def delegate_name(request, workshop):
    form = DelegateForm(
        request.POST, entities=entities_of_team(workshop), people=voting_people(workshop)
    )
    if not form.is_valid():
        messages.error(request, _("Choose an entity and the person who votes for it."))
        return
    transitions.name_delegate(workshop, **form.cleaned_data, by=request.user)
    messages.success(request, _("%(person)s votes for %(entity)s.") % form.cleaned_data)


@require_http_methods(["GET", "POST"])
def close(request, pk):
    workshop = workshop_for(request, pk, LEAD)
    if request.method == "GET":
        assessment = workshop.assessment
        access = access_of(request.user, assessment.team, state=assessment.state)
        context = {"assessment": assessment, "room": Room(workshop, access=access)}
        return render(request, "assessments/workshop/workshop_confirm_close.html", context)
    try:
        transitions.close(workshop, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("workshop:room", pk)
    messages.success(request, _("The workshop is closed. These are its minutes."))
    return redirect("workshop:minutes", pk)


@leading
def resume(request, workshop):
    transitions.resume(workshop, by=request.user)
