"""How the PIs are rated: now, since the year before, over all years."""

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _

from report.chapters.values import ShownRating
from report.contents import AssessmentReport
from report.tables.table import Table, Value, table


def about(report: AssessmentReport) -> Table:
    cover, overview = report.cover, report.overview
    return table(
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
            *((level.rating.in_full, level.count) for level in overview.levels),
            (_("Not rated"), overview.not_rated),
            (_("Reassessed"), overview.reassessed),
            (_("PIs"), overview.total),
            (_("Documents"), report.evidence.document_count),
            (_("Action plan"), report.action_plan.title),
            *(
                (f"{dimension.number} {dimension.title}", dimension.sentence)
                for dimension in report.findings
            ),
        ],
        key_columns=1,
    )


def ratings(report: AssessmentReport) -> Table:
    return table(
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
            (_("Age in years"), 8),
            (_("Note on the origin"), 50),
        ],
        _rating_rows(report),
        key_columns=4,
    )


def _rating_rows(report: AssessmentReport) -> Iterator[tuple[Value, ...]]:
    indicators = chain.from_iterable(dimension.indicators for dimension in report.findings)
    given = {indicator.code: indicator.criteria_give for indicator in indicators}
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
                row.age,
                row.origin_note,
            )


def _yes_no(is_so: bool) -> str:
    return _("Yes") if is_so else _("No")


def _level(rating: ShownRating | None) -> int | None:
    """The rating as a number to sort and count by; there is no average of such numbers."""
    return rating and rating.value


def change(report: AssessmentReport) -> Table:
    before = report.change.previous_year
    return table(
        _("Change"),
        [
            (_("PI"), 6),
            (_("PI, title"), 32),
            (_("Before") if before is None else str(before), 18),
            (str(report.cover.year), 18),
            (_("Change"), 30),
            (_("Assessed"), 24),
            (_("Why the rating fell"), 60),
        ],
        (
            (
                row.code,
                row.title,
                row.before,
                row.now,
                str(row.direction.label),
                row.assessed,
                row.why_it_fell,
            )
            for row in report.change.rows
        ),
        key_columns=2,
    )


def years(report: AssessmentReport) -> Table:
    """One row for each PI and year, so that they can be sorted and counted in any way."""
    every = report.change.years
    return table(
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
            for dimension in every.dimensions
            for row in dimension.rows
            for column, cell in zip(every.columns, row.cells, strict=True)
        ),
        key_columns=2,
    )
