"""The scoring workbook of an assessment: out, in, looked at, written."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from accounts.access_table import Capability
from assessments.lookup import visible_assessment
from assessments.transitions import TransitionRefused
from evidence.filetypes import TYPES
from scorecard.downloads import to_save
from workbook import transitions
from workbook.arrival import arrive
from workbook.forms import DecisionForm, WorkbookForm
from workbook.grid import Book
from workbook.lookup import visible_scoring_run
from workbook.out.book import scoring_workbook
from workbook.plan import Plan
from workbook.scoring_import import scoring_dry_run
from workbook.subjects import Scoring


@require_GET
def workbook_download(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require_sight(Capability.VIEW_WORK)
    scoring, plan = Scoring.of(assessment, access), Plan.of(assessment, access)
    content = scoring_workbook(scoring, plan, made_by=request.user, made_at=timezone.localtime())
    name = f"{assessment.team.code}-{assessment.year}-scoring.xlsx"
    audit.record(
        team=assessment.team, action=audit.Action.EXPORT, by=request.user, object=f"{name}"
    )
    return to_save(HttpResponse(content, content_type=TYPES["xlsx"].content_type), name)


@require_http_methods(["GET", "POST"])
def workbook_upload(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require_sight(Capability.VIEW_WORK)
    form = WorkbookForm()
    if request.method == "POST":
        access.require(Capability.UPLOAD_WORKBOOK)
        form = WorkbookForm(request.POST, request.FILES)
        if way_on := arrive(request, form, team=assessment.team, assessment=assessment):
            return redirect(way_on)
    return render(
        request,
        "workbook/upload.html",
        {
            "assessment": assessment,
            "form": form,
            "may_upload": access.allows(Capability.UPLOAD_WORKBOOK),
            "runs": assessment.import_runs.written(),
        },
        status=422 if form.is_bound else 200,
    )


@require_GET
def run_detail(request, pk):
    """The dry run while the upload waits; afterwards what became of it."""
    run, access = visible_scoring_run(request, pk)
    access.require(Capability.UPLOAD_WORKBOOK)
    if not run.is_waiting:
        return render(request, "workbook/decided.html", {"run": run})
    return _show(request, run, _dry_run(run, access))


@require_POST
def run_write(request, pk):
    run, access = visible_scoring_run(request, pk)
    access.require(Capability.UPLOAD_WORKBOOK)
    if not run.is_waiting:
        return redirect(run)
    form = DecisionForm(request.POST)
    shown, decided = _dry_run(run, access), _dry_run(run, access, choices=form.choices)
    if problem := _problem(form, shown, decided):
        return _show(request, run, decided, problem=problem, status=422)
    try:
        run = transitions.write(run, decided, by=request.user)
    except TransitionRefused as refusal:
        return _show(request, run, _dry_run(run, access), problem=str(refusal), status=409)
    messages.success(request, _written(run))
    return redirect(run)


@require_POST
def run_discard(request, pk):
    run, access = visible_scoring_run(request, pk)
    access.require(Capability.UPLOAD_WORKBOOK)
    try:
        transitions.discard(run, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(run)
    messages.success(request, _("“%(name)s” was discarded.") % {"name": run.file_name})
    return redirect("workbook:upload", run.assessment_id)


def _dry_run(run, access, *, choices=None):
    book = Book.from_json(run.content)
    return scoring_dry_run(book, run.assessment, access, choices=choices or {})


def _problem(form, shown, decided) -> str:
    """Why these decisions cannot be written, as a sentence; "" when they can."""
    if not form.is_valid() or form.cleaned_data["digest"] != shown.digest:
        return _(
            "Nothing was written: the site has changed since this page was made. It now shows "
            "how things stand; look at it once more."
        )
    if decided.undecided:
        return ngettext(
            "Nothing was written: one conflict is not decided yet.",
            "Nothing was written: %(count)s conflicts are not decided yet.",
            decided.undecided,
        ) % {"count": decided.undecided}
    if decided.has_faults:
        return _("Nothing was written: decide otherwise where a refusal stands below.")
    return ""


def _show(request, run, dry_run, *, problem="", status=200):
    context = {"run": run, "assessment": run.assessment, "dry_run": dry_run, "problem": problem}
    return render(request, "workbook/dry_run.html", context, status=status)


def _written(run) -> str:
    return ngettext(
        "One change from “%(name)s” was written.",
        "%(count)s changes from “%(name)s” were written.",
        run.change_count,
    ) % {"count": run.change_count, "name": run.file_name}
