"""Earlier years from a foreign workbook: uploaded, mapped, looked at, written."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import access_of
from accounts.access_table import Capability
from accounts.models import CountryTeam
from assessments.transitions import TransitionRefused
from workbook import transitions
from workbook.arrival import arrive
from workbook.forms import DecisionForm, WorkbookForm
from workbook.history.choices import dry_run_of
from workbook.history.page import MappingPage
from workbook.history.transitions import HAS_CHANGED, write_history
from workbook.models import ImportRun


@require_http_methods(["GET", "POST"])
def history_upload(request, code):
    team = get_object_or_404(CountryTeam.objects.visible_to(request.user), code=code)
    access_of(request.user, team, state=None).require(Capability.IMPORT_HISTORY)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if way_on := form.is_bound and arrive(request, form, team=team):
        return redirect(way_on)
    runs = ImportRun.objects.of_history().filter(team=team).written()
    return render(
        request,
        "workbook/history_upload.html",
        {"team": team, "form": form, "runs": runs},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
def history_mapping(request, pk):
    run = _open_run(request, pk)
    if not run.is_waiting:
        return redirect(run)
    page = MappingPage(run, place=request.GET, data=request.POST or None)
    if page.form.is_bound and page.form.is_valid():
        page.save(by=request.user)
        return redirect(run)
    status = 422 if page.form.is_bound else 200
    context = {"page": page, "run": run}
    return render(request, "workbook/history_mapping.html", context, status=status)


@require_GET
def history_dry_run(request, pk):
    run = _open_run(request, pk)
    if not run.is_waiting:
        return render(request, "workbook/history_decided.html", {"run": run})
    if not run.choices:
        return redirect("workbook:history_mapping", run.pk)
    return _show(request, run)


@require_POST
def history_write(request, pk):
    run = _open_run(request, pk)
    if not run.is_waiting:
        return redirect(run)
    if not run.choices:
        return redirect("workbook:history_mapping", run.pk)
    form, history = DecisionForm(request.POST), dry_run_of(run)
    if not form.is_valid() or form.cleaned_data["digest"] != history.digest:
        return _show(request, run, problem=HAS_CHANGED)
    try:
        run = write_history(run, history, sheet=run.choices["sheet"], by=request.user)
    except TransitionRefused as refusal:
        return _show(request, run, problem=str(refusal))
    messages.success(request, _written(run))
    return redirect(run)


@require_POST
def history_discard(request, pk):
    run = _open_run(request, pk)
    try:
        transitions.discard(run, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(run)
    messages.success(request, _("“%(name)s” was discarded.") % {"name": run.file_name})
    return redirect("workbook:history_upload", run.team.code)


def _open_run(request, pk) -> ImportRun:
    """Return an upload of earlier years to whoever may take them in. Raises Http404."""
    runs = ImportRun.objects.visible_to(request.user).of_history()
    run = get_object_or_404(runs.select_related("team", "uploaded_by", "decided_by"), pk=pk)
    access_of(request.user, run.team, state=None).require(Capability.IMPORT_HISTORY)
    return run


def _show(request, run, *, problem=""):
    context = {"run": run, "dry_run": dry_run_of(run), "problem": problem}
    return render(request, "workbook/history_dry_run.html", context, status=422 if problem else 200)


def _written(run) -> str:
    return ngettext(
        "One thing from “%(name)s” was taken in.",
        "%(count)s things from “%(name)s” were taken in.",
        run.change_count,
    ) % {"count": run.change_count, "name": run.file_name}
