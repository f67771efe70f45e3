"""Uploads for tests. The default is the boring valid case."""

from django.utils import timezone

from accounts.access import access_of
from accounts.tests.factories import make_user
from workbook import transitions
from workbook.cells import read
from workbook.models import Upload
from workbook.out.book import scoring_workbook
from workbook.plan import Plan
from workbook.subjects import Scoring
from workbook.tests.books import grid_of


def make_scoring_run(assessment, *, by=None, file_name="scoring.xlsx"):
    """A workbook of the assessment that was uploaded as it was downloaded."""
    by = by or make_user()
    access = access_of(by, assessment.team, state=assessment.state)
    scoring, plan = Scoring.of(assessment, access), Plan.of(assessment, access)
    data = scoring_workbook(scoring, plan, made_by=by, made_at=timezone.now())
    upload = make_upload(assessment.team, data, assessment=assessment, by=by, file_name=file_name)
    return transitions.keep(upload, read(data), sha256="0" * 64)


def make_history_run(team, *rows, by=None, file_name="history.xlsx"):
    """A foreign workbook with ratings of 2021 that was uploaded, its columns not mapped yet."""
    rows = rows or (["PI", "Year", "Rating"], ["2.2", 2021, "Meets"])
    upload = make_upload(team, by=by, file_name=file_name)
    return transitions.keep(upload, grid_of(*rows), sha256="0" * 64)


def make_upload(team, content=b"", *, assessment=None, by=None, file_name="book.xlsx"):
    """A workbook that has arrived and is not read yet."""
    return Upload.objects.create(
        team=team,
        assessment=assessment,
        file_name=file_name,
        content=content,
        uploaded_by=by or make_user(),
    )
