"""The report of what was taken in from a workbook says so, in every format."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from docx import Document

from assessments.tests.factories import make_assessment, make_person, make_rating
from report.as_json import as_json
from report.contents import AssessmentReport
from report.sheets import xlsx
from report.word.document import docx
from workbook.models import ImportedRow
from workbook.tests.factories import make_history_run

pytestmark = pytest.mark.django_db
STANDING = "Imported from a workbook: neither assessed nor endorsed on this site"
PLACE = "Imported from “history.xlsx”, sheet “Scores”, row 4."


@pytest.fixture
def imported():
    """PI 2.2 of 2021, from the fourth row of a file."""
    assessment = make_assessment(year=2021, state="imported")
    rating = make_rating(assessment=assessment, code="2.2", met="bc", rating=3)
    run = make_history_run(assessment.team)
    ImportedRow.objects.create(run=run, sheet="Scores", row=4, indicator_rating=rating)
    return rating


def findings_of(assessment, code):
    dimensions = AssessmentReport.of(assessment).findings
    return next(row for part in dimensions for row in part.indicators if row.code == code)


def word_text(content):
    document = Document(BytesIO(content))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join(part.text for part in [*document.paragraphs, *cells])


def excel_text(content):
    book = openpyxl.load_workbook(BytesIO(content))
    return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)


def test_cover_says_that_the_year_was_imported(client, imported):
    report = AssessmentReport.of(imported.assessment)
    client.force_login(make_person(assessment=imported.assessment))
    page = client.get(reverse("report:detail", args=[imported.assessment_id]))

    for text in (page.text, word_text(docx(report)), excel_text(xlsx(report))):
        assert STANDING in text


def test_each_rating_says_from_which_row_it_came(client, imported):
    report = AssessmentReport.of(imported.assessment)
    client.force_login(make_person(assessment=imported.assessment))
    page = client.get(reverse("report:detail", args=[imported.assessment_id]))

    assert f"Reassessed in 2021. {PLACE}" in word_text(docx(report))
    for text in (page.text, excel_text(xlsx(report)), as_json(report).decode()):
        assert PLACE in text


def test_rating_that_carries_an_imported_one_names_where_that_came_from(imported):
    assessment = make_assessment(year=2022, team=imported.assessment.team)
    make_rating(
        assessment=assessment,
        code="2.2",
        is_reassessed=False,
        origin=imported,
        rating=imported.rating,
        computed_rating=imported.computed_rating,
    )

    row = findings_of(assessment, "2.2")

    assert (row.origin, row.origin_note) == ("Carried over from 2021, 1 year old", PLACE)


def test_report_without_imports_asks_nobody_where_they_came_from(monkeypatch):
    monkeypatch.setattr("report.provenance._finder", lambda: pytest.fail)

    AssessmentReport.of(make_assessment())
