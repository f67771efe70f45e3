"""What the page of a team's people shows, gathered once."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import CountryTeam, Invitation, Membership, PeopleEvent

EVENTS_SHOWN = 30


@dataclass(frozen=True, kw_only=True)
class RoleGroup:
    """Those who serve in one role, by entity and name."""

    role: Membership.Role
    memberships: list[Membership]


@dataclass(frozen=True, kw_only=True)
class OpenInvitation:
    invitation: Invitation
    state: Invitation.State

    @property
    def needs_sending(self) -> bool:
        return self.state != Invitation.State.WAITING


@dataclass(frozen=True, kw_only=True)
class TeamPeople:
    groups: list[RoleGroup]  # in the order of the roles; roles that nobody has are left out
    former: list[Membership]  # latest first
    invitations: list[OpenInvitation]
    events: list[PeopleEvent]  # latest first

    @classmethod
    def of(cls, team: CountryTeam, *, at: datetime) -> "TeamPeople":
        memberships = team.memberships.select_related("user", "entity")
        invitations = team.invitations.open().with_context()
        return cls(
            groups=list(_by_role(list(memberships.active()))),
            former=list(memberships.ended()),
            invitations=[
                OpenInvitation(invitation=row, state=row.state(at)) for row in invitations
            ],
            events=list(team.people_events.newest(EVENTS_SHOWN)),
        )

    @property
    def has_coordinator(self) -> bool:
        return any(group.role == Membership.Role.COORDINATOR for group in self.groups)


def _by_role(memberships):
    for role in Membership.Role:
        if group := [membership for membership in memberships if membership.role == role]:
            yield RoleGroup(role=role, memberships=group)
