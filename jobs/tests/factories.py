"""Jobs for tests, and work for them to do. The default is the boring valid case."""

import time
from pathlib import Path

from accounts.models import CountryTeam
from accounts.tests.factories import make_membership, make_team
from jobs.models import Job
from jobs.requests import request
from jobs.work import Result, WorkRefused

HERE = "jobs.tests.factories"


def make_job(*, membership=None, work="echo", title="PDF of 2022", **arguments):
    """A job that is waiting, asked for by a new member of the one team that there is."""
    membership = membership or make_membership(team=CountryTeam.objects.first() or make_team())
    return request(
        work=f"{HERE}.{work}",
        title=title,
        team=membership.team,
        by=membership.user,
        arguments=arguments,
    )


def set_job(job, **values):
    Job.objects.filter(pk=job.pk).update(**values)
    job.refresh_from_db()
    return job


def echo(job, progress, *, note=""):
    progress("Half of it", 1, of=2)
    return Result(url="/made/", label="Download it", note=note)


def refuse(job, progress):
    raise WorkRefused("The file is gone. Upload it again.")


def stumble(job, progress):
    raise KeyError("what nobody expected")


def hang(job, progress, *, sign):
    """Say by a file that it began, then do nothing until it is killed. At once the second time."""
    if job.attempt == 1:
        progress("Hanging", 1, of=2)
        Path(sign).touch()
        time.sleep(600)
    return Result(url="/made/", label="Download it")
