"""Real workbooks, made for a test."""

from io import BytesIO

import openpyxl

from workbook.grid import Book, Cell, Row, Sheet

NUMBERS = (int, float)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook_of(*rows, title="Sheet") -> openpyxl.Workbook:
    """A workbook with one sheet of these rows."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def grid_of(*rows, title="Sheet", merged=()) -> Book:
    """The same as it is read, without a file."""
    made = [
        Row(number, {column: _cell(value) for column, value in enumerate(row, start=1) if value})
        for number, row in enumerate(rows, start=1)
    ]
    sheet = Sheet(title=title, is_hidden=False, merged=tuple(merged), rows=tuple(made))
    return Book(sheets=(sheet,))


def _cell(value):
    return Cell("n" if isinstance(value, NUMBERS) else "s", str(value))
