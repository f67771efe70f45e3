"""The ratings of all teams and years as one long table, row after row, for CSV and Excel."""

import csv
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TextIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from assessments.models import IndicatorRating
from scorecard.cell_text import csv_text, sheet_title
from scorecard.models import RATING_LABELS
from scorecard.sheet_cells import text_cell
from workbook.out import styles

Row = list[str | int | None]
CHUNK = 2_000  # rows held in memory at once
WIDTHS = (8, 26, 8, 14, 14, 10, 8, 34, 12, 12, 12, 14)


def heads() -> list[str]:
    return [
        _("Team"),
        _("Country"),
        _("Year"),
        _("Kind"),
        _("State"),
        _("Edition"),
        _("PI"),
        _("Title"),
        _("Rating"),
        _("Criteria give"),
        _("Reassessed"),
        _("Last assessed"),
    ]


def ratings() -> Iterator[Row]:
    """Every PI of every assessment: team, year, PI, in this order."""
    rows = IndicatorRating.objects.select_related(
        "assessment__team", "assessment__framework", "indicator__dimension", "origin__assessment"
    ).order_by(
        "assessment__team__code",
        "assessment__year",
        "indicator__dimension__number",
        "indicator__position",
    )
    return map(_row, rows.iterator(chunk_size=CHUNK))


def _row(rating: IndicatorRating) -> Row:
    assessment = rating.assessment
    return [
        assessment.team.code,
        assessment.team.country,
        assessment.year,
        assessment.get_kind_display(),
        assessment.get_state_display(),
        assessment.framework.edition,
        rating.indicator.code,
        rating.indicator.title,
        str(RATING_LABELS.get(rating.rating, "")),
        str(RATING_LABELS[rating.computed_rating]),
        _("yes") if rating.is_reassessed else _("no"),
        rating.last_assessed,
    ]


def write_csv(stream: TextIO, rows: Iterable[Row]) -> int:
    """Return how many rows were written below the head."""
    writer = csv.writer(stream)
    writer.writerow(heads())
    count = 0
    for row in rows:
        writer.writerow([csv_text(value) if isinstance(value, str) else value for value in row])
        count += 1
    return count


def write_xlsx(stream: BinaryIO, rows: Iterable[Row]) -> int:
    """The same as a workbook, written as it goes: memory does not grow with the rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_title(_("Ratings")))
    sheet.freeze_panes = "A2"
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJKL"[place]].width = width
    sheet.append([_head(sheet, name) for name in heads()])
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    book.save(stream)
    return count


def _cell(sheet, value):
    """A text in a cell of its own only where openpyxl would take it for something else."""
    if not isinstance(value, str) or value.isalnum():
        return value
    return text_cell(sheet, value)


def _head(sheet, name) -> WriteOnlyCell:
    cell = text_cell(sheet, name)
    cell.font, cell.fill = styles.font("paper", bold=True), styles.fill("accent-dark")
    return cell
