"""What the coordinator does: hand the report in. What was handed in, for all who see the report."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access_table import Capability
from assessments.lookup import visible_assessment
from endorsement.models import Submission
from endorsement.review import handing_in
from endorsement.review.changes import changes_since_last_submission
from endorsement.review.receipt import Receipt
from endorsement.stored import attachment, in_force
from jobs import awaiting
from jobs.models import Job
from jobs.requests import RequestRefused
from report.log import record_export


@require_http_methods(["GET", "POST"])
def report_submit(request, pk):
    """Asks once more, and says what goes to UN Women."""
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.SUBMIT)
    endorsement, refusal = in_force(assessment), ""
    if request.method == "POST" and endorsement:
        job, refusal = _asked_for(request, assessment, endorsement)
        if job and job.is_done:
            messages.success(request, _("Handed in to UN Women. This is your receipt."))
        if not refusal:
            return redirect(job.result_url if job.is_done else job)
    page = {
        "assessment": assessment,
        "endorsement": endorsement,
        "changes": changes_since_last_submission(assessment),
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "endorsement/review/submit.html", page, status=status)


def _asked_for(request, assessment, endorsement) -> tuple[Job | None, str]:
    """The job that hands it in, and why it is known already that it does not; else ""."""
    try:
        job = handing_in.ask_for(assessment, endorsement, by=request.user)
    except RequestRefused as refusal:
        return None, str(refusal)
    job.refresh_from_db()  # without a worker it has ended by now
    awaiting.remember(request, job)
    return job, job.refusal


@require_GET
def receipt(request, pk, number):
    submission = _visible_submission(request, pk, number)
    page = {"assessment": submission.assessment, "receipt": Receipt.of(submission)}
    return render(request, "endorsement/review/receipt.html", page)


@require_GET
def bundle(request, pk, number):
    submission = _visible_submission(request, pk, number)
    record_export(submission.assessment, format=f"ZIP, {submission.receipt}", by=request.user)
    name = f"UNCT-SWAP {submission.receipt}.zip"
    return attachment(submission, submission.assessment, name="bundle", filename=name)


def _visible_submission(request, pk, number):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.VIEW)
    submissions = Submission.objects.of(assessment).select_related(
        "by", "endorsement__version__assessment__team"
    )
    return get_object_or_404(submissions, number=number)
