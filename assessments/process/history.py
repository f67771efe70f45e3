"""How the narrative and the dates of a year came to say what they say."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from assessments.models import Assessment
from assessments.process.forms import AssessmentForm
from assessments.together import in_words
from assessments.workspace.history import FieldChange


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one save changed. by is None for what was loaded and not typed.

    before: the id of the row of the history that says what stood there until then.
    """

    at: datetime
    by: str | None
    before: int
    fields: list[FieldChange]


def changes_of(assessment: Assessment) -> list[Change]:
    """Return what each save changed, newest first. One query."""
    rows = assessment.history.select_related("history_user").order_by("history_date", "history_id")
    changes = [
        Change(
            at=after.history_date,
            by=after.history_user and after.history_user.name,
            before=before.history_id,
            fields=_field_changes(before, after),
        )
        for before, after in pairwise(rows)
    ]
    return [change for change in reversed(changes) if change.fields]


def _field_changes(before, after):
    return [
        FieldChange(
            name=name,
            label=AssessmentForm.Meta.labels[name],
            before=in_words(getattr(before, name)),
            after=in_words(getattr(after, name)),
        )
        for name in AssessmentForm.Meta.fields
        if getattr(before, name) != getattr(after, name)
    ]
