"""The report as files to save: private to the person who asked, as every report is."""

from contextlib import nullcontext

from django.contrib import messages
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access_table import Capability
from assessments.lookup import visible_assessment
from evidence.models import Document
from jobs import awaiting
from jobs.requests import RequestRefused
from report import making
from report.bundle import bundle_of, cited_documents
from report.contents import AssessmentReport, Cover
from report.formats import FORMATS, made
from report.log import record_export
from report.stored import current_report, stored_report
from report.turns import TooManyAtOnce, turn
from scorecard.child import ChildError

HEADERS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@require_GET
def report_file(request, pk, key):
    assessment = _readable(request, pk)
    try:
        with turn(request.user) if key in making.SLOW else nullcontext():
            file = _file(assessment, key)
    except TooManyAtOnce as reason:
        return _too_many(request, reason)
    except ChildError as reason:
        return _not_made(request, assessment, reason)
    format = FORMATS[key]
    record_export(assessment, format=str(format.name), by=request.user)
    response = FileResponse(file, content_type=format.content_type, headers=HEADERS)
    return _to_save(response, f"{Cover.of(assessment).file_stem}{format.ending}")


def _file(assessment, key):
    """The endorsed PDF is the stored one, byte for byte, and never made anew."""
    stored = stored_report(assessment)
    if stored and key == "pdf":
        return stored.pdf.open("rb")
    return made(stored.read() if stored else AssessmentReport.of(assessment), key).file


@require_GET
def report_bundle(request, pk):
    assessment = _readable(request, pk)
    report = current_report(assessment)
    documents = cited_documents(assessment) & Document.objects.visible_to(request.user)
    try:
        with turn(request.user):
            bundle = bundle_of(assessment, report, documents)
    except TooManyAtOnce as reason:
        return _too_many(request, reason)
    except ChildError as reason:
        return _not_made(request, assessment, reason)
    record_export(assessment, format=_("bundle with evidence"), by=request.user)
    response = StreamingHttpResponse(
        bundle.stream(), content_type="application/zip", headers=HEADERS
    )
    return _to_save(response, f"{report.cover.file_stem}.zip")


@require_POST
def report_prepare(request, pk, key):
    """Leads to the file if it is there, else to the page that shows how it is made."""
    assessment = _readable(request, pk)
    if key not in making.SLOW:
        raise Http404(key)
    is_stored = key == "pdf" and stored_report(assessment) is not None
    if is_stored or making.is_ready(current_report(assessment), key):
        return redirect(f"report:{key}", pk)
    try:
        job = making.ask_for(key, assessment, by=request.user)
    except RequestRefused as refusal:
        return _too_many(request, refusal)
    job.refresh_from_db()  # without a worker it is done by now
    awaiting.remember(request, job)
    return redirect(job.result_url if job.is_done and not job.note else job)


def _readable(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.VIEW)
    return assessment


def _too_many(request, reason):
    return render(request, "429.html", {"reason": str(reason)}, status=429)


def _not_made(request, assessment, reason):
    messages.error(request, str(reason))
    return redirect("report:detail", assessment.pk)


def _to_save(response, name):
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
