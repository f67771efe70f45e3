"""Asking for what takes long: straight to the file, or by the page that shows how it is made."""

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import make_user
from assessments.tests.factories import make_assessment, make_person
from jobs import requests
from jobs.models import Job
from report.formats import Made
from report.turns import TooManyAtOnce, turn
from report.unprintable import Printed
from scorecard.child import TimedOut

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_printing(monkeypatch):
    monkeypatch.setattr("report.unprintable.pdf", lambda html: b"%PDF-1.7")


@pytest.fixture
def assessment(client):
    assessment = make_assessment()
    client.force_login(make_person(assessment=assessment))
    return assessment


def ask(client, assessment, key):
    return client.post(reverse("report:prepare", args=[assessment.pk, key]))


@pytest.mark.parametrize("key", ["pdf", "docx", "bundle"])
def test_without_a_worker_it_leads_straight_to_the_file(
    client, assessment, key, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = ask(client, assessment, key)
    job = Job.objects.get()
    assert (job.state, job.result_url) == ("done", reverse(f"report:{key}", args=[assessment.pk]))

    # In a test the work is done after the answer; the second time all is there.
    assert first.url == job.get_absolute_url()
    assert ask(client, assessment, key).url == job.result_url
    assert Job.objects.count() == 1


def test_with_a_worker_it_leads_to_the_page_of_the_job(client, assessment):
    answer = ask(client, assessment, "pdf")

    job = Job.objects.get()
    assert answer.url == job.get_absolute_url()
    assert (job.title, job.state) == ("PDF of the report of 2022", "waiting")


def test_text_that_was_printed_as_typed_is_told_on_the_page_of_the_job(
    client, assessment, monkeypatch, django_capture_on_commit_callbacks
):
    note = Printed(content=b"", as_typed=("PI 2.2",)).note
    monkeypatch.setattr("report.making.made", lambda report, key: Made(file=None, note=note))
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, assessment, "pdf")

    page = client.get(Job.objects.get().get_absolute_url()).content.decode()
    assert "the text under PI 2.2" in page


def test_what_cannot_be_made_says_why_and_can_be_tried_again(
    client, assessment, monkeypatch, django_capture_on_commit_callbacks
):
    def never(html):
        raise TimedOut("This took longer than 60 seconds and was stopped.")

    monkeypatch.setattr("report.unprintable.pdf", never)
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, assessment, "pdf")

    job = Job.objects.get()
    assert (job.state, job.refusal) == (
        "failed",
        "This took longer than 60 seconds and was stopped.",
    )
    page = client.get(reverse("report:pdf", args=[assessment.pk]), follow=True)
    assert "This took longer than 60 seconds" in page.content.decode()


def test_unknown_format_does_not_exist(client, assessment):
    assert ask(client, assessment, "xlsx").status_code == 404


def test_too_many_at_once_are_refused_in_words(client, assessment, monkeypatch):
    monkeypatch.setattr(requests, "MOST_AT_ONCE", 0)

    page = ask(client, assessment, "pdf")

    assert page.status_code == 429
    assert "are being made for you already" in page.content.decode()


@pytest.mark.parametrize("key", ["pdf", "docx", "bundle"])
def test_one_person_has_no_more_than_three_reports_made_at_once(client, assessment, key):
    address = reverse(f"report:{key}", args=[assessment.pk])
    person = User.objects.get(pk=client.session["_auth_user_id"])
    with turn(person), turn(person):
        with turn(person):
            page = client.get(address)
        assert client.get(address).status_code == 200
    assert page.status_code == 429
    assert "3 reports are being made for you already." in page.content.decode()


def test_others_have_their_own_turns_and_a_failure_gives_its_turn_back():
    one, other = make_user(), make_user()
    for _time in range(5):
        with pytest.raises(KeyError), turn(one):
            raise KeyError
    with turn(one), turn(one), turn(one), turn(other), pytest.raises(TooManyAtOnce), turn(one):
        pass


def test_page_offers_every_file_and_says_what_it_is_good_for(client, assessment):
    for page in (assessment.get_absolute_url(), reverse("report:detail", args=[assessment.pk])):
        html = client.get(page).content.decode()

        for key in ("pdf", "docx", "bundle"):
            assert f'action="{reverse("report:prepare", args=[assessment.pk, key])}"' in html
        for key in ("xlsx", "csv", "evidence-csv", "json"):
            assert f'href="{reverse(f"report:{key}", args=[assessment.pk])}"' in html
        assert "to sign, print and send" in html
        assert "all of these and 0 documents" in html


def test_what_was_made_lately_stands_beside_the_downloads(client, assessment):
    ask(client, assessment, "docx")

    html = client.get(assessment.get_absolute_url()).content.decode()

    assert "Word of the report of 2022" in html
    assert "Waiting for its turn" in html
