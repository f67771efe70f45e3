"""Rolling a plan over: decide, look at what comes of it, confirm."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access_table import Capability
from actionplan import rolling
from actionplan.lookup import visible_cycle
from actionplan.roll_over_form import RollOverForm
from assessments.transitions import TransitionRefused


@require_http_methods(["GET", "POST"])
def roll_over(request, code, first_year):
    """Decide; a POST shows once more what was decided, to be changed."""
    cycle, points = _opened(request, code, first_year)
    form = RollOverForm(request.POST if request.method == "POST" else None, points=points)
    return _show(request, "form", cycle, form)


@require_POST
def roll_over_preview(request, code, first_year):
    cycle, points = _opened(request, code, first_year)
    form = RollOverForm(request.POST, points=points)
    target = rolling.next_cycle(cycle)
    if not (points and target and form.is_valid()):
        return _show(request, "form", cycle, form, status=422)
    try:
        drafts = rolling.drafts(points, form.decisions, target)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, "form", cycle, form, status=422)
    return _show(request, "preview", cycle, form, drafts=drafts)


@require_POST
def roll_over_confirm(request, code, first_year):
    cycle, points = _opened(request, code, first_year)
    form = RollOverForm(request.POST, points=points)
    target = rolling.next_cycle(cycle)
    if not (points and target and form.is_valid()):
        return _show(request, "form", cycle, form, status=422)
    try:
        plan = rolling.roll_over(
            cycle.action_plan, cycle=target, decisions=form.decisions, by=request.user
        )
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, "form", cycle, form, status=409)
    messages.success(request, _("The plan was rolled over into %(years)s.") % {"years": target})
    return redirect(plan)


def _opened(request, code, first_year):
    """The cycle and the points to decide on; none where there is no plan."""
    cycle, access = visible_cycle(request, code, first_year)
    access.require(Capability.ROLL_OVER_PLAN)
    plan = getattr(cycle, "action_plan", None)
    return cycle, rolling.open_points(plan) if plan else []


def _show(request, page, cycle, form, *, status=200, drafts=()):
    context = {
        "cycle": cycle,
        "team": cycle.team,
        "target": rolling.next_cycle(cycle),
        "form": form,
        "drafts": drafts,
    }
    return render(request, f"actionplan/roll_over_{page}.html", context, status=status)
