"""From an uploaded workbook to its dry run: the reading is work that may take its time."""

from hashlib import sha256

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobs import awaiting, requests
from jobs.models import Job
from jobs.work import Progress, Result, WorkRefused
from workbook.forms import WorkbookForm
from workbook.models import ImportRun, Upload
from workbook.reasons import BookRefused
from workbook.receiving import read_in_child
from workbook.scoring_import import check_belongs
from workbook.sentences import sentence
from workbook.transitions import forget, keep


def arrive(request, form: WorkbookForm, *, team, assessment=None) -> str | None:
    """Have the workbook read; return where that leads, or None where the form says what is wrong.

    Without a worker it is read by then: straight to the dry run, or refused at the field.
    """
    if not form.is_valid():
        return None
    forget(now=timezone.now())
    upload = Upload(team=team, assessment=assessment, uploaded_by=request.user)
    upload.file_name, upload.content = form.file_name, form.content
    try:
        job = _ask_for_reading(upload)
    except requests.RequestRefused as refusal:
        form.add_error("file", str(refusal))
        return None
    job.refresh_from_db()
    if job.has_failed:
        form.add_error("file", job.refusal)
        _take_back(upload, job)
        return None
    awaiting.remember(request, job)
    return job.result_url if job.is_done else job.get_absolute_url()


@transaction.atomic
def _ask_for_reading(upload: Upload) -> Job:
    upload.save(force_insert=True)
    return requests.request(
        work="workbook.arrival.read",
        title=_("Reading “%(name)s”") % {"name": upload.file_name},
        team=upload.team,
        by=upload.uploaded_by,
        arguments={"upload": str(upload.pk), "language": translation.get_language()},
    )


@transaction.atomic
def _take_back(upload: Upload, job: Job):
    """What was refused on the spot leaves nothing to come back to."""
    Upload.objects.filter(pk=upload.pk).delete()
    job.delete()


def read(job: Job, progress: Progress, *, upload: str, language: str) -> Result:
    """See jobs/work.py. Who may see the dry run is asked when it is opened."""
    with translation.override(language):
        if run := ImportRun.objects.filter(pk=upload).first():  # a worker was killed hereafter
            return _result(run)
        arrived = _find(upload)
        try:
            return _result(_read(arrived, progress))
        except BookRefused as refusal:
            arrived.delete()
            text = sentence(refusal, name=arrived.file_name)
            another = Result(url=arrived.get_absolute_url(), label=_("Upload another workbook"))
            raise WorkRefused(text, instead=another) from refusal


def _find(upload: str) -> Upload:
    rows = Upload.objects.select_related("team", "assessment__team", "assessment__framework")
    if arrived := rows.filter(pk=upload).first():
        return arrived
    home = Result(url=reverse("assessments:home"), label=_("Go to my teams"))
    raise WorkRefused(_("The file is not kept any more: upload it again."), instead=home)


def _read(upload: Upload, progress: Progress) -> ImportRun:
    progress(_("Reading the cells"), 0, of=2)
    content = bytes(upload.content)  # PostgreSQL gives a view of them
    book = read_in_child(content)
    progress(_("Looking whether it belongs here"), 1, of=2)
    if upload.assessment:
        check_belongs(book, upload.assessment)
    return keep(upload, book, sha256=sha256(content).hexdigest())


def _result(run: ImportRun) -> Result:
    if run.assessment_id is None:
        url = reverse("workbook:history_mapping", args=[run.pk])
        return Result(url=url, label=_("Say which column is what"))
    return Result(url=run.get_absolute_url(), label=_("See the changes"))
