"""The end of work that somebody left is told on the next page that they open, once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import make_membership
from jobs import transitions
from jobs.tests.factories import make_job
from jobs.work import Result

pytestmark = pytest.mark.django_db
DONE = Result(url="/made/", label="Download")


@pytest.fixture
def job(client):
    """Tried again a moment ago, and waiting."""
    membership = make_membership()
    client.force_login(membership.user)
    job = make_job(membership=membership)
    transitions.fail(transitions.start(job.pk, 1), "Too many pages.")
    client.post(reverse("jobs:retry", args=[job.pk]))
    job.refresh_from_db()
    return job


def running(job):
    return transitions.start(job.pk, job.attempt)


def page_of(client, address="assessments:home", **options):
    return client.get(reverse(address), **options).content.decode()


def test_next_page_leads_to_what_is_ready_and_says_so_once(client, job):
    assert "PDF of 2022" not in page_of(client)
    transitions.finish(running(job), DONE)

    assert '<a href="/made/">Ready: PDF of 2022</a>' in page_of(client)
    assert "PDF of 2022" not in page_of(client)


def test_what_did_not_work_leads_to_why(client, job):
    transitions.fail(running(job), "Too many pages.")

    address = job.get_absolute_url()
    assert f'<a href="{address}">Not done: PDF of 2022</a>' in page_of(client)


def test_page_of_the_job_tells_it_itself(client, job):
    transitions.finish(running(job), DONE)

    assert "Ready: PDF" not in client.get(job.get_absolute_url()).text
    assert "PDF of 2022" not in page_of(client)


def test_part_that_a_page_asks_for_does_not_take_the_news_away(client, job):
    transitions.finish(running(job), DONE)

    page_of(client, headers={"HX-Request": "true"})

    assert "Ready: PDF of 2022" in page_of(client)


def test_title_of_a_job_stays_text(client, job):
    type(job).objects.update(title="<b>2022</b>")
    transitions.finish(running(job), DONE)

    assert "Ready: &lt;b&gt;2022&lt;/b&gt;" in page_of(client)


def queries_of_a_page(client):
    with CaptureQueriesContext(connection) as queries:
        page_of(client)
    return len(queries)


def test_who_waits_for_nothing_pays_no_query(client, job):
    while_waiting = queries_of_a_page(client)
    transitions.finish(running(job), DONE)
    page_of(client)

    assert queries_of_a_page(client) == while_waiting - 1
