"""Whom a move of an assessment concerns, and the mail that tells them."""

from accounts.models import Membership, User
from accounts.outbox import Event, notify
from assessments.models import AssessmentEvent

Role = Membership.Role
RETURN = ("submitted", "consolidation")
# Until then it is the work of the assessment team alone.
INTERNAL = {"scoring", "consolidation"}


def tell_of_move(moved: AssessmentEvent):
    """Tell those whom the move concerns, but not who made it."""
    assessment = moved.assessment
    people = _people_of(assessment.team, within_team=moved.to_state in INTERNAL)
    people.pop(moved.by, None)
    facts = {
        "team": assessment.team,
        "link": assessment.get_absolute_url(),
        "at": moved.at,
        "assessment": assessment,
        "by": moved.by,
        "what": moved.what,
        "comment": moved.comment,
    }
    if moved.to_state == "accepted":
        notify(Event.ACCEPTED, to=people, **facts)
        return
    menders = set()
    if (moved.from_state, moved.to_state) == RETURN:
        menders = {person for person, roles in people.items() if Role.COORDINATOR in roles}
        notify(Event.RETURNED, to=menders, **facts)
    notify(Event.MOVED, to=people.keys() - menders, **facts)


def _people_of(team, *, within_team: bool) -> dict[User, set[str]]:
    """Return the roles of everybody who serves, or only of the assessment team."""
    memberships = Membership.objects.in_team(team).active()
    if within_team:
        memberships = memberships.of_assessment_team()
    roles: dict[User, set[str]] = {}
    for membership in memberships:
        roles.setdefault(membership.user, set()).add(membership.role)
    return roles
