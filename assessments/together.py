"""Several people on one row, each with a form of their own: nothing is overwritten unseen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.formats import date_format

from assessments.workspace.merge import merge


@dataclass(frozen=True, kw_only=True)
class Written:
    """What became of it. Not saved: see the conflicts; without any, the row breaks a constraint.

    version: of what is stored now.
    content: both people's changes together; what was sent where there is a conflict.
    conflicts: by field name what is stored, where both changed it differently.
    """

    version: str
    content: Mapping[str, Any]
    conflicts: Mapping[str, Any]
    is_saved: bool


def version_of(row: Model, names: Sequence[str]) -> str:
    """What a person has before them, a mark for each field, for the form to send back."""
    return "-".join(_marks(_content(row, names)).values())


def write(
    row: Model,
    sent: Mapping[str, Any],
    *,
    names: Sequence[str],
    version: str,
    save: Callable[[Sequence[str]], None],
) -> Written:
    """Set on a locked row what one person changed, and save it: all of it or nothing.

    sent: clean values of the fields that were sent, of those in names.
    version: what version_of gave when the person opened the form. One that never was stands for
    fields that were empty, so that nothing stored is overwritten unseen.
    save: called with the names of the fields that were changed, if any were.
    """
    stored, before = _content(row, names), version_of(row, names)
    marks = _marks(stored)
    merged = merge(base=_base(version, names), stored=marks, sent=_marks(sent))
    changed = {name: sent[name] for name in sent if merged.content[name] != marks[name]}
    conflicts = {name: stored[name] for name in merged.conflicts}
    content = stored | changed | {name: sent[name] for name in conflicts}
    is_saved = not conflicts and _fits(row, changed)
    if is_saved and changed:
        save(list(changed))
    after = version_of(row, names) if is_saved else before
    return Written(version=after, content=content, conflicts=conflicts, is_saved=is_saved)


def conflicts_in_words(written: Written, labels: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the fields that two people changed differently: label, theirs, mine."""
    return [
        {
            "label": labels[name],
            "theirs": in_words(theirs),
            "mine": in_words(written.content[name]),
        }
        for name, theirs in written.conflicts.items()
    ]


def in_words(value):
    return date_format(value) if isinstance(value, date) else value or ""


def _fits(row, changed) -> bool:
    """False where the changes of two people, each valid, are not so together."""
    for name, value in changed.items():
        setattr(row, name, value)
    try:
        row.validate_constraints()
    except ValidationError:
        return False
    return True


def _content(row, names):
    return {name: getattr(row, name) for name in names}


def _marks(content):
    return {name: _mark(value) for name, value in content.items()}


def _mark(value):
    return sha256(str(value).encode()).hexdigest()[:16] if value else ""


def _base(version, names):
    marks = version.split("-")
    if len(marks) != len(names):
        return dict.fromkeys(names, "")
    return dict(zip(names, marks, strict=True))
