"""Text pasted from Word, its preview, and the two pages for counting, in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import IndicatorRating
from conftest import is_too_wide

pytestmark = pytest.mark.browser

PASTED = (
    "The team met twice.\n"
    "•\tFirst meeting\n"
    "o\tAgenda and minutes\n"
    "•\tSecond meeting, see https://www.unwomen.org/en/how-we-work\n"
    "1.\tAgreed the ratings\n"
    "\n"
    "Entity\tWomen\tMen\n"
    "UNDP\t12\t8\n"
    "UNICEF\t20\t9"
)


@pytest.fixture
def open_reassessed(demo, coordinator, signed_in):
    """Return a function that opens a page of a PI as if it were reassessed this year."""

    def open_reassessed(page, code, name="indicator"):
        IndicatorRating.objects.filter(assessment=demo, indicator__code=code).update(
            is_reassessed=True, origin_year=None, origin_note="", rating=None, difference_reason=""
        )
        signed_in(page, coordinator)
        page.goto(reverse(f"assessments:{name}", args=[demo.pk, code]))
        return page

    return open_reassessed


def findings(page):
    return page.get_by_label("Findings and explanation")


def preview_button(page):
    return page.get_by_role("button", name="Preview findings and explanation")


def preview(page):
    return page.locator("#id_findings-preview")


def number(page, label):
    return page.get_by_label(label, exact=True)


def fill_survey(page):
    number(page, "Year of the survey").fill("2022")
    number(page, "Personnel asked").fill("255")
    number(page, "Personnel who answered").fill("178")
    questions = [
        "My team makes adequate efforts to fulfil its mandate on gender equality",
        "Leadership promotes gender equality in the workplace",
    ]
    for row, question in enumerate(questions, start=1):
        number(page, f"Question, {row}").fill(question)
        for level, count in [
            ("strongly agree", 60), ("agree", 70), ("neutral", 30), ("disagree", 10),
            ("strongly disagree", 8),
        ]:  # fmt: skip
            number(page, f"{level}, {row}").fill(str(count))
    number(page, "strongly disagree, 2").press("Tab")


def fill_parity(page):
    for row in range(1, 4):
        for group, women, men in [("GS", 12, 5), ("NO", 6, 6), ("P4–P5", 1, 3)]:
            number(page, f"{group}, women, {row}").fill(str(women))
            number(page, f"{group}, men, {row}").fill(str(men))
    number(page, "P4–P5, men, 3").press("Tab")


def test_lists_links_and_tables_pasted_from_word_stay(
    open_reassessed, page, assert_accessible, screenshot
):
    open_reassessed(page, "2.2")
    findings(page).fill(PASTED)
    preview_button(page).click()
    expect(preview(page).locator("ul ul li")).to_have_text("Agenda and minutes")
    expect(preview(page).get_by_role("link")).to_have_attribute(
        "href", "https://www.unwomen.org/en/how-we-work"
    )
    expect(preview(page).locator("tbody tr")).to_have_count(2)
    assert_accessible(page)
    screenshot(page, "text-preview-1280")
    page.get_by_role("button", name="Save 2.2").click()
    expect(page.get_by_text("PI 2.2 saved.")).to_be_visible()
    expect(findings(page)).to_have_value(
        "The team met twice.\n\n- First meeting\n  - Agenda and minutes\n"
        "- Second meeting, see https://www.unwomen.org/en/how-we-work\n  1. Agreed the ratings\n\n"
        "| Entity | Women | Men |\n| --- | --- | --- |\n| UNDP | 12 | 8 |\n| UNICEF | 20 | 9 |"
    )


def test_preview_follows_the_text_and_closes_by_keyboard(open_reassessed, page):
    open_reassessed(page, "2.2")
    findings(page).fill("one")
    preview_button(page).focus()
    page.keyboard.press("Enter")
    expect(preview_button(page)).to_have_attribute("aria-expanded", "true")
    expect(preview(page)).to_have_text("one")
    findings(page).fill("**two**")
    expect(preview(page).locator("strong")).to_have_text("two")
    preview_button(page).focus()
    page.keyboard.press("Space")
    expect(preview(page)).to_be_hidden()


def test_preview_says_when_the_line_is_down(open_reassessed, page, page_problems):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    open_reassessed(page, "2.2")
    page.context.set_offline(True)
    preview_button(page).click()
    expect(preview(page)).to_contain_text("The preview could not be loaded.")


def test_preview_on_a_phone(open_reassessed, phone, assert_accessible, screenshot):
    open_reassessed(phone, "2.2")
    findings(phone).fill(PASTED)
    preview_button(phone).click()
    expect(preview(phone).get_by_role("link")).to_be_visible()
    assert_accessible(phone)
    screenshot(phone, "text-preview-390")
    assert not is_too_wide(phone)


def test_without_scripts_there_is_no_preview_button(demo, coordinator, open_without_scripts):
    page = open_without_scripts(coordinator)
    page.goto(reverse("assessments:indicator", args=[demo.pk, "2.2"]))
    assert page.locator("[data-preview]").count() > 0
    expect(page.locator("[data-preview] button").first).to_be_hidden()


def test_survey_totals_follow_and_fill_the_pi(open_reassessed, page, assert_accessible, screenshot):
    open_reassessed(page, "4.2")
    page.get_by_role("link", name="Count the answers of the survey").click()
    fill_survey(page)
    expect(page.locator("#result")).to_contain_text("73.03 % positive: 260 of 356 answers")
    assert_accessible(page)
    screenshot(page, "survey-1280")
    page.get_by_role("button", name="Save the numbers").click()
    expect(page.get_by_text("The numbers of PI 4.2 are saved.")).to_be_visible()
    page.get_by_role("link", name="Back to PI 4.2").click()
    expect(page.locator(".measure input").first).to_have_value("Survey 2022, 2 questions")
    expect(page.locator(".result-bar-computed .result-bar-item")).to_contain_text("Meets")


def test_survey_on_a_phone_with_a_fault(
    open_reassessed, phone, page_problems, assert_accessible, screenshot
):
    page_problems.allow("status of 422")
    open_reassessed(phone, "4.2", "calculator")
    fill_survey(phone)
    number(phone, "agree, 2").fill("100")
    phone.get_by_role("button", name="Save the numbers").click()
    phone.get_by_role("link", name="208 answers, but only 178 people answered").click()
    expect(number(phone, "strongly agree, 2")).to_be_focused()
    assert_accessible(phone)
    screenshot(phone, "survey-390")
    assert not is_too_wide(phone)


def test_parity_drafts_the_finding(open_reassessed, page, assert_accessible, screenshot):
    open_reassessed(page, "4.3")
    page.get_by_role("link", name="Count women and men by entity and grade").click()
    fill_parity(page)
    expect(page.locator("#result")).to_contain_text("57.6 % women: 57 of 99 personnel.")
    page.get_by_role("button", name="Save the numbers").click()
    expect(page.get_by_text("Draft for the finding")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "parity-1280")
    page.get_by_role("button", name="Add the draft to the finding of (b)").click()
    finding = page.locator("#criterion-b textarea")
    text = finding.input_value()
    assert text.startswith("In the 12 agencies")
    assert "Women are 57.6 % of 99 personnel in 3 entities" in text


def test_parity_on_a_phone(open_reassessed, phone, assert_accessible, screenshot):
    open_reassessed(phone, "4.3", "calculator")
    fill_parity(phone)
    expect(phone.locator("#result")).to_contain_text("57.6 % women")
    assert_accessible(phone)
    screenshot(phone, "parity-390")
    assert not is_too_wide(phone)


def test_survey_is_saved_without_scripts(
    demo, coordinator, open_without_scripts, open_reassessed, page
):
    open_reassessed(page, "4.2", "calculator")
    plain = open_without_scripts(coordinator)
    plain.goto(reverse("assessments:calculator", args=[demo.pk, "4.2"]))
    fill_survey(plain)
    plain.get_by_role("button", name="Save the numbers").click()
    expect(plain.locator("#result")).to_contain_text("73.03 % positive")
