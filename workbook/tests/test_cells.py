import datetime
import json

import openpyxl
import pytest

from workbook.cells import read, read_as_json
from workbook.grid import Book, Cell, column_letters
from workbook.tests.books import saved, workbook_of


def read_cells(book):
    (sheet,) = read(saved(book)).sheets
    return {
        sheet.address(row.number, n): cell for row in sheet.rows for n, cell in row.cells.items()
    }


def test_every_kind_of_cell_is_told_apart():
    book = workbook_of(["Text", 7, 0.5, True, datetime.datetime(2022, 2, 2)], ["=1+1"])
    book.active["B2"].value = "#N/A"
    assert read_cells(book) == {
        "Sheet!A1": Cell("s", "Text"),
        "Sheet!B1": Cell("n", "7"),
        "Sheet!C1": Cell("n", "0.5"),
        "Sheet!D1": Cell("b", "TRUE"),
        "Sheet!E1": Cell("d", "2022-02-02"),
        "Sheet!A2": Cell("f", "="),
        "Sheet!B2": Cell("e", "#N/A"),
    }


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers():
    book = workbook_of(["first"])
    book.active["B7"] = "  "
    book.active["A9"] = "last"
    assert list(read_cells(book)) == ["Sheet!A1", "Sheet!A9"]


def test_the_last_row_of_the_sheet_may_stand_there_empty_as_libreoffice_writes_it():
    book = workbook_of(["first"])
    book.active["A1048576"].font = openpyxl.styles.Font(bold=True)
    assert list(read_cells(book)) == ["Sheet!A1"]


def test_hidden_sheets_and_merged_cells_are_told():
    book = workbook_of(["Title"])
    book.active.merge_cells("A1:C1")
    book.create_sheet("Back").sheet_state = "hidden"
    first, second = read(saved(book)).sheets
    assert (first.is_hidden, first.merged) == (False, ("A1:C1",))
    assert (second.title, second.is_hidden) == ("Back", True)


def test_a_workbook_travels_as_json():
    data = saved(workbook_of(["Text", 7]))
    assert Book.from_json(json.loads(read_as_json(data))) == read(data)


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_are_named_as_in_a_spreadsheet(number, letters):
    assert column_letters(number) == letters
