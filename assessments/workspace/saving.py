"""Saves what a person sent for one PI, whole or in parts, beside others who save it too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.workspace.form import IndicatorWorkspace
from assessments.workspace.submission import Submission, submission
from assessments.workspace.transitions import StaleVersion, only_writer


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What became of it. Not saved: see the conflicts, else the errors of the workspace."""

    workspace: IndicatorWorkspace
    submission: Submission
    is_saved: bool

    @property
    def status(self) -> int:
        if not self.is_saved:
            return 422
        return 409 if self.submission.conflicts else 200

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Why it is not saved, as (id of the field, sentence)."""
        return [] if self.is_saved else self.workspace.errors

    def as_json(self) -> dict:
        """For the browser: the version now stored, what others changed, what is in conflict."""
        rating = self.workspace.rating
        return {
            "version": rating.version,
            "saved": _("Saved %(time)s")
            % {"time": time_format(timezone.localtime(rating.changed_at or timezone.now()), "H:i")},
            "updates": self.submission.updates,
            "conflicts": [
                {
                    "name": conflict.name,
                    "label": capfirst(conflict.label),
                    "theirs": conflict.theirs,
                    "value": conflict.value,
                    "by": str(rating.changed_by or ""),
                }
                for conflict in self.submission.conflicts
            ],
            "errors": self.problems,
        }


def save_sent(
    workspace: IndicatorWorkspace,
    sent: Mapping[str, str],
    *,
    reopen: Callable[[], IndicatorWorkspace],
    by,
    in_parts: bool = False,
) -> Saved:
    """Merge what was sent with what is stored, check it, write it.

    workspace: the PI as it is stored, read a moment ago.
    reopen: reads it anew, for when somebody else saved in that moment.
    in_parts: write what fits even if another field is in conflict; else all or nothing.
    """
    try:
        return _save(workspace, sent, by=by, in_parts=in_parts)
    except StaleVersion as stale:
        with only_writer(stale.current.pk):  # once more, undisturbed
            return _save(reopen(), sent, by=by, in_parts=in_parts)


def _save(stored, sent, *, by, in_parts):
    fitted = submission(stored.rating, sent)
    may_write = in_parts or not fitted.conflicts
    if not fitted.changes_something and may_write:
        return Saved(workspace=stored, submission=fitted, is_saved=True)
    workspace = stored.filled_in(fitted.merged if in_parts else fitted.mine)
    if not (may_write and workspace.is_valid()):
        return Saved(workspace=workspace, submission=fitted, is_saved=False)
    workspace.save(by=by)
    return Saved(workspace=workspace, submission=fitted, is_saved=True)
