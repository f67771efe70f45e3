"""What was found under each PI: findings, criteria, figures."""

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _

from report.chapters.findings import IndicatorFindings
from report.chapters.workshop import WorkshopShown
from report.contents import AssessmentReport
from report.tables.table import Table, Value, table


def findings(report: AssessmentReport) -> Table:
    return table(
        _("Findings"),
        [
            (_("PI"), 6),
            (_("PI, title"), 28),
            (_("What it looks at"), 36),
            (_("Rating"), 18),
            (_("What the rating says"), 44),
            (_("Origin"), 24),
            (_("Confirmed unchanged"), 40),
            (_("Workshop"), 40),
            (_("Findings and explanation"), 90),
            (_("Means of verification"), 60),
            (_("Why another rating than the criteria give"), 44),
            (_("Why the rating fell"), 44),
            (_("Missing for the next level"), 40),
        ],
        (
            (
                row.code,
                row.title,
                row.statement,
                row.rating,
                row.level_statement,
                row.origin,
                f"{row.confirmed} {row.confirmation}".strip(),
                _workshop(row.workshop),
                row.findings,
                row.means_of_verification,
                row.difference.reason if row.difference else "",
                row.regression_reason,
                _lacking(row),
            )
            for row in _indicators(report)
        ),
        key_columns=2,
    )


def _indicators(report: AssessmentReport) -> Iterator[IndicatorFindings]:
    return chain.from_iterable(dimension.indicators for dimension in report.findings)


def _workshop(workshop: WorkshopShown | None) -> str:
    if workshop is None:
        return ""
    dissents = (f"{row.entity}: {row.sentence}" for row in workshop.dissents)
    return "\n".join(filter(None, [workshop.sentence, workshop.minute, *dissents]))


def _lacking(row: IndicatorFindings) -> str:
    if not row.lacking_for_next:
        return ""
    return f"{row.lacking_for_next.rating.title}: {row.lacking_for_next.criteria}"


def criteria(report: AssessmentReport) -> Table:
    return table(
        _("Criteria"),
        [
            (_("PI"), 6),
            (_("Criterion"), 12),
            (_("Text"), 60),
            (_("Asked for"), 20),
            (_("State"), 12),
            (_("Finding"), 80),
        ],
        (
            (
                indicator.code,
                row.name,
                row.text,
                row.asked_for_by,
                str(row.state.label),
                row.finding or row.without_finding,
            )
            for indicator in _indicators(report)
            for row in indicator.criteria
        ),
        key_columns=2,
    )


def figures(report: AssessmentReport) -> Table:
    return table(
        _("Figures"),
        [
            (_("PI"), 6),
            (_("Measure"), 50),
            (_("Counted"), 40),
            (_("So many"), 10),
            (_("Of"), 10),
            (_("Result"), 40),
        ],
        chain.from_iterable(map(_figure_rows, _indicators(report))),
        key_columns=2,
    )


def _figure_rows(indicator: IndicatorFindings) -> Iterator[tuple[Value, ...]]:
    for measure in indicator.measures:
        if not measure.rows:
            yield indicator.code, measure.text, "", None, None, _("No figures recorded")
        for row in [*measure.rows, *filter(None, [measure.total])]:
            shares = (row.numerator, row.denominator, row.text)
            yield indicator.code, measure.text, row.label, *shares
    for counted in indicator.counted:
        yield indicator.code, counted.title, counted.sentence, None, None, ""
        for row in counted.rows:
            named = zip(counted.columns, row.numbers, strict=True)
            numbers = ", ".join(f"{column}: {number}" for column, number in named)
            yield indicator.code, counted.title, row.label, None, None, f"{numbers}; {row.result}"
