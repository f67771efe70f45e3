"""Changing and ending memberships. The page of a team's people itself is in accounts."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import fresh_sign_in_required
from accounts.access_table import Capability
from accounts.models import Membership
from accounts.site import site_of
from accounts.transitions import TransitionRefused
from accounts.views import team_with_access
from assessments.people import hand_over
from assessments.people.forms import EndForm, RoleForm


@require_http_methods(["GET", "POST"])
@fresh_sign_in_required
def role_edit(request, code, pk):
    membership, access = _membership(request, code, pk)
    access.require(Capability.MANAGE_PEOPLE)
    form = RoleForm(request.POST or None, instance=membership)
    if request.method == "POST" and form.is_valid():
        try:
            hand_over.change_role(
                membership, **form.cleaned_data, by=request.user, site=site_of(request)
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The role of %(name)s was changed.") % {"name": membership.user}
            )
            return redirect(membership.team.people_url)
    page = {"membership": membership, "form": form}
    status = 422 if form.errors else 200
    return render(request, "assessments/membership_form.html", page, status=status)


@require_http_methods(["GET", "POST"])
def membership_end(request, code, pk):
    """The coordinator ends a membership, or a person leaves."""
    membership, access = _membership(request, code, pk)
    is_own = membership.user == request.user
    if not is_own:
        access.require(Capability.MANAGE_PEOPLE)
    button = _("Leave the team") if is_own else _("End the membership")
    sent = request.POST if request.method == "POST" else None  # perhaps without any field
    form = EndForm(sent, membership=membership, button=button)
    if form.is_valid():
        try:
            hand_over.end_membership(
                membership, **form.cleaned_data, by=request.user, site=site_of(request)
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(membership, is_own))
            return redirect("assessments:home" if is_own else membership.team.people_url)
    page = {"membership": membership, "form": form, "is_own": is_own}
    status = 422 if form.errors else 200
    return render(request, "assessments/membership_confirm_end.html", page, status=status)


def _membership(request, code, pk):
    team, access = team_with_access(request, code)
    active = Membership.objects.in_team(team).active().select_related("team")
    return get_object_or_404(active, pk=pk), access


def _said(membership, is_own) -> str:
    if is_own:
        return _("You have left %(team)s.") % {"team": membership.team}
    return _("The membership of %(name)s has ended.") % {"name": membership.user}
