"""Nothing is ever lost: two people on one PI, a line that drops, a session that ends."""

import re
from contextlib import contextmanager

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from assessments.models import Assessment, IndicatorRating
from conftest import PHONE, is_too_wide

pytestmark = pytest.mark.browser

STATUS = "[data-autosave-status]"
CONFLICT = "[data-conflict]"


@pytest.fixture
def address(demo):
    return reverse("assessments:indicator", args=[demo.pk, "2.2"])


@pytest.fixture
def open_as(open_page, signed_in, demo, address):
    """Return a function that opens PI 2.2 as one of the demo's people, in an own profile."""

    def open_as(name):
        user = User.objects.get(email=f"{name}@kaz.example.org")
        page = signed_in(open_page(), user)
        page.goto(address)
        return page

    return open_as


def stored(demo):
    return IndicatorRating.objects.get(assessment=demo, indicator__code="2.2")


def status_says(page, text):
    page.locator(STATUS, has_text=text).wait_for()


@contextmanager
def saved(page):
    """Wait until the site has stored what is entered inside, and the page says so."""
    with page.expect_response(lambda answer: answer.url.endswith("/autosave/") and answer.ok):
        yield
    status_says(page, "Saved ")


def test_typed_text_is_saved_by_itself_and_says_when(open_as, demo):
    page = open_as("coordinator")
    with saved(page):
        page.fill("[name=findings]", "Typed and left.")
    assert stored(demo).findings == "Typed and left."


def test_two_people_on_one_field_the_second_sees_both_texts_and_chooses(
    open_as, demo, page_problems, screenshot, assert_accessible
):
    page_problems.allow("status of 409")
    first, second = open_as("coordinator"), open_as("gender.specialist")
    with saved(first):
        first.fill("[name=findings]", "From the coordinator.")
    second.fill("[name=findings]", "From the specialist.")
    second.locator(CONFLICT).wait_for()
    assert "From the coordinator." in second.locator(CONFLICT).inner_text()
    assert second.input_value("[name=findings]") == "From the specialist."
    assert stored(demo).findings == "From the coordinator."
    screenshot(second, "conflict")
    assert_accessible(second)
    with saved(second):
        second.click("[data-keep=mine]")
    assert stored(demo).findings == "From the specialist."


def test_two_people_on_different_fields_both_save_and_see_each_other(open_as, demo):
    first, second = open_as("coordinator"), open_as("gender.specialist")
    with saved(first):
        first.fill("[name=findings]", "Findings of one.")
    with saved(second):
        second.fill("[name=means_of_verification]", "- Proof of the other")
    assert second.input_value("[name=findings]") == "Findings of one."
    assert stored(demo).findings == "Findings of one."
    assert stored(demo).means_of_verification == "- Proof of the other"


def test_a_dropped_line_loses_nothing(open_as, demo, page_problems):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    page = open_as("coordinator")
    page.context.set_offline(True)
    page.fill("[name=findings]", "Typed while the line was down.")
    status_says(page, "Not saved: no connection.")
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    status_says(page, "Saved ")
    assert stored(demo).findings == "Typed while the line was down."


def test_a_closed_browser_sends_the_draft_on_return(open_as, demo, address, page_problems):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    page = open_as("coordinator")
    page.context.set_offline(True)
    page.fill("[name=findings]", "Typed, then the lid was shut.")
    status_says(page, "Not saved: no connection.")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(page.url if page.url.startswith("http") else address)
    status_says(again, "Saved ")
    assert again.input_value("[name=findings]") == "Typed, then the lid was shut."
    assert stored(demo).findings == "Typed, then the lid was shut."


def test_an_ended_session_keeps_the_text_until_the_person_is_back(
    open_as, demo, signed_in, page_problems
):
    page_problems.allow("status of 403")
    page = open_as("coordinator")
    Session.objects.all().delete()
    page.fill("[name=findings]", "Typed after the session ended.")
    status_says(page, "you are signed out")
    assert page.input_value("[name=findings]") == "Typed after the session ended."
    signed_in(page, User.objects.get(email="coordinator@kaz.example.org"))
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    status_says(page, "Saved ")
    assert stored(demo).findings == "Typed after the session ended."


def test_text_typed_while_the_assessment_moved_on_is_kept_and_shown(
    open_as, demo, page_problems, assert_accessible
):
    page_problems.allow("status of 409")
    page = open_as("coordinator")
    Assessment.objects.filter(pk=demo.pk).update(state="endorsement")
    page.fill("[name=findings]", "Typed too late.")
    status_says(page, "while the assessment is in “Endorsement”")
    status_says(page, "Your text is kept in this browser.")
    page.reload()
    kept = page.locator("[data-kept-of]")
    expect(kept).to_contain_text("Findings and explanation")
    expect(kept).to_contain_text("Typed too late.")
    assert_accessible(page)
    page.get_by_role("button", name="Drop it").click()
    expect(kept).to_be_hidden()
    page.reload()
    expect(kept).to_be_hidden()
    assert stored(demo).findings != "Typed too late."


def test_a_refused_tick_is_marked_and_holds_back_no_text(
    open_as, demo, page_problems, screenshot, assert_accessible
):
    page_problems.allow("status of 422")
    page = open_as("gender.specialist")
    page.locator("[name=criterion-b-is_met][value=no]").check()
    expect(page.locator("[data-refused=criterion-b-is_met]")).to_contain_text("Ask the coordinator")
    page.fill("[name=findings]", "Written for an hour.")
    expect(page.locator(STATUS)).to_have_text(
        re.compile(r"Saved \d\d:\d\d\. Not saved yet: \(b\): is it met\?")
    )
    assert stored(demo).findings == "Written for an hour."
    assert_accessible(page)
    screenshot(page, "refused")
    desktop = page.viewport_size
    page.set_viewport_size(PHONE)
    assert not is_too_wide(page)
    screenshot(page, "refused-390")
    page.set_viewport_size(desktop)

    page.reload()
    expect(page.locator("[data-refused]")).to_have_count(1)
    expect(page.locator("[name=criterion-b-is_met][value=no]")).to_be_checked()
    page.locator("[name=criterion-b-is_met][value=yes]").check()
    expect(page.locator("[data-refused]")).to_have_count(0)
    expect(page.locator(STATUS)).to_have_text(re.compile(r"Saved \d\d:\d\d$"))


def test_a_rating_chosen_before_its_reason_is_saved_once_the_reason_stands(
    open_as, demo, page_problems
):
    page_problems.allow("status of 422")
    page = open_as("coordinator")
    page.select_option("[name=rating]", "Approaches")
    expect(page.locator("[data-refused=rating]")).to_be_visible()
    page.fill("[name=difference_reason]", "Not seen everywhere.")
    expect(page.locator("[data-refused]")).to_have_count(0)
    expect(page.locator(STATUS)).to_have_text(re.compile(r"Saved \d\d:\d\d$"))
    assert stored(demo).rating == 2


def test_who_is_writing_where_is_shown(open_as):
    first = open_as("gender.specialist")
    with first.expect_response("**/presence/"):
        first.focus("[name=findings]")
    second = open_as("coordinator")
    second.locator("[data-presence]", has_text="Gender Specialist, UNDP is writing here").wait_for()
