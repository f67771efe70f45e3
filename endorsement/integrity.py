"""Whether reports, records and bundles still lie in the store as they were written."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.models import AuditEntry
from endorsement.models import Endorsement, ReportVersion, Submission
from endorsement.review.bundle import faults_of

# Of each kind of row the fields with a file, whose SHA-256 stands beside it.
FILES = {
    ReportVersion: ["html", "pdf"],
    Endorsement: ["html", "pdf"],
    Submission: ["bundle"],
}


def spoiled_files() -> Iterator[str]:
    """Say of each file that is gone, or has other bytes than were written."""
    for model, names in FILES.items():
        for row in model.objects.order_by("pk").iterator(chunk_size=100):
            for name in names:
                file, expected = getattr(row, name), getattr(row, f"{name}_sha256")
                yield from _faults(file, expected, of=f"{row.assessment}, {row}")


def bundles_unlike_their_manifests() -> Iterator[str]:
    """Say of each bundle, as it was written, what in it is not as was written down beside it."""
    for submission in Submission.objects.order_by("pk").iterator(chunk_size=100):
        bundle, expected = submission.bundle, submission.bundle_sha256
        of = f"{submission.assessment}, {submission}"
        if any(_faults(bundle, expected, of=of)):
            continue  # spoiled_files says so
        with bundle.open("rb") as file:
            for fault in faults_of(file, submission.manifest):
                yield f"{bundle.name} ({of}): {fault}"


def spoiled_contents() -> Iterator[str]:
    """Say of each version whose content has another SHA-256 than the one it is known by."""
    for version in ReportVersion.objects.order_by("pk").iterator(chunk_size=100):
        if hashlib.sha256(version.content.encode()).hexdigest() != version.sha256:
            yield _("The content of %(version)s of %(assessment)s was altered.") % {
                "version": version,
                "assessment": version.assessment,
            }


def replaced_endorsements() -> Iterator[str]:
    """Say of each endorsed report that the log of its team names otherwise, or not at all."""
    for endorsement in Endorsement.objects.with_assessment().order_by("pk").iterator():
        team, seals = endorsement.assessment.team, endorsement.seals.values()
        named = AuditEntry.objects.in_team(team).filter(action=AuditEntry.Action.DECISION)
        for seal in seals:
            named = named.filter(detail__contains=seal)
        if not named.exists():
            yield _(
                "The log of the team names nothing endorsed that is like %(version)s of "
                "%(assessment)s with its record of decisions and its PDF."
            ) % {"version": endorsement.version, "assessment": endorsement.assessment}


def _faults(file, expected, *, of) -> Iterator[str]:
    values = {"file": file.name, "of": of, "expected": expected}
    try:
        with file.open("rb") as stored:
            values["found"] = hashlib.file_digest(stored, "sha256").hexdigest()
    except FileNotFoundError:
        yield _("%(file)s (%(of)s) is missing: restore it from a backup.") % values
        return
    if values["found"] != expected:
        yield (
            _(
                "%(file)s (%(of)s) is not what was written (SHA-256 %(found)s, expected "
                "%(expected)s): restore it from a backup."
            )
            % values
        )
