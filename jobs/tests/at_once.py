"""Long work that is done when it is asked for, in tests that never come to a commit."""

import pytest

from jobs.tasks import run


@pytest.fixture
def work_at_once(monkeypatch):
    """As on a site without a worker."""
    monkeypatch.setattr("jobs.requests._enqueue", lambda job: run.enqueue(job.pk, job.attempt))
