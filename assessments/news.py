"""Whom a move of an assessment concerns, and the mail that tells them."""

from accounts.models import Membership, User
from accounts.outbox import Event, notify
from assessments.models import AssessmentEvent

Role = Membership.Role
# The moves after which it is for the coordinators to act.
ASKING = {
    ("submitted", "consolidation"): Event.RETURNED,
    ("endorsement", "endorsed"): Event.TO_SUBMIT,
}
# Until then it is the work of the assessment team alone.
INTERNAL = {"scoring", "consolidation"}


def tell_of_move(moved: AssessmentEvent, *, next_page=""):
    """Tell those whom the move concerns, but not who made it.

    next_page: where the coordinators act next, from whoever has that page; else the assessment's.
    """
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
    asked = set()
    if asking := ASKING.get((moved.from_state, moved.to_state)):
        asked = {person for person, roles in people.items() if Role.COORDINATOR in roles}
        notify(asking, to=asked, **facts | {"link": next_page or facts["link"]})
    notify(Event.MOVED, to=people.keys() - asked, **facts)


def _people_of(team, *, within_team: bool) -> dict[User, set[str]]:
    """Return the roles of everybody who serves, or only of the assessment team."""
    memberships = Membership.objects.in_team(team).active()
    if within_team:
        memberships = memberships.of_assessment_team()
    roles: dict[User, set[str]] = {}
    for membership in memberships:
        roles.setdefault(membership.user, set()).add(membership.role)
    return roles
