"""What was done and by whom: action plan, evidence, process."""

from django.utils.translation import gettext as _

from report.contents import AssessmentReport
from report.tables.table import Table, table


def action_plan(report: AssessmentReport) -> Table:
    plan = report.action_plan
    return table(
        _("Action plan"),
        [
            (_("No."), 6),
            (_("PI"), 6),
            (_("PI, title"), 28),
            (_("Action point"), 60),
            (_("Start"), 11),
            (_("Due"), 11),
            (_("Who, until when, how far"), 44),
            *((year, 50) for year in plan.years),
        ],
        (
            (
                point.number,
                point.code,
                point.title,
                point.text,
                point.start,
                point.due,
                "\n".join(f"{fact.label}: {fact.text}" for fact in point.facts),
                *point.activities,
            )
            for dimension in plan.dimensions
            for point in dimension.points
        ),
        key_columns=2,
    )


def evidence(report: AssessmentReport) -> Table:
    return table(
        _("Evidence"),
        [
            (_("PI"), 6),
            (_("PI, title"), 28),
            (_("Category"), 30),
            (_("Document"), 60),
            (_("Type"), 8),
            (_("Cited for"), 50),
            (_("Link"), 40),
            (_("SHA-256"), 38),
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


def process(report: AssessmentReport) -> Table:
    people = (
        (
            f"{entity.acronym}, {entity.name}",
            person.function + (f" ({_('coordinator')})" if person.is_coordinator else ""),
        )
        for entity in report.process.entities
        for person in entity.people
    )
    return table(
        _("Process"),
        [(_("Question or UN entity"), 40), (_("Answer or person"), 100)],
        [
            *((answer.heading, answer.text) for answer in report.process.answers),
            (_("Further comments, country context"), report.process.comments),
            *people,
        ],
        key_columns=1,
    )
