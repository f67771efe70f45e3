"""What a form sent after the session ended: it stands in the form again, and nothing is stored."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from actionplan.models import ActionPoint

pytestmark = pytest.mark.browser
TEXT = "Train the heads of office in gender analysis."
BACK = "What you wrote stands in the form again."


@pytest.fixture
def form(demo, coordinator, open_page, signed_in):
    """The page for a new action point, filled in."""
    cache.clear()
    page = signed_in(open_page(), coordinator)
    page.goto(
        reverse("actionplan:add", args=[demo.team.code, demo.cooperation_framework.first_year])
    )
    page.get_by_label("PI*", exact=True).select_option(index=1)
    page.locator("[name=text]").fill(TEXT)
    page.get_by_label("FAO", exact=True).check()
    return page


def press(page):
    page.get_by_role("button", name="Add the action point").click()


def sign_in(page, user):
    expect(page.get_by_text("You were signed out, so nothing was saved.")).to_be_visible()
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill("gender-equality-2030")
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_what_was_sent_while_signed_out_stands_in_the_form_again(
    form, coordinator, page_problems, assert_accessible, screenshot
):
    form.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    press(form)
    sign_in(form, coordinator)
    expect(form.get_by_text(BACK)).to_be_visible()
    expect(form.locator("[name=text]")).to_have_value(TEXT)
    expect(form.get_by_label("FAO", exact=True)).to_be_checked()
    assert not ActionPoint.objects.filter(text=TEXT).exists()
    assert_accessible(form)
    screenshot(form, "unsent")
    press(form)
    expect(form.get_by_text(TEXT).first).to_be_visible()
    assert ActionPoint.objects.filter(text=TEXT).count() == 1


def test_nobody_else_in_the_same_window_gets_what_was_sent(form, signed_in):
    other = User.objects.get(email="gender.specialist@kaz.example.org")
    form.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    address = form.url
    press(form)
    signed_in(form, other).goto(f"{address}?unsent=1")
    expect(form.locator("[name=text]")).to_have_value("")
    expect(form.get_by_text(BACK)).to_be_hidden()


def test_a_form_that_was_stored_is_empty_the_next_time(form):
    address = form.url
    press(form)
    expect(form.get_by_text(TEXT).first).to_be_visible()
    form.goto(f"{address}?unsent=1")
    expect(form.locator("[name=text]")).to_have_value("")
    expect(form.get_by_text(BACK)).to_be_hidden()
