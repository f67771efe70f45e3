"""The first sheet: what this workbook is, how to fill it in, who may write where."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scorecard.sheet_cells import write_text
from workbook.out import styles
from workbook.subjects import Scoring

COLUMNS = (8, 46, 40, 60)
HEAD_ROW = 17


def steps() -> list[str]:
    return [
        _("Fill in the white cells with a frame. Grey cells are to be read only."),
        _("“Answer” has a list: Met, Not met or Not decided for a criterion."),
        _("“Text” takes your finding. A line that begins with “- ” becomes a list item."),
        _("Numbers have one row for each part. Leave rows that you do not need empty."),
        _("The agreed rating is for the coordinator. The site computes what the criteria give."),
        _("Save the file as an Excel workbook (.xlsx), also from LibreOffice, and upload it."),
        _("You then see every change before anything is written. What you leave stays as it is."),
        _("Columns may be moved and added. Do not rename columns, PIs or items."),
    ]


def write_guidance(sheet, scoring: Scoring, *, made_by, made_at, sheets_by_code):
    assessment = scoring.assessment
    for letter, width in zip("ABCD", COLUMNS, strict=True):
        sheet.column_dimensions[letter].width = width
    _line(sheet, 1, _("Scoring workbook"), styles.font(size=20, bold=True))
    _line(sheet, 2, f"{assessment}", styles.font(size=14))
    facts = _("%(edition)s. Downloaded on %(day)s by %(name)s.") % {
        "edition": assessment.framework,
        "day": date_format(made_at, "DATETIME_FORMAT"),
        "name": made_by.name,
    }
    _line(sheet, 3, facts, styles.font("ink-2"))
    _line(sheet, 5, _("How to fill it in"), styles.font(size=14, bold=True))
    for number, step in enumerate(steps(), start=1):
        _line(sheet, 5 + number, f"{number}.", styles.font("ink-2"))
        _line(sheet, 5 + number, step, styles.font(), column=2)
    _line(sheet, HEAD_ROW - 2, _("The performance indicators"), styles.font(size=14, bold=True))
    _write_indicators(sheet, scoring, sheets_by_code)
    styles.for_print(sheet, title=str(assessment), head_row=HEAD_ROW)
    sheet.sheet_view.showGridLines = False
    styles.protect(sheet)


def _write_indicators(sheet, scoring, sheets_by_code):
    heads = [_("PI"), _("Title"), _("Sheet"), _("May you write?")]
    for place, name in enumerate(heads, start=1):
        cell = _line(sheet, HEAD_ROW, name, styles.font("paper", bold=True), column=place)
        cell.fill = styles.fill("accent-dark")
    for row, rated in enumerate(scoring.indicators.values(), start=HEAD_ROW + 1):
        title = sheets_by_code[rated.code]
        texts = [rated.code, rated.indicator.title, title, rated.refusal or _("Yes")]
        for place, text in enumerate(texts, start=1):
            cell = _line(sheet, row, text, styles.font(), column=place)
            cell.border, cell.alignment = styles.line_below(), styles.alignment()
        link = sheet.cell(row, 3)
        link.hyperlink = f"#'{title}'!A1"
        write_text(link, title).font = styles.font("accent-dark")


def _line(sheet, row, text, font, *, column=1):
    cell = write_text(sheet.cell(row, column), text)
    cell.font = font
    return cell
