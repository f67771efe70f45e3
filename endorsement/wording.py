"""The difference between two versions in words: where it is, what stood there, what stands now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from endorsement.difference import MATERIAL, Change, Kind
from report.chapters.criteria import CriterionState
from scorecard.models import RATING_LABELS
from scorecard.rating import Rating

CHAPTERS = {
    "cover": gettext_lazy("Cover"),
    "framework": gettext_lazy("The framework"),
    "process": gettext_lazy("The process"),
    "overview": gettext_lazy("Overview"),
    "findings": gettext_lazy("Findings"),
    "action_plan": gettext_lazy("Action plan"),
    "evidence": gettext_lazy("Evidence"),
    "change": gettext_lazy("Change since last year"),
}
FIELDS = {
    "activities": gettext_lazy("activities"),
    "comments": gettext_lazy("comments"),
    "finding": gettext_lazy("finding"),
    "findings": gettext_lazy("findings and explanation"),
    "is_reassessed": gettext_lazy("reassessed this year"),
    "means_of_verification": gettext_lazy("means of verification"),
    "people": gettext_lazy("people"),
    "rating": gettext_lazy("rating"),
    "reason": gettext_lazy("reason"),
    "regression_reason": gettext_lazy("reason for the lower rating"),
    "state": gettext_lazy("met or not"),
    "text": gettext_lazy("text"),
}
HIDDEN = {
    "value",
    "difference",
    "dimensions",
    "indicators",
    "points",
    "criteria",
    "answers",
    "entities",
    "rows",
}
MET = {str(state.value): state.label for state in CriterionState}


@dataclass(frozen=True, kw_only=True)
class ShownChange:
    """One field before and after. "" where it was not there, or is gone."""

    place: str
    field: str
    before: str
    after: str
    is_material: bool
    code: str | None


def in_words(changes: Iterable[Change]) -> list[ShownChange]:
    """What is material first; within that, in the order of the report."""
    shown = [_shown(change) for change in changes]
    return sorted(shown, key=lambda change: not change.is_material)


def _shown(change: Change) -> ShownChange:
    return ShownChange(
        place=_place(change),
        field=_field(change),
        before=_value(change, change.before),
        after=_value(change, change.after),
        is_material=change.kind in MATERIAL,
        code=change.code,
    )


def _place(change: Change) -> str:
    if change.point is not None:
        return _("Action point %(number)s") % {"number": change.point}
    if change.code is not None:
        return _("PI %(code)s") % {"code": change.code}
    return str(CHAPTERS.get(change.path[0], change.path[0]))


def _field(change: Change) -> str:
    """What of the place: "(b), finding". Evidence is known by its hash, which tells nobody."""
    if change.path[0] == "evidence":
        return _("document")
    start = {"findings": 4, "action_plan": 5}.get(change.path[0], 1)
    parts = [part for part in change.path[start:] if part not in HIDDEN]
    return ", ".join(str(FIELDS.get(part, part.replace("_", " "))) for part in parts)


def _value(change: Change, value: str) -> str:
    if change.kind == Kind.RATING and value.isdecimal():
        return str(RATING_LABELS[Rating(int(value))])
    if change.kind == Kind.CRITERION:
        return str(MET.get(value, value))
    return value
