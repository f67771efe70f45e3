"""What the report says, as plain tables: for the sheets of a workbook and for CSV files."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from report.chapters.findings import IndicatorFindings
from report.chapters.values import ShownRating
from report.contents import AssessmentReport

Value = str | int | ShownRating | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """width: in characters, about."""

    head: str
    width: int


@dataclass(frozen=True, kw_only=True)
class Table:
    """key_columns: how many columns say what a row is about; they stay in sight."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    key_columns: int = 0


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


def _table(title: str, columns: list[tuple[str, int]], rows, *, key_columns: int = 0) -> Table:
    heads = tuple(Column(head=head, width=width) for head, width in columns)
    return Table(title=title, columns=heads, rows=tuple(map(tuple, rows)), key_columns=key_columns)


def _yes_no(is_so: bool) -> str:
    return _("Yes") if is_so else _("No")


def _level(rating: ShownRating | None) -> int | None:
    """The rating as a number to sort and count by; there is no average of such numbers."""
    return rating and rating.value


def about(report: AssessmentReport) -> Table:
    cover, overview = report.cover, report.overview
    return _table(
        _("Report"),
        [(_("What"), 34), (_("Value"), 70)],
        [
            (_("Report"), cover.title),
            (_("Kind"), cover.subtitle),
            (_("Country team"), cover.team),
            (_("Year"), cover.year),
            (_("Edition of the framework"), cover.edition),
            (_("State"), cover.standing),
            (_("Result"), overview.sentence),
            (_("PIs that meet or exceed"), overview.meeting),
            *((level.rating, level.count) for level in overview.levels),
            (_("Not rated"), overview.not_rated),
            (_("Reassessed"), overview.reassessed),
            (_("PIs"), overview.total),
            (_("Documents"), report.evidence.document_count),
        ],
        key_columns=1,
    )


def ratings(report: AssessmentReport) -> Table:
    return _table(
        _("Ratings"),
        [
            (_("Dimension"), 11),
            (_("Dimension, title"), 28),
            (_("PI"), 6),
            (_("PI, title"), 32),
            (_("Rating"), 18),
            (_("Level"), 7),
            (_("Criteria give"), 18),
            (_("Level by criteria"), 9),
            (_("Reassessed"), 12),
            (_("Last assessed"), 12),
            (_("Note on the origin"), 50),
        ],
        _rating_rows(report),
        key_columns=4,
    )


def _rating_rows(report: AssessmentReport) -> Iterator[tuple[Value, ...]]:
    given = {indicator.code: indicator.criteria_give for indicator in _indicators(report)}
    for dimension in report.overview.dimensions:
        for row in dimension.rows:
            by_criteria = given[row.code]
            yield (
                dimension.number,
                dimension.title,
                row.code,
                row.title,
                row.rating,
                _level(row.rating),
                by_criteria,
                _level(by_criteria),
                _yes_no(row.is_reassessed),
                row.last_assessed or _("Not recorded"),
                row.origin_note,
            )


def _indicators(report: AssessmentReport) -> Iterator[IndicatorFindings]:
    return chain.from_iterable(dimension.indicators for dimension in report.findings)


def findings(report: AssessmentReport) -> Table:
    return _table(
        _("Findings"),
        [
            (_("PI"), 6),
            (_("PI, title"), 28),
            (_("Rating"), 18),
            (_("What the rating says"), 44),
            (_("Origin"), 24),
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
                row.rating,
                row.level_statement,
                row.origin,
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


def _lacking(row: IndicatorFindings) -> str:
    if not row.lacking_for_next:
        return ""
    return f"{row.lacking_for_next.rating.title}: {row.lacking_for_next.criteria}"


def criteria(report: AssessmentReport) -> Table:
    return _table(
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
    return _table(
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
        for row in [*measure.rows, *filter(None, [measure.total])]:
            shares = (row.numerator, row.denominator, row.text)
            yield indicator.code, measure.text, row.label, *shares
    for table in indicator.counted:
        yield indicator.code, table.title, table.sentence, None, None, ""
        for row in table.rows:
            named = zip(table.columns, row.numbers, strict=True)
            numbers = ", ".join(f"{column}: {number}" for column, number in named)
            yield indicator.code, table.title, row.label, None, None, f"{numbers}; {row.result}"


def action_plan(report: AssessmentReport) -> Table:
    plan = report.action_plan
    return _table(
        _("Action plan"),
        [
            (_("No."), 6),
            (_("PI"), 6),
            (_("PI, title"), 28),
            (_("Action point"), 60),
            *((year, 50) for year in plan.years),
        ],
        (
            (point.number, point.code, point.title, point.text, *point.activities)
            for dimension in plan.dimensions
            for point in dimension.points
        ),
        key_columns=2,
    )


def evidence(report: AssessmentReport) -> Table:
    return _table(
        _("Evidence"),
        [
            (_("PI"), 6),
            (_("PI, title"), 28),
            (_("Category"), 30),
            (_("Document"), 60),
            (_("Type"), 8),
            (_("Cited for"), 50),
            (_("Link"), 40),
            (_("SHA-256"), 20),
        ],
        (
            (
                indicator.code,
                indicator.title,
                category.title,
                document.title,
                document.file_type,
                "\n".join(document.places),
                document.link,
                document.sha256,
            )
            for indicator in report.evidence.indicators
            for category in indicator.categories
            for document in category.documents
        ),
        key_columns=1,
    )


def change(report: AssessmentReport) -> Table:
    before = report.change.previous_year
    return _table(
        _("Change"),
        [
            (_("PI"), 6),
            (_("PI, title"), 32),
            (_("Before") if before is None else str(before), 18),
            (str(report.cover.year), 18),
            (_("Change"), 26),
            (_("Why the rating fell"), 60),
        ],
        (
            (
                row.code,
                row.title,
                row.before,
                row.now,
                str(row.direction.label),
                row.regression_reason,
            )
            for row in report.change.rows
        ),
        key_columns=2,
    )


def years(report: AssessmentReport) -> Table:
    """One row for each PI and year, so that they can be sorted and counted in any way."""
    table = report.change.years
    return _table(
        _("All years"),
        [
            (_("PI"), 6),
            (_("PI, title"), 32),
            (_("Year"), 8),
            (_("Edition"), 10),
            (_("Rating"), 18),
            (_("Level"), 8),
            (_("State"), 24),
            (_("Carried over from"), 18),
        ],
        (
            (
                row.code,
                row.title,
                column.year,
                column.edition,
                cell.rating,
                _level(cell.rating),
                str(cell.state.label),
                cell.carried_from,
            )
            for dimension in table.dimensions
            for row in dimension.rows
            for column, cell in zip(table.columns, row.cells, strict=True)
        ),
        key_columns=2,
    )


def process(report: AssessmentReport) -> Table:
    people = (
        (
            f"{entity.acronym}, {entity.name}",
            person.function + (f" ({_('coordinator')})" if person.is_coordinator else ""),
        )
        for entity in report.process.entities
        for person in entity.people
    )
    return _table(
        _("Process"),
        [(_("Question or UN entity"), 40), (_("Answer or person"), 100)],
        [
            *((answer.heading, answer.text) for answer in report.process.answers),
            (_("Further comments, country context"), report.process.comments),
            *people,
        ],
        key_columns=1,
    )
