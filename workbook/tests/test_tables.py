import pytest

from workbook.reasons import BookRefused, Reason
from workbook.tables import find_table, tables
from workbook.tests.books import grid_of

HEADINGS = {"code": ["PI", "Indicator"], "text": ["Findings"]}


def table_of(*rows, **facts):
    (sheet,) = grid_of(*rows, **facts).sheets
    return find_table(sheet, HEADINGS, needed=["code"])


@pytest.mark.parametrize(
    "head",
    [["PI", "Findings"], ["Findings", "PI"], ["findings *", "indicator:"], ["FINDINGS", "  pi "]],
)
def test_columns_are_found_by_name_in_any_order(head):
    table = table_of(head, head)
    (row,) = table.rows
    assert table.cell(row, "code").text.strip(" :").casefold() in ("pi", "indicator")
    assert table.cell(row, "text").text.casefold().startswith("findings")


def test_the_head_stands_below_a_title():
    table = table_of(["Our ratings"], [], ["PI", "Findings"], ["2.2", "Good"])
    assert table.head_row == 3
    assert [table.address(row, "text") for row in table.rows] == ["Sheet!B4"]


def test_further_columns_are_named_and_left_out():
    table = table_of(["PI", "Colour", "Findings", "Note to self"], [None, "red"])
    assert table.extra == ("Colour", "Note to self")
    assert list(table.rows) == []


def test_a_column_that_is_not_there_reads_as_empty():
    table = table_of(["PI"], ["2.2"])
    (row,) = table.rows
    assert table.cell(row, "text").text == ""


def test_a_sheet_without_the_needed_columns_has_no_table():
    assert table_of(["Findings"], ["x"]) is None
    assert tables(grid_of(["Findings"]), HEADINGS, needed=["code"]) == []


def test_a_head_far_down_is_none():
    assert table_of(*[["x"]] * 30, ["PI"]) is None


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(BookRefused) as refusal:
        table_of(["PI", "Findings", "findings"])
    assert (refusal.value.reason, refusal.value.values) == (
        Reason.TWO_COLUMNS,
        {"sheet": "Sheet", "name": "findings"},
    )


@pytest.mark.parametrize("area", ["A2:B2", "A5:A6"])
def test_merged_cells_in_a_table_are_refused(area):
    with pytest.raises(BookRefused) as refusal:
        table_of(["Title"], ["PI", "Findings"], merged=[area])
    assert refusal.value.values == {"sheet": "Sheet", "cells": area}


def test_a_merged_title_above_the_table_does_no_harm():
    assert table_of(["Title"], ["PI", "Findings"], merged=["A1:B1"])
