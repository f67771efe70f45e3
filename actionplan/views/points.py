"""One action point: its page, adding it and changing it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access_table import Capability
from actionplan import writing
from actionplan.lookup import framework_of, managed_point, visible_cycle, visible_point
from actionplan.point_form import PointForm, entities_of
from actionplan.point_page import PointPage
from assessments.transitions import TransitionRefused
from scorecard.models import Indicator


@require_GET
def point_detail(request, pk):
    point, access = visible_point(request, pk)
    page = PointPage(point=point, access=access, user=request.user, now=timezone.now())
    return render(request, "actionplan/point_detail.html", {"point": point, "page": page})


@require_http_methods(["GET", "POST"])
def point_add(request, code, first_year):
    cycle, access = visible_cycle(request, code, first_year)
    access.require(Capability.MANAGE_ACTION_POINTS, entities=access.entities)
    form = _form(request, access, cycle=cycle, framework=framework_of(cycle))
    if form.is_bound and form.is_valid():
        point = writing.add_point(form.instance, cycle=cycle, links=form.links, by=request.user)
        messages.success(
            request, _("Action point %(number)s was added.") % {"number": point.number}
        )
        return redirect(point)
    page = {"form": form, "cycle": cycle, "team": cycle.team, "point": None, "theirs": None}
    status = 422 if form.is_bound else 200
    return render(request, "actionplan/point_form.html", page, status=status)


@require_http_methods(["GET", "POST"])
def point_edit(request, pk):
    point, access = managed_point(request, pk)
    cycle = point.plan.cooperation_framework
    framework = point.indicator.dimension.framework_id
    form = _form(request, access, cycle=cycle, framework=framework, instance=point)
    page = {"form": form, "cycle": cycle, "team": cycle.team, "point": point, "theirs": None}
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            writing.change_point(form.instance, links=form.links, by=request.user, version=version)
        except writing.StaleVersion as stale:
            form.show_version(stale.current.version)
            page, status = page | {"theirs": stale.current}, 409
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(
                request, _("Action point %(number)s was saved.") % {"number": point.number}
            )
            return redirect(point)
    return render(request, "actionplan/point_form.html", page, status=status)


def _form(request, access, *, cycle, framework, instance=None):
    """A coordinator may write for any entity, a member for their own."""
    is_free = access.allows(Capability.MANAGE_ACTION_POINTS)
    return PointForm(
        request.POST if request.method == "POST" else None,
        instance=instance,
        initial=_initial(request, access, framework, instance),
        framework=framework,
        entities=entities_of(cycle.team),
        own_entities=None if is_free else access.entities,
    )


def _initial(request, access, framework, instance):
    """A new point begins under the PI that the address names, led by the person's own entity."""
    if instance is not None:
        return {"version": instance.version}
    indicators = Indicator.objects.of_framework(framework)
    return {
        "indicator": indicators.filter(code=request.GET.get("pi")).first(),
        "lead": None if access.allows(Capability.MANAGE_ACTION_POINTS) else min(access.entities),
    }
