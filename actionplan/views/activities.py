"""What was undertaken for one point in one year."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplan import activities
from actionplan.forms import ActivityForm, AdditionForm
from actionplan.lookup import managed_point
from actionplan.models import Activity
from assessments.transitions import TransitionRefused


@require_http_methods(["GET", "POST"])
def activity_edit(request, pk, year):
    point, _access = managed_point(request, pk)
    if year not in activities.years_of(point, timezone.now()):
        raise Http404(f"{year} is not a year of this plan that has begun")
    report = activities.report_of(point, year)
    data = request.POST if request.method == "POST" else None
    form = AdditionForm(data) if report else _form(data, point, year)
    page = {"point": point, "year": year, "report": report, "form": form, "theirs": None}
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            activities.record_activity(point, year, **_values(form), by=request.user)
        except activities.StaleActivity as stale:
            form.show_version(stale.current.version)
            page, status = page | {"theirs": stale.current}, 409
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _("The activities of %(year)s were saved.") % {"year": year})
            return redirect(point)
    page["earlier"] = [row for row in point.activities.all() if row.year < year][-3:]
    return render(request, "actionplan/activity_form.html", page, status=status)


def _form(data, point, year):
    """Never filled in from last year: that stands beside it to be read."""
    written = point.activities.filter(year=year, is_addition=False).first()
    activity = written or Activity(action_point=point, year=year, version=0)
    return ActivityForm(data, instance=activity, initial={"version": activity.version})


def _values(form) -> dict:
    """An addition to a closed year has no version and is never "no action"."""
    return {"no_action": False, "version": 0} | form.cleaned_data
