"""From state to state: waiting -> running -> done or failed. Asking again: requests.py."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from jobs.models import LOST_AFTER, Job
from jobs.work import Result

State = Job.State


class Killed(Exception):
    """What the log of tasks says of one whose worker was killed."""


@transaction.atomic
def start(pk, attempt, *, at=None) -> Job | None:
    """Waiting -> running. None when that attempt was taken up before, or given up."""
    job = Job.objects.select_for_update().filter(pk=pk, attempt=attempt).first()
    if job is None or job.state != State.WAITING:
        return None
    job.state, job.heard_at = State.RUNNING, at or timezone.now()
    job.save(update_fields=["state", "heard_at"])
    return job


def tell(job, step, number=0, *, of=0, at=None):
    """Say how far it is: step `number` of `of`, in words. Nothing once it was given up."""
    running = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=State.RUNNING)
    running.update(
        step=step[:200], steps_done=min(number, of), steps=of, heard_at=at or timezone.now()
    )


@transaction.atomic
def finish(job, result: Result, *, at=None) -> Job:
    """Running -> done, unless it was given up meanwhile."""
    return _end(
        job,
        at=at,
        state=State.DONE,
        result_url=result.url,
        result_label=result.label,
        note=result.note,
    )


@transaction.atomic
def fail(job, reason: str, *, instead: Result | None = None, at=None) -> Job:
    """Running -> failed, unless it was given up meanwhile."""
    way_on = {"result_url": instead.url, "result_label": instead.label} if instead else {}
    return _end(job, at=at, state=State.FAILED, refusal=reason, **way_on)


def _end(job, *, at, **values) -> Job:
    current = Job.objects.select_for_update().get(pk=job.pk)
    if current.state != State.RUNNING or current.attempt != job.attempt:
        return current
    values["ended_at"] = at or timezone.now()
    for name, value in values.items():
        setattr(current, name, value)
    current.save(update_fields=[*values])
    return current


def give_up_lost(*, now=None) -> list[Job]:
    """Running -> failed, for all of which nothing was heard for long: their worker was killed."""
    now = now or timezone.now()
    reason = _("The work was broken off, perhaps because the site was restarted. Try again.")
    given_up = [fail(job, reason, at=now) for job in Job.objects.lost(now=now)]
    _end_tasks(now=now)
    return given_up


def _end_tasks(*, now):
    """End what a killed worker left in django-tasks as running, though its job is not any more."""
    for task in DBTaskResult.objects.running().filter(started_at__lt=now - LOST_AFTER):
        pk, attempt = task.args_kwargs["args"]
        if not Job.objects.filter(pk=pk, attempt=attempt, state=State.RUNNING).exists():
            task.set_failed(Killed("Its worker was killed."))
