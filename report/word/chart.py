"""Table 2 as a picture made of cells: each PI a column of three, filled up to its level."""

from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from report.chapters.overview import OverviewChapter
from report.word import ooxml
from scorecard.palette import colours, rating_colour
from scorecard.rating import Rating

LEVELS = [level for level in sorted(Rating, reverse=True) if level > Rating.MISSING]


def write_chart(document, overview: OverviewChapter, *, width: int):
    """Words stand at the start of each level; the tables beside it say the same in full."""
    rows = [row for dimension in overview.dimensions for row in dimension.rows]
    titles = {level.rating.value: level.rating.label for level in overview.levels}
    table = document.add_table(0, len(rows) + 1)
    ooxml.set_rules(table, colours()["paper"])
    for level in LEVELS:
        cells = table.add_row().cells
        _write(cells[0], titles[level])
        for cell, row in zip(cells[1:], rows, strict=True):
            value = row.rating and row.rating.value
            is_filled = value is not None and value >= level
            ooxml.shade(cell, rating_colour(value) if is_filled else colours()["ground"])
    cells = table.add_row().cells
    _write(cells[0], _("PI"))
    for cell, row in zip(cells[1:], rows, strict=True):
        _write(cell, row.code, WD_ALIGN_PARAGRAPH.CENTER)
    first = 0.16
    ooxml.set_widths(table, [first, *[(1 - first) / len(rows)] * len(rows)], whole=width)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _write(cell, text, alignment=WD_ALIGN_PARAGRAPH.LEFT):
    paragraph = cell.paragraphs[0]
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(text).font.size = Pt(8)
