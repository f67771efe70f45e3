"""A whole workshop in three browsers: blind, reveal, second round, dissent, agreed, minutes."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from assessments.models import IndicatorRating, Vote, Workshop
from assessments.workshop import transitions
from conftest import PHONE, is_too_wide

pytestmark = pytest.mark.browser
PROJECTOR = {"width": 1920, "height": 1080}
SOON = 15_000  # milliseconds; a page asks every three seconds, on a machine that may be busy


@pytest.fixture
def address(demo):
    return lambda name: reverse(f"workshop:{name}", args=[demo.pk])


@pytest.fixture
def started(demo, coordinator):
    return transitions.start(demo, by=coordinator)


@pytest.fixture
def person():
    return lambda name: User.objects.get(email=f"{name}@kaz.example.org")


@pytest.fixture
def phone_of(open_page, signed_in, person, address):
    """Return a function that opens the Hand on somebody's phone."""

    def phone_of(name):
        page = signed_in(open_page(PHONE), person(name))
        page.goto(address("hand"))
        return page

    return phone_of


@pytest.fixture
def room(open_page, signed_in, coordinator, address, started):
    page = signed_in(open_page(PROJECTOR), coordinator)
    page.goto(address("room"))
    return page


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def count_on(page):
    return page.locator("[data-status]")


def vote(page, level):
    page.locator(f".vote.rating-{level}").click()
    expect(page.locator(f".vote.rating-{level}")).to_have_attribute("aria-pressed", "true")


def test_a_whole_workshop_in_three_browsers(
    demo, room, phone_of, address, assert_accessible, screenshot
):
    undp, unicef = phone_of("gender.specialist"), phone_of("child.protection")
    assert_accessible(room)
    press(undp, "I am here, for UNDP")
    expect(count_on(room)).to_contain_text("1 person is here", timeout=SOON)
    screenshot(room, "workshop-gathering")
    press(room, "Take up 2.2")
    expect(undp.get_by_role("heading", level=1)).to_have_text(
        "2.2 Communication & Advocacy", timeout=SOON
    )

    # Blind
    press(room, "Open the round")
    expect(undp.locator(".vote")).to_have_count(4, timeout=SOON)
    expect(unicef.locator(".vote")).to_have_count(4, timeout=SOON)
    vote(undp, 4)
    vote(undp, 2)
    vote(unicef, 4)
    expect(count_on(room)).to_contain_text("Round 1: 2 of 7 entities have voted", timeout=SOON)
    assert room.locator(".steps").count() == unicef.locator(".steps").count() == 0
    assert "Approaches" not in room.locator(".room-screen").inner_text()
    assert_accessible(room)
    assert_accessible(undp)
    screenshot(room, "workshop-voting")
    screenshot(undp, "workshop-hand")

    # Reveal
    press(room, "Reveal the votes")
    for page in (room, undp, unicef):
        expect(page.locator(".step-2")).to_contain_text("UNDP", timeout=SOON)
        expect(page.locator(".step-4")).to_contain_text("UNICEF", timeout=SOON)
    expect(room.get_by_text("Two or more levels apart:")).to_be_visible()
    assert_accessible(room)
    assert_accessible(undp)
    screenshot(room, "workshop-revealed")
    screenshot(undp, "workshop-hand-revealed")

    # Second round
    press(room, "Open round 2")
    expect(undp.locator(".vote")).to_have_count(4, timeout=SOON)
    expect(undp.locator("[aria-pressed=true]")).to_have_count(0)
    vote(undp, 3)
    expect(unicef.locator(".vote")).to_have_count(4, timeout=SOON)
    vote(unicef, 4)
    press(room, "Reveal the votes")
    expect(room.locator(".room-count")).to_contain_text("2 of 7 entities voted, meets to exceeds")

    # Dissent, refused for lack of a reason, agreed
    room.get_by_text("Record a dissent").click()
    room.get_by_label("Entity").first.select_option("UNDP")
    room.get_by_label("What it holds instead, and why").fill("One campaign is not enough.")
    press(room, "Record the dissent")
    expect(room.get_by_text("One campaign is not enough.")).to_be_visible()
    room.get_by_label("Exceeds").check()
    room.get_by_label("Short minute").fill("The thematic area was new.")
    press(room, "Record the agreed rating")
    expect(room.get_by_text("PI 2.2: “Exceeds” is agreed.")).to_be_visible()
    expect(undp.locator(".step-4")).to_contain_text("Agreed", timeout=SOON)
    expect(room.get_by_role("button", name="Take up 3.2").first).to_be_visible()
    assert_accessible(room)
    screenshot(room, "workshop-agreed")

    # Minutes
    room.get_by_role("link", name="Read the minutes").click()
    expect(
        room.get_by_text("2 of 7 entities voted, meets to exceeds; agreed: exceeds.")
    ).to_be_visible()
    expect(room.get_by_text("One campaign is not enough.")).to_be_visible()
    assert_accessible(room)
    screenshot(room, "workshop-minutes")
    room.goto(address("close"))
    assert_accessible(room)
    press(room, "Close the workshop")
    expect(undp.get_by_role("heading", level=1)).to_have_text(
        "The workshop is closed", timeout=SOON
    )
    assert IndicatorRating.objects.get(assessment=demo, indicator__code="2.2").rating == 4


def test_a_phone_that_was_offline_says_so_and_catches_up_by_itself(
    demo, room, phone_of, page_problems
):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    page_problems.allow("htmx:")  # which tells the console, too
    undp = phone_of("gender.specialist")
    press(room, "Take up 2.2")
    expect(undp.get_by_text("Voting has not been opened yet.")).to_be_visible(timeout=SOON)
    undp.context.set_offline(True)
    expect(undp.get_by_text("Connection lost, trying again")).to_be_visible(timeout=SOON)
    press(room, "Open the round")
    expect(count_on(room)).to_contain_text("Round 1: 0 of 7 entities have voted")
    expect(undp.locator(".vote")).to_have_count(0)
    undp.context.set_offline(False)
    expect(undp.locator(".vote")).to_have_count(4, timeout=SOON)
    expect(undp.get_by_text("Connection lost, trying again")).to_be_hidden()
    vote(undp, 3)
    expect(count_on(room)).to_contain_text("Round 1: 1 of 7 entities have voted", timeout=SOON)


def test_what_the_coordinator_writes_stays_while_the_room_moves_on(
    demo, room, started, coordinator, person
):
    rating = demo.indicator_ratings.get(indicator__code="2.2")
    opened = transitions.open_round(started, rating, by=coordinator)
    undp = person("gender.specialist")
    entity = undp.memberships.get().entity
    transitions.cast_vote(started, opened, entity=entity, rating=3, by=undp)
    transitions.reveal(started, opened, by=coordinator)
    room.reload()
    room.get_by_label("Short minute").fill("Half a sentence")
    transitions.open_round(started, rating, by=coordinator)
    expect(room.get_by_text("The room has moved on.")).to_be_visible(timeout=SOON)
    expect(room.get_by_label("Short minute")).to_have_value("Half a sentence")
    room.get_by_label("Short minute").fill("")
    expect(count_on(room)).to_contain_text("Round 2: 0 of 7 entities have voted", timeout=SOON)


def test_a_session_that_ends_leads_to_the_sign_in_page_and_back(room, phone_of, address):
    undp = phone_of("gender.specialist")
    undp.context.clear_cookies()
    expect(undp.get_by_role("heading", level=1)).to_have_text("Sign in", timeout=SOON)
    assert address("hand") in undp.url.replace("%2F", "/")


def test_the_whole_round_goes_by_keyboard(room, phone_of):
    undp = phone_of("gender.specialist")
    room.keyboard.press("Control+Enter")
    expect(room.get_by_role("heading", level=1)).to_have_text("2.2 Communication & Advocacy")
    room.keyboard.press("Control+Enter")
    expect(undp.locator(".vote")).to_have_count(4, timeout=SOON)
    undp.locator(".vote.rating-3").focus()
    undp.keyboard.press("Enter")
    expect(undp.locator(".vote.rating-3")).to_have_attribute("aria-pressed", "true")
    expect(undp.locator(".vote.rating-3")).to_be_focused()
    expect(count_on(room)).to_contain_text("1 of 7 entities have voted", timeout=SOON)
    room.keyboard.press("Control+Enter")
    expect(room.locator(".step-3")).to_contain_text("UNDP")


def test_voting_works_without_scripts(
    demo, started, coordinator, open_without_scripts, address, person
):
    rating = demo.indicator_ratings.get(indicator__code="2.2")
    undp = open_without_scripts(person("gender.specialist"))
    undp.goto(reverse("workshop:join"))
    undp.get_by_label("Code").fill(Workshop.objects.get().code.lower())
    press(undp, "Join")
    expect(undp.get_by_text("The workshop begins soon")).to_be_visible()
    transitions.open_round(started, rating, by=coordinator)
    undp.get_by_role("link", name="Reload").click()
    undp.locator(".vote.rating-2").click()
    expect(undp.locator(".vote.rating-2")).to_have_attribute("aria-pressed", "true")
    assert Vote.objects.get(at__isnull=False).rating == 2
    leader = open_without_scripts(coordinator)
    leader.goto(address("room"))
    press(leader, "Reveal the votes")
    expect(leader.locator(".step-2")).to_contain_text("UNDP")


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone(room, phone_of, address, width):
    undp = phone_of("gender.specialist")
    press(room, "Take up 2.2")
    press(room, "Open the round")
    undp.set_viewport_size({"width": width, "height": 700})
    expect(undp.locator(".vote")).to_have_count(4, timeout=SOON)
    vote(undp, 3)
    room.set_viewport_size({"width": width, "height": 700})
    expect(count_on(room)).to_contain_text("1 of 7 entities have voted", timeout=SOON)
    press(room, "Reveal the votes")
    expect(room.locator(".steps")).to_be_visible()
    for page in (undp, room):
        assert not is_too_wide(page)
    room.goto(address("minutes"))
    assert not is_too_wide(room)
