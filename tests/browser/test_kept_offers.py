"""Somebody saved while another was typing: both texts are there, and the person chooses."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from conftest import PHONE, is_too_wide
from tests.browser.test_text_and_calculators import fill_survey

pytestmark = pytest.mark.browser
SINCE = "Somebody saved since."


@pytest.fixture
def survey(demo):
    rating = demo.indicator_ratings.get(indicator__code="4.2")
    rating.is_reassessed, rating.origin_year, rating.origin_note = True, None, ""
    rating.rating, rating.difference_reason = None, ""
    rating.save()
    rating.assigned_to.set(demo.team.memberships.filter(user__email__startswith="gender."))
    return reverse("assessments:calculator", args=[demo.pk, "4.2"])


@pytest.fixture
def open_as(open_page, signed_in, demo):
    def open_as(name):
        return signed_in(open_page(), User.objects.get(email=f"{name}@kaz.example.org"))

    return open_as


@pytest.fixture
def typed(open_as, survey):
    """A window whose numbers, typed and not saved, somebody else's went before."""
    mine, theirs = open_as("coordinator"), open_as("gender.specialist")
    theirs.goto(survey)
    fill_survey(theirs)
    save_numbers(theirs)
    mine.goto(survey)
    mine.get_by_label("personnel asked").fill("321")
    mine.goto("/")
    expect(theirs.get_by_label("personnel asked")).to_have_value("255")
    theirs.get_by_label("personnel asked").fill("500")
    save_numbers(theirs)
    mine.goto(survey)
    return mine


@pytest.fixture
def looked_at(screenshot, assert_accessible):
    """Take pictures of a page at both widths; on a phone it fits, and everybody can use it."""

    def look(page, name):
        screenshot(page, name)
        page.set_viewport_size(PHONE)
        assert not is_too_wide(page)
        screenshot(page, f"{name}-390")
        assert_accessible(page)

    return look


def save_numbers(page):
    page.get_by_role("button", name="Save the numbers").click()
    expect(page.get_by_text("The numbers of PI 4.2 are saved.")).to_be_visible()


def test_numbers_typed_before_a_colleague_saved_are_offered_and_taken(typed, looked_at):
    mine = typed
    expect(mine.get_by_text(SINCE)).to_be_visible()
    expect(mine.get_by_label("personnel asked")).to_have_value("500")
    mine.get_by_text("Look at it").click()
    expect(mine.locator(".kept-entries")).to_contain_text("321")
    looked_at(mine, "kept-offer")
    mine.get_by_role("button", name="Put it into the form").click()
    expect(mine.get_by_text(SINCE)).to_have_count(0)
    expect(mine.get_by_label("personnel asked")).to_have_value("321")
    save_numbers(mine)
    expect(mine.get_by_label("personnel asked")).to_have_value("321")
    expect(mine.get_by_text(SINCE)).to_have_count(0)


def test_an_offer_stays_while_other_numbers_are_typed_until_it_is_dropped(typed):
    mine = typed
    mine.get_by_label("personnel asked").fill("400")
    mine.reload()
    expect(mine.get_by_label("personnel asked")).to_have_value("400")
    mine.get_by_text("Look at it").click()
    expect(mine.locator(".kept-entries")).to_contain_text("321")
    mine.get_by_role("button", name="Drop it").click()
    mine.reload()
    expect(mine.get_by_label("personnel asked")).to_have_value("400")
    expect(mine.get_by_text(SINCE)).to_have_count(0)


# The narrative of the year


def test_two_coordinators_on_one_text_of_the_year_the_second_sees_both(
    open_as, demo, page_problems, looked_at
):
    page_problems.allow("status of 409")
    address = reverse("assessments:edit", args=[demo.pk])
    mine, theirs = open_as("coordinator"), open_as("coordinator")
    for page in (mine, theirs):
        page.goto(address)
    theirs.get_by_label("The process").fill("From the other window.")
    theirs.get_by_role("button", name="Save", exact=True).click()
    expect(theirs.get_by_text("The text on the process was saved.")).to_be_visible()
    mine.get_by_label("The process").fill("From this window.")
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_text("Somebody else changed the same here")).to_be_visible()
    expect(mine.locator(".side-by-side")).to_contain_text("From the other window.")
    expect(mine.get_by_label("The process")).to_have_value("From this window.")
    looked_at(mine, "narrative-conflict")
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_text("The text on the process was saved.")).to_be_visible()
    demo.refresh_from_db()
    assert demo.process == "From this window."


def test_a_text_of_the_year_typed_before_a_colleague_saved_meets_theirs_when_it_is_taken(
    open_as, demo, page_problems
):
    page_problems.allow("status of 409")
    address = reverse("assessments:edit", args=[demo.pk])
    mine = open_as("coordinator")
    mine.goto(address)
    mine.get_by_label("The process").fill("Half a thought.")
    mine.goto("/")
    demo.process, demo.comments = "From the other window.", "As well."
    demo.save()

    mine.goto(address)
    expect(mine.get_by_text(SINCE)).to_be_visible()
    mine.get_by_role("button", name="Put it into the form").click()
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.locator(".side-by-side")).to_contain_text("From the other window.")
    expect(mine.get_by_label("The process")).to_have_value("Half a thought.")
    expect(mine.get_by_label("Further comments")).to_have_value("As well.")
