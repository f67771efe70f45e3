"""Saves what a person sent for one PI, whole or in parts, beside others who save it too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.workspace.content import REASONS, bears_on_rating, fields_of, label
from assessments.workspace.form import IndicatorWorkspace
from assessments.workspace.submission import Submission, submission
from assessments.workspace.transitions import StaleVersion, only_writer


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A field that was left out of what was saved, and why."""

    name: str
    label: str
    sentence: str

    @property
    def in_brief(self) -> str:
        """Of numbers why, which says which; of all else which, for why stands at the field."""
        return self.sentence if self.name.startswith("measure-") else self.label


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What became of it. Not all saved: see the conflicts, else the problems.

    refusals: what was left out, where the rest was saved without it.
    """

    workspace: IndicatorWorkspace
    submission: Submission
    is_saved: bool
    refusals: Sequence[Refusal] = ()

    @property
    def status(self) -> int:
        if not self.is_saved:
            return 422
        return 409 if self.submission.conflicts else 200

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Why it is not saved, as (field, sentence)."""
        if self.refusals:
            return [(refusal.name, refusal.sentence) for refusal in self.refusals]
        return [] if self.is_saved else self.workspace.errors

    @property
    def sentence(self) -> str:
        """What stands in the database now, for the line that says so."""
        rating = self.workspace.rating
        time = time_format(timezone.localtime(rating.changed_at or timezone.now()), "H:i")
        left_out = {"time": time, "fields": ", ".join(row.in_brief for row in self.refusals)}
        if not self.refusals:
            return _("Saved %(time)s") % left_out
        if not self.submission.changed:
            return _("Not saved yet: %(fields)s") % left_out
        return _("Saved %(time)s. Not saved yet: %(fields)s") % left_out

    def as_json(self) -> dict:
        """For the browser: the version now stored, what others changed, what is not saved."""
        rating = self.workspace.rating
        return {
            "version": rating.version,
            "saved": self.sentence,
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
            "refused": [
                {"name": refusal.name, "sentence": refusal.sentence} for refusal in self.refusals
            ],
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
    in_parts: write what fits even if another field is in conflict or refused; else all or nothing.
    """
    save = _save_in_parts if in_parts else _save
    try:
        return save(workspace, sent, reopen=reopen, by=by)
    except StaleVersion as stale:
        with only_writer(stale.current.pk):  # once more, undisturbed
            return save(reopen(), sent, reopen=reopen, by=by)


def _save(stored, sent, *, reopen, by):
    fitted = submission(stored.rating, sent)
    if not (fitted.changed or fitted.conflicts):
        return Saved(workspace=stored, submission=fitted, is_saved=True)
    workspace = stored.filled_in(fitted.mine)
    if fitted.conflicts or not workspace.is_valid():
        return Saved(workspace=workspace, submission=fitted, is_saved=False)
    workspace.save(by=by)
    return Saved(workspace=workspace, submission=fitted, is_saved=True)


def _save_in_parts(stored, sent, *, reopen, by, refusals=()):
    """Write what can be written: what is at fault is left out, then the rest tried anew."""
    fitted = submission(stored.rating, sent)
    workspace = stored.filled_in(fitted.merged) if fitted.changed else stored
    faults = _faults(workspace, fitted.changed)
    if faults:
        found = _as_refusals(faults, stored.indicator)
        rest = _without(faults, sent)
        return _save_in_parts(reopen(), rest, reopen=reopen, by=by, refusals=[*refusals, *found])
    if fitted.changed:
        workspace.save(by=by)
    return Saved(workspace=workspace, submission=fitted, is_saved=not refusals, refusals=refusals)


def _faults(workspace, changed) -> dict[str, list[str]]:
    """Return the changed fields that must be left out, with the sentences on each.

    Those that a form refuses by themselves come first. Where all are fine but do not fit together,
    the decisions give way to the texts, and the reasons only to nothing else.
    """
    foreign = {
        name: [_("This cannot be changed here now. Reload the page to see what is stored.")]
        for name in changed
        if not workspace.takes(name)
    }
    refused = foreign | workspace.refused
    if faults := {name: refused[name] for name in changed if name in refused}:
        return faults
    decisions = [name for name in changed if bears_on_rating(name)]
    reasons = [name for name in changed if name in REASONS]
    if not changed or workspace.is_valid(is_about_rating=bool(decisions or reasons)):
        return {}
    sentences = [sentence for _place, sentence in workspace.errors]
    return dict.fromkeys(decisions or reasons or changed, sentences)


def _as_refusals(faults, indicator):
    return [
        Refusal(
            name=name, label=capfirst(str(label(name, indicator))), sentence=" ".join(sentences)
        )
        for name, sentences in faults.items()
    ]


def _without(names, sent):
    left_out = {field for name in names for field in fields_of(name, sent)}
    return {field: sent[field] for field in sent if field not in left_out}
