"""The report that is endorsed, as it lies in the store: what everybody gets from then on."""

from django.http import FileResponse, Http404

from assessments.models import Assessment
from endorsement.models import Endorsement


def endorsed_report(assessment: Assessment) -> Endorsement | None:
    """Return what stands for the report while it is endorsed; None for a draft."""
    return Endorsement.objects.in_force().of(assessment).select_related("version").last()


def attachment(row, assessment: Assessment, *, name="pdf", filename=None) -> FileResponse:
    """Answer with a stored file, to be saved. Raises Http404 when the store has lost it."""
    file = getattr(row, name)
    try:
        content = file.open("rb")
    except FileNotFoundError as missing:
        raise Http404(f"{file.name} is missing from the store") from missing
    ending = file.name.rpartition(".")[2]
    filename = filename or f"UNCT-SWAP {assessment.team.code} {assessment.year}.{ending}"
    response = FileResponse(content, as_attachment=True, filename=filename)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
