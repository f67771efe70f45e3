"""What is typed into a form that is saved as a whole stays in the browser until it is saved."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User

pytestmark = pytest.mark.browser
KEPT = "This is what you wrote here last; it is not saved yet."
COUNTED = "This is what you entered here last; it is not saved yet."


@pytest.fixture
def member_page(demo, page, signed_in):
    return signed_in(page, User.objects.get(email="gender.specialist@kaz.example.org"))


@pytest.fixture
def preliminary(demo):
    return reverse("assessments:preliminary", args=[demo.pk, "2.2"])


def test_a_preliminary_rating_not_saved_is_put_back_and_forgotten_once_saved(
    member_page, preliminary
):
    page = member_page
    page.goto(preliminary)
    page.locator("[name=criterion-b][value=yes]").check()
    page.get_by_label("My rating").select_option("Exceeds")
    page.get_by_label("My comment").fill("Half a thought")

    page.goto("/")
    page.goto(preliminary)
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(page.get_by_label("My comment")).to_have_value("Half a thought")
    expect(page.get_by_label("My rating")).to_have_value("4")
    expect(page.locator("[name=criterion-b][value=yes]")).to_be_checked()

    page.get_by_role("button", name="Save my rating").press("Enter")
    expect(page.get_by_text("Only you can see it.")).to_be_visible()
    page.get_by_label("My comment").wait_for()
    page.goto(preliminary)
    expect(page.get_by_label("My comment")).to_have_value("Half a thought")
    expect(page.get_by_text(KEPT)).to_have_count(0)


def test_a_survey_not_saved_is_put_back(demo, coordinator, page, signed_in):
    demo.indicator_ratings.filter(indicator__code="4.2").update(
        is_reassessed=True, origin_year=None, origin_note=""
    )
    address = reverse("assessments:calculator", args=[demo.pk, "4.2"])
    signed_in(page, coordinator).goto(address)
    page.get_by_label("personnel asked").fill("321")
    page.goto("/")
    page.goto(address)
    expect(page.get_by_text(COUNTED)).to_be_visible()
    expect(page.get_by_label("personnel asked")).to_have_value("321")
