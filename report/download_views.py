"""The report as files to save: private to the person who asked, as every report is."""

from contextlib import nullcontext

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.access_table import Capability
from assessments.lookup import visible_assessment
from evidence.models import Document
from evidence.storage import private_storage
from jobs import awaiting
from jobs.requests import RequestRefused
from report import making
from report.bundle import bundle_of, cited_documents
from report.contents import AssessmentReport, Cover
from report.formats import FORMATS, made
from report.handing_out import read, word_for
from report.log import record_export
from report.stored import current_report, stored_report
from report.turns import TooManyAtOnce, turn
from scorecard.child import ChildError
from scorecard.downloads import to_save


@require_GET
def report_file(request, pk, key):
    assessment = _readable(request, pk)
    format, stored = FORMATS[key], stored_report(assessment)
    name = f"{Cover.of(assessment).file_stem}{format.ending}"
    if stored and key == "pdf":
        record_export(assessment, format=str(format.name), by=request.user)
        word = word_for(request, pk, name=stored.pdf.name, saved_as=name)
        return redirect("report:endorsed_pdf", pk, word)
    try:
        with turn(request.user) if key in making.SLOW else nullcontext():
            report = stored.read() if stored else AssessmentReport.of(assessment)
            file = made(report, key).file
    except TooManyAtOnce as reason:
        return _too_many(request, reason)
    except ChildError as reason:
        return _not_made(request, assessment, reason)
    record_export(assessment, format=str(format.name), by=request.user)
    return to_save(FileResponse(file, content_type=format.content_type), name)


@login_not_required  # the address is signed for the browser of somebody who may read it
@require_safe
def endorsed_pdf(request, pk, word):
    """The stored file, byte for byte. An old address leads back to where the PDF is asked for."""
    try:
        name, saved_as = read(request, pk, word)
    except BadSignature:
        return redirect("report:pdf", pk)
    try:
        file = private_storage().open(name)
    except FileNotFoundError as missing:
        raise Http404(f"{name} is missing from the store") from missing
    return to_save(FileResponse(file, content_type=FORMATS["pdf"].content_type), saved_as)


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
    response = StreamingHttpResponse(bundle.stream(), content_type="application/zip")
    return to_save(response, f"{report.cover.file_stem}.zip")


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
