"""Tables of the report as CSV: for spreadsheets and programs of other houses."""

import csv
from io import StringIO

from report.chapters.values import ShownRating
from report.contents import AssessmentReport
from report.tables import Table, Value, evidence, ratings
from scorecard.cell_text import csv_text


def ratings_csv(report: AssessmentReport) -> bytes:
    return csv_of(ratings(report))


def evidence_csv(report: AssessmentReport) -> bytes:
    return csv_of(evidence(report))


def csv_of(table: Table) -> bytes:
    """With a mark at the start, by which Excel knows UTF-8; numbers as numbers, text as text."""
    made = StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow([csv_text(column.head) for column in table.columns])
    writer.writerows([_field(value) for value in row] for row in table.rows)
    return made.getvalue().encode("utf-8-sig")


def _field(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, ShownRating):
        return value.label
    return csv_text(value) if isinstance(value, str) else value
