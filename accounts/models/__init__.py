"""People, the UN country teams they serve, in which role, and how they get there."""

from accounts.models.audit import AuditEntry, AuditHead
from accounts.models.events import PeopleEvent
from accounts.models.invitation import Invitation
from accounts.models.mail import Mail
from accounts.models.people import Entity, User, UserManager
from accounts.models.teams import ROLE_IS_KNOWN, CooperationFramework, CountryTeam, Membership

__all__ = [
    "ROLE_IS_KNOWN",
    "AuditEntry",
    "AuditHead",
    "CooperationFramework",
    "CountryTeam",
    "Entity",
    "Invitation",
    "Mail",
    "Membership",
    "PeopleEvent",
    "User",
    "UserManager",
]
