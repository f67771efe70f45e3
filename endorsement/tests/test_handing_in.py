"""Submission as long work: it shows how far it is, and ends handed in whole or not at all."""

import pytest
from django.urls import reverse

from assessments import transitions as moves
from endorsement.models import Submission
from endorsement.review import handing_in
from endorsement.review import transitions as review
from endorsement.stored import in_force
from endorsement.tests.flow import quick_printer, team
from jobs import requests
from jobs.models import Job
from jobs.tasks import run
from jobs.tests.at_once import work_at_once
from scorecard.child import TimedOut

__all__ = ["quick_printer", "team", "work_at_once"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def endorsed(team):
    team.request()
    team.endorse_all()
    return team


@pytest.fixture
def address(endorsed, client):
    client.force_login(endorsed.coordinator)
    return reverse("review:submit", args=[endorsed.assessment.pk])


def done(job):
    run.enqueue(job.pk, job.attempt)
    job.refresh_from_db()
    return job


def ask(endorsed):
    return handing_in.ask_for(endorsed.now, in_force(endorsed.now), by=endorsed.coordinator)


def test_without_a_worker_it_leads_straight_to_the_receipt(endorsed, address, client, work_at_once):
    page = client.post(address, follow=True)

    assert page.redirect_chain == [
        (reverse("review:receipt", args=[endorsed.assessment.pk, 1]), 302)
    ]
    assert "Handed in to UN Women. This is your receipt." in page.text


def test_with_a_worker_the_page_shows_how_far_it_is(endorsed, address, client):
    page = client.post(address, follow=True)

    job = Job.objects.get()
    assert page.redirect_chain == [(job.get_absolute_url(), 302)]
    assert endorsed.now.state == "endorsed"
    assert done(job).result_url == reverse("review:receipt", args=[endorsed.assessment.pk, 1])
    assert job.step == "Packing them with the evidence"
    assert endorsed.now.state == "submitted"


def test_file_that_cannot_be_made_leaves_nothing_and_can_be_tried_again(endorsed, monkeypatch):
    job = ask(endorsed)

    def never(report, key):
        raise TimedOut("This took longer than 60 seconds and was stopped.")

    with monkeypatch.context() as patch:
        patch.setattr("endorsement.review.bundle.made", never)
        assert done(job).refusal == "This took longer than 60 seconds and was stopped."
    assert (endorsed.now.state, Submission.objects.count()) == ("endorsed", 0)

    requests.retry(job)
    job.refresh_from_db()
    assert done(job).state == "done"
    assert Submission.objects.count() == 1


def test_what_is_not_endorsed_is_no_work_for_anybody(endorsed, address, client):
    moves.reopen(endorsed.now, by=endorsed.coordinator, reason="A wrong figure.")
    assert client.post(address).status_code == 409  # not in this state
    assert not Job.objects.exists()


def test_what_was_reopened_meanwhile_is_not_handed_in(endorsed):
    job = ask(endorsed)
    moves.reopen(endorsed.now, by=endorsed.coordinator, reason="A wrong figure.")

    assert (
        done(job).refusal == "Nothing was handed in: only an endorsed report is, by a coordinator."
    )
    assert not job.may_be_retried
    assert not Submission.objects.exists()


def test_other_version_endorsed_meanwhile_is_looked_at_first(endorsed):
    job = ask(endorsed)
    moves.reopen(endorsed.now, by=endorsed.coordinator, reason="A wrong figure.")
    endorsed.request()
    endorsed.endorse_all()

    assert "another version is endorsed by now" in done(job).refusal
    assert not Submission.objects.exists()


def test_attempt_after_a_worker_was_killed_finds_what_it_handed_in(endorsed):
    job = ask(endorsed)
    review.submit(endorsed.now, by=endorsed.coordinator)

    assert done(job).result_url == reverse("review:receipt", args=[endorsed.assessment.pk, 1])
    assert Submission.objects.count() == 1
