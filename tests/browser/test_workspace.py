"""The workspace of a PI as a person uses it: by mouse, by keyboard, with and without scripts."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import IndicatorRating

pytestmark = pytest.mark.browser


@pytest.fixture
def open_pi(demo, coordinator, signed_in):
    """Return a function that opens a PI of the demo as its coordinator: open_pi(page, "2.2")."""

    def open_pi(page, code):
        signed_in(page, coordinator)
        page.goto(reverse("assessments:indicator", args=[demo.pk, code]))
        return page

    return open_pi


def answer(page, criterion, word):
    page.locator(f"#criterion-{criterion}").get_by_label(word, exact=True).check()


def computed(page):
    return page.locator(".result-bar-computed .result-bar-item")


def findings(page):
    return page.get_by_label("Findings and explanation")


def save(page):
    page.get_by_role("button", name="Save ", exact=False).click()


def stored(demo, code):
    return IndicatorRating.objects.get(assessment=demo, indicator__code=code)


def test_computed_rating_follows_a_criterion_at_once(open_pi, page, page_problems):
    page_problems.allow("status of 422")  # the autosave asks for the reason of the difference
    open_pi(page, "2.2")
    expect(computed(page)).to_contain_text("Exceeds")
    answer(page, "d", "Not met")
    expect(computed(page)).to_contain_text("Meets")
    answer(page, "b", "Not met")
    expect(computed(page)).to_contain_text("Missing")
    answer(page, "a", "Met")
    expect(computed(page)).to_contain_text("Approaches")


def test_share_and_computed_rating_follow_a_number_at_once(open_pi, page, page_problems):
    page_problems.allow("status of 422")  # the autosave asks for the reason of the difference
    open_pi(page, "1.3")
    share = page.locator("#share-gender-sensitive-indicators")
    expect(share).to_have_text("48.7 %")
    expect(computed(page)).to_contain_text("Meets")
    first = page.locator('[name="measure-gender-sensitive-indicators-0-numerator"]')
    expect(first).to_have_value("15")
    first.fill("1")
    first.press("Tab")
    expect(share).to_have_text("30.8 %")
    expect(computed(page)).to_contain_text("Approaches")


def test_everything_that_a_number_decides_follows_it(open_pi, page, page_problems):
    page_problems.allow("status of 422")  # the autosave asks for the reason of the difference
    open_pi(page, "1.3")
    prefix = "measure-gender-sensitive-indicators-0"
    share = page.locator(f"#{prefix}-share")
    expect(share).to_have_text("93.8 %")
    expect(page.locator(".level-reached")).to_have_count(2)
    page.locator(f'[name="{prefix}-numerator"]').fill("1")  # without leaving the field
    expect(share).to_have_text("6.2 %")
    expect(page.locator(".level-reached")).to_have_count(1)


def test_a_criterion_that_a_number_decides_follows_it(open_pi, page, page_problems):
    page_problems.allow("status of 422")
    open_pi(page, "5.1")
    criterion = page.locator("#criterion-c")
    senior, everybody = (
        page.locator(f'[name="measure-senior-members-0-{part}"]')
        for part in ("numerator", "denominator")
    )
    senior.fill("8")
    everybody.fill("12")
    expect(criterion).to_contain_text("Met: decided by the numbers below.")
    senior.fill("3")
    expect(criterion).to_contain_text("Not met: decided by the numbers below.")


def test_a_page_that_refused_a_number_forgets_it_once_it_is_mended(
    demo, open_pi, page, page_problems
):
    page_problems.allow("status of 422")
    open_pi(page, "5.1")
    senior = page.locator('[name="measure-senior-members-0-numerator"]')
    senior.fill("30")
    page.locator('[name="measure-senior-members-0-denominator"]').fill("12")
    sentence = "Senior members (30) cannot exceed all members (12)."
    expect(page.locator(".table-scroll + [data-refused]")).to_have_text(sentence)
    expect(page.locator("[data-autosave-status]")).to_contain_text(sentence)
    save(page)
    expect(page.locator(".error-summary")).to_be_visible()
    expect(senior).to_have_class(re.compile("is-invalid"))
    senior.fill("8")
    expect(page.locator(".error-summary")).to_have_count(0)
    expect(senior).not_to_have_class(re.compile("is-invalid"))
    expect(page.locator("#measure-senior-members .invalid-feedback")).to_have_count(0)
    expect(page.locator("#measure-senior-members-0-share")).to_have_text("66.7 %")
    expect(page).to_have_title(re.compile("^5.1"))
    assert stored(demo, "5.1").measure_entries.get().numerator == 8


def test_save_says_so_and_keeps_what_was_written(demo, open_pi, page):
    open_pi(page, "2.2")
    findings(page).fill("Written in a browser.")
    save(page)
    expect(page.get_by_text("PI 2.2 saved.")).to_be_visible()
    expect(findings(page)).to_have_value("Written in a browser.")
    assert stored(demo, "2.2").findings == "Written in a browser."


def test_refused_save_leads_to_the_field_and_keeps_what_was_written(
    open_pi, page, page_problems, assert_accessible
):
    page_problems.allow("status of 422")
    open_pi(page, "2.2")
    answer(page, "d", "Not met")
    save(page)
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("differs from what the criteria give: say why")
    assert page.title().startswith("Error:")
    assert_accessible(page)
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("reason for the difference")).to_be_in_viewport()
    expect(page.locator("#criterion-d").get_by_label("Not met", exact=True)).to_be_checked()


def test_two_people_on_one_text_see_both_and_lose_nothing(
    demo, open_pi, open_without_scripts, coordinator
):
    mine, theirs = [open_pi(open_without_scripts(coordinator), "2.2") for _ in range(2)]
    findings(theirs).fill("Theirs, stored first.")
    save(theirs)
    findings(mine).fill("Mine, sent second.")
    with mine.expect_response(lambda response: response.request.method == "POST") as answered:
        save(mine)
    assert answered.value.status == 409
    conflict = mine.get_by_role("alert")
    expect(conflict).to_contain_text("Theirs, stored first.")
    expect(conflict).to_contain_text("Mine, sent second.")
    expect(findings(mine)).to_have_value("Mine, sent second.")
    assert stored(demo, "2.2").findings == "Theirs, stored first."
    save(mine)
    assert stored(demo, "2.2").findings == "Mine, sent second."


def test_everything_works_without_scripts(demo, open_pi, open_without_scripts, coordinator):
    page = open_pi(open_without_scripts(coordinator), "2.2")
    answer(page, "d", "Not met")
    findings(page).fill("Without scripts.")
    page.get_by_label("Agreed", exact=True).select_option("Meets")
    save(page)
    expect(page.get_by_text("PI 2.2 saved.")).to_be_visible()
    rating = stored(demo, "2.2")
    assert (rating.rating, rating.computed_rating) == (3, 3)
    assert rating.findings == "Without scripts."


def test_a_person_signs_in_and_out_without_scripts(demo, browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator("[name=login]").fill("Coordinator@KAZ.example.org")
    page.locator("[name=password]").fill("gender-equality-2030")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My teams")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    context.close()


# Keyboard


def focused(page, attribute):
    return page.evaluate("name => document.activeElement.getAttribute(name)", attribute)


def tab_until(page, found, presses=120):
    """Press Tab until found() holds, as a person without a mouse does."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if found():
            return
    raise AssertionError(f"Not reached by {presses} presses of Tab.")


def test_whole_scoring_goes_by_keyboard(demo, open_pi, page):
    open_pi(page, "2.2")
    tab_until(page, lambda: focused(page, "name") == "criterion-a-is_met")
    for _ in range(2):
        if not page.locator("#criterion-a").get_by_label("Met", exact=True).is_checked():
            page.keyboard.press("ArrowRight")
    tab_until(page, lambda: focused(page, "name") == "criterion-a-finding")
    page.keyboard.type("Typed without a mouse.")
    tab_until(page, lambda: "Save 2.2" in page.evaluate("document.activeElement.innerText"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("PI 2.2 saved.")).to_be_visible()
    finding = stored(demo, "2.2").criterion_findings.get(criterion__key="a")
    assert (finding.is_met, finding.finding) == (True, "Typed without a mouse.")


COVERED_BY_THE_BAR = """async () => {
  let before;
  do { // until the page has come to rest
    before = scrollY;
    await new Promise((resolve) => setTimeout(resolve, 60));
  } while (scrollY !== before);
  const bar = document.querySelector(".result-bar");
  const element = document.activeElement;
  if (bar.contains(element)) return null;
  const { top, bottom } = element.getBoundingClientRect();
  const edge = bar.getBoundingClientRect().top;
  const visible = Math.min(bottom, edge, innerHeight) - Math.max(top, 0);
  const enough = Math.min(bottom - top, 24);
  if (visible >= enough) return null;
  return `${element.outerHTML.slice(0, 120)} from ${top} to ${bottom}, bar from ${edge}`;
}"""


@pytest.mark.parametrize("device", ["page", "phone"])
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_focus_is_never_hidden_behind_the_result_bar(open_pi, request, device, key):
    page = open_pi(request.getfixturevalue(device), "2.2")
    page.emulate_media(reduced_motion="reduce")  # scrolls at once
    hidden, steps = [], 0
    while steps == 0 or (page.evaluate("document.activeElement !== document.body") and steps < 150):
        page.keyboard.press(key)
        steps += 1
        if covered := page.evaluate(COVERED_BY_THE_BAR):
            hidden.append(covered)
    assert steps > 30
    assert hidden == []


# Paper


def test_paper_shows_the_pi_without_navigation_and_buttons(open_pi, page):
    open_pi(page, "2.2")
    page.emulate_media(media="print")
    for part in [".site-nav", ".breadcrumbs", ".workspace-nav", ".site-person", ".skip-link"]:
        expect(page.locator(part)).to_be_hidden()
    expect(page.get_by_role("button", name="Save 2.2")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
