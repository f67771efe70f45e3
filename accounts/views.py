from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import invitations
from accounts.access import access_of
from accounts.access_table import Capability
from accounts.account_overview import AccountOverview
from accounts.forms import InvitationForm, ProfileForm, invitations_made
from accounts.models import CountryTeam, Invitation
from accounts.site import site_of
from accounts.team_people import TeamPeople
from accounts.transitions import TransitionRefused

# The own account


@require_GET
def account(request):
    return render(request, "accounts/account.html", {"account": AccountOverview.of(request.user)})


@require_http_methods(["GET", "POST"])
def profile_edit(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        request.user.save(update_fields=form.Meta.fields)
        messages.success(request, _("Name and notifications saved."))
        return redirect("accounts:account")
    status = 422 if form.errors else 200
    return render(request, "accounts/profile_form.html", {"form": form}, status=status)


# The people of a team


@require_GET
def people(request, code):
    team, access = team_with_access(request, code)
    return render(
        request,
        "accounts/people.html",
        {
            "team": team,
            "people": TeamPeople.of(team, at=timezone.now()),
            "may_manage": access.allows(Capability.MANAGE_PEOPLE),
            "is_member": bool(access.memberships),
        },
    )


@require_http_methods(["GET", "POST"])
def invitation_create(request, code):
    team, access = team_with_access(request, code)
    access.require(Capability.MANAGE_PEOPLE)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = invitations.invite(
                form.cleaned_data["invitations"], team=team, by=request.user, site=site_of(request)
            )
        except invitations.InvitationsRefused as refusal:
            form.add_error("people", refusal.sentences)
        else:
            messages.success(request, invitations_made(made))
            return redirect("accounts:people", team.code)
    status = 422 if form.errors else 200
    page = {"team": team, "form": form}
    return render(request, "accounts/invitation_form.html", page, status=status)


@require_POST
def invitation_resend(request, pk):
    invitation = _managed_invitation(request, pk)
    try:
        invitations.resend(invitation, by=request.user, site=site_of(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("New invitation to %(email)s made.") % {"email": invitation.email}
        )
    return redirect("accounts:people", invitation.team.code)


@require_POST
def invitation_revoke(request, pk):
    invitation = _managed_invitation(request, pk)
    try:
        invitations.revoke(invitation, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Invitation to %(email)s withdrawn.") % {"email": invitation.email}
        )
    return redirect("accounts:people", invitation.team.code)


def team_with_access(request, code):
    """The team whose people the person may see, and what they may do there. Else 404."""
    teams = CountryTeam.objects.with_people_visible_to(request.user)
    team = get_object_or_404(teams, code=code)
    return team, access_of(request.user, team, state=None)


def _managed_invitation(request, pk):
    teams = CountryTeam.objects.with_people_visible_to(request.user)
    visible = Invitation.objects.filter(team__in=teams).with_context()
    invitation = get_object_or_404(visible, pk=pk)
    access_of(request.user, invitation.team, state=None).require(Capability.MANAGE_PEOPLE)
    return invitation
