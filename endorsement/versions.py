"""Making a version of the report: printed first, then stored if nothing changed meanwhile."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace

from django.utils.translation import gettext as _

from assessments.models import Assessment
from assessments.transitions import TransitionRefused
from endorsement.difference import Change, difference, is_material
from endorsement.effect import asked_again
from endorsement.models import ReportVersion, Seat
from endorsement.models.files import keep
from endorsement.record import Record
from endorsement.seats import ask, open_seats, standings
from report.as_json import as_json
from report.contents import AssessmentReport
from report.from_json import from_json
from report.html import article
from report.unprintable import printed

Kind = ReportVersion.Change


def latest(assessment: Assessment) -> ReportVersion | None:
    return ReportVersion.objects.of(assessment).last()


def report_of(version: ReportVersion) -> AssessmentReport:
    """Return what the version says, to be shown or printed anew.

    Raises TransitionRefused for a version that an other edition of this program wrote.
    """
    try:
        return from_json(version.content)
    except (KeyError, ValueError) as unknown:
        raise TransitionRefused(
            _("%(version)s was made before this site was updated. Make a new version.")
            % {"version": version}
        ) from unknown


def has_changed(assessment: Assessment, version: ReportVersion) -> bool:
    """Whether the report says something else by now than the version does."""
    return _sha256(as_json(AssessmentReport.of(assessment))) != version.sha256


def changes_since(assessment: Assessment, version: ReportVersion | None) -> list[Change]:
    """Return what differs now from a version; [] before there is one."""
    if version is None:
        return []
    now = json.loads(as_json(AssessmentReport.of(assessment)))
    return difference(json.loads(version.content), now)


def difference_of(version: ReportVersion) -> list[Change]:
    """The stored difference to the version before."""
    return [Change(**row | {"path": tuple(row["path"])}) for row in version.difference]


@contextmanager
def drafted(assessment: Assessment, *, by, site: str, at) -> Iterator[ReportVersion | None]:
    """Print the report as it stands and yield it as a version to be stored; None if it is there.

    Takes seconds, so it stands before any transaction. Its files go again unless it was saved.
    Raises a ChildError when it cannot be printed.
    """
    report = AssessmentReport.of(assessment)
    content = as_json(report)
    before = latest(assessment)
    if before and before.sha256 == _sha256(content):
        yield None
        return
    version = ReportVersion(
        assessment=assessment,
        number=before.number + 1 if before else 1,
        content=content.decode(),
        sha256=_sha256(content),
        made_by=by,
        made_at=at,
    )
    standing = _("Version %(number)s, for endorsement") % {"number": version.number}
    report = replace(report, cover=replace(report.cover, standing=standing))
    record = Record.of_request(version, site=site)
    pdf, html = printed(report, record=record).content, article(report, record=record).encode()
    is_stored = False  # the row keeps its key when its transaction is taken back
    try:
        version.html_sha256 = keep(version.html, "report.html", html)
        version.pdf_sha256, version.pdf_size = keep(version.pdf, "report.pdf", pdf), len(pdf)
        yield version
        is_stored = version.pk is not None
    finally:
        if not is_stored:
            for file in (version.html, version.pdf):
                if file:
                    file.delete(save=False)


def store(version: ReportVersion | None, assessment, *, is_raised=False, note="", at) -> list[Seat]:
    """Save what was drafted, class its difference, ask whom it concerns. Returns those asked.

    Called under the lock of the assessment. Raises TransitionRefused when the report is no more
    what was printed.
    """
    before = latest(assessment)
    known_by = version.sha256 if version else before.sha256
    if _sha256(as_json(AssessmentReport.of(assessment))) != known_by:
        raise TransitionRefused(
            _("The report was changed while it was being printed. Look at it and try again.")
        )
    if version is None:
        if is_raised:
            raise TransitionRefused(
                _(
                    "The report says what %(version)s says, so what was decided on it stands. To "
                    "ask everybody again, change the report: say why in its comments, for example."
                )
                % {"version": before}
            )
        return open_seats(assessment, version=before, at=at)
    today = assessment.team.day(at)
    present = standings(assessment, today=today)
    changes = _classed(version, before, is_raised=is_raised)
    version.note = note
    version.save()
    again = asked_again(assessment, changes, present, before=before, is_raised=is_raised)
    ask(again, version=version, at=at)
    return [*again, *open_seats(assessment, version=version, at=at)]


def _classed(version, before, *, is_raised) -> list[Change]:
    """A class is raised, never lowered: what the rule finds material stays material."""
    if before is None:
        version.change = Kind.FIRST
        return []
    changes = difference(json.loads(before.content), json.loads(version.content))
    version.difference = [asdict(change) for change in changes]
    version.is_raised = is_raised and not is_material(changes)
    version.change = Kind.MATERIAL if is_raised or is_material(changes) else Kind.EDITORIAL
    return changes


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
