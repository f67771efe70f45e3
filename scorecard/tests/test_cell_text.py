from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.cell_text import (
    MAX_CELL,
    cell_text,
    csv_text,
    fits,
    parts,
    sheet_title,
    text_of_cell,
)
from scorecard.plain_text import printable
from scorecard.sheet_cells import text_cell, write_text

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("=+-@_x0123456789ABCDEFabcdef\x00\x0b\r\n\t\ud800"))
)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("plain", "plain"),
        ("Word's soft break\x0bnext line", "Word's soft break\nnext line"),
        ("page\x0cnext", "page\nnext"),
        ("\x00bell\x07 half \ud800 none \ufffe", "bell half  none "),
        ("_x0002_ is a text here", "_x005F_x0002_ is a text here"),
        ("a_x000D__x0041_", "a_x005F_x000D__x005F_x0041_"),
        ("_xyz_ and _x12_", "_xyz_ and _x12_"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_cell_holds_what_can_be_printed(text, stored):
    assert cell_text(text) == stored


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("a_x000D_\nb", "a\nb"),
        ("Word_x000B_break", "Word\nbreak"),
        ("noise_x0002_", "noise"),
        ("_x005F_x0002_", "_x0002_"),
        ("_x005f_x0041_", "_x0041_"),
        ("_xZZZZ_", "_xZZZZ_"),
    ],
)
def test_what_a_program_escaped_is_read_as_a_person_sees_it(stored, seen):
    assert text_of_cell(stored) == seen


@given(HOSTILE)
def test_a_text_comes_back_from_a_cell_as_it_went_in(text):
    assert text_of_cell(cell_text(text)) == printable(text)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", " ="])
def test_no_csv_field_begins_a_formula(sign):
    assert csv_text(f"{sign}HYPERLINK(1)").startswith("'")


@given(HOSTILE)
def test_a_csv_field_is_the_text_with_at_most_an_apostrophe(text):
    assert csv_text(text).removeprefix("'") == printable(text).removeprefix("'")
    assert not csv_text(text).startswith(("=", "+", "-", "@", "\t", "\r"))


# Long texts


@given(HOSTILE, st.integers(min_value=7, max_value=20))
def test_the_parts_of_a_text_fit_and_are_the_text_again(text, limit):
    found = parts(text, limit=limit)
    assert "".join(found) == printable(text)
    assert all(len(cell_text(part).encode("utf-16-le")) <= 2 * limit for part in found)


def test_a_text_is_split_where_a_word_ends():
    assert parts("one two three", limit=8) == ["one two ", "three"]


def test_no_text_is_one_empty_part():
    assert parts("") == [""]


def test_a_cell_counts_as_excel_does():
    assert fits("x" * MAX_CELL)
    assert not fits("x" * (MAX_CELL + 1))
    assert not fits("\N{EARTH GLOBE EUROPE-AFRICA}" * (MAX_CELL // 2 + 1))
    assert [len(part) for part in parts("x" * (MAX_CELL + 1))] == [MAX_CELL, 1]


# Names of sheets


@pytest.mark.parametrize(
    ("wanted", "taken", "title"),
    [
        ("1.1 Analysis", [], "1.1 Analysis"),
        ("a/b: [c]?*\\d", [], "a b c d"),
        ("'quoted'", [], "quoted"),
        ("", [], "Sheet"),
        ("History", [], "History 2"),
        ("x" * 40, [], "x" * 31),
        ("5 Gender architecture and capacities", [], "5 Gender architecture and"),
        ("4 Leadership and organizational culture", [], "4 Leadership and organizational"),
        ("Plan", ["PLAN", "plan 2"], "Plan 3"),
        ("y" * 31, ["y" * 31], "y" * 29 + " 2"),
    ],
)
def test_a_sheet_gets_a_name_that_excel_takes(wanted, taken, title):
    assert sheet_title(wanted, taken=taken) == title


# Real workbooks


def saved_and_read(book):
    stream = BytesIO()
    book.save(stream)
    return openpyxl.load_workbook(BytesIO(stream.getvalue())).active["A1"]


TEXTS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "#N/A",
    "\x0bsoft",
    "2026-11-27",
    "_x0002_",
    "a\ud800b",
    "7",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_workbook_holds_text_as_text(text):
    book = openpyxl.Workbook()
    write_text(book.active["A1"], text)
    cell = saved_and_read(book)
    assert (cell.data_type, text_of_cell(cell.value)) == ("s", printable(text))
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\x0b"))


@pytest.mark.parametrize("text", TEXTS)
def test_a_workbook_in_write_only_mode_holds_text_as_text(text):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([text_cell(sheet, text)])
    cell = saved_and_read(book)
    assert (cell.data_type, text_of_cell(cell.value)) == ("s", printable(text))


def test_no_text_is_an_empty_cell():
    cell = write_text(openpyxl.Workbook().active["A1"], "\x00")
    assert (cell.value, cell.data_type) == (None, "n")


def test_a_text_that_does_not_fit_is_told_and_not_cut():
    cell = openpyxl.Workbook().active["A1"]
    with pytest.raises(ValueError, match="32768 characters does not fit into A1"):
        write_text(cell, "x" * (MAX_CELL + 1))
