"""Adding action points and changing what they say."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import CooperationFramework
from actionplan.models import ActionPlan, ActionPoint, ActionPointEvent
from actionplan.transitions import locked_point, record, written
from assessments.transitions import TransitionRefused

WRITTEN_FIELDS = [
    "indicator",
    "criterion",
    "text",
    "lead",
    "start",
    "due",
    "resources_required",
    "resources_available",
    "currency",
]
LINKS = ["supporting", "other_indicators"]


class StaleVersion(Exception):
    """Somebody changed the point after this person opened it. Nothing was written."""

    def __init__(self, current: ActionPoint):
        super().__init__(f"Action point {current.number} was changed by somebody else meanwhile.")
        self.current = current


@transaction.atomic
def add_point(point, *, cycle, links, by, source="", at=None):
    """Put a new point at the end of the plan of a Cooperation Framework.

    The first one makes the plan. point: unsaved. links: the rows of each name in LINKS.
    source: where it was written if not on the site.
    """
    at = at or timezone.now()
    point.plan = locked_plan(cycle)
    point.number = next_number(point.plan)
    point.changed_by, point.changed_at = by, at
    point._history_user, point._history_date = by, at
    point.save(force_insert=True)
    _link(point, links)
    record(point, ActionPointEvent.Kind.ADDED, by=by, at=at, comment=source)
    return point


@transaction.atomic
def change_point(point, *, links, by, version, source="", at=None):
    """Save what a person wrote about an open point, with its history.

    version: the one that the person had before them. source: where it was written if not on the
    site. Raises StaleVersion when another save came first, TransitionRefused for a point that is
    closed.
    """
    current = locked_point(point)
    if current.version != version:
        raise StaleVersion(current)
    if not current.is_open:
        raise TransitionRefused(
            _("Action point %(number)s is closed. Open it again before you change it.")
            % {"number": current.number}
        )
    changes = {name: getattr(point, name) for name in WRITTEN_FIELDS}
    written(current, changes, by=by, at=at or timezone.now(), source=source)
    _link(current, links)
    return current


def locked_plan(cycle: CooperationFramework) -> ActionPlan:
    """Return the cycle's plan under a lock, made where there is none yet."""
    CooperationFramework.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    plan, _is_new = ActionPlan.objects.select_related("cooperation_framework__team").get_or_create(
        cooperation_framework=cycle,
        defaults={"title": _("UNCT-SWAP Action Plan"), "first_year": cycle.first_year},
    )
    return plan


def next_number(plan: ActionPlan) -> int:
    return (plan.action_points.aggregate(last=Max("number"))["last"] or 0) + 1


def _link(point, links):
    """Set the rows that a point is linked to; the history gets them with the version just saved."""
    for name in LINKS:
        getattr(point, name).set(links[name])
