"""Uploads for tests. The default is the boring valid case."""

from django.utils import timezone

from accounts.access import access_of
from accounts.tests.factories import make_user
from workbook import transitions
from workbook.actions import Plan
from workbook.cells import read
from workbook.out.book import scoring_workbook
from workbook.subjects import Scoring
from workbook.tests.books import grid_of


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


def make_history_run(team, *rows, by=None, file_name="history.xlsx"):
    """A foreign workbook with ratings of 2021 that was uploaded, its columns not mapped yet."""
    rows = rows or (["PI", "Year", "Rating"], ["2.2", 2021, "Meets"])
    return transitions.keep(
        grid_of(*rows), team=team, file_name=file_name, sha256="0" * 64, by=by or make_user()
    )
