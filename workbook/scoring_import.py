"""A scoring workbook that came back: whether it belongs here, and what it would change."""

from collections.abc import Mapping

from django.utils import translation

from accounts.access import Access
from assessments.models import Assessment
from workbook.dry_run import DryRun, dry_run
from workbook.filled import read_scoring
from workbook.grid import Book
from workbook.plan import Plan
from workbook.plan_filled import empty_fingerprints, read_plan
from workbook.plan_layout import NEEDED, headings
from workbook.reasons import BookRefused, Reason
from workbook.stamp import Stamp
from workbook.subjects import Scoring
from workbook.tables import tables


def check_belongs(book: Book, assessment: Assessment):
    """Raise BookRefused unless the workbook was made for this assessment."""
    stamp = Stamp.of(book)
    framework = assessment.framework
    for reason, theirs, ours in [
        (Reason.OTHER_TEAM, stamp.team, assessment.team.code),
        (Reason.OTHER_YEAR, stamp.year, str(assessment.year)),
        (
            Reason.OTHER_EDITION,
            f"{stamp.edition} ({stamp.revision})",
            f"{framework.code} ({framework.revision})",
        ),
        (Reason.OTHER_ASSESSMENT, stamp.assessment, str(assessment.pk)),
    ]:
        if theirs != ours:
            raise BookRefused(reason, theirs=theirs, ours=ours)
    with translation.override(stamp.language):  # whose words the headings are
        read_scoring(book, {})
        tables(book, headings(year=assessment.year), needed=NEEDED)


def scoring_dry_run(
    book: Book, assessment: Assessment, access: Access, *, choices: Mapping[str, str]
) -> DryRun:
    """Hold the workbook against what is stored now."""
    scoring, plan = Scoring.of(assessment, access), Plan.of(assessment, access)
    stamp = Stamp.of(book)
    indicators = {code: rated.indicator for code, rated in scoring.indicators.items()}
    with translation.override(stamp.language):
        filled = read_scoring(book, indicators)
        actions = read_plan(book, plan, filled)
    subjects = {**scoring.indicators, **actions}
    fingerprints = {**stamp.fingerprints, **empty_fingerprints(actions)}
    return dry_run(filled, subjects, fingerprints, choices=choices)
