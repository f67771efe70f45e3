"""The Hand: joining, voting, and what comes back."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseStopPolling

from accounts import clock
from accounts.access_table import Capability
from assessments.models import Round
from assessments.transitions import TransitionRefused
from assessments.workshop import transitions
from assessments.workshop.forms import JoinForm, VoteForm
from assessments.workshop.hand import Hand
from assessments.workshop.held import is_still_so
from assessments.workshop.lookup import own_workshops, rating_of, seen_workshop, workshop_for
from assessments.workshop.stage import Phase, is_over


@require_GET
def join(request):
    """Where the QR code leads, and where the code can be typed. Leads on to the Hand."""
    form = JoinForm(request.GET or None)
    if form.is_valid():
        workshop = own_workshops(request.user).filter(code=form.cleaned_data["code"]).first()
        if workshop:
            return redirect("workshop:hand", workshop.assessment_id)
        form.add_error(
            "code",
            _("No workshop of your teams has the code %(code)s. Read it again from the screen.")
            % form.cleaned_data,
        )
    status = 422 if form.errors else 200
    return render(request, "assessments/workshop/join.html", {"form": form}, status=status)


@require_GET
def hand(request, pk):
    workshop = seen_workshop(request, pk)
    held = Hand.of(workshop, request.user, now=timezone.now())
    is_expected = bool(held.mine) and not is_over(workshop)
    there = workshop.attendances.filter(person=request.user, arrived_at__isnull=False)
    context = {
        "assessment": workshop.assessment,
        "hand": held,
        "may_arrive": is_expected and not there.exists(),
        "refusal": "",
    }
    return render(request, "assessments/workshop/hand.html", context)


@login_not_required  # what is news asks for it
@require_GET
def hand_live(request, pk):
    """What is new in the Hand: 204 when nothing is, 286 when the workshop is over.

    A browser whose session has ended has no cookie for it any more: it is led to sign in at once.
    """
    is_in_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    if is_in_session and is_still_so(request.GET.get("version", ""), pk):
        return HttpResponse(status=204)
    return _news(request, pk)


@login_required
def _news(request, pk):
    clock.activate(request)
    return _fragment(request, seen_workshop(request, pk))


def _fragment(request, workshop, *, refusal=""):
    held = Hand.of(workshop, request.user, now=timezone.now())
    context = {"assessment": workshop.assessment, "hand": held, "refusal": refusal}
    answer = render(request, "assessments/workshop/_hand.html", context)
    if held.stage.phase == Phase.CLOSED:
        return HttpResponseStopPolling(answer.content)
    return answer


@require_POST
def attend(request, pk):
    workshop = workshop_for(request, pk, Capability.VOTE)
    try:
        transitions.attend(workshop, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("workshop:hand", pk)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def vote(request, pk, code, number):
    """Give or change a vote. Answers the Hand anew to the page's script, else leads to it."""
    workshop = workshop_for(request, pk, Capability.VOTE)
    round = get_object_or_404(Round, indicator_rating=rating_of(workshop, code), number=number)
    refusal = _cast(request, workshop, round)
    if request.htmx:
        return _fragment(request, seen_workshop(request, pk), refusal=refusal)
    if refusal:
        messages.error(request, refusal)
    return redirect("workshop:hand", pk)


@sensitive_variables()
def _cast(request, workshop, round) -> str:
    """Return why the vote does not count; "" when it does."""
    form = VoteForm(request.POST)
    if not form.is_valid():
        return _("Choose one of the four levels.")
    try:
        transitions.cast_vote(workshop, round, **form.cleaned_data, by=request.user)
    except TransitionRefused as refusal:
        return str(refusal)
    return ""
