"""What an address names, as far as the person may see it, and what they may do there.

The plan with its drafts is the team's own; others read it in the reports that were handed in.
"""

from django.shortcuts import get_object_or_404

from accounts.access import Access, access_of
from accounts.access_table import Capability
from accounts.models import CooperationFramework, CountryTeam
from actionplan.models import ActionPoint
from assessments.models import Assessment
from scorecard.models import Framework


def visible_team(request, code):
    """Return a team of the person's own and what they may do there. Raises Http404."""
    team = get_object_or_404(CountryTeam.objects.visible_to(request.user), code=code)
    return team, access_of(request.user, team, state=None)


def visible_cycle(request, code, first_year):
    """Return a Cooperation Framework of the person's team and what they may do. Raises Http404."""
    teams = CountryTeam.objects.visible_to(request.user)
    cycles = CooperationFramework.objects.filter(team__in=teams, team__code=code)
    cycle = get_object_or_404(cycles.select_related("team", "action_plan"), first_year=first_year)
    return cycle, access_of(request.user, cycle.team, state=None)


def visible_point(request, pk):
    """Return an action point of the person's team and what they may do. Raises Http404."""
    points = ActionPoint.objects.visible_to(request.user).with_details()
    point = get_object_or_404(points, pk=pk)
    return point, access_of(request.user, point.plan.team, state=None)


def framework_of(cycle: CooperationFramework) -> Framework | None:
    """The edition whose PIs the cycle's plan serves: that of its latest assessment.

    Before the first one it is the team's latest, or else the newest edition here.
    """
    assessments = Assessment.objects.filter(team=cycle.team).select_related("framework")
    by_cycle = sorted(
        assessments, key=lambda row: (row.cooperation_framework_id == cycle.pk, row.year)
    )
    return (
        by_cycle[-1].framework
        if by_cycle
        else Framework.objects.order_by("-edition", "-revision").first()
    )


def managed_point(request, pk):
    """The same for whoever may change the point; others get PermissionDenied."""
    point, access = visible_point(request, pk)
    access.require(Capability.MANAGE_ACTION_POINTS, entities=point.entities)
    return point, access


def may_manage(access: Access, point: ActionPoint) -> bool:
    return access.allows(Capability.MANAGE_ACTION_POINTS, entities=point.entities)
