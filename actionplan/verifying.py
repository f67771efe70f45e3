"""Who may verify the claim that an action point is done, and the mail that asks them to."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.outbox import Event, notify
from actionplan.models import ActionPoint

Role = Membership.Role


def tell_of_claim(point: ActionPoint, *, comment: str, at):
    """Ask those who may verify the claim: first who coordinates or supports the point."""
    able = _able_to_verify(point)
    supporting = {entity.pk for entity in point.supporting.all()}
    near = {row.user for row in able if row.role == Role.COORDINATOR or row.entity_id in supporting}
    notify(
        Event.TO_VERIFY,
        to=near or {row.user for row in able},
        team=point.plan.team,
        link=point.get_absolute_url(),
        at=at,
        point=point,
        comment=comment,
    )


def _able_to_verify(point) -> list[Membership]:
    """Of everybody in the assessment team, by all entities that they serve. One query."""
    serving = Membership.objects.in_team(point.plan.team).active().of_assessment_team()
    rows = list(serving.select_related("user"))
    entities: dict[User, set[int]] = {}
    for row in rows:
        entities.setdefault(row.user, set()).add(row.entity_id)
    return [row for row in rows if not why_not_verify(point, row.user, entities[row.user])]


def why_not_verify(point: ActionPoint, user, entities: Collection[int]) -> str:
    """Return why a person of these entities cannot verify the point; "" when they can."""
    if not point.is_claimed:
        return _("Nobody has said yet that action point %(number)s is done.") % {
            "number": point.number
        }
    if point.claimed_by_id == user.pk:
        return _("You said yourself that it is done. A person of another entity verifies it.")
    if point.claimed_entity_id in entities:
        return _(
            "%(entity)s says that it is done, and you serve on its behalf. "
            "A person of another entity verifies it."
        ) % {"entity": point.claimed_entity}
    if point.lead_id in entities:
        return _(
            "%(entity)s leads it, and you serve on its behalf. "
            "A person of another entity verifies it."
        ) % {"entity": point.lead}
    return "" if entities else _("You do not serve in this team.")
