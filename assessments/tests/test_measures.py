"""The rows of a measure: so many of so many, and the share that they give together."""

import pytest
from django.urls import reverse

from assessments.tests.factories import make_person, make_rating, stored
from assessments.tests.pages import fill_in, form_on, text_of
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
PREFIX = "measure-gender-sensitive-indicators"
NUMBERS = {"numerator", "denominator"}


@pytest.fixture
def rating():
    """PI 1.3 with the rows of Kazakhstan's report of 2022: 38 of 78."""
    return make_rating(code="1.3", entries=[(15, 16), (15, 29), (8, 33)])


@pytest.fixture
def signed_in(client, rating):
    client.force_login(make_person(assessment=rating.assessment))
    return client


def row(number, **values):
    """The fields of one row: row(0, numerator=1)."""
    return {f"{PREFIX}-{number}-{name}": str(value) for name, value in values.items()}


def rows_of(rating):
    rows = stored(rating).measure_entries.all()
    return [(entry.label, entry.numerator, entry.denominator) for entry in rows]


AS_IT_WAS = [("Area 1", 15, 16), ("Area 2", 15, 29), ("Area 3", 8, 33)]


def test_page_shows_each_share_and_the_one_of_all_together(signed_in, rating):
    text = text_of(signed_in.get(rating.get_absolute_url()))
    for share in ["93.8 %", "51.7 %", "24.2 %", "Together 48.7 %"]:
        assert share in text


def test_page_has_an_empty_row_for_one_more(signed_in, rating):
    fields = form_on(signed_in.get(rating.get_absolute_url()))
    assert {name: fields[f"{PREFIX}-3-{name}"] for name in NUMBERS} == dict.fromkeys(NUMBERS, "")


def test_a_changed_number_changes_share_and_computed_rating(signed_in, rating):
    fill_in(signed_in, rating.get_absolute_url(), row(0, numerator=1))
    assert rows_of(rating)[0] == ("Area 1", 1, 16)
    assert stored(rating).computed_rating == Rating.APPROACHES  # 24 of 78 is 30.8 %


def test_a_row_is_added(signed_in, rating):
    added = row(3, label="Peace", numerator=2, denominator=2)
    fill_in(signed_in, rating.get_absolute_url(), added)
    assert rows_of(rating) == [*AS_IT_WAS, ("Peace", 2, 2)]


def test_row_that_two_people_enter_alike_stays(client):
    rating = make_rating(code="1.3")
    client.force_login(make_person(assessment=rating.assessment))
    address = rating.get_absolute_url()
    opened = form_on(client.get(address)) | row(0, label="Peace", numerator=2, denominator=2)
    assert client.post(address, opened).status_code == 302
    assert client.post(address, opened).status_code == 302
    assert client.post(address, opened | {"findings": "Seen by both."}).status_code == 302
    assert rows_of(rating) == [("Peace", 2, 2)]
    assert stored(rating).findings == "Seen by both."


def test_an_emptied_row_goes_away(signed_in, rating):
    fill_in(signed_in, rating.get_absolute_url(), row(1, label="", numerator="", denominator=""))
    assert rows_of(rating) == [AS_IT_WAS[0], AS_IT_WAS[2]]


@pytest.mark.parametrize(
    ("numerator", "denominator", "sentence"),
    [
        (16, 15, "Qualifying indicators (16) cannot exceed all indicators (15)."),
        (-1, 16, "Ensure this value is greater than or equal to 0."),
        (1, -16, "Ensure this value is greater than or equal to 0."),
        (1, "", "Give both numbers, or empty the row."),
        ("", 16, "Give both numbers, or empty the row."),
        ("", "", "Give both numbers, or empty the row."),  # its name is left
        ("1.5", 16, "Enter a whole number."),
        ("x", 16, "Enter a whole number."),
        (1, 10**30, "Ensure this value is less than or equal to 1000000."),
    ],
)
def test_numbers_that_make_no_share_are_refused_and_stay_on_the_page(
    signed_in, rating, numerator, denominator, sentence
):
    typed = row(0, numerator=numerator, denominator=denominator) | {"findings": "Long work."}
    page = fill_in(signed_in, rating.get_absolute_url(), typed)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert form_on(page).items() >= typed.items()
    assert rows_of(rating) == AS_IT_WAS
    assert stored(rating).findings == ""


def test_a_refused_number_is_linked_from_the_summary(signed_in, rating):
    page = fill_in(signed_in, rating.get_absolute_url(), row(0, numerator=99))
    sentence = "Qualifying indicators (99) cannot exceed all indicators (16)."
    assert f'<a href="#id_{PREFIX}-0-numerator">{sentence}' in page.content.decode()
    assert f'id="id_{PREFIX}-0-numerator"' in page.content.decode()


def test_nothing_of_nothing_decides_nothing(signed_in, rating):
    rating = make_rating(code="4.2", assessment=rating.assessment)
    numbers = {"numerator": "0", "denominator": "0"}
    data = {f"measure-positive-survey-rating-0-{name}": to for name, to in numbers.items()}
    fill_in(signed_in, rating.get_absolute_url(), data)
    after = stored(rating)
    assert after.standing.refused == frozenset()
    assert after.undecided == 3


def test_more_rows_than_the_page_holds_are_refused(signed_in, rating):
    many = {f"{PREFIX}-TOTAL_FORMS": "60"}
    for number in range(60):
        many |= row(number, label="x", numerator=1, denominator=2)
    page = fill_in(signed_in, rating.get_absolute_url(), many)
    assert page.status_code == 422
    assert rows_of(rating) == AS_IT_WAS


def test_label_is_escaped(signed_in, rating):
    fill_in(signed_in, rating.get_absolute_url(), row(0, label="<script>alert(1)</script>"))
    assert rows_of(rating)[0][0] == "<script>alert(1)</script>"
    assert "<script>alert" not in signed_in.get(rating.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"), [("a\x00b", "ab"), ("a\x07b", "ab"), ("a\u202eb", "ab"), ("خطة", "خطة")]
)
def test_label_keeps_what_can_be_printed(signed_in, rating, typed, kept):
    fill_in(signed_in, rating.get_absolute_url(), row(0, label=typed))
    assert rows_of(rating)[0][0] == kept


# As it stands, before it is saved


def computed(client, rating, changes):
    fields = form_on(client.get(rating.get_absolute_url())) | changes
    return client.post(
        reverse("assessments:computed", args=[rating.assessment_id, rating.indicator.code]), fields
    )


def test_computed_fragment_follows_the_form_and_writes_nothing(signed_in, rating):
    fragment = computed(signed_in, rating, row(0, numerator=1))
    assert fragment.status_code == 200
    assert "Computed Approaches" in text_of(fragment)
    after = stored(rating)
    assert (after.computed_rating, after.version) == (rating.computed_rating, 1)
    assert rows_of(rating) == AS_IT_WAS


def test_computed_fragment_brings_the_shares_along_out_of_band(signed_in, rating):
    text = computed(signed_in, rating, row(0, numerator=1)).content.decode()
    assert (
        '<output id="share-gender-sensitive-indicators" hx-swap-oob="true">30.8 %</output>' in text
    )


def test_computed_fragment_says_what_is_missing_for_the_next_level(signed_in, rating):
    rating = make_rating(code="2.2", assessment=rating.assessment, met="b")
    assert "Meets still needs (c)." in text_of(computed(signed_in, rating, {}))


@pytest.mark.parametrize("number", ["", "-1", "x", "99", "1.5", str(10**30), "\x00"])
def test_computed_fragment_leaves_out_a_row_that_cannot_be_counted(signed_in, rating, number):
    fragment = computed(signed_in, rating, row(0, numerator=number))
    assert fragment.status_code == 200
    assert "37.1 %" in text_of(fragment)  # 23 of 62


@pytest.mark.parametrize("total", ["", "x", "-1", str(10**9)])
def test_computed_fragment_survives_a_broken_form(signed_in, rating, total):
    changes = {f"{PREFIX}-TOTAL_FORMS": total}
    assert computed(signed_in, rating, changes).status_code == 200


def test_computed_fragment_counts_a_new_row_that_was_stored_meanwhile(signed_in, rating):
    fields = form_on(signed_in.get(rating.get_absolute_url()))
    added = fields | row(3, label="Peace", numerator=2, denominator=2)
    fill_in(signed_in, rating.get_absolute_url(), added)
    address = reverse("assessments:computed", args=[rating.assessment_id, "1.3"])
    assert "50.0 %" in text_of(signed_in.post(address, added))  # 40 of 80


def test_computed_fragment_does_not_repeat_the_shares_within_the_page(signed_in, rating):
    assert "hx-swap-oob" not in signed_in.get(rating.get_absolute_url()).content.decode()
