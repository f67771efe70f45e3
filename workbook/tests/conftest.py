import pytest

from jobs.tests.at_once import work_at_once

__all__ = ["work_at_once"]


@pytest.fixture(autouse=True)
def _uploads_are_read_at_once(work_at_once):
    pass
