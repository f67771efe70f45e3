"""The overview of all teams, the knowledge hub and the log of a team, in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from assessments.models import Assessment
from conftest import DESKTOP, PHONE, is_too_wide
from evidence import sharing
from evidence.models import Document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def reviewer(demo):
    Assessment.objects.filter(pk=demo.pk).update(state="accepted")
    return User.objects.get(email="reviewer@unwomen.example.org")


@pytest.fixture
def shared(demo, coordinator):
    document = Document.objects.filter(team=demo.team).first()
    return sharing.share(document, good_practice="- Ask early\n- Ask twice", by=coordinator)


@SCREENS
def test_a_reviewer_goes_from_all_teams_to_one_report(
    reviewer, demo, open_page, signed_in, assert_accessible, screenshot, screen
):
    page = signed_in(open_page(screen), reviewer)
    page.goto("/")
    page.get_by_label("Main").get_by_role("link", name="All teams").click()
    expect(page.get_by_role("heading", name="All teams")).to_be_visible()
    assert_accessible(page)
    assert not is_too_wide(page)
    screenshot(page, f"world-{screen['width']}")
    page.get_by_label("Region").select_option("Europe and Central Asia")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("rowheader", name="Kazakhstan")).to_be_visible()
    page.locator(".world-teams a").click()
    expect(page.get_by_role("heading", name=str(demo), exact=True)).to_be_visible()


@pytest.mark.usefixtures("reviewer")
def test_the_table_of_all_teams_is_saved_as_csv(reviewer, page, signed_in):
    signed_in(page, reviewer).goto(reverse("world:overview"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Table as CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    assert "Kazakhstan" in download.value.path().read_text(encoding="utf-8-sig")


@SCREENS
def test_a_shared_document_is_found_read_and_withdrawn(
    shared, reviewer, coordinator, open_page, signed_in, assert_accessible, screenshot, screen
):
    page = signed_in(open_page(screen), reviewer)
    page.goto(reverse("evidence:hub"))
    page.get_by_label("Words").fill("ask twice")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name=shared.title)).to_be_visible()
    assert_accessible(page)
    assert not is_too_wide(page)
    screenshot(page, f"hub-{screen['width']}")
    with page.expect_download() as download:
        page.get_by_role("link", name=shared.title).click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    own = signed_in(open_page(screen), coordinator)
    own.goto(shared.get_absolute_url())
    own.get_by_role("button", name="Withdraw from the hub").click()
    expect(own.get_by_text("no longer in the knowledge hub")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="No document matches")).to_be_visible()


@SCREENS
def test_the_coordinator_reads_and_checks_the_log(
    shared, coordinator, open_page, signed_in, assert_accessible, screenshot, screen
):
    page = signed_in(open_page(screen), coordinator)
    page.goto(reverse("assessments:team", args=["KAZ"]))
    page.get_by_role("link", name="Log", exact=True).click()
    expect(page.get_by_text("shared to the knowledge hub")).to_be_visible()
    assert_accessible(page)
    assert not is_too_wide(page)
    screenshot(page, f"log-{screen['width']}")
    page.get_by_role("button", name="Check the log").click()
    expect(page.get_by_text("The log is unbroken")).to_be_visible()


def test_sharing_says_to_whom_before_it_happens(
    demo, coordinator, page, signed_in, assert_accessible
):
    document = Document.objects.filter(team=demo.team).first()
    signed_in(page, coordinator).goto(document.get_absolute_url())
    page.get_by_role("link", name="Share to the hub").click()
    expect(page.get_by_text("Everybody who signs in to this site")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Share the document").click()
    expect(page.get_by_text("is in the knowledge hub")).to_be_visible()
