"""The workbook and the CSV files of a report: text as text, nothing cut."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from assessments.tests.factories import make_assessment, make_rating
from report.contents import AssessmentReport
from report.csv_files import evidence_csv, ratings_csv
from report.sheets import xlsx
from report.tables import all_tables
from report.tests.factories import make_action_point, make_citation
from scorecard.cell_text import MAX_CELL, text_of_cell
from scorecard.rating import Rating
from scorecard.sheet_cells import row_height

pytestmark = pytest.mark.django_db


def book_of(report):
    return load_workbook(BytesIO(xlsx(report)))


def rows_of(sheet):
    return [
        [text_of_cell(value) if isinstance(value, str) else value for value in row]
        for row in sheet.iter_rows(values_only=True)
    ]


def row_of(sheet, code):
    return next(row for row in rows_of(sheet) if code in row)


@pytest.fixture
def report():
    rating = make_rating(
        code="2.2",
        met="bc",
        rating=Rating.MEETS,
        findings="=1+1 and more",
        means_of_verification="@x",
    )
    make_citation(rating=rating, title="-Work plan")
    make_action_point(assessment=rating.assessment, text="+Do it", activities={2021: "=Done()"})
    return AssessmentReport.of(rating.assessment)


def test_each_table_of_the_report_has_a_sheet_with_a_head_that_stays(report):
    book = book_of(report)

    assert book.sheetnames == [table.title for table in all_tables(report)]
    for sheet, table in zip(book, all_tables(report), strict=True):
        assert sheet.freeze_panes.endswith("2")
        assert rows_of(sheet)[0] == [column.head for column in table.columns]
        assert sheet.print_title_rows == "$1:$1"


def test_no_text_becomes_a_formula(report):
    kinds = {cell.data_type for sheet in book_of(report) for row in sheet for cell in row}

    assert kinds <= {"s", "n", "inlineStr"}
    findings = row_of(book_of(report)["Findings"], "2.2")
    assert "=1+1 and more" in findings
    assert "@x" in findings


def test_rating_has_bars_word_level_and_colour(report):
    sheet = book_of(report)["Ratings"]
    cells = next(row for row in sheet if row[2].value == "2.2")

    assert [cell.value for cell in cells[4:8]] == ["▮▮▯ Meets", 3, "▮▮▯ Meets", 3]
    assert cells[4].fill.fgColor.rgb == "FFEBF5EF"


def test_row_is_as_high_as_its_text_asks_for(report):
    sheet = book_of(report)["All years"]
    rated = next(row[0].row for row in sheet if row[0].value == "2.2")

    assert sheet.row_dimensions[rated].height <= row_height(2)  # of the PI's title


def test_wide_table_is_printed_over_several_pages_each_saying_what_a_row_is_about(report):
    book = book_of(report)

    assert book["Report"].page_setup.fitToWidth == 1
    assert book["Findings"].page_setup.fitToWidth == 2
    assert book["Findings"].print_title_cols == "$A:$B"


def test_text_too_long_for_a_cell_goes_on_in_the_next_row(report):
    long = "word " * 14_000  # 70,000 characters
    dimension = report.findings[1]
    indicator = replace(dimension.indicators[1], findings=long)
    indicators = (dimension.indicators[0], indicator, *dimension.indicators[2:])
    dimensions = (
        report.findings[0],
        replace(dimension, indicators=indicators),
        *report.findings[2:],
    )

    rows = rows_of(book_of(replace(report, findings=dimensions))["Findings"])

    place = next(place for place, row in enumerate(rows) if row[0] == indicator.code)
    found = rows[place : place + 3]
    assert [row[0] for row in found] == [
        indicator.code,
        f"{indicator.code} (cont.)",
        f"{indicator.code} (cont.)",
    ]
    place = rows[0].index("Findings and explanation")
    assert "".join(row[place] for row in found) == long
    assert all(len(row[place]) <= MAX_CELL for row in found)
    assert found[1][1] is None


def test_control_characters_and_false_escapes_break_no_file():
    rating = make_rating(code="2.2", met="bc", findings="a _x0007_ b")
    report = AssessmentReport.of(rating.assessment)

    assert "a _x0007_ b" in row_of(book_of(report)["Findings"], "2.2")


def test_report_without_anything_still_makes_every_sheet():
    report = AssessmentReport.of(make_assessment())

    assert len(book_of(report).sheetnames) == 10


def fields_of(content):
    assert content.startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_ratings_as_csv_name_word_and_level_and_leave_open_what_is_open(report):
    rows = {row["PI"]: row for row in fields_of(ratings_csv(report))}

    assert len(rows) == 15
    assert (rows["2.2"]["Rating"], rows["2.2"]["Level"]) == ("Meets", "3")
    assert (rows["1.1"]["Rating"], rows["1.1"]["Level"]) == ("", "")


def test_csv_defuses_what_a_spreadsheet_would_compute(report):
    (row,) = fields_of(evidence_csv(report))

    assert row["Document"] == "'-Work plan"
    assert len(row["SHA-256"]) == 64
