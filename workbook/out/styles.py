"""How the workbook looks: the colours of the site's tokens, and few of them."""

from functools import cache

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from scorecard.models import RATING_LABELS
from scorecard.palette import colours

OPEN = Protection(locked=False)
FONT = "Calibri"


def _rgb(token: str) -> str:
    return colours()[token].removeprefix("#").upper()


@cache
def fill(token: str) -> PatternFill:
    return PatternFill("solid", fgColor=_rgb(token), bgColor=_rgb(token))


@cache
def font(token: str = "ink", *, size: int = 11, bold: bool = False) -> Font:
    return Font(name=FONT, size=size, bold=bold, color=_rgb(token))


@cache
def alignment(*, horizontal: str = "general", vertical: str = "top") -> Alignment:
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True)


@cache
def line_below(token: str = "rule", style: str = "thin") -> Border:
    return Border(bottom=Side(style=style, color=_rgb(token)))


@cache
def box(token: str = "rule-strong") -> Border:
    side = Side(style="thin", color=_rgb(token))
    return Border(left=side, right=side, top=side, bottom=side)


def colour_ratings(sheet: Worksheet, cells: str):
    """Give the word of a rating its colour, in these cells, whenever it is chosen."""
    for value, label in RATING_LABELS.items():
        rule = CellIsRule(
            operator="equal",
            formula=[f'"{label}"'],
            font=Font(color=_rgb(f"rating-{value}"), bold=True),
            fill=fill(f"rating-{value}-pale"),
        )
        sheet.conditional_formatting.add(cells, rule)


def for_print(sheet: Worksheet, *, title: str, head_row: int):
    """A4 across, as wide as the paper, the head on each page, numbered."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.8
    sheet.page_margins.footer = 0.4
    sheet.oddFooter.left.text = title.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"


def protect(sheet: Worksheet):
    """Lock what is not OPEN, without a password: against slips, not against people.

    Rows and columns can still be made wider, sorted out of the way or filtered.
    """
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.formatCells = False
    sheet.protection.autoFilter = False
