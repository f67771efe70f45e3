from django import template
from django.utils import timezone

from accounts.access_table import Capability
from accounts.models import Membership
from actionplan.board import PlanRow
from actionplan.models import ActionPoint

register = template.Library()


@register.inclusion_tag("actionplan/_action_points.html")
def action_points_of(rating, access=None):
    """The action points of the cycle under one PI, with what was done this year and before.

    access: of whoever looks; with it points lead to their pages, and whoever may adds one.
    """
    cycle = rating.assessment.cooperation_framework
    points = ActionPoint.objects.of_cycle(cycle).without_supporting()
    today = rating.assessment.team.day(timezone.now())
    may_add = access is not None and access.allows(
        Capability.MANAGE_ACTION_POINTS, entities=access.entities
    )
    return {
        "rows": [PlanRow.of(point, today) for point in points.under(rating.indicator.code)],
        "rating": rating,
        "cycle": cycle,
        "links": access is not None and access.allows(Capability.VIEW_WORK),
        "may_add": may_add,
    }


@register.simple_tag
def action_points_waiting_for(user):
    """The open points that the person's entities lead or support, those due first first."""
    mine = Membership.objects.active().filter(user=user).of_assessment_team()
    points = ActionPoint.objects.open().of_members(mine).with_overview()
    points = points.select_related("plan__cooperation_framework__team")
    now = timezone.now()
    return [PlanRow.of(point, point.plan.team.day(now)) for point in points]


@register.inclusion_tag("actionplan/_waiting.html")
def waiting_action_points(rows):
    return {"rows": rows}


@register.simple_tag
def finished_years_of(assessment):
    """By PI code, the years in which action points of the team were verified as done."""
    done = ActionPoint.objects.verified_in(assessment.team_id).order_by("pk")
    years = {}
    for code, at in done.values_list("indicator__code", "verified_at"):
        years.setdefault(code, []).append(assessment.team.day(at).year)
    return years
