"""No number that was ever saved in a calculator is lost."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Membership
from assessments.models import CalculatorVersion
from assessments.tests.calculator_data import PARITY, SURVEY, parity_data, survey_data, url_of
from assessments.tests.factories import make_person, make_rating
from assessments.tests.pages import form_on, text_of
from scorecard.append_only import NeverChanged

pytestmark = pytest.mark.django_db
Role = Membership.Role
OTHERS = {
    "4.2": survey_data(("Pay is fair", 1, 2, 3, 0, 0), expected=9, answered=6, version=1),
    "4.3": parity_data(("WHO", {"gs-women": 1}), version=1, as_of=""),
}
FIRST = {"4.2": SURVEY, "4.3": PARITY}


@pytest.fixture(params=["4.2", "4.3"])
def overwritten(request, client):
    """A PI whose numbers one person saved, and another person others in their place."""
    rating = make_rating(code=request.param)
    for data in (FIRST[request.param], OTHERS[request.param]):
        client.force_login(make_person(assessment=rating.assessment))
        assert client.post(url_of(rating), data).status_code == 302
    return rating


def version_url(rating, number):
    args = [rating.assessment_id, rating.indicator.code, number]
    return reverse("assessments:calculator_version", args=args)


def filled(page):
    """The fields of the form that say something."""
    fields = form_on(page, "calculator").items()
    kept = {name: value for name, value in fields if value and not name.endswith("_FORMS")}
    return kept | {"csrfmiddlewaretoken": None}


def test_numbers_that_were_overwritten_stand_in_the_form_again(client, overwritten):
    page = client.get(version_url(overwritten, 1))
    first = FIRST[overwritten.indicator.code]
    expected = {name: str(value) for name, value in first.items() if value != ""}
    expected |= {"version": "2", "csrfmiddlewaretoken": None}
    assert filled(page) == {k: v for k, v in expected.items() if not k.endswith("_FORMS")}
    assert "Nothing has changed" in text_of(page)
    assert CalculatorVersion.objects.count() == 2


def test_earlier_numbers_count_again_once_they_are_saved(client, overwritten):
    sent = form_on(client.get(version_url(overwritten, 1)), "calculator")
    assert client.post(url_of(overwritten), sent).status_code == 302
    third, _second, first = overwritten.calculator_versions.order_by("-number")
    assert (third.number, third.head, third.rows) == (3, first.head, first.rows)


def test_page_lists_every_save_and_who_made_it(client, overwritten):
    text = text_of(client.get(url_of(overwritten)))
    for version in overwritten.calculator_versions.all():
        assert str(version.by) in text
    assert text.count("counts now") == 1


def test_save_that_is_refused_leaves_no_version(client):
    rating = make_rating(code="4.2")
    client.force_login(make_person(assessment=rating.assessment))
    refused = client.post(url_of(rating), survey_data(("Q", 9, 9, 9, 9, 9), answered=3))
    assert refused.status_code == 422
    assert not CalculatorVersion.objects.exists()
    client.post(url_of(rating), SURVEY)
    assert client.post(url_of(rating), SURVEY | {"year": 2021}).status_code == 409
    assert [version.head["year"] for version in CalculatorVersion.objects.all()] == [2022]


def test_who_may_only_read_reads_earlier_numbers(client, overwritten):
    client.force_login(make_person(Role.OBSERVER, assessment=overwritten.assessment))
    page = client.get(version_url(overwritten, 1))
    assert {"4.2": "67.4 %", "4.3": "60.4 %"}[overwritten.indicator.code] in page.content.decode()
    assert b"Save the numbers" not in page.content


def test_version_that_never_was_is_not_found(client, overwritten):
    assert client.get(version_url(overwritten, 3)).status_code == 404


def test_versions_are_never_changed_not_even_by_sql(overwritten):
    version = overwritten.calculator_versions.first()
    with pytest.raises(NeverChanged):
        version.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assessments_calculatorversion SET number = 9")
