"""Uploads for tests. The default is the boring valid case."""

from django.utils import timezone

from accounts.access import access_of
from accounts.tests.factories import make_user
from workbook import transitions
from workbook.actions import Plan
from workbook.cells import read
from workbook.out.book import scoring_workbook
from workbook.subjects import Scoring


def make_scoring_run(assessment, *, by=None, file_name="scoring.xlsx"):
    """A workbook of the assessment that was uploaded as it was downloaded."""
    by = by or make_user()
    access = access_of(by, assessment.team, state=assessment.state)
    scoring, plan = Scoring.of(assessment, access), Plan.of(assessment, access)
    data = scoring_workbook(scoring, plan, made_by=by, made_at=timezone.now())
    return transitions.keep(
        read(data),
        team=assessment.team,
        assessment=assessment,
        file_name=file_name,
        sha256="0" * 64,
        by=by,
    )
