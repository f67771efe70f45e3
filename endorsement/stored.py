"""The report that is endorsed, as it lies in the store: what everybody gets from then on."""

from dataclasses import replace
from functools import partial

from django.http import FileResponse, Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.models import Assessment
from endorsement.models import Endorsement
from endorsement.versions import report_of
from report.contents import AssessmentReport
from report.stored import StoredReport
from scorecard.downloads import to_save


def in_force(assessment: Assessment) -> Endorsement | None:
    """One query. None for a draft, and for what was endorsed before there was this record."""
    rows = Endorsement.objects.of(assessment).standing().select_related("version")
    return rows.defer("record", "version__content", "version__difference").last()


def endorsed_report(assessment: Assessment) -> StoredReport | None:
    """See report/stored.py; the settings name this function."""
    endorsement = in_force(assessment)
    if endorsement is None:
        return None
    return StoredReport(
        pdf=endorsement.pdf,
        html=endorsement.html,
        read=partial(endorsed_content, endorsement, assessment),
    )


def endorsed_content(endorsement: Endorsement, assessment: Assessment) -> AssessmentReport:
    """What was endorsed, with the day on its cover and where the decisions are recorded."""
    report, version = report_of(endorsement.version), endorsement.version
    day = date_format(assessment.team.day(endorsement.at), "DATE_FORMAT")
    cover = replace(
        report.cover,
        standing=_("Endorsed by the UNCT on %(day)s") % {"day": day},
        record_place=_(
            "Version %(number)s of this report was endorsed on %(day)s. Who decided what is "
            "recorded in the annex of the endorsed PDF, by which the report is verified; this "
            "file has the same content, but can be edited. SHA-256 of the endorsed content: "
            "%(sha256)s"
        )
        % {"number": version.number, "day": day, "sha256": version.sha256},
    )
    return replace(report, cover=cover)


def attachment(row, assessment: Assessment, *, name="pdf", filename=None) -> FileResponse:
    """Answer with a stored file, to be saved. Raises Http404 when the store has lost it."""
    file = getattr(row, name)
    try:
        content = file.open("rb")
    except FileNotFoundError as missing:
        raise Http404(f"{file.name} is missing from the store") from missing
    ending = file.name.rpartition(".")[2]
    filename = filename or f"UNCT-SWAP {assessment.team.code} {assessment.year}.{ending}"
    return to_save(FileResponse(content, filename=filename), filename)
