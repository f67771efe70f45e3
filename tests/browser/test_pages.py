"""Every page of the site with the demo's data, on a desktop and on a phone.

Script errors, blocked content, failed requests and requests to other hosts fail each of these
tests by themselves: page_problems in the root conftest.py.
"""

from io import BytesIO
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from PIL import Image

from conftest import DESKTOP, NARROW, PHONE, is_too_wide

pytestmark = pytest.mark.browser


def addresses(assessment):
    """Return the address of every page by the name of its picture."""
    framework = assessment.framework
    edition = [framework.code, framework.revision]
    workspaces = {
        f"workspace-{code.replace('.', '-')}": reverse(
            "assessments:indicator", args=[assessment.pk, code]
        )
        for code in ["2.2", "1.3", "4.3"]
    }
    return workspaces | {
        "home": reverse("assessments:home"),
        "team": reverse("assessments:team", args=[assessment.team.code]),
        "assessment": assessment.get_absolute_url(),
        "process": reverse("assessments:edit", args=[assessment.pk]),
        "process history": reverse("assessments:process_history", args=[assessment.pk]),
        "frameworks": reverse("scorecard:framework_list"),
        "framework": reverse("scorecard:framework_detail", args=edition),
        "indicator": reverse("scorecard:indicator_detail", args=[*edition, "2.2"]),
        "report": reverse("report:detail", args=[assessment.pk]),
        "not-found": reverse("assessments:team", args=["XXX"]),
    }


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_is_accessible_and_without_script_errors(
    request, demo, coordinator, open_page, signed_in, page_problems, assert_accessible, screenshot,
    viewport,
):  # fmt: skip
    page_problems.allow("status of 404")
    page = signed_in(open_page(viewport), coordinator)
    for name, address in addresses(demo).items():
        response = page.goto(address)
        assert response.status == (404 if name == "not-found" else 200), address
        assert page.locator("h1").count() == 1, address
        assert_accessible(page)
        screenshot(page, f"{name}-{request.node.callspec.id}")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_sign_in_page_is_accessible_also_with_a_fault(
    request, open_page, assert_accessible, screenshot, viewport
):
    page = open_page(viewport)
    page.goto(resolve_url(settings.LOGIN_URL))
    assert_accessible(page)
    screenshot(page, f"sign-in-{request.node.callspec.id}")
    page.locator("[name=login]").fill("nobody@example.org")
    page.locator("[name=password]").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert page.title().startswith("Error:")
    assert_accessible(page)


@pytest.mark.parametrize("viewport", [PHONE, NARROW], ids=["390", "320"])
def test_no_page_is_wider_than_the_screen(
    demo, coordinator, open_page, signed_in, page_problems, viewport
):
    page_problems.allow("status of 404")
    page = open_page(viewport)
    page.goto(resolve_url(settings.LOGIN_URL))
    too_wide = ["sign-in"] if is_too_wide(page) else []
    signed_in(page, coordinator)
    pages = addresses(demo)
    if viewport == NARROW:
        del pages["report"]  # has a test of its own
    for name, address in pages.items():
        page.goto(address)
        if is_too_wide(page):
            too_wide.append(name)
    assert too_wide == []


def test_report_is_not_wider_than_a_desktop_at_400_percent(demo, coordinator, open_page, signed_in):
    page = signed_in(open_page(NARROW), coordinator)
    page.goto(addresses(demo)["report"])
    assert not is_too_wide(page)


def test_a_table_that_goes_on_to_the_side_says_so_at_its_edge(
    demo, coordinator, phone, signed_in, screenshot
):
    signed_in(phone, coordinator).goto(f"{demo.get_absolute_url()}#ratings")
    table = phone.locator("#ratings .table-scroll")
    start, end = edges(table, 0), edges(table, 10_000)
    screenshot(phone, "table-scrolled")
    assert (is_shaded(start.left), is_shaded(start.right)) == (False, True)
    assert (is_shaded(end.left), is_shaded(end.right)) == (True, False)


def edges(table, scrolled):
    """The outermost columns of points of a table that is scrolled so far."""
    table.evaluate("(table, to) => { table.scrollLeft = to; }", scrolled)
    picture = Image.open(BytesIO(table.screenshot())).convert("L")
    width, height = picture.size
    return SimpleNamespace(
        left=picture.crop((0, 0, 1, height)), right=picture.crop((width - 1, 0, width, height))
    )


def is_shaded(column):
    """Whether most of it is no white paper."""
    return sum(light < 250 for light in column.tobytes()) > column.height / 2
