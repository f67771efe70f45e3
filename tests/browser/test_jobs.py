"""The page of long work in a real browser, while a worker is at it and when it has ended."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from jobs import transitions
from jobs.models import Job
from jobs.work import Result

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked_for(settings, signed_in, demo, coordinator):
    """Return a function that asks for the PDF in a browser; the test itself is the worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def ask(page):
        signed_in(page, coordinator).goto(reverse("report:detail", args=[demo.pk]))
        page.get_by_role("button", name="PDF").click()
        expect(page.get_by_text("Waiting for its turn")).to_be_visible()
        return Job.objects.latest("pk")

    return ask


def result_of(job):
    return Result(url=reverse("assessments:home"), label="Download: PDF")


@pytest.mark.parametrize("width", ["page", "phone"])
def test_progress_is_seen_without_reloading_and_the_end_as_well(
    request, width, asked_for, assert_accessible, screenshot
):
    page = request.getfixturevalue(width)
    job = asked_for(page)
    assert_accessible(page)

    running = transitions.start(job.pk, 1)
    transitions.tell(running, "Making the file: PDF", 1, of=2)
    expect(page.get_by_text("Making the file: PDF")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")
    assert_accessible(page)
    screenshot(page, f"job-running-{width}")

    transitions.finish(running, result_of(job))
    expect(page.get_by_text("Ready.")).to_be_visible()
    expect(page.get_by_role("link", name="Download: PDF")).to_be_visible()
    assert_accessible(page)
    screenshot(page, f"job-ready-{width}")


def test_who_has_gone_on_is_told_on_the_next_page(page, asked_for, assert_accessible, screenshot):
    job = asked_for(page)
    page.get_by_role("link", name="Knowledge hub").click()
    transitions.finish(transitions.start(job.pk, 1), result_of(job))

    page.get_by_role("link", name="My tasks").click()

    news = page.get_by_role("status").get_by_role("link", name="Ready: PDF of the report of 2022")
    expect(news).to_be_visible()
    assert_accessible(page)
    screenshot(page, "job-told")
    page.get_by_role("link", name="My tasks").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(news).to_have_count(0)


def test_failure_is_told_and_tried_again_without_scripts(
    open_without_scripts, asked_for, page, coordinator
):
    job = asked_for(page)
    plain = open_without_scripts(coordinator)
    plain.goto(job.get_absolute_url())
    transitions.fail(transitions.start(job.pk, 1), "The paper ran out.")

    plain.get_by_role("link", name="See how far it is").click()
    expect(plain.get_by_text("The paper ran out.")).to_be_visible()
    plain.get_by_role("button", name="Try again").click()

    expect(plain.get_by_text("Waiting for its turn")).to_be_visible()
