"""The action plan as people work with it: by mouse, on a phone, with and without scripts."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import CooperationFramework, Entity, Membership
from actionplan.models import ActionPoint
from conftest import is_too_wide

pytestmark = pytest.mark.browser
PLAN = "/teams/KAZ/plan/2021/"


@pytest.fixture
def points(demo):
    """The demo's points, some with a lead, dates and a criterion, so that there is much to see."""
    rows = list(ActionPoint.objects.of_cycle(demo.cooperation_framework))
    undp = Entity.objects.get(acronym="UNDP")
    for row in rows[:6]:
        row.lead, row.start, row.due = undp, date(2021, 2, 1), date(2022, 6, 30)
        row.criterion = row.indicator.criteria.last()
        row.save()
    return rows


@pytest.fixture
def open_plan(points, coordinator, signed_in):
    """Return a function that opens an address as the demo's coordinator."""

    def open_plan(page, address=PLAN):
        signed_in(page, coordinator).goto(address)
        return page

    return open_plan


def test_each_view_of_the_plan_is_a_click_away_and_accessible(
    open_plan, page, assert_accessible, screenshot
):
    open_plan(page)
    expect(page.get_by_role("heading", name="Planned 15")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Table by dimension").click()
    expect(page.get_by_role("columnheader", name="Supporting").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_role("img", name="Timeline of action points")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "action-plan-timeline")


def test_what_wants_looking_at_leads_to_the_points_it_counts(open_plan, page):
    open_plan(page)
    page.get_by_role("link", name="6 overdue").click()
    expect(page.get_by_text("6 of 15 action points match")).to_be_visible()
    expect(page.get_by_label("To look at")).to_have_value("overdue")
    page.get_by_label("PI", exact=True).select_option("1.1")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".plan-card")).to_have_count(1)


def test_the_board_reads_on_a_phone(open_plan, phone, assert_accessible, screenshot):
    open_plan(phone)
    expect(phone.get_by_role("heading", name="Under way")).to_be_visible()
    assert not is_too_wide(phone)
    assert_accessible(phone)
    screenshot(phone, "action-plan-phone")


def test_a_point_is_added_from_the_workspace_of_a_pi(open_plan, demo, page, assert_accessible):
    open_plan(page, reverse("assessments:indicator", args=[demo.pk, "2.2"]))
    page.get_by_role("link", name="Add action point").click()
    expect(page.get_by_label("PI*", exact=True)).to_contain_text("2.2")
    assert_accessible(page)
    page.get_by_role("textbox", name="Action point").fill("Agree on joint messages.")
    page.get_by_label("Lead entity").select_option(label="UNDP")
    page.get_by_label("Due").fill("2023-06-30")
    page.get_by_role("button", name="Add the action point").click()
    expect(page.get_by_text("Action point 16 was added.")).to_be_visible()
    assert_accessible(page)


def test_ticks_show_what_is_reached_at_once(open_plan, points, page, assert_accessible):
    open_plan(page, f"{PLAN}what-if/")
    expect(page.get_by_text("No action point is ticked.")).to_be_visible()
    page.get_by_role("checkbox").first.check()
    reached = page.locator("#reached")
    expect(reached.get_by_text("PI 1.1")).to_be_visible()
    expect(reached.get_by_text("Action points 1")).to_be_visible()
    assert_accessible(page)


def test_without_scripts_a_button_shows_what_is_reached(points, coordinator, open_without_scripts):
    page = open_without_scripts(coordinator)
    page.goto(f"{PLAN}what-if/")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Show what they reach").click()
    expect(page.locator("#reached").get_by_text("PI 1.1")).to_be_visible()
    expect(page.get_by_role("checkbox").first).to_be_checked()


def test_a_plan_is_rolled_over_after_a_look_at_what_comes_of_it(
    open_plan, demo, page, page_problems, assert_accessible, screenshot
):
    page_problems.allow("status of 422")
    CooperationFramework.objects.create(
        team=demo.team, title="Next", first_year=2026, last_year=2030
    )
    open_plan(page, f"{PLAN}roll-over/")
    merged = page.get_by_role("group", name="1. ").first
    expect(merged.get_by_label("Merge 1 into")).to_be_hidden()
    merged.get_by_label("Merge", exact=True).check()
    merged.get_by_label("Merge 1 into").select_option("2")
    dropped = page.locator(".plan-fate").nth(4)
    dropped.get_by_label("Drop", exact=True).check()
    assert_accessible(page)
    page.get_by_role("button", name="Look at the next plan").click()
    expect(page.get_by_role("link", name="Action point 5: say why it is dropped.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Why is 5 dropped?").fill("Nobody pays for it.")
    page.get_by_role("button", name="Look at the next plan").click()
    expect(page.get_by_role("heading", name="13 action points go on")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "action-plan-roll-over")
    assert not ActionPoint.objects.filter(became__isnull=False).exists()
    page.get_by_role("button", name="Roll the plan over").click()
    expect(page.get_by_text("The plan was rolled over into 2026-2030.")).to_be_visible()
    expect(page.get_by_text("13 action points: 13 planned")).to_be_visible()


def test_done_takes_two_people(open_plan, points, demo, open_page, signed_in, assert_accessible):
    page = open_plan(open_page(), points[0].get_absolute_url())
    page.get_by_role("button", name="Start the action").click()
    page.get_by_role("link", name="Say that it is done").click()
    assert_accessible(page)
    page.get_by_label("What shows that it is done?").fill("See the minutes.")
    page.get_by_role("button", name="Say that it is done").click()
    expect(page.get_by_text("You said yourself that it is done.")).to_be_visible()
    other = Membership.objects.filter(team=demo.team, role="member").exclude(
        entity__acronym__in=["UNDP", "UN Women", "RCO"]
    )
    second = signed_in(open_page(), other.first().user)
    second.goto(points[0].get_absolute_url())
    second.get_by_role("link", name="Verify that it is done").click()
    assert_accessible(second)
    second.get_by_label("The document that shows it").select_option(index=1)
    second.get_by_role("button", name="Verify that it is done").click()
    expect(second.get_by_text("Action point 1 is done.")).to_be_visible()
    assert_accessible(second)


def test_last_years_text_is_read_beside_an_empty_field(open_plan, points, page, assert_accessible):
    open_plan(page, reverse("actionplan:activity", args=[points[0].pk, 2023]))
    expect(page.get_by_role("complementary", name="Earlier years, to read")).to_contain_text(
        points[0].activities.last().text[:40]
    )
    expect(page.get_by_label("What was undertaken")).to_have_value("")
    assert_accessible(page)
    page.get_by_label("No action was taken").check()
    page.get_by_role("button", name="Save the activities").click()
    expect(page.get_by_text("The activities of 2023 were saved.")).to_be_visible()
