"""What happens to a person's text on its way into the database and back on to the page."""

import pytest

from assessments.tests.factories import make_person, make_rating, stored
from assessments.tests.pages import fill_in, form_on, text_of
from scorecard.fields import MAX_TEXT

pytestmark = pytest.mark.django_db
TEXTS = ["findings", "means_of_verification", "difference_reason", "criterion-a-finding"]


@pytest.fixture
def rating():
    return make_rating(code="2.2")


@pytest.fixture
def signed_in(client, rating):
    client.force_login(make_person(assessment=rating.assessment))
    return client


def text_in(rating, name):
    after = stored(rating)
    if name.startswith("criterion"):
        row = after.findings_by_key["a"]
        return row.finding if row else ""
    return getattr(after, name)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_100_000_characters_is_refused_and_stays_on_the_page(signed_in, rating, name):
    long = "long work " * 10_000
    long = long.strip()
    page = fill_in(signed_in, rating.get_absolute_url(), {name: long})
    assert page.status_code == 422
    assert f"The text has {len(long)} characters; the limit is {MAX_TEXT}." in text_of(page)
    assert form_on(page)[name] == long
    assert text_in(rating, name) == ""


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_the_greatest_length_is_saved(signed_in, rating, name):
    fill_in(signed_in, rating.get_absolute_url(), {name: "x" * MAX_TEXT})
    assert text_in(rating, name) == "x" * MAX_TEXT


@pytest.mark.parametrize("name", TEXTS)
def test_markup_is_kept_as_text_and_escaped_on_the_page(signed_in, rating, name):
    markup = "</textarea><script>alert(1)</script>"
    fill_in(signed_in, rating.get_absolute_url(), {name: markup})
    assert text_in(rating, name) == markup
    page = signed_in.get(rating.get_absolute_url())
    assert "<script>alert" not in page.content.decode()
    assert form_on(page)[name] == markup


def test_markup_is_escaped_for_those_who_only_read(signed_in, rating):
    fill_in(signed_in, rating.get_absolute_url(), {"findings": "<script>alert(1)</script>"})
    signed_in.force_login(make_person("observer", assessment=rating.assessment))
    page = signed_in.get(rating.get_absolute_url())
    assert "<script>alert" not in page.content.decode()
    assert "<script>alert(1)</script>" in text_of(page)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\x07\x1bb", "ab"),
        ("a\x0bb", "a\nb"),  # Word's soft line break
        ("a\r\nb", "a\nb"),
        ("abc \u202edetrever", "abc detrever"),
        ("المساواة بين الجنسين", "المساواة بين الجنسين"),
        ("عربي\u200f (ABC)", "عربي\u200f (ABC)"),  # the mark that Arabic typists need
        ("中文，Қазақша, Кыргызча", "中文，Қазақша, Кыргызча"),
        ("👩🏽\u200d🔬", "👩🏽\u200d🔬"),
    ],
)
@pytest.mark.parametrize("name", ["findings", "criterion-a-finding"])
def test_what_can_be_printed_stays_and_the_rest_is_taken_out(signed_in, rating, name, typed, kept):
    assert fill_in(signed_in, rating.get_absolute_url(), {name: typed}).status_code == 302
    assert text_in(rating, name) == kept


def test_control_characters_alone_are_no_finding(signed_in, rating):
    fill_in(signed_in, rating.get_absolute_url(), {"findings": "\x00\x07 \u202e"})
    assert text_in(rating, "findings") == ""


def test_paragraphs_and_lists_are_shown_as_such_to_readers(signed_in, rating):
    fill_in(signed_in, rating.get_absolute_url(), {"findings": "One.\n\n- two\n- three"})
    signed_in.force_login(make_person("observer", assessment=rating.assessment))
    page = signed_in.get(rating.get_absolute_url()).content.decode()
    assert '<p dir="auto">One.</p><ul><li dir="auto">two</li>' in page
