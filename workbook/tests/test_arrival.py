"""The reading of an upload as work of its own: as with a worker, and when it breaks off."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from assessments.tests.factories import make_assessment, make_person
from jobs import requests
from jobs.models import Job
from jobs.tasks import run
from scorecard.child import Busy
from workbook.models import ImportRun, Upload
from workbook.tests.bad_books import sound
from workbook.tests.books import saved
from workbook.tests.factories import make_scoring_run, make_upload
from workbook.tests.filling import Filled, upload

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def assessment():
    return make_assessment()


@pytest.fixture
def client(client, assessment):
    client.force_login(make_person(Role.COORDINATOR, assessment=assessment))
    return client


@pytest.fixture
def worker(monkeypatch):
    """Nothing is read before the worker is called."""
    monkeypatch.setattr("jobs.requests._enqueue", lambda job: None)

    def work():
        job = Job.objects.get()
        run.enqueue(job.pk, job.attempt)
        job.refresh_from_db()
        return job

    return work


def test_without_a_worker_an_upload_leads_straight_to_its_dry_run(client, assessment):
    page = upload(client, assessment, saved(Filled(client, assessment).book))

    assert page.redirect_chain == [(ImportRun.objects.get().get_absolute_url(), 302)]
    assert not Upload.objects.exists()


def test_with_a_worker_it_leads_to_the_page_of_the_job_and_from_there_to_the_dry_run(
    client, assessment, worker
):
    page = upload(client, assessment, saved(Filled(client, assessment).book))

    assert page.redirect_chain == [(Job.objects.get().get_absolute_url(), 302)]
    assert "Reading “filled.xlsx”" in page.text
    job = worker()
    dry_run = ImportRun.objects.get()
    assert (job.state, job.result_url) == ("done", dry_run.get_absolute_url())
    assert not Upload.objects.exists()
    assert "See the changes" in client.get(job.get_absolute_url()).text


def test_file_that_the_worker_refuses_is_told_in_one_sentence_and_leads_back(
    client, assessment, worker
):
    upload(client, assessment, sound(), name="foreign.xlsx")

    job = worker()

    assert job.state == "failed"
    assert job.refusal.startswith("“foreign.xlsx” is not a scoring workbook of this site")
    page = client.get(job.get_absolute_url()).text
    assert f'href="{reverse("workbook:upload", args=[assessment.pk])}"' in page
    assert "Try again" not in page
    assert client.post(reverse("jobs:retry", args=[job.pk])).status_code == 302
    job.refresh_from_db()
    assert (job.state, Upload.objects.count()) == ("failed", 0)


def test_reading_that_found_no_turn_keeps_the_file_to_be_tried_again(
    client, assessment, worker, monkeypatch
):
    upload(client, assessment, saved(Filled(client, assessment).book))

    def busy(data):
        raise Busy("Too much is being done at this moment.")

    with monkeypatch.context() as patch:
        patch.setattr("workbook.arrival.read_in_child", busy)
        job = worker()
    assert (job.state, Upload.objects.count()) == ("failed", 1)

    requests.retry(job)

    assert worker().state == "done"


def test_attempt_after_a_worker_was_killed_finds_what_the_first_one_read(
    client, assessment, worker
):
    upload(client, assessment, saved(Filled(client, assessment).book))
    kept = make_scoring_run(assessment)
    Job.objects.update(arguments={"upload": str(kept.pk), "language": "en"})

    job = worker()

    assert job.result_url == kept.get_absolute_url()
    assert ImportRun.objects.count() == 1


def test_file_that_was_forgotten_meanwhile_is_told(client, assessment, worker):
    upload(client, assessment, saved(Filled(client, assessment).book))
    Upload.objects.all().delete()

    job = worker()

    assert job.refusal == "The file is not kept any more: upload it again."


def test_sixth_upload_at_once_is_refused_at_the_field_and_not_kept(
    client, assessment, worker, monkeypatch
):
    monkeypatch.setattr(requests, "MOST_AT_ONCE", 0)

    page = upload(client, assessment, sound())

    ((_field, sentence),) = page.context["form"].field_errors
    assert "are being made for you already" in sentence
    assert not Upload.objects.exists()


def test_housekeeping_forgets_what_nobody_had_read_or_decided(assessment):
    long_ago = timezone.now() - timedelta(days=2)
    old, young = make_upload(assessment.team), make_upload(assessment.team)
    Upload.objects.filter(pk=old.pk).update(uploaded_at=long_ago)
    expired = make_scoring_run(assessment)
    ImportRun.objects.filter(pk=expired.pk).update(expires_at=long_ago)

    call_command("housekeeping")

    assert list(Upload.objects.all()) == [young]
    assert not ImportRun.objects.exists()
