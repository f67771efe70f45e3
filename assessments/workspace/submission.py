"""What a person sends for one PI, fitted to what others stored since they opened it."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.models import IndicatorRating
from assessments.workspace.content import form_data, in_words, label, sent_content, stored_content
from assessments.workspace.history import content_at
from assessments.workspace.merge import merge


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A field that two people changed differently: what is stored, and what was sent.

    value: what is stored as form data; None for a measure, which has many fields.
    """

    name: str
    label: str
    theirs: str
    mine: str
    value: str | None


@dataclass(frozen=True, kw_only=True)
class Submission:
    """The outcome of a merge, as form data.

    merged: everything, with what is stored where there is a conflict.
    mine: everything, with what was sent where there is a conflict.
    updates: the fields that others changed since, which the person did not touch.
    changed: the names of what would be written anew.
    """

    merged: dict[str, str]
    mine: dict[str, str]
    updates: dict[str, str]
    conflicts: list[Conflict]
    changed: list[str]


def submission(rating: IndicatorRating, sent: Mapping[str, str]) -> Submission:
    """Fit what was sent, all fields or some, to the rating as it is stored now.

    sent: form data with the version that the person had before them; without one, or with one
    that never was, every field that differs from what is stored is in conflict.
    """
    stored = stored_content(rating)
    base = _base(rating, sent.get("version", ""), stored)
    changes = sent_content(sent, rating.indicator)
    merged = merge(base=base, stored=stored, sent=changes)
    others = {name for name in stored if stored[name] != base.get(name)} - merged.conflicts.keys()
    current = form_data(stored, rating.indicator, version=rating.version)
    return Submission(
        merged=form_data(merged.content, rating.indicator, version=rating.version),
        mine=form_data(merged.content | merged.conflicts, rating.indicator, version=rating.version),
        updates={name: current[name] for name in current if name in others},
        conflicts=[
            Conflict(
                name=name,
                label=str(label(name, rating.indicator)),
                theirs=in_words(name, stored[name]),
                mine=in_words(name, value),
                value=current.get(name),
            )
            for name, value in merged.conflicts.items()
        ],
        changed=[name for name in stored if merged.content[name] != stored[name]],
    )


def _base(rating, version, stored):
    if version == str(rating.version):
        return stored
    return (content_at(rating, int(version)) if version.isdecimal() else None) or {}
