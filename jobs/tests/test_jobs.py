import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.tests.factories import make_membership
from jobs import requests, transitions
from jobs.models import Job
from jobs.tests.factories import make_job, set_job
from jobs.work import Result

pytestmark = pytest.mark.django_db
State = Job.State
NOW = timezone.now()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return a context in which what is asked for is done at its end, as after a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_work_is_done_after_the_commit_and_leads_to_its_result(committed):
    with committed():
        job = make_job(note="As typed.")
        assert job.state == State.WAITING

    job.refresh_from_db()
    assert (job.state, job.result_url, job.result_label) == (State.DONE, "/made/", "Download it")
    assert (job.note, job.step, job.steps_done, job.steps) == ("As typed.", "Half of it", 1, 2)
    assert job.ended_at is not None


def test_nothing_is_done_for_a_transaction_that_was_taken_back(committed):
    with committed() as callbacks, transaction.atomic():
        make_job()
        transaction.set_rollback(True)

    assert callbacks == []
    assert not Job.objects.exists()


def test_refusal_of_the_work_is_what_the_person_reads(committed):
    with committed():
        job = make_job(work="refuse")

    job.refresh_from_db()
    assert (job.state, job.refusal) == (State.FAILED, "The file is gone. Upload it again.")


def test_what_nobody_expected_is_logged_and_told_in_plain_words(committed, caplog):
    with caplog.at_level(logging.ERROR), committed():
        job = make_job(work="stumble")

    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.refusal.startswith("This did not work, and the site has noted why.")
    assert "what nobody expected" in caplog.text


def test_asking_twice_gives_the_job_that_is_under_way():
    membership = make_membership()

    first, second = (make_job(membership=membership) for _ in range(2))

    assert first == second
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_of_two_first_requests_at_once_comes_one_job(monkeypatch, attempt):
    monkeypatch.setattr(requests, "_enqueue", lambda job: None)
    membership, together = make_membership(), Barrier(2, timeout=20)

    def ask(_number):
        try:
            together.wait()
            return make_job(membership=membership)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(ask, range(2))
    assert first == second
    assert Job.objects.count() == 1


def test_after_the_first_has_ended_asking_again_gives_a_new_one(committed):
    membership = make_membership()

    with committed():
        first = make_job(membership=membership)

    assert make_job(membership=membership) != first


def test_sixth_thing_at_once_is_refused():
    membership = make_membership()
    for number in range(requests.MOST_AT_ONCE):
        make_job(membership=membership, note=str(number))

    with pytest.raises(requests.RequestRefused, match="5 things are being made for you already"):
        make_job(membership=membership, note="one more")
    assert make_job().state == State.WAITING


def test_slip_in_the_name_of_the_work_shows_at_once():
    with pytest.raises(ImportError):
        make_job(work="no_such_function")


def test_attempt_is_taken_up_once():
    job = make_job()

    assert transitions.start(job.pk, 1).state == State.RUNNING
    assert transitions.start(job.pk, 1) is None


def test_work_that_failed_may_be_tried_again_from_the_beginning(committed):
    with committed():
        job = make_job(work="refuse")
    set_job(job, work="jobs.tests.factories.echo")

    with committed():
        requests.retry(job)

    job.refresh_from_db()
    assert (job.state, job.attempt, job.refusal) == (State.DONE, 2, "")


def test_work_that_is_done_or_waits_is_not_tried_again(committed):
    waiting = make_job()
    with pytest.raises(requests.RequestRefused, match="“PDF of 2022” is not at an end yet"):
        requests.retry(waiting)
    with committed():
        done = make_job()
    with pytest.raises(requests.RequestRefused, match="there is nothing to try again"):
        requests.retry(done)


def test_work_not_heard_of_for_long_is_given_up_and_may_be_tried_again():
    now = timezone.now()  # is_lost asks the clock
    job = transitions.start(make_job().pk, 1, at=now - timedelta(minutes=11))
    young = transitions.start(make_job().pk, 1, at=now - timedelta(minutes=9))
    assert (job.is_lost, job.may_be_retried, young.is_lost) == (True, True, False)

    assert transitions.give_up_lost(now=now) == [job]

    job.refresh_from_db()
    assert (job.state, job.ended_at) == (State.FAILED, now)
    assert job.refusal == (
        "The work was broken off, perhaps because the site was restarted. Try again."
    )


def test_word_from_a_worker_keeps_its_job_from_being_given_up():
    job = transitions.start(make_job().pk, 1, at=NOW - timedelta(minutes=30))

    transitions.tell(job, "Still here", 1, of=3, at=NOW - timedelta(minutes=1))

    assert transitions.give_up_lost(now=NOW) == []


def test_whoever_was_given_up_changes_nothing_any_more():
    job = transitions.start(make_job().pk, 1, at=NOW - timedelta(minutes=30))
    requests.retry(job)

    transitions.tell(job, "I am back", 1, of=2)
    transitions.finish(job, Result(url="/late/", label="Late"))

    job.refresh_from_db()
    assert (job.state, job.step, job.result_url) == (State.WAITING, "", "")


def test_job_that_waits_for_minutes_says_that_nobody_may_be_there():
    job = make_job()
    assert not job.is_overdue
    set_job(job, requested_at=NOW - timedelta(minutes=3))
    assert job.is_overdue


@pytest.mark.parametrize(
    "values",
    [
        {"state": "lost"},
        {"state": "done", "ended_at": NOW},
        {"state": "failed", "ended_at": NOW},
        {"state": "failed", "refusal": "So."},
        {"result_url": "/made/"},
        {"state": "failed", "ended_at": NOW, "refusal": "So.", "note": "x"},
        {"note": "x"},
        {"result_label": "x"},
        {"refusal": "x"},
        {"ended_at": NOW},
        {"state": "running"},
        {"steps_done": 2, "steps": 1},
    ],
)
def test_half_a_state_cannot_be_stored(values):
    job = make_job()

    with pytest.raises(IntegrityError), transaction.atomic():
        set_job(job, **values)
