"""The plan of one Cooperation Framework."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access_table import Capability
from actionplan.lookup import visible_cycle, visible_team
from actionplan.plan_page import PlanPage


@require_GET
def team_plan(request, code):
    """Lead to the plan of the team's latest Cooperation Framework."""
    team, _access = visible_team(request, code)
    latest = team.cooperation_frameworks.order_by("-first_year").first()
    if latest is None:
        return render(request, "actionplan/no_cycle.html", {"team": team})
    return redirect("actionplan:plan", code, latest.first_year)


@require_GET
def plan_detail(request, code, first_year):
    cycle, access = visible_cycle(request, code, first_year)
    page = PlanPage.of(cycle, request.GET, cycle.team.day(timezone.now()))
    return render(
        request,
        "actionplan/plan_detail.html",
        {
            "cycle": cycle,
            "team": cycle.team,
            "form": page.form,
            "page": page,
            "may_add": access.allows(Capability.MANAGE_ACTION_POINTS, entities=access.entities),
            "may_roll_over": access.allows(Capability.ROLL_OVER_PLAN),
        },
    )
