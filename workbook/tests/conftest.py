import pytest

from jobs.tasks import run


@pytest.fixture(autouse=True)
def _work_is_done_when_asked_for(monkeypatch):
    """As on a site without a worker; a test's own transaction never comes to its commit."""
    monkeypatch.setattr("jobs.requests._enqueue", lambda job: run.enqueue(job.pk, job.attempt))
