"""Finds the part of a report's contents that deals with one PI."""


def findings_of(report, code):
    return next(
        indicator
        for dimension in report.findings
        for indicator in dimension.indicators
        if indicator.code == code
    )


def overview_of(report, code):
    rows = (row for dimension in report.overview.dimensions for row in dimension.rows)
    return next(row for row in rows if row.code == code)


def change_of(report, code):
    return next(row for row in report.change.rows if row.code == code)
