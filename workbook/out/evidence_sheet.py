"""The sheet that lists the documents, to be read only."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.models import Citation
from scorecard.cell_text import parts
from scorecard.sheet_cells import lines_needed, row_height, write_text
from workbook.out import styles

HEAD_ROW = 2
COLUMNS = [
    (gettext_lazy("PI"), 6),
    (gettext_lazy("Criterion"), 10),
    (gettext_lazy("Category"), 26),
    (gettext_lazy("Document"), 52),
    (gettext_lazy("File or link"), 46),
    (gettext_lazy("Page"), 10),
    (gettext_lazy("Quote"), 60),
]


def write_evidence(sheet, citations: Iterable[tuple[str, Citation]]):
    """citations: each with the code of the PI that it is listed under."""
    write_text(sheet.cell(1, 1), _("Evidence")).font = styles.font(size=16, bold=True)
    note = _("To be read only: documents are uploaded and cited on the site.")
    write_text(sheet.cell(1, 4), note).font = styles.font("ink-2")
    for place, (name, width) in enumerate(COLUMNS, start=1):
        cell = write_text(sheet.cell(HEAD_ROW, place), str(name))
        cell.font, cell.fill = styles.font("paper", bold=True), styles.fill("accent-dark")
        sheet.column_dimensions[cell.column_letter].width = width
    for row, (code, citation) in enumerate(citations, start=HEAD_ROW + 1):
        texts = _texts(code, citation)
        lines = map(lines_needed, texts, (width for _name, width in COLUMNS))
        sheet.row_dimensions[row].height = row_height(max(lines))
        for place, text in enumerate(texts, start=1):
            cell = write_text(sheet.cell(row, place), parts(text)[0])
            cell.font, cell.alignment = styles.font(), styles.alignment()
            cell.border = styles.line_below()
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{cell.column_letter}{max(sheet.max_row, HEAD_ROW + 1)}"
    styles.for_print(sheet, title=_("Evidence"), head_row=HEAD_ROW)
    styles.protect(sheet)


def _texts(code, citation):
    document = citation.document
    return [
        code,
        citation.place,
        citation.category.title,
        document.title,
        document.link or document.original_name,
        citation.page,
        citation.quote,
    ]
