"""Writes the narrative and the dates of a year beside others who write them too."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access import access_of
from accounts.access_table import Capability
from assessments.models import Assessment
from assessments.models.assessment import DATES
from assessments.workspace.merge import merge

NARRATIVE = ["process", "rationale", "team_role", "unct_engagement", "comments"]
DESCRIPTION = [*DATES, *NARRATIVE]


@dataclass(frozen=True, kw_only=True)
class Described:
    """What became of it. Not saved: see the conflicts; without any, the dates are out of order.

    version: of what is stored now.
    content: both people's changes together; what was sent where there is a conflict.
    conflicts: by field name what is stored, where both changed it differently.
    """

    version: str
    content: Mapping[str, Any]
    conflicts: Mapping[str, Any]
    is_saved: bool


def version_of(assessment: Assessment) -> str:
    """What a person has before them, a mark for each field, for the form to send back."""
    return "-".join(_marks(_content(assessment)).values())


@transaction.atomic
def describe(assessment: Assessment, sent: Mapping[str, Any], *, version: str, by) -> Described:
    """Write what one person changed, all of it or nothing.

    sent: clean values of the fields that were sent.
    version: what version_of gave when the person opened the form. One that never was stands for
    fields that were empty, so that nothing stored is overwritten unseen.

    Raises WrongState when the assessment has moved on.
    """
    same = Assessment.objects.select_for_update(of=("self",)).select_related("team")
    current = same.get(pk=assessment.pk)
    access_of(by, current.team, state=current.state).require(Capability.DESCRIBE)
    stored = _content(current)
    before, marks = version_of(current), _marks(stored)
    merged = merge(base=_base(version), stored=marks, sent=_marks(sent))
    changed = {name: sent[name] for name in sent if merged.content[name] != marks[name]}
    conflicts = {name: stored[name] for name in merged.conflicts}
    content = stored | changed | {name: sent[name] for name in conflicts}
    is_saved = not conflicts and _save(current, changed, by=by)
    version = version_of(current) if is_saved else before
    return Described(version=version, content=content, conflicts=conflicts, is_saved=is_saved)


def _save(assessment, changed, *, by) -> bool:
    """False where the dates of two people, each in order, are not so together."""
    for name, value in changed.items():
        setattr(assessment, name, value)
    try:
        assessment.validate_constraints()
    except ValidationError:
        return False
    if changed:
        assessment._history_user = by
        assessment.save(update_fields=changed.keys())
    return True


def _content(assessment):
    return {name: getattr(assessment, name) for name in DESCRIPTION}


def _marks(content):
    return {name: _mark(content[name]) for name in DESCRIPTION if name in content}


def _mark(value):
    return sha256(str(value).encode()).hexdigest()[:16] if value else ""


def _base(version):
    marks = version.split("-")
    if len(marks) != len(DESCRIPTION):
        return dict.fromkeys(DESCRIPTION, "")
    return dict(zip(DESCRIPTION, marks, strict=True))
