"""The checks before the request for endorsement, and the comparison of years, in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import Assessment, IndicatorRating
from conftest import DESKTOP, NARROW, PHONE, is_too_wide
from report.checks import preflight
from scorecard.models import Indicator

pytestmark = pytest.mark.browser


@pytest.fixture
def checks_page(demo):
    return reverse("report:checks", args=[demo.pk])


@pytest.fixture
def comparison_page(demo):
    """The demo's team with a year before the demo's."""
    before = Assessment.objects.create(
        team=demo.team,
        cooperation_framework=demo.cooperation_framework,
        framework=demo.framework,
        kind="annual",
        year=2021,
        state="accepted",
    )
    IndicatorRating.objects.bulk_create(
        IndicatorRating(
            assessment=before,
            indicator=indicator,
            is_reassessed=True,
            rating=3,
            difference_reason="From the report of that year.",
        )
        for indicator in Indicator.objects.of_framework(demo.framework)
    )
    return reverse("report:comparison", args=[demo.team.code])


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["checks_page", "comparison_page"])
def test_page_is_accessible_and_fits_the_screen(
    request, coordinator, open_page, signed_in, assert_accessible, screenshot, name, viewport
):
    page = signed_in(open_page(viewport), coordinator)
    page.goto(request.getfixturevalue(name))

    assert_accessible(page)
    assert not is_too_wide(page)
    screenshot(page, f"{name}-{request.node.callspec.id}")


@pytest.mark.parametrize("name", ["checks_page", "comparison_page"])
def test_page_fits_a_desktop_at_400_percent(request, coordinator, open_page, signed_in, name):
    page = signed_in(open_page(NARROW), coordinator)
    page.goto(request.getfixturevalue(name))

    assert not is_too_wide(page)


def test_every_sentence_leads_to_something_that_is_there(demo, coordinator, page, signed_in):
    signed_in(page, coordinator)
    lost = []
    for url in dict.fromkeys(check.url for check in preflight(demo)):
        path, _, name = url.partition("#")
        page.goto(path)
        if page.locator(f"[id='{name}']").count() != 1:
            lost.append(url)
    assert lost == []


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("PI 4.3 is agreed as Approaches, above its criteria", "id_rating"),
        ("PI 1.2 is rated Exceeds without a single document", "evidence"),
        ("PI 7.1: criterion (b) is not decided", "criterion-b"),
    ],
)
def test_click_on_a_sentence_opens_the_very_field(
    coordinator, checks_page, page, signed_in, sentence, target
):
    signed_in(page, coordinator)
    page.goto(checks_page)

    page.get_by_role("link", name=sentence).click()

    field = page.locator(f"#{target}")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()


def test_assessment_names_each_kind_with_its_indicators(demo, coordinator, page, signed_in):
    signed_in(page, coordinator)
    page.goto(demo.get_absolute_url())

    kind = page.locator(".check-kinds > div", has_text="Exceeds without a document")

    expect(kind.get_by_role("link")).to_have_text("1.2")
    kind.get_by_role("link").click()
    expect(page.locator("#evidence")).to_be_focused()


def test_first_column_stays_in_sight_while_the_years_scroll(
    coordinator, comparison_page, phone, signed_in
):
    signed_in(phone, coordinator)
    phone.goto(comparison_page)
    region = phone.get_by_role("region", name="Ratings by PI and year")

    region.evaluate("element => element.scrollTo(element.scrollWidth, 0)")

    first = region.get_by_role("rowheader", name="2.2 Communication & Advocacy")
    inside = first.evaluate(
        "cell => cell.getBoundingClientRect().left"
        " - cell.closest('.years-scroll').getBoundingClientRect().left"
    )
    assert abs(inside) < 1


def test_other_years_can_be_chosen_without_scripts(
    coordinator, comparison_page, open_without_scripts
):
    page = open_without_scripts(coordinator)
    page.goto(comparison_page)

    page.get_by_label("compared with").select_option("2021")
    page.get_by_role("button", name="Compare the years").click()

    expect(page.get_by_role("heading", name="2022 compared with 2021")).to_be_visible()
