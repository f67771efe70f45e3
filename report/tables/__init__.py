"""What the report says, as plain tables: for the sheets of a workbook and for CSV files."""

from report.contents import AssessmentReport
from report.tables.findings import criteria, figures, findings
from report.tables.results import about, change, ratings, years
from report.tables.table import Column, Table, Value
from report.tables.work import action_plan, evidence, process

__all__ = ["Column", "Table", "Value", "all_tables", "evidence", "ratings"]


def all_tables(report: AssessmentReport) -> list[Table]:
    return [
        about(report),
        ratings(report),
        findings(report),
        criteria(report),
        figures(report),
        action_plan(report),
        evidence(report),
        change(report),
        years(report),
        process(report),
    ]
