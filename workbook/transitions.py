"""What becomes of an uploaded workbook: it waits, is written as a whole, or is discarded."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.transitions import TransitionRefused
from workbook.changed import ChangedMeanwhile
from workbook.dry_run import DryRun
from workbook.grid import Book
from workbook.models import WAITS, ImportRun, Upload

State = ImportRun.State


@transaction.atomic
def keep(upload: Upload, book: Book, *, sha256: str, at=None) -> ImportRun:
    """Let what was read wait for its decision, in the place of the file it was read from."""
    at = at or timezone.now()
    run = ImportRun.objects.create(
        pk=upload.pk,
        team=upload.team,
        assessment=upload.assessment,
        file_name=upload.file_name,
        sha256=sha256,
        content=book.as_json(),
        uploaded_by=upload.uploaded_by,
        uploaded_at=upload.uploaded_at,
        expires_at=at + WAITS,
    )
    Upload.objects.filter(pk=upload.pk).delete()
    return run


def forget(*, now) -> int:
    """Delete uploads that nobody decided or had read in their time; return how many."""
    _count, runs = ImportRun.objects.expired(now=now).delete()
    _count, uploads = Upload.objects.forgotten(now=now).delete()
    return sum((runs | uploads).values())


def write(run: ImportRun, decided: DryRun, *, by, at=None) -> ImportRun:
    """Waiting -> written: all changes in one transaction, each with its history, or none.

    Of two presses of the button the second finds the run written and changes nothing. Raises
    TransitionRefused, also when somebody changed one of these PIs in this very moment.
    """

    def write_changes(at):
        for changed in decided.subjects:
            changed.subject.save(changed.accepted, by=by, source=source_of(run))
        return sum(len(changed.accepted) for changed in decided.subjects)

    try:
        return decide(run, write_changes, by=by, at=at)
    except ChangedMeanwhile as stale:
        raise TransitionRefused(
            _(
                "Nothing was written: %(what)s was changed on the site at this moment. "
                "Look at the changes again."
            )
            % {"what": stale.title}
        ) from stale


@transaction.atomic
def decide(run: ImportRun, write_changes: Callable[..., int], *, by, at=None) -> ImportRun:
    """Waiting -> written. write_changes: given the moment, writes and returns how many changes."""
    at = at or timezone.now()
    run = _locked(run, at=at)
    if run.is_written:
        return run
    run.change_count = write_changes(at)
    return _close(run, to=State.WRITTEN, by=by, at=at)


@transaction.atomic
def discard(run: ImportRun, *, by, at=None) -> ImportRun:
    """Waiting -> discarded."""
    at = at or timezone.now()
    run = _locked(run, at=at)
    if run.is_written:
        raise TransitionRefused(
            _("“%(name)s” was written already; the history of each PI shows what it changed.")
            % {"name": run.file_name}
        )
    return _close(run, to=State.DISCARDED, by=by, at=at)


def source_of(run: ImportRun) -> str:
    """How the history names the upload."""
    return _("the workbook “%(name)s”") % {"name": run.file_name}


def _locked(run, *, at) -> ImportRun:
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state == State.DISCARDED or (run.is_waiting and run.expires_at <= at):
        raise TransitionRefused(
            _("“%(name)s” does not wait for a decision any more: upload it again.")
            % {"name": run.file_name}
        )
    return run


def _close(run, *, to, by, at) -> ImportRun:
    """What was read is not needed any more: what it changed stands in the history."""
    run.state, run.decided_by, run.decided_at, run.content = to, by, at, {}
    run.save(update_fields=["state", "decided_by", "decided_at", "content", "change_count"])
    return run
