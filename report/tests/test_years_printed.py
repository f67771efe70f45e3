"""All years of a team in the formats of the report."""

import json
from io import BytesIO

import page as pdf_checker
import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.tests.factories import make_team
from report.as_json import as_json
from report.contents import AssessmentReport
from report.from_json import from_json
from report.html import document
from report.pdf import pdf
from report.sheets import xlsx
from report.tests.years import carry_over, make_years
from report.word.document import docx
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    """Seven years, one of them without a record, with a change of edition at the end."""
    team = make_team()
    old = make_years(dict.fromkeys((2017, 2018, 2020, 2021, 2022), Rating.APPROACHES), team=team)
    carry_over(old[-1], origin=old[0])
    (now,) = make_years({2023: Rating.EXCEEDS}, team=team, edition="unct-swap-2023")
    return AssessmentReport.of(now)


def test_years_are_printed_in_an_accessible_pdf(report, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(document(report)))

    found = pdf_checker.validate_pdf(path, profile="ua1")
    text = " ".join(
        " ".join(sheet.extract_text().split())
        for sheet in PdfReader(BytesIO(path.read_bytes())).pages
    )

    assert [(row.rule_id, row.message) for row in found.failures] == []
    assert "Over all years From 2023 on the edition of 2023 applies" in text
    assert "2017 2018 2019 2020 2021 2022 2023" in text
    assert "from 2017" in text


def test_years_are_given_as_json(report):
    years = json.loads(as_json(report))["change"]["years"]

    assert [column["year"] for column in years["columns"]] == list(range(2017, 2024))
    (row,) = [row for band in years["dimensions"] for row in band["rows"] if row["code"] == "2.2"]
    cell = row["cells"][5]
    assert (cell["state"], cell["carried_from"], cell["rating"]["value"]) == ("carried", 2017, 2)


def test_years_can_be_read_back_from_the_json(report):
    assert from_json(as_json(report)).change == report.change


def test_years_stand_under_their_heads_in_word(report):
    (table,) = [
        table
        for table in Document(BytesIO(docx(report))).tables
        if table.rows[1].cells[0].text == "Performance indicator"
        and table.rows[1].cells[1].text == "2017"
    ]

    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in table.rows}
    assert rows["Performance indicator"][1:] == [str(year) for year in range(2017, 2024)]
    first, *_others, carried, last = rows["2.2 Communication & Advocacy"][1:]
    assert "Approaches" in first
    assert "from 2017" in carried
    assert "Exceeds" in last


def test_years_are_a_sheet_with_a_row_for_each_indicator_and_year(report):
    sheet = load_workbook(BytesIO(xlsx(report)))["All years"]

    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len([row for row in rows if row[0] == "2.2"]) == 7
    (carried,) = [row for row in rows if row[0] == "2.2" and row[2] == 2022]
    assert carried[3:] == ["2018", "▮▯▯ Approaches", 2, "Carried over", 2017]
