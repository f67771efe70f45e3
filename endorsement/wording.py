"""The difference between two versions in words: where it is, what stood there, what stands now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, zip_longest

from django.utils.formats import date_format
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
    "code": gettext_lazy("PI"),
    "due": gettext_lazy("due"),
    "finding": gettext_lazy("finding"),
    "findings": gettext_lazy("findings and explanation"),
    "is_coordinator": gettext_lazy("coordinator"),
    "is_reassessed": gettext_lazy("reassessed this year"),
    "means_of_verification": gettext_lazy("means of verification"),
    "rating": gettext_lazy("rating"),
    "reason": gettext_lazy("reason"),
    "regression_reason": gettext_lazy("reason for the lower rating"),
    "start": gettext_lazy("start"),
    "state": gettext_lazy("met or not"),
    "status": gettext_lazy("status"),
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
    "facts",
    "people",
    "rows",
}
DAYS = {"start", "due"}
ANSWERS = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no")}
MET = {str(state.value): state.label for state in CriterionState}
ONE_LINE = 60  # characters that are shown in one line, "FAO → UNDP"


@dataclass(frozen=True, kw_only=True)
class ShownChange:
    """One field before and after. "" where it was not there, or is gone."""

    field: str
    before: str
    after: str

    @property
    def is_short(self) -> bool:
        return all(len(text) <= ONE_LINE and "\n" not in text for text in (self.before, self.after))


@dataclass(frozen=True, kw_only=True)
class ShownPlace:
    """One place of the report with all that changed there and is, or is not, material."""

    name: str
    code: str | None
    is_material: bool
    changes: list[ShownChange]


def in_words(changes: Iterable[Change]) -> list[ShownPlace]:
    """What is material first; within that, in the order of the report.

    What another row says already is left out here. It stays in the stored difference, and counts
    for its class.
    """
    ordered = sorted(changes, key=lambda change: change.kind not in MATERIAL)
    return [
        ShownPlace(name=name, code=code, is_material=is_material, changes=_shown(list(rows)))
        for (is_material, name, code), rows in groupby(ordered, key=_key)
    ]


def _key(change: Change) -> tuple[bool, str, str | None]:
    return change.kind in MATERIAL, _place(change), change.code


def _place(change: Change) -> str:
    if change.point is not None:
        return _("Action point %(number)s") % {"number": change.point}
    if change.code is not None:
        return _("PI %(code)s") % {"code": change.code}
    return str(CHAPTERS.get(change.path[0], change.path[0]))


def _shown(changes: list[Change]) -> list[ShownChange]:
    """All changes of one place. Whatever there is to leave out, something is said."""
    told = [change for change in changes if not _is_said_by_another(change, changes)] or changes
    if told[0].point is not None and any(change.path[5:] == ("number",) for change in changes):
        return [_whole_point(told)]
    people = [change for change in told if change.path[-1] == "function"]
    rest = [change for change in told if change.path[-1] != "function"]
    return [*map(_field_shown, rest), *_people(people)]


def _is_said_by_another(change: Change, others: list[Change]) -> bool:
    """Such as the day that a point is due, which its fact "Dates" says once more."""
    name, paths = change.path[-1], {row.path for row in others}
    if change.point is not None:
        if "facts" in change.path:
            return name != "text"
        fields = {path[5] for path in paths if len(path) > 5}
        by = {"start": "facts", "due": "facts", "status": "facts", "title": "code"}
        return name in by and by[name] in fields
    if change.path[:2] == ("process", "entities"):
        renamed = (*change.path[:-1], "function") in paths
        return name == "acronym" or (name == "is_coordinator" and renamed)
    return False


def _whole_point(changes: list[Change]) -> ShownChange:
    """An action point that is new or gone, as one text."""
    rows = [_field_shown(row) for row in changes if row.path[5] in ("text", "facts")]
    rows.sort(key=lambda row: row.field != _field(("text",)))

    def text(side):
        lines = [(row.field, getattr(row, side)) for row in rows if getattr(row, side)]
        return "\n".join([*(words for _name, words in lines[:1]), *map(": ".join, lines[1:])])

    return ShownChange(field="", before=text("before"), after=text("after"))


def _people(changes: list[Change]) -> Iterator[ShownChange]:
    """Who has gone beside who came in the same entity: most often it is one person renamed."""
    for entity, rows in groupby(changes, key=lambda change: change.path[2]):
        rows = list(rows)
        gone = [row.before for row in rows if row.before]
        come = [row.after for row in rows if row.after]
        for before, after in zip_longest(gone, come, fillvalue=""):
            yield ShownChange(field=entity, before=before, after=after)


def _field_shown(change: Change) -> ShownChange:
    return ShownChange(
        field=_field_of(change),
        before=_value(change, change.before),
        after=_value(change, change.after),
    )


def _field_of(change: Change) -> str:
    """What of the place: "(b), finding". Evidence is known by its hash, which tells nobody."""
    if change.path[0] == "evidence":
        return _("document")
    if "facts" in change.path and change.path[-1] == "text":
        return change.path[-2]  # "Lead", "Dates"
    start = {"findings": 4, "action_plan": 5}.get(change.path[0], 1)
    return _field(part for part in change.path[start:] if part not in HIDDEN)


def _field(parts: Iterable[str]) -> str:
    return ", ".join(str(FIELDS.get(part, part.replace("_", " "))) for part in parts)


def _value(change: Change, value: str) -> str:
    if change.kind == Kind.RATING and value.isdecimal():
        return str(RATING_LABELS[Rating(int(value))])
    if change.kind == Kind.CRITERION:
        return str(MET.get(value, value))
    if change.path[-1] in DAYS and value:
        return date_format(date.fromisoformat(value))
    if change.path[-1].startswith("is_"):
        return str(ANSWERS.get(value, value))
    return value
