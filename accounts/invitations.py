"""Inviting people into a team, and joining it."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.invitation_mail import deliver
from accounts.models import Invitation, Membership, PeopleEvent, User
from accounts.outbox.schedule import CLAIM
from accounts.transitions import TransitionRefused, lock, record

Kind = PeopleEvent.Kind


class InvitationsRefused(Exception):
    """Nothing was sent. sentences says why, one for each person in the way."""

    def __init__(self, sentences):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@transaction.atomic
def invite(invitations, *, team, by, site, at=None):
    """Offer roles to several people and send each their link. All of them or none.

    invitations: unsaved, with email, name, role and entity.
    site: scheme and host for the links, as in "https://scorecard.example.org".

    Raises InvitationsRefused, naming those who have the role or an invitation to it already.
    """
    at = at or timezone.now()
    lock(team)
    if sentences := list(filter(None, (_already(team, invitation) for invitation in invitations))):
        raise InvitationsRefused(sentences)
    tokens = {}
    for invitation in invitations:
        invitation.team, invitation.invited_by, invitation.invited_at = team, by, at
        token = invitation.renew(at=at)
        invitation.next_try_at = at + CLAIM
        invitation.save()
        tokens[invitation.pk] = token
        record(Kind.INVITED, invitation, person=invitation.email, by=by, at=at)
    transaction.on_commit(partial(deliver, tokens, site=site))
    return invitations


def _already(team, invitation) -> str | None:
    """Why this person cannot be invited to this role, as a sentence; None when nothing hinders."""
    values = {"email": invitation.email, "role": invitation.get_role_display()}
    users = User.objects.filter(
        Q(email=invitation.email)
        | Q(emailaddress__email=invitation.email, emailaddress__verified=True)
    )
    if team.memberships.active().filter(user__in=users, role=invitation.role).exists():
        return _("%(email)s is in this team already, as %(role)s.") % values
    if team.invitations.open().filter(email=invitation.email, role=invitation.role).exists():
        return (
            _(
                "%(email)s has an invitation as %(role)s already. "
                "Send it again from the list of people."
            )
            % values
        )
    return None


@transaction.atomic
def resend(invitation, *, by, site, at=None):
    """Send a new link, good for 14 days. The one sent before stops working."""
    at = at or timezone.now()
    invitation = _locked_open(invitation)
    token = invitation.renew(at=at)
    invitation.attempts, invitation.next_try_at = 0, at + CLAIM
    invitation.save(
        update_fields=["token_digest", "expires_at", "sent_at", "attempts", "next_try_at"]
    )
    record(Kind.INVITED, invitation, person=invitation.email, by=by, at=at)
    transaction.on_commit(partial(deliver, {invitation.pk: token}, site=site))
    return invitation


@transaction.atomic
def revoke(invitation, *, by, at=None):
    """Withdraw an invitation: its link stops working."""
    at = at or timezone.now()
    invitation = _locked_open(invitation)
    invitation.revoked_by, invitation.revoked_at = by, at
    invitation.save(update_fields=["revoked_by", "revoked_at"])
    record(Kind.REVOKED, invitation, person=invitation.email, by=by, at=at)
    return invitation


def why_closed(invitation, *, at) -> str:
    """Why the link of an invitation does not work, as a sentence; "" while it does.

    at: None asks nothing about its age.
    """
    if invitation.accepted_at is not None:
        return _("The invitation has been accepted already.")
    if invitation.revoked_at is not None:
        return _("The invitation has been withdrawn. Ask the coordinator of the team.")
    if at is not None and invitation.is_expired(at):
        return _("The invitation has expired. Ask %(name)s to send it again.") % {
            "name": invitation.invited_by
        }
    return ""


@transaction.atomic
def accept(invitation, *, by, at=None):
    """Open invitation -> membership of the person who followed its link."""
    at = at or timezone.now()
    lock(invitation.team)
    invitation = _locked(invitation)
    if reason := why_closed(invitation, at=at):
        raise TransitionRefused(reason)
    invitation.accepted_by, invitation.accepted_at = by, at
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    membership, is_new = Membership.objects.active().get_or_create(
        user=by, team=invitation.team, role=invitation.role, defaults={"entity": invitation.entity}
    )
    if is_new:
        record(Kind.JOINED, membership, person=by.name, by=by, at=at)
    return membership


def accept_as_new_person(invitation, *, name, password, at=None):
    """Open invitation -> account and membership. The link proves the address."""
    user = User(email=invitation.email, name=name)
    user.set_password(password)  # slow on purpose, so before the lock
    with transaction.atomic():
        lock(invitation.team)
        if User.objects.filter(email=user.email).exists():
            raise TransitionRefused(
                _("There is an account for %(email)s already. Sign in, then accept the invitation.")
                % {"email": user.email}
            )
        user.save()
        user.prove_address()
        return accept(invitation, by=user, at=at)


def _locked(invitation):
    """Re-read the row under a lock, so that a link is used once."""
    locked = Invitation.objects.select_for_update(of=("self",), no_key=True)
    return locked.with_context().get(pk=invitation.pk)


def _locked_open(invitation):
    """As above; refuse when the invitation was accepted or withdrawn meanwhile."""
    invitation = _locked(invitation)
    if reason := why_closed(invitation, at=None):
        raise TransitionRefused(reason)
    return invitation
