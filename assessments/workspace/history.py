"""How a PI came to say what it says: every version, who made it, what changed in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge as merge_sorted
from typing import Any

from assessments.models import CriterionFinding, IndicatorRating, MeasureEntry
from assessments.workspace.content import content_of, in_words, label


@dataclass(frozen=True, kw_only=True)
class Version:
    """One state of a PI. by is None for what was loaded and not typed.

    source: where it was written if not on the site, see transitions.save_rating.
    """

    number: int
    at: datetime
    by: str | None
    source: str
    content: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field before and after, in words."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one save changed. before: the number of the version that it followed."""

    version: Version
    before: int
    fields: list[FieldChange]


def versions_of(rating: IndicatorRating) -> list[Version]:
    """Return the versions of a PI, oldest first. Three queries."""
    versions: dict[int, Version] = {}
    row, findings, entries = None, {}, {}
    for record in _records(rating):
        if isinstance(record, IndicatorRating.history.model):
            row = record
        else:
            rows = findings if isinstance(record, CriterionFinding.history.model) else entries
            rows[record.id] = record
            if record.history_type == "-":
                del rows[record.id]
        if row is not None:
            versions[row.version] = Version(
                number=row.version,
                at=row.history_date,
                by=row.history_user and row.history_user.name,
                source=row.history_change_reason or "",
                content=content_of(rating.indicator, row, findings.values(), entries.values()),
            )
    return list(versions.values())


def _records(rating) -> Iterator:
    """The history rows of a PI and of what belongs to it, in the order of their making.

    One save writes the PI's own row first, and all its rows bear the same moment.
    """
    own = IndicatorRating.history.filter(id=rating.pk).select_related("history_user")
    parts = [
        model.history.filter(indicator_rating=rating.pk)
        for model in (CriterionFinding, MeasureEntry)
    ]
    ordered = [rows.order_by("history_date", "history_id") for rows in (own, *parts)]
    return merge_sorted(*ordered, key=lambda record: record.history_date)


def content_at(rating: IndicatorRating, number: int) -> dict[str, Any] | None:
    """Return what a PI said in one version; None if there was no such version.

    Four queries, however many versions came before and after.
    """
    own = IndicatorRating.history.filter(id=rating.pk)
    row = own.filter(version=number).order_by("history_date", "history_id").last()
    if row is None:
        return None
    following = own.filter(version__gt=number).order_by("version").values("history_date")[:1]
    until = following[0]["history_date"] if following else None
    findings, entries = (
        _rows_of(model, rating, until) for model in (CriterionFinding, MeasureEntry)
    )
    return content_of(rating.indicator, row, findings, entries)


def _rows_of(model, rating, until):
    """The rows of a PI as they were before the moment; None is now."""
    records = model.history.filter(indicator_rating=rating.pk)
    if until is not None:
        records = records.filter(history_date__lt=until)
    latest = {record.id: record for record in records.order_by("history_date", "history_id")}
    return [record for record in latest.values() if record.history_type != "-"]


def changes_of(rating: IndicatorRating) -> list[Change]:
    """Return what each save changed, newest first."""
    versions = versions_of(rating)
    changes = [
        Change(
            version=after,
            before=before.number,
            fields=_field_changes(rating, before.content, after.content),
        )
        for before, after in zip(versions, versions[1:], strict=False)
    ]
    return [change for change in reversed(changes) if change.fields]


def _field_changes(rating, before, after):
    return [
        FieldChange(
            name=name,
            label=label(name, rating.indicator),
            before=in_words(name, before[name]),
            after=in_words(name, after[name]),
        )
        for name in after
        if before[name] != after[name]
    ]
