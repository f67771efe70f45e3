"""The report that is endorsed: kept by an app further up, handed out from here.

The settings name the function that finds it, since nothing below the endorsement may import it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.files.base import File
from django.utils.module_loading import import_string

from assessments.models import Assessment
from report.contents import AssessmentReport


@dataclass(frozen=True, kw_only=True)
class StoredReport:
    """pdf, html: the very files, unopened. read: what was endorsed, for formats made from it."""

    pdf: File
    html: File
    read: Callable[[], AssessmentReport]


def stored_report(assessment: Assessment) -> StoredReport | None:
    """Return what stands for the report while it is endorsed; None for a draft."""
    return _finder()(assessment) if assessment.is_endorsed else None


def current_report(assessment: Assessment) -> AssessmentReport:
    """Return what the report says: as it was endorsed, or as the draft stands."""
    stored = stored_report(assessment)
    return stored.read() if stored else AssessmentReport.of(assessment)


@cache
def _finder():
    return import_string(settings.ENDORSED_REPORTS)
