"""Which entities vote in a workshop, and who votes for them."""

from django.db.models import Q

from accounts.access_table import GRANTS, Capability
from accounts.models import Entity, Membership, User
from assessments.models import Attendance, Workshop
from scorecard.kept_sql import rows

VOTERS = [role for role in Membership.Role if (role, Capability.VOTE) in GRANTS]


def voting_members(workshop: Workshop):
    """The people of the team whose role votes."""
    return _voting_in(workshop.assessment.team_id)


def _voting_in(team):
    return Membership.objects.in_team(team).active().filter(role__in=VOTERS)


def voting_people(workshop: Workshop):
    return User.objects.filter(pk__in=voting_members(workshop).values("user"))


def voting_entities(workshop: Workshop) -> list[Entity]:
    """Every entity with somebody to vote for it: a member of its own or a delegate."""
    delegated = Attendance.objects.filter(workshop=workshop, delegated_by__isnull=False)
    delegated = delegated.filter(person__in=voting_members(workshop).values("user"))
    return list(
        Entity.objects.filter(
            Q(pk__in=voting_members(workshop).values("entity"))
            | Q(pk__in=delegated.values("entity"))
        )
    )


def entities_of(user, workshop: Workshop) -> list[Entity]:
    """The entities for which the person votes: one's own, and those one was named delegate of.

    One query. [] for whoever has no role that votes, in whatever way they were named.
    """
    found = rows(_entities_of, user.pk, workshop.pk, workshop.assessment.team_id)
    return [Entity(*row) for row in found]


def _entities_of(user, workshop, team):
    mine = _voting_in(team).filter(user=user)
    delegated = Attendance.objects.filter(
        workshop=workshop, person=user, delegated_by__isnull=False, person__in=mine.values("user")
    )
    entities = Entity.objects.filter(
        Q(pk__in=mine.values("entity")) | Q(pk__in=delegated.values("entity"))
    )
    return entities.values_list("pk", "acronym", "name")


def entities_of_team(workshop: Workshop):
    """Every entity that has anybody in the team, in whatever role."""
    serving = Membership.objects.active().filter(team=workshop.assessment.team_id)
    return Entity.objects.filter(pk__in=serving.values("entity"))
