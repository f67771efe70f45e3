"""Making reports before anybody asks: once a report has stood unchanged for a while.

Run again and again (manage.py housekeeping). A report that was different the last time is still
being written; it is made when two looks in a row find it the same.
"""

from django.core.cache import cache

from assessments.models import Assessment
from assessments.transitions import TransitionRefused
from report import rendered
from report.contents import AssessmentReport
from report.formats import made
from report.stored import stored_report
from scorecard.child import ChildError

REMEMBERED_FOR = 7 * 24 * 60 * 60  # seconds
STILL_WRITTEN = ("scoring", "consolidation", "endorsement", "endorsed", "submitted")


def make_ahead() -> list[str]:
    """Make what has come to rest and is not there yet; return the names of the files."""
    names = []
    for assessment in Assessment.objects.filter(state__in=STILL_WRITTEN).iterator():
        try:
            report, formats = _wanted(assessment)
        except TransitionRefused:  # stored before an update of the site; told to whoever asks
            continue
        for format in formats:
            name = rendered.name_of(report, format)
            if _has_come_to_rest(assessment, format, name) and _make(report, format, name):
                names.append(name)
    return names


def _wanted(assessment: Assessment) -> tuple[AssessmentReport, list[str]]:
    """What people will ask for: once the report is endorsed, its PDF is there for good."""
    if stored := stored_report(assessment):
        return stored.read(), ["docx"]
    return AssessmentReport.of(assessment), ["pdf", "docx"]


def _has_come_to_rest(assessment: Assessment, format: str, name: str) -> bool:
    key = f"report-seen-{assessment.pk}-{format}"
    before = cache.get(key)
    cache.set(key, name, REMEMBERED_FOR)
    return before == name


def _make(report: AssessmentReport, format: str, name: str) -> bool:
    """Whether it had to be made. What cannot be made is told to whoever asks for it."""
    if rendered.storage().exists(name):
        return False
    try:
        made(report, format)
    except ChildError:
        return False
    return True
