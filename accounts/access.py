"""Who may do what. The table says it; every view asks here, and nowhere else decides.

What a person may not see does not exist for them (404). What they may see but not do is
refused (403). What their role may do, but not in this state of the assessment, is told with
the reason (409).
"""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.access_table import (
    ADMINISTRATOR,
    ALWAYS,
    GRANTS,
    REVIEWER,
    STATES,
    Capability,
    Grant,
    Scope,
)
from accounts.models import CountryTeam, Membership, User


def _is_sign_in_old(request) -> bool:
    """Whether the person last signed in, or said who they are, too long ago."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    latest = max((record["at"] for record in records), default=0)
    return time.time() - latest >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


# For a view: asks again who it is, unless the person signed in or was asked in the last quarter of
# an hour. GET only shows, so it passes. By itself allauth would ask right after a sign-in.
fresh_sign_in_required = reauthentication_required(
    allow_get=True, enabled=_is_sign_in_old, app="allauth.account"
)


class WrongState(Exception):
    """The role may do this, but not while the assessment is in its present state."""


class Answer(StrEnum):
    YES = "yes"
    NOT_NOW = "not now"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class Access:
    """What one person may do in one team while its assessment is in one state.

    state: None where no assessment is concerned; then only what is granted always counts.
    """

    memberships: tuple[Membership, ...]
    state: str | None
    is_administrator: bool = False
    is_reviewer: bool = False

    def answer(
        self,
        capability: Capability,
        *,
        assigned: Collection[Membership] = (),
        entities: Collection[int] = (),
    ) -> Answer:
        """assigned: the members to whom the thing in question is assigned, if it is a PI.

        entities: primary keys of the UN entities that carry it out, if it is an action point.
        """
        grants = list(self._grants(capability, assigned, entities))
        if any(grant.states == ALWAYS or self.state in grant.states for grant in grants):
            return Answer.YES
        return Answer.NOT_NOW if grants else Answer.NO

    def _grants(self, capability, assigned, entities) -> Iterator[Grant]:
        for membership in self.memberships:
            grant = GRANTS.get((membership.role, capability))
            reached = {
                Scope.ALL: True,
                Scope.ASSIGNED: membership in assigned,
                Scope.OWN_ENTITY: membership.entity_id in entities,
            }
            if grant and reached[grant.scope]:
                yield grant
        beyond_teams = {ADMINISTRATOR: self.is_administrator, REVIEWER: self.is_reviewer}
        for role, is_held in beyond_teams.items():
            if is_held and (grant := GRANTS.get((role, capability))):
                yield grant

    @property
    def entities(self) -> set[int]:
        """Primary keys of the UN entities on whose behalf the person serves in the team."""
        return {membership.entity_id for membership in self.memberships}

    def allows(self, capability, *, assigned=(), entities=()) -> bool:
        return self.answer(capability, assigned=assigned, entities=entities) == Answer.YES

    def require(self, capability, *, assigned=(), entities=()):
        """Raise PermissionDenied or WrongState unless the capability is granted now."""
        answer = self.answer(capability, assigned=assigned, entities=entities)
        if answer == Answer.NO:
            raise PermissionDenied(
                _("Your role in this team does not include this. Ask the coordinator.")
            )
        if answer == Answer.NOT_NOW:
            raise WrongState(
                _("This cannot be changed while the assessment is in “%(state)s”.")
                % {"state": STATES[self.state]}
            )

    def require_sight(self, capability):
        """Raise Http404 unless the capability is granted now: it is not there for others."""
        if not self.allows(capability):
            raise Http404(f"Not for this role: {capability}")


def access_of(user: User, team: CountryTeam, *, state: str | None) -> Access:
    """One query. Without a role in the team or beyond the teams, it allows nothing."""
    memberships = Membership.objects.active().filter(user=user, team=team).select_related("entity")
    return Access(
        memberships=tuple(memberships),
        state=state,
        is_administrator=user.is_staff,
        is_reviewer=user.is_reviewer,
    )


def access_beyond_teams(user: User) -> Access:
    """What a person may do that concerns no team in particular. No query."""
    return Access(
        memberships=(),
        state=None,
        is_administrator=user.is_staff,
        is_reviewer=user.is_reviewer,
    )
