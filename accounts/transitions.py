"""Changes to who serves in a team: under one lock of the team, each with an event."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import CountryTeam, Membership, PeopleEvent

Kind = PeopleEvent.Kind


class TransitionRefused(Exception):
    """The change was not made. The text is for the person who asked for it."""


@transaction.atomic
def change_role(membership, *, role, entity, by, at=None):
    """Give a member another role or entity in the same team."""
    at = at or timezone.now()
    lock(membership.team)
    membership = _active(membership)
    former = membership.role
    taken = membership.team.memberships.active().filter(user=membership.user, role=role)
    if taken.exclude(pk=membership.pk).exists():
        raise TransitionRefused(
            _("%(name)s has this role in the team already.") % {"name": membership.user}
        )
    if role != former:
        _refuse_if_last_coordinator(membership)
    membership.role, membership.entity = role, entity
    membership.save(update_fields=["role", "entity"])
    if former != role:
        record(
            Kind.CHANGED, membership, person=membership.user.name, former_role=former, by=by, at=at
        )
    return membership


@transaction.atomic
def end_membership(membership, *, by, at=None):
    """Active -> ended: no access any more; what the person wrote keeps its name."""
    at = at or timezone.now()
    lock(membership.team)
    membership = _active(membership)
    _refuse_if_last_coordinator(membership)
    membership.ended_on = membership.team.day(at)
    membership.save(update_fields=["ended_on"])
    record(Kind.ENDED, membership, person=membership.user.name, by=by, at=at)
    return membership


def require_teams_keep_a_coordinator(user):
    """Raise TransitionRefused if a team would have none once this person cannot sign in.

    Called inside the transaction that takes the sign-in away: the locks last until its end.
    """
    for team in CountryTeam.objects.coordinated_by(user).order_by("pk"):
        lock(team)
        if not team.memberships.able_to_coordinate().exclude(user=user).exists():
            raise TransitionRefused(_only_coordinator(user, team))


def _refuse_if_last_coordinator(membership):
    others = membership.team.memberships.able_to_coordinate().exclude(pk=membership.pk)
    if membership.role == Membership.Role.COORDINATOR and not others.exists():
        raise TransitionRefused(_only_coordinator(membership.user, membership.team))


def _only_coordinator(user, team) -> str:
    return _(
        "%(name)s is the only coordinator of %(team)s. Make somebody else coordinator first."
    ) % {"name": user, "team": team}


def lock(team):
    """Make changes to the people of one team wait for each other."""
    CountryTeam.objects.select_for_update(no_key=True).get(pk=team.pk)


def _active(membership):
    """Re-read the row after the lock; refuse when somebody else ended it meanwhile."""
    membership = Membership.objects.select_related("team", "user").get(pk=membership.pk)
    if membership.ended_on is not None:
        raise TransitionRefused(
            _("The membership of %(name)s has ended already.") % {"name": membership.user}
        )
    return membership


def record(kind, subject, *, person, by, at, former_role=""):
    """subject: the membership or invitation, after the change."""
    event = PeopleEvent.objects.create(
        team=subject.team,
        kind=kind,
        person=person,
        role=subject.role,
        former_role=former_role,
        entity=subject.entity.acronym,
        by=by,
        at=at,
    )
    audit.record(
        team=subject.team,
        action=audit.Action.PEOPLE,
        by=by,
        object=person,
        detail=str(event),
        at=at,
    )
