"""Reads the cells of a workbook. Without Django: it runs in a child process with limits.

openpyxl's own reader of a sheet is used below its read-only mode, which would hand out a million
empty rows where a file names the last row of a sheet, as files of LibreOffice do.
"""

import json
import math
from datetime import date, datetime, time, timedelta
from io import BytesIO

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from scorecard.cell_text import text_of_cell
from workbook.archive import MAX_ROWS, check_archive
from workbook.grid import Book, Cell, Row, Sheet
from workbook.reasons import BookRefused, Reason

MAX_COLUMNS = 60  # what stands further out is nobody's table
_STRING = f"{{{SHEET_MAIN_NS}}}si"


def read_as_json(data: bytes) -> bytes:
    """Return the workbook, or why it is refused, for the process that asked."""
    try:
        answer = read(data).as_json()
    except BookRefused as refusal:
        answer = {"refused": refusal.reason, "values": refusal.values}
    return json.dumps(answer).encode()


def read(data: bytes) -> Book:
    """Raises BookRefused; other exceptions tell of a damaged file."""
    check_archive(data)
    reader = _Reader(BytesIO(data), read_only=True, keep_links=False)
    with reader.archive:
        book = Book(sheets=tuple(reader.sheets()))
    if not any(book.visible):
        raise BookRefused(Reason.NO_SHEET)
    return book


class _Reader(ExcelReader):
    """Reads no more of a workbook than the texts and numbers in its cells."""

    def sheets(self):
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)  # it tells which numbers are dates
        for sheet, relation in self.parser.find_sheets():
            if "chartsheet" not in relation.Type:
                yield self._sheet(sheet, relation.target)

    def read_strings(self):
        """As openpyxl does it, but without its attempt to undo _x005F_: text_of_cell does."""
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                for _event, node in iterparse(source):
                    if node.tag == _STRING:
                        self.shared_strings.append(Text.from_tree(node).content)
                        node.clear()

    def _sheet(self, sheet, path):
        with self.archive.open(path) as source:
            parser = WorkSheetParser(
                source,
                self.shared_strings,
                epoch=self.wb.epoch,
                date_formats=self.wb._date_formats,
                timedelta_formats=self.wb._timedelta_formats,
            )
            rows = [row for number, cells in parser.parse() if (row := _row(number, cells))]
        if rows and (len(rows) > MAX_ROWS or rows[-1].number > MAX_ROWS):
            count = max(len(rows), rows[-1].number)
            raise BookRefused(Reason.TOO_MANY_ROWS, sheet=sheet.name, rows=count)
        merged = parser.merged_cells.mergeCell if parser.merged_cells else ()
        return Sheet(
            title=text_of_cell(sheet.name),
            is_hidden=sheet.state != "visible",
            merged=tuple(str(area.coord) for area in merged),
            rows=tuple(rows),
        )


def _row(number, cells):
    """Return None where nothing stands in the row."""
    found = {
        cell["column"]: made
        for cell in cells
        if cell["column"] <= MAX_COLUMNS and (made := _cell(cell["data_type"], cell["value"]))
    }
    return Row(number, found) if found else None


def _cell(kind, value):
    if value is None or value == "":
        return None
    if kind in ("f", "e"):
        return Cell(kind, "=" if kind == "f" else str(value))
    if isinstance(value, bool):
        return Cell("b", "TRUE" if value else "FALSE")
    if isinstance(value, datetime) and value.time() == time():
        return Cell("d", value.date().isoformat())
    if isinstance(value, datetime | date | time | timedelta):
        return Cell("d", str(value))
    if isinstance(value, int | float):
        return Cell("n", _number(value)) if math.isfinite(value) else Cell("e", str(value))
    text = text_of_cell(str(value))
    return Cell("s", text) if text.strip() else None


def _number(value):
    return str(int(value)) if float(value).is_integer() else repr(value)
