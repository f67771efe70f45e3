"""From assigning a PI to revealing what everybody thinks of it, in a browser."""

import pytest
from django.urls import reverse

from accounts.models import User
from conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def member(demo):
    return User.objects.get(email="gender.specialist@kaz.example.org")


@pytest.fixture
def preliminary(demo):
    return reverse("assessments:preliminary", args=[demo.pk, "2.2"])


def look(page, screenshot, assert_accessible, name):
    """Check a page and keep its picture, on a desktop and on a phone."""
    for suffix, size in [("", DESKTOP), ("-phone", PHONE)]:
        page.set_viewport_size(size)
        assert_accessible(page)
        screenshot(page, f"tasks-{name}{suffix}")
    page.set_viewport_size(DESKTOP)


def test_from_assigning_to_revealing(
    demo,
    coordinator,
    member,
    preliminary,
    page,
    open_page,
    signed_in,
    screenshot,
    assert_accessible,
    page_problems,
):
    page_problems.allow("status of 422")

    def seen(page, name):
        look(page, screenshot, assert_accessible, name)

    # The coordinator assigns PI 6.1 to the member.
    signed_in(page, coordinator).goto(reverse("assessments:assignments", args=[demo.pk]))
    page.get_by_label("6.1, Gender Specialist, UNDP").check()
    seen(page, "assignments")
    page.get_by_role("button", name="Save the assignments").click()
    page.get_by_text("The assignment of 1 PI is saved.").wait_for()

    # The member finds it among the tasks, and gives a preliminary rating of PI 2.2.
    own = signed_in(open_page(DESKTOP), member)
    own.goto("/")
    own.get_by_role("link", name="My tasks").click()
    own.get_by_role("heading", name="5 preliminary ratings to give").wait_for()
    seen(own, "my-tasks")
    own.goto(preliminary)
    result = own.get_by_role("region", name="Result")
    result.get_by_text("Nothing decided yet").wait_for()
    for key in ("b", "c"):
        own.locator(f"[name=criterion-{key}][value=yes]").check()
    result.locator(".rating-mark", has_text="Meets").wait_for()
    result.get_by_label("My rating").select_option("Exceeds")
    seen(own, "preliminary")
    own.get_by_role("button", name="Save my rating").press("Enter")
    own.get_by_role("heading", name="Not saved yet. What you wrote is still here.").wait_for()
    seen(own, "preliminary-refused")
    own.get_by_label("My comment").fill("The campaign reached far more than the usual audience.")
    own.get_by_role("button", name="Save my rating").press("Enter")
    own.get_by_text("Only you can see it.").wait_for()

    # The coordinator sees who has rated, not how; then reveals.
    page.goto(demo.indicator_ratings.get(indicator__code="2.2").get_absolute_url())
    page.get_by_text("1 of 9 have given a preliminary rating.").wait_for()
    page.get_by_text("Who has rated").click()
    seen(page, "who-has-rated")
    assert "usual audience" not in page.content()
    page.get_by_role("link", name="Reveal the preliminary ratings").click()
    seen(page, "reveal")
    page.get_by_role("button", name="Reveal the preliminary ratings").click()
    page.get_by_text("The campaign reached far more than the usual audience.").wait_for()
    seen(page, "revealed")


def test_progress_work_and_reminders(
    demo, coordinator, page, signed_in, screenshot, assert_accessible, mailoutbox
):
    signed_in(page, coordinator).goto(demo.get_absolute_url())
    look(page, screenshot, assert_accessible, "progress")
    page.get_by_role("row", name="UNICEF").get_by_role("link", name="of 1 complete").click()
    page.get_by_text("1 reassessed PI, 1 with something open").wait_for()
    look(page, screenshot, assert_accessible, "work")
    page.goto(reverse("assessments:assignments", args=[demo.pk]))
    page.get_by_role("link", name="Remind all with open work").click()
    look(page, screenshot, assert_accessible, "reminders")
    page.get_by_role("button", name="Send 8 mails").click()
    page.get_by_text("Reminded: National Gender Expert, FAO").wait_for()
    assert len(mailoutbox) == 8


def test_assigning_and_rating_work_without_scripts(
    demo, coordinator, member, preliminary, open_without_scripts
):
    page = open_without_scripts(coordinator)
    page.goto(reverse("assessments:assignments", args=[demo.pk]))
    page.get_by_label("6.1, Gender Specialist, UNDP").check()
    page.get_by_role("button", name="Save the assignments").click()
    page.get_by_text("The assignment of 1 PI is saved.").wait_for()
    own = open_without_scripts(member)
    own.goto(preliminary)
    own.locator("[name=criterion-a][value=yes]").check()
    own.get_by_label("My rating").select_option("Approaches")
    own.get_by_role("button", name="Save my rating").press("Enter")
    own.get_by_text("Only you can see it.").wait_for()
