"""What happened to an action point: its moves, and what each save changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from accounts.models import Entity
from actionplan.models import ActionPoint
from actionplan.writing import LINKS, WRITTEN_FIELDS
from scorecard.models import Criterion, Indicator

# What the history calls the rows that a version was linked to.
KEPT_LINKS = {name: f"historicalactionpoint_{name}_set" for name in LINKS}


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field before and after, in words; "" where it was empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One move or one save. by is None for what was loaded and not written here."""

    at: datetime
    by: str | None
    words: str
    comment: str = ""
    changes: tuple[FieldChange, ...] = ()


def history_of(point: ActionPoint) -> list[Entry]:
    """Return moves and saves, newest first; nine queries however many there are."""
    moves = [
        Entry(at=event.at, by=event.by.name, words=event.get_kind_display(), comment=event.comment)
        for event in point.events.select_related("by")
    ]
    return sorted([*moves, *_saves(point)], key=lambda entry: entry.at, reverse=True)


def _saves(point) -> Iterable[Entry]:
    """A save writes one row for the point and one for each set of links; the last is its result."""
    rows = point.history.select_related("history_user").prefetch_related(*KEPT_LINKS.values())
    versions = {row.version: row for row in rows.order_by("history_date", "history_id")}
    ordered = list(versions.values())
    names = _Names(ordered)
    for before, after in zip(ordered, ordered[1:], strict=False):
        if changes := _changes(before, after, names):
            yield Entry(
                at=after.history_date,
                by=after.history_user and after.history_user.name,
                words=_("Changed"),
                comment=after.history_change_reason or "",
                changes=changes,
            )


class _Names:
    """How the rows that a point is linked to are called; history keeps only their keys."""

    def __init__(self, rows):
        self.of = {
            "indicator": Indicator.objects.in_bulk(_keys(rows, "indicator", "other_indicators")),
            "criterion": Criterion.objects.in_bulk(_keys(rows, "criterion")),
            "lead": Entity.objects.in_bulk(_keys(rows, "lead", "supporting")),
        }
        self.of["other_indicators"] = self.of["indicator"]
        self.of["supporting"] = self.of["lead"]

    def words(self, name, row) -> str:
        if name in LINKS:
            keys = sorted(_linked(row, name))
            return ", ".join(self._word(name, key) for key in keys)
        if name in self.of:
            key = getattr(row, f"{name}_id")
            return self._word(name, key) if key else ""
        return _plain(getattr(row, name))

    def _word(self, name, key):
        found = self.of[name].get(key)
        return str(found) if found else _("(no longer there)")


def _keys(rows, single, links=None) -> set[int]:
    keys = {getattr(row, f"{single}_id") for row in rows} - {None}
    if links:
        keys |= {key for row in rows for key in _linked(row, links)}
    return keys


def _linked(row, name) -> set[int]:
    column = {"supporting": "entity_id", "other_indicators": "indicator_id"}[name]
    return {getattr(link, column) for link in getattr(row, KEPT_LINKS[name]).all()}


def _changes(before, after, names) -> tuple[FieldChange, ...]:
    fields = [*WRITTEN_FIELDS, *LINKS]
    return tuple(
        FieldChange(
            label=str(ActionPoint._meta.get_field(name).verbose_name),
            before=names.words(name, before),
            after=names.words(name, after),
        )
        for name in fields
        if names.words(name, before) != names.words(name, after)
    )


def _plain(value) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return date_format(value) if hasattr(value, "isoformat") else number_format(value, 2)
