"""The tables of the report as an Excel workbook: text as text, no word cut."""

from collections.abc import Iterable
from io import BytesIO
from itertools import zip_longest

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from report.chapters.values import ShownRating
from report.contents import AssessmentReport
from report.tables import Table, Value, all_tables
from scorecard.cell_text import parts, sheet_title
from scorecard.palette import colours, rating_colour
from scorecard.sheet_cells import lines_needed, row_height, write_text

ON_A_PAGE = 270  # characters across, before a printed page is too small to read
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)


def xlsx(report: AssessmentReport) -> bytes:
    """Return the report as .xlsx, one sheet a table."""
    return xlsx_of(all_tables(report), title=report.cover.document_title, creator=report.cover.team)


def xlsx_of(tables: Iterable[Table], *, title: str, creator: str) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        name = sheet_title(table.title, taken=book.sheetnames)
        _write(book.create_sheet(name), table, title)
    book.properties.title, book.properties.creator = title, creator
    book.properties.created = book.properties.modified = timezone.now().replace(tzinfo=None)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _write(sheet, table: Table, document_title: str):
    for place, column in enumerate(table.columns, start=1):
        _head(sheet.cell(row=1, column=place), column.head)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    number = 1
    for row in table.rows:
        for values in _rows_that_fit(row):
            number += 1
            for place, value in enumerate(values, start=1):
                _fill(sheet.cell(row=number, column=place), value)
            sheet.row_dimensions[number].height = row_height(_lines(values, table))
    sheet.freeze_panes = sheet.cell(row=2, column=table.key_columns + 1)
    if table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{number}"
    _set_up_print(sheet, table, document_title)


def _rows_that_fit(row: tuple[Value, ...]) -> list[tuple[Value, ...]]:
    """Return the row, and further ones with the rest of what is too long for a cell of Excel."""
    columns = [parts(value) if isinstance(value, str) else [value] for value in row]
    first, *further = zip_longest(*columns)
    continued = _("%(what)s (cont.)") % {"what": row[0] if isinstance(row[0], str | int) else ""}
    return [first, *((continued, *rest[1:]) for rest in further)]


def _lines(values: tuple[Value, ...], table: Table) -> int:
    columns = zip(values, table.columns, strict=True)
    return max(lines_needed(_words(value), column.width) for value, column in columns)


def _words(value: Value) -> str | int | None:
    return value.in_bars if isinstance(value, ShownRating) else value


def _head(cell, text: str):
    write_text(cell, text)
    cell.font = Font(bold=True, color=_argb(colours()["ink"]))
    cell.fill = PatternFill("solid", fgColor=_argb(colours()["ground"]))
    cell.border = Border(bottom=Side(style="thin", color=_argb(colours()["rule-strong"])))
    cell.alignment = TOP


def _fill(cell, value: Value):
    cell.alignment = TOP
    if isinstance(value, ShownRating):
        _rating(cell, value)
    elif isinstance(value, str):
        write_text(cell, value)
    else:
        cell.value = value


def _rating(cell, rating: ShownRating):
    """Bars and word, as everywhere."""
    write_text(cell, _words(rating))
    cell.font = Font(bold=True, color=_argb(rating_colour(rating.value)))
    cell.fill = PatternFill("solid", fgColor=_argb(colours()[f"rating-{rating.value}-pale"]))


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#").upper()


def _set_up_print(sheet, table: Table, document_title: str):
    """As many pages wide as it takes to stay readable, what a row is about on each of them."""
    width = sum(column.width for column in table.columns)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = -(-width // ON_A_PAGE), 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    if table.key_columns:
        sheet.print_title_cols = f"A:{get_column_letter(table.key_columns)}"
    sheet.oddHeader.left.text = document_title.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"
