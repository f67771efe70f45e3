"""From an empty team to consolidation, as a coordinator goes: in a browser, on both screens."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team
from assessments.models import Assessment
from conftest import DESKTOP, PHONE, is_too_wide
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.browser


@pytest.fixture
def coordinator(live_server):
    load_edition()
    return make_membership(team=make_team(), role=Membership.Role.COORDINATOR)


@pytest.fixture
def seen(screenshot, assert_accessible):
    """Return a function that checks a page and keeps its picture, on a desktop and a phone."""

    def seen(page, name):
        for suffix, size in [("", DESKTOP), ("-phone", PHONE)]:
            page.set_viewport_size(size)
            assert_accessible(page)
            assert not is_too_wide(page), f"{name} scrolls sideways"
            screenshot(page, f"cycle-{name}{suffix}")
        page.set_viewport_size(DESKTOP)

    return seen


def fill_in_set_up(page):
    page.get_by_label("Year", exact=False).first.fill("2040")
    page.get_by_label("Annual progress assessment").check()
    page.get_by_label("Title").fill("Cooperation Framework 2039-2043")
    page.get_by_label("First year").fill("2039")
    page.get_by_label("Last year").fill("2043")
    page.get_by_label("Submitted to UN Women by").fill("2040-12-14")
    page.get_by_role("button", name="Count the dates back").click()
    expect(page.get_by_label("Consolidation workshop on")).to_have_value("2040-11-23")


def test_from_set_up_to_consolidation(coordinator, page, signed_in, seen):
    team = reverse("assessments:team", args=[coordinator.team.code])
    signed_in(page, coordinator.user).goto(team)
    seen(page, "empty-team")
    page.get_by_role("link", name="Set up the").click()
    fill_in_set_up(page)
    seen(page, "set-up")
    page.get_by_role("button", name="Set up the assessment").click()
    expect(page.get_by_text("The assessment of 2040 is set up.")).to_be_visible()
    seen(page, "planning")

    # Choosing: the count follows the ticks, and the rationale is drafted from them.
    page.get_by_role("link", name="Choose the PIs").click()
    for code in ["1.1", "2.2", "3.1", "4.1"]:
        page.get_by_role("checkbox", name=code).check()
    expect(page.get_by_text("4 of at least 5 PIs chosen")).to_be_visible()
    page.get_by_role("checkbox", name="5.1").check()
    expect(page.get_by_text("5 of at least 5 PIs chosen")).to_be_visible()
    page.get_by_role("button", name="Draft it from the choice").click()
    rationale = page.get_by_label("Rationale for the chosen PIs")
    expect(rationale).to_contain_text("This year the team reassesses 5 PIs: 1.1, 2.2, 3.1")
    seen(page, "choice")
    page.get_by_role("button", name="Save the choice").click()
    expect(page.get_by_text("5 PIs are chosen.")).to_be_visible()

    # What is missing leads to where it is done.
    page.get_by_role("link", name="Nobody is assigned to 1.1, 2.2, 3.1, 4.1, 5.1.").click()
    for code in ["1.1", "2.2", "3.1", "4.1", "5.1"]:
        page.get_by_label(f"{code}, {coordinator.user.name}").check()
    page.get_by_role("button", name="Save the assignments").click()
    page.get_by_role("link", name="2040").click()
    page.get_by_role("link", name="Open scoring").click()
    seen(page, "open-scoring")
    page.get_by_role("button", name="Open scoring").click()
    expect(page.get_by_text("Scoring is open.")).to_be_visible()
    seen(page, "scoring")

    page.get_by_role("link", name="Open consolidation").click()
    expect(page.get_by_text("Not everybody has rated.")).to_be_visible()
    seen(page, "open-consolidation")
    page.get_by_role("button", name="Open consolidation").click()
    expect(page.get_by_text("Consolidation is open.")).to_be_visible()
    expect(page.get_by_text("opened consolidation")).to_be_visible()
    seen(page, "consolidation")
    assert Assessment.objects.get().state == "consolidation"


def test_without_scripts_dates_and_rationale_are_made_as_well(coordinator, open_without_scripts):
    page = open_without_scripts(coordinator.user)
    page.goto(reverse("assessments:set_up", args=[coordinator.team.code]))
    fill_in_set_up(page)
    page.get_by_role("button", name="Set up the assessment").click()
    page.get_by_role("link", name="Choose the PIs").click()
    page.get_by_role("checkbox", name="2.2").check()
    page.get_by_role("button", name="Draft it from the choice").click()
    expect(page.get_by_text("Drafted, not saved yet.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="2.2")).to_be_checked()
    page.get_by_role("button", name="Save the choice").click()
    expect(page.get_by_text("1 PI is chosen.")).to_be_visible()
