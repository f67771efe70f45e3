"""Who may decide in the place of a head of agency."""

from accounts.models import Membership
from endorsement.models import Seat

Role = Membership.Role
# Not who only reads, and not who asks for the decisions.
MAY_STAND_IN = [Role.MEMBER, Role.HEAD_OF_AGENCY, Role.RESIDENT_COORDINATOR]


def possible_officers(seat: Seat):
    """Memberships of the team, of members and heads; nobody who also coordinates it."""
    serving = Membership.objects.in_team(seat.assessment.team_id).active()
    coordinators = serving.filter(role=Role.COORDINATOR).values("user")
    others = serving.filter(role__in=MAY_STAND_IN).exclude(user=seat.membership.user)
    return others.exclude(user__in=coordinators).order_by("entity__acronym", "user__name")
