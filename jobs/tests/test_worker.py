"""A real worker process takes jobs from the database; one is killed in the middle."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from accounts.tests.factories import make_membership
from jobs import requests, transitions
from jobs.models import LOST_AFTER, Job
from jobs.tests.factories import make_job

SECONDS = 60


@pytest.fixture
def worker(settings, transactional_db):
    """Return a function that starts manage.py db_worker on the test's database."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "manage.py", "db_worker", "--interval", "0.1", "--no-startup-delay"],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": _address(), "WORKER": "True", "SECRET_KEY": "x"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def _address():
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}"


def wait_until(is_so):
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "the worker did not get there in time"
        time.sleep(0.05)


def state_of(job):
    job.refresh_from_db()
    return job.state


def test_killed_worker_leaves_a_clear_end_and_the_next_attempt_gets_done(worker, tmp_path):
    sign = tmp_path / "began"
    job = make_job(membership=make_membership(), work="hang", sign=str(sign))
    first = worker()
    wait_until(sign.exists)
    assert state_of(job) == Job.State.RUNNING

    first.send_signal(signal.SIGKILL)
    first.wait()
    assert state_of(job) == Job.State.RUNNING  # nobody is left who could say anything else

    assert transitions.give_up_lost(now=job.heard_at + LOST_AFTER * 2) == [job]
    assert state_of(job) == Job.State.FAILED
    task = DBTaskResult.objects.get()
    assert (task.status, task.exception_class_path) == ("FAILED", "jobs.transitions.Killed")
    requests.retry(job)
    worker()
    wait_until(lambda: state_of(job) == Job.State.DONE)
    assert job.attempt == 2


def test_settings_name_both_ways():
    assert settings.TASKS["default"]["BACKEND"].endswith("ImmediateBackend")
