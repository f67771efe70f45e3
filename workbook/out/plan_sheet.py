"""The sheet of the action plan: a row for each point, and empty ones for new points."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from scorecard.cell_text import fits, parts
from scorecard.sheet_cells import lines_needed, row_height, write_text
from workbook.actions import PlannedAction, actions_of
from workbook.layout import too_long
from workbook.out import styles
from workbook.out.lists import choices
from workbook.plan import Plan
from workbook.plan_layout import BLANK_ROWS, COLUMNS, FIELDS, heading, sheet_name

HEAD_ROW = 2
PLACES = {key: place for place, key in enumerate(COLUMNS, start=1)}
DAYS, AMOUNTS = ("start", "due"), ("resources_required", "resources_available")
FORMATS = dict.fromkeys(DAYS, "d mmm yyyy") | dict.fromkeys(AMOUNTS, "#,##0.##")
ROOM = 3  # lines


def write_plan(sheet: Worksheet, plan: Plan):
    _write_head(sheet, plan)
    lists = {"pi": choices(plan.indicators), "lead": choices(plan.entities)}
    row = HEAD_ROW + 1
    for action in actions_of(plan).values():
        _write_action(sheet, row, action)
        row += 1
    for blank in range(row, row + (BLANK_ROWS if plan.may_add else 0)):
        _write_blank(sheet, blank)
    for key, validation in lists.items():
        if validation is not None:
            letter = sheet.cell(1, PLACES[key]).column_letter
            validation.add(f"{letter}{HEAD_ROW + 1}:{letter}{row + BLANK_ROWS}")
            sheet.add_data_validation(validation)
    styles.protect(sheet)


def _write_head(sheet, plan):
    write_text(sheet.cell(1, 1), sheet_name()).font = styles.font(size=16, bold=True)
    note = _("New action points go into the empty rows below; leave their number empty.")
    write_text(sheet.cell(1, 4), note).font = styles.font("ink-2")
    for key, (_name, width) in COLUMNS.items():
        cell = write_text(sheet.cell(HEAD_ROW, PLACES[key]), heading(key, year=plan.year))
        cell.font, cell.fill = styles.font("paper", bold=True), styles.fill("accent-dark")
        cell.alignment = styles.alignment(vertical="center")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[HEAD_ROW].height = 34
    sheet.freeze_panes = f"D{HEAD_ROW + 1}"
    styles.for_print(sheet, title=sheet_name(), head_row=HEAD_ROW)


def _write_action(sheet, row, action: PlannedAction):
    point = action.point
    shown = {
        **{key: action.in_words(name, action.content[name]) for key, name in FIELDS.items()},
        "number": str(point.number),
        "status": str(point.get_status_display()),
        "before": parts(action.before)[0],
    }
    lines = [lines_needed(shown[key], COLUMNS[key][1]) for key in COLUMNS]
    sheet.row_dimensions[row].height = row_height(max(ROOM, *lines))
    for key, text in shown.items():
        cell = _cell(sheet, row, key, text if fits(text) else too_long())
        name = FIELDS.get(key)
        if name and fits(text) and not action.refusal_of(name):
            _open(cell)
    number = sheet.cell(row, PLACES["number"])
    number.value, number.alignment = point.number, styles.alignment(horizontal="left")


def _write_blank(sheet, row):
    sheet.row_dimensions[row].height = row_height(ROOM)
    for key in COLUMNS:
        cell = _cell(sheet, row, key, "")
        if key in FIELDS and key != "activity":
            _open(cell)


def _cell(sheet, row, key, text) -> Cell:
    cell = write_text(sheet.cell(row, PLACES[key]), text)
    if text and key in DAYS:
        cell.value = date.fromisoformat(text)
    if text and key in AMOUNTS:
        cell.value = Decimal(text)
    cell.font = styles.font()
    cell.fill = styles.fill("ground")
    cell.border = styles.line_below()
    cell.alignment = styles.alignment()
    cell.number_format = FORMATS.get(key, "General")
    return cell


def _open(cell):
    cell.protection = styles.OPEN
    cell.border = styles.box()
    cell.fill = styles.fill("paper")
