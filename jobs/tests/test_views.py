import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_membership
from jobs import requests, transitions
from jobs.models import LOST_AFTER
from jobs.tests.factories import make_job
from jobs.work import Result

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def job(client):
    membership = make_membership()
    client.force_login(membership.user)
    return make_job(membership=membership)


def page_of(client, job, **options):
    return client.get(job.get_absolute_url(), **options).content.decode()


def test_page_asks_once_a_second_how_far_it_is_and_can_be_reloaded_by_hand(client, job):
    transitions.tell(transitions.start(job.pk, 1), "Setting the pages", 2, of=3)

    page = page_of(client, job)

    assert f'hx-get="{job.get_absolute_url()}" hx-trigger="every 1s"' in page
    assert '<progress value="2" max="3"' in page
    assert "Setting the pages" in page
    assert "See how far it is" in page


def test_part_that_is_asked_for_is_no_whole_page(client, job):
    part = page_of(client, job, headers=HTMX)

    assert "<html" not in part
    assert "Waiting for its turn" in part


def test_once_ready_it_leads_to_the_result_and_asks_no_more(client, job):
    done = Result(url="/made/", label="Download the PDF", note="As typed: PI 2.2.")
    transitions.finish(transitions.start(job.pk, 1), done)

    part = page_of(client, job, headers=HTMX)

    assert "hx-get" not in part
    assert 'href="/made/"' in part
    assert "Download the PDF" in part
    assert "As typed: PI 2.2." in part


def test_failure_says_why_and_offers_to_try_again(client, job):
    transitions.fail(transitions.start(job.pk, 1), "Too many pages.")

    part = page_of(client, job, headers=HTMX)

    assert "Too many pages." in part
    assert reverse("jobs:retry", args=[job.pk]) in part
    assert "csrfmiddlewaretoken" in part
    response = client.post(reverse("jobs:retry", args=[job.pk]))
    assert response.url == job.get_absolute_url()
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("waiting", 2)


def test_job_of_a_killed_worker_says_so_before_anybody_has_swept(client, job):
    transitions.start(job.pk, 1, at=timezone.now() - LOST_AFTER * 2)

    part = page_of(client, job, headers=HTMX)

    assert "The work was broken off" in part
    assert "Try again" in part


def test_trying_again_what_is_under_way_is_refused_in_words(client, job):
    response = client.post(reverse("jobs:retry", args=[job.pk]), follow=True)

    assert "is not at an end yet" in response.content.decode()


def test_job_of_somebody_else_does_not_exist_not_even_for_the_same_team(client, job):
    client.force_login(make_membership(team=job.team).user)

    assert client.get(job.get_absolute_url()).status_code == 404
    assert client.post(reverse("jobs:retry", args=[job.pk])).status_code == 404


def test_page_takes_few_queries(client, job, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page_of(client, job)


def test_too_many_at_once_is_told(job):
    membership = job.requested_by.memberships.get()
    for number in range(requests.MOST_AT_ONCE - 1):
        make_job(membership=membership, note=str(number))
    with pytest.raises(requests.RequestRefused):
        make_job(membership=membership, note="x")
