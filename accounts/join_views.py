"""The pages behind the link of an invitation. Whoever has the link may see them."""

from allauth.account.utils import perform_login
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import clock, invitations
from accounts.adapters import INVITATION_KEY
from accounts.forms import NewPersonForm
from accounts.microsoft import told_when_out_of_reach
from accounts.models import Invitation, User
from accounts.transitions import TransitionRefused


@require_GET
@never_cache
@login_not_required
def join(request, token):
    invitation = _find(token)
    if invitation is None:
        return _closed(
            request,
            _("This link belongs to no invitation, or a newer invitation was sent since."),
            status=404,
        )
    if reason := invitations.why_closed(invitation, at=timezone.now()):
        return _closed(request, reason, status=410)
    if not request.user.is_authenticated and not _has_account(invitation):
        return redirect("accounts:join_new", token)
    return render(
        request,
        "accounts/join.html",
        {
            "invitation": invitation,
            "token": token,
            "is_own_address": request.user.is_authenticated
            and request.user.email == invitation.email,
        },
    )


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
@never_cache
@login_not_required
def join_new(request, token):
    """Somebody without an account makes one and joins."""
    invitation = _invitation(token)
    closed = invitations.why_closed(invitation, at=timezone.now())
    if closed or request.user.is_authenticated or _has_account(invitation):
        return redirect("accounts:join", token)
    form = NewPersonForm(
        request.POST or None, email=invitation.email, initial={"name": invitation.name}
    )
    if request.method == "POST" and form.is_valid():
        return _join_as_new_person(request, invitation, token, form.cleaned_data)
    return render(
        request,
        "accounts/join_new.html",
        {
            "invitation": invitation,
            "token": token,
            "form": form,
            "offers_microsoft": settings.ENTRA,
        },
        status=422 if form.errors else 200,
    )


def _join_as_new_person(request, invitation, token, answers):
    try:
        membership = invitations.accept_as_new_person(
            invitation, name=answers["name"], password=answers["password"]
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:join", token)
    messages.success(request, _welcome(membership))
    return perform_login(request, membership.user, redirect_url=_team_page(membership))


@require_POST
def join_accept(request, token):
    """Somebody who is signed in takes the offered role."""
    try:
        membership = invitations.accept(_invitation(token), by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:join", token)
    clock.remember(request)
    messages.success(request, _welcome(membership))
    return redirect(_team_page(membership))


@require_POST
@login_not_required
@told_when_out_of_reach
def join_microsoft(request, token):
    """Somebody without an account goes to sign in at Microsoft and comes back to the invitation."""
    if not settings.ENTRA:
        raise Http404
    _invitation(token)
    request.session[INVITATION_KEY] = token
    provider = get_adapter(request).get_provider(request, settings.ENTRA["provider_id"])
    next_url = reverse("accounts:join", args=[token])
    return provider.redirect(request, process=AuthProcess.LOGIN, next_url=next_url)


def _find(token):
    return Invitation.objects.with_context().by_token(token).first()


def _invitation(token):
    invitation = _find(token)
    if invitation is None:
        raise Http404
    return invitation


def _closed(request, reason, *, status):
    return render(request, "accounts/join_closed.html", {"reason": reason}, status=status)


def _has_account(invitation) -> bool:
    return User.objects.filter(email=invitation.email).exists()


def _team_page(membership) -> str:
    return reverse("assessments:team", args=[membership.team.code])


def _welcome(membership) -> str:
    return _("You belong to %(team)s now, as %(role)s.") % {
        "team": membership.team,
        "role": membership.get_role_display(),
    }
