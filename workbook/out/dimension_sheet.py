"""The sheet of one dimension: its PIs, a row for each criterion and each text."""

from django.utils.translation import gettext as _
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from assessments.workspace.content import ANSWER_LABELS
from scorecard.cell_text import fits
from scorecard.models import RATING_LABELS, Dimension
from scorecard.sheet_cells import lines_needed, row_height, write_text
from workbook.layout import BLANK_ROWS, COLUMNS, Line, lines_of, too_long
from workbook.out import styles
from workbook.out.lists import choices, whole_numbers
from workbook.subjects import RatedIndicator

HEAD_ROW = 2
PLACES = {key: place for place, key in enumerate(COLUMNS, start=1)}
ROOM = 3  # lines to write in


class DimensionSheet:
    """Writes row after row; `row` is the next free one."""

    def __init__(self, sheet: Worksheet, dimension: Dimension):
        self.sheet = sheet
        self.row = HEAD_ROW + 1
        self.answers = choices([str(label) for label in ANSWER_LABELS.values()])
        self.ratings = choices([str(label) for label in RATING_LABELS.values()])
        self.counts = whole_numbers()
        self._write_head(str(dimension))

    def _write_head(self, title):
        self._cell("pi", title, row=1, font=styles.font(size=16, bold=True), wrap=False)
        for key, (name, width) in COLUMNS.items():
            cell = self._cell(key, str(name), row=HEAD_ROW, font=styles.font("paper", bold=True))
            cell.fill = styles.fill("accent-dark")
            self.sheet.column_dimensions[cell.column_letter].width = width
        self.sheet.row_dimensions[1].height = 30
        self.sheet.row_dimensions[HEAD_ROW].height = 22
        self.sheet.freeze_panes = f"C{HEAD_ROW + 1}"
        styles.for_print(self.sheet, title=title, head_row=HEAD_ROW)

    def finish(self):
        for validation in (self.answers, self.ratings, self.counts):
            if validation.sqref:
                self.sheet.add_data_validation(validation)
        column = self.sheet.cell(1, PLACES["answer"]).column_letter
        styles.colour_ratings(self.sheet, f"{column}{HEAD_ROW + 1}:{column}{self.row}")
        styles.protect(self.sheet)

    def write(self, rated: RatedIndicator):
        for line in lines_of(rated.indicator):
            if line.is_head:
                self._write_title(rated, line)
            elif line.measure:
                self._write_measure(rated, line)
            else:
                self._write_line(rated, line)

    def _write_title(self, rated, line):
        for key in COLUMNS:
            self._cell(key, "").fill = styles.fill("accent-pale")
        self._write_names(rated, line, bold=True)
        self._cell("text", rated.refusal, font=styles.font("ink-2"))
        self._cell("before", _last_time(rated), font=styles.font("ink-2"))
        self._next_row()

    def _start_row(self, rated, line):
        """Grey from end to end; the cells to fill in are then opened."""
        for key in COLUMNS:
            self._cell(key, "").fill = styles.fill("ground")
        self._write_names(rated, line)

    def _next_row(self, *, lines=1):
        """lines: to leave room for, whatever the texts need."""
        cells = [(self.sheet.cell(self.row, PLACES[key]), COLUMNS[key][1]) for key in COLUMNS]
        needed = max(lines_needed(cell.value, width) for cell, width in cells)
        self.sheet.row_dimensions[self.row].height = row_height(max(lines, needed))
        self.row += 1

    def _write_names(self, rated, line, *, bold=False):
        self._cell("pi", rated.code, font=styles.font("ink" if bold else "ink-2", bold=bold))
        self._cell("item", line.item, font=styles.font(bold=bold))
        self._cell("asked", line.asked)

    def _write_line(self, rated, line: Line):
        self._start_row(rated, line)
        if line.answer:
            self._write_answer(rated, line)
        if line.text:
            text = rated.content[line.text]
            may_write = not rated.refusal_of(line.text)
            cell = self._cell("text", text if fits(text) else too_long())
            self._open(cell, may_write=may_write and fits(text))
        if line.text == "findings" and rated.previous:
            before = rated.previous.findings
            self._cell("before", before if fits(before) else "", font=styles.font("ink-2"))
        if not line.fields:
            self._cell("text", _("Decided by the numbers below."), font=styles.font("ink-2"))
        self._next_row(lines=ROOM if line.text else 1)

    def _write_answer(self, rated, line):
        value = rated.content[line.answer]
        if line.answer == "rating":
            cell = self._cell("answer", str(RATING_LABELS[value]) if value else "")
            self._open(cell, may_write=not rated.refusal_of("rating"))
            self.ratings.add(cell)
        else:
            cell = self._cell("answer", str(ANSWER_LABELS[value]))
            self._open(cell, may_write=rated.may_write)
            self.answers.add(cell)

    def _write_measure(self, rated, line):
        rows = list(rated.content[line.measure])
        measure = next(
            row for row in rated.indicator.measures.all() if line.measure == f"measure-{row.key}"
        )
        blank = BLANK_ROWS if measure.breakdown else int(not rows)
        for place, (label, *numbers) in enumerate(rows + [("", "", "")] * blank):
            self._start_row(rated, Line(item=line.item, asked="" if place else line.asked))
            self._open(self._cell("text", label), may_write=rated.may_write)
            for key, number in zip(("number", "of"), numbers, strict=True):
                cell = self._cell(key, "")
                cell.value = int(number) if number else None
                cell.alignment = styles.alignment(horizontal="right")
                self._open(cell, may_write=rated.may_write)
                self.counts.add(cell)
            self._next_row()

    def _cell(self, key, text, *, row=None, font=None, wrap=True) -> Cell:
        cell = write_text(self.sheet.cell(row or self.row, PLACES[key]), text)
        cell.font = font or styles.font()
        cell.border = styles.line_below()
        if wrap:
            cell.alignment = styles.alignment(vertical="center" if row == HEAD_ROW else "top")
        return cell

    def _open(self, cell, *, may_write):
        if may_write:
            cell.protection = styles.OPEN
            cell.border = styles.box()
            cell.fill = styles.fill("paper")


def _last_time(rated):
    """Say what the PI was rated last time: "2021: Meets"."""
    if rated.previous is None or rated.previous.rating is None:
        return ""
    return _("%(year)s: %(rating)s") % {
        "year": rated.previous.assessment.year,
        "rating": RATING_LABELS[rated.previous.rating],
    }
