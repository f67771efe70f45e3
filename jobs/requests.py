"""Asking for long work, and asking again."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.models import Job
from jobs.tasks import run

MOST_AT_ONCE = 5


class RequestRefused(Exception):
    """Not now. The text is for the person."""


@transaction.atomic
def request(*, work, title, team, by, arguments) -> Job:
    """Ask for a piece of work (jobs/work.py); it starts when the transaction is committed.

    Asking twice for the same gives the job that is under way.
    """
    import_string(work)  # a slip in the code shows here and not in a worker's log
    _take_turns(by)
    mine = Job.objects.visible_to(by).select_for_update()
    unfinished = [job for job in mine.unfinished() if not job.is_lost]
    for job in unfinished:
        if (job.work, job.arguments) == (work, arguments):
            return job
    if len(unfinished) >= MOST_AT_ONCE:
        raise RequestRefused(
            _("%(count)s things are being made for you already. Wait until one of them is ready.")
            % {"count": len(unfinished)}
        )
    job = Job.objects.create(
        work=work, title=title[:200], team=team, requested_by=by, arguments=arguments
    )
    _enqueue(job)
    return job


@transaction.atomic
def retry(job, *, at=None) -> Job:
    """Failed, or lost -> waiting."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.may_be_retried:
        raise RequestRefused(
            _("“%(job)s” is not at an end yet, so it cannot be started again.") % {"job": job}
            if not job.is_ended
            else _("“%(job)s” has come to its end; there is nothing to try again.") % {"job": job}
        )
    job.state, job.attempt, job.requested_at = (
        Job.State.WAITING,
        job.attempt + 1,
        at or timezone.now(),
    )
    job.heard_at = job.ended_at = None
    job.refusal, job.step, job.steps, job.steps_done = "", "", 0, 0
    job.save()
    _enqueue(job)
    return job


def _take_turns(person):
    """Let one thing be asked for after the other: of what is asked first there is no row to lock.

    no_key: whatever else refers to the person meanwhile need not wait.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _enqueue(job):
    # Before the commit a worker would not find the row.
    transaction.on_commit(partial(run.enqueue, job.pk, job.attempt))
