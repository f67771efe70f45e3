"""Both calculators: who may use them, when, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team
from assessments.models import IndicatorRating, Parity, Survey
from assessments.tests.calculator_data import (
    PARITY,
    SURVEY,
    coordinator,
    parity_data,
    survey_data,
    url_of,
)
from assessments.tests.factories import (
    make_assessment,
    make_carried_rating,
    make_person,
    make_rating,
    stored,
)
from assessments.tests.pages import form_on, text_of

__all__ = ["coordinator"]
pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def survey_pi():
    return make_rating(code="4.2")


@pytest.fixture
def parity_pi():
    return make_rating(code="4.3")


@pytest.mark.parametrize(("code", "data"), [("4.2", SURVEY), ("4.3", PARITY)])
def test_totals_follow_what_is_typed_and_nothing_is_written(coordinator, code, data):
    rating = make_rating(code=code)
    page = coordinator(rating).post(url_of(rating, "calculator_computed"), data)
    assert {"4.2": "67.4 %", "4.3": "60.4 %"}[code] in page.content.decode()
    assert not Survey.objects.exists()
    assert not Parity.objects.exists()


def test_totals_follow_the_numbers_that_can_be_counted(coordinator, survey_pi):
    data = survey_data(("Q", "x", 3, 1, 0, 0), answered="")
    page = coordinator(survey_pi).post(url_of(survey_pi, "calculator_computed"), data)
    assert "3 of 4 answers" in text_of(page)


@pytest.mark.parametrize("code", ["4.2", "4.3"])
def test_a_member_counts_for_assigned_pis_only(client, code):
    assessment = make_assessment()
    member = make_membership(team=assessment.team)
    client.force_login(member.user)
    rating = make_rating(assessment=assessment, code=code)
    data = {"4.2": SURVEY, "4.3": PARITY}[code]
    assert "Save the numbers" not in text_of(client.get(url_of(rating)))
    assert client.post(url_of(rating), data).status_code == 403
    rating.assigned_to.add(member)
    assert client.post(url_of(rating), data).status_code == 302


@pytest.mark.parametrize("name", ["calculator", "calculator_computed", "calculator_take_over"])
def test_another_team_does_not_see_the_page(client, parity_pi, name):
    client.force_login(make_membership(team=make_team(code="KGZ", country="Kyrgyzstan")).user)
    assert client.get(url_of(parity_pi)).status_code == 404
    assert client.post(url_of(parity_pi, name), PARITY).status_code == 404


@pytest.mark.parametrize("name", ["calculator", "calculator_computed", "calculator_take_over"])
def test_a_frozen_assessment_keeps_its_numbers(coordinator, name):
    rating = make_rating(code="4.3")
    client = coordinator(rating)
    client.post(url_of(rating), PARITY)
    type(rating.assessment).objects.update(state="endorsed")
    page = client.get(url_of(rating))
    assert "60.4 % women" in text_of(page)
    assert "Save the numbers" not in text_of(page)
    assert client.post(url_of(rating, name), PARITY | {"version": 1}).status_code == 409
    assert Parity.objects.get().version == 1


def test_a_carried_pi_shows_the_numbers_of_its_origin_and_takes_no_others(client):
    before = make_rating(assessment=make_assessment(year=2021), code="4.2")
    client.force_login(make_person(assessment=before.assessment))
    client.post(url_of(before), SURVEY)
    carried = make_carried_rating(origin=stored(before), code="4.2")
    assert "67.4 % positive" in text_of(client.get(url_of(carried)))
    page = client.post(url_of(carried), SURVEY)
    assert page.status_code == 409
    assert "carried over and not reassessed" in text_of(page)


def test_a_pi_without_a_calculator_has_no_such_page(coordinator):
    rating = make_rating(code="2.2")
    assert coordinator(rating).get(url_of(rating)).status_code == 404


def test_a_survey_has_no_draft_to_take_over(coordinator, survey_pi):
    assert coordinator(survey_pi).post(url_of(survey_pi, "calculator_take_over")).status_code == 404


@pytest.mark.parametrize("name", ["calculator_computed", "calculator_take_over"])
def test_a_get_changes_nothing(coordinator, parity_pi, name):
    assert coordinator(parity_pi).get(url_of(parity_pi, name)).status_code == 405


@pytest.mark.parametrize(("code", "linked"), [("4.2", True), ("4.3", True), ("2.2", False)])
def test_the_workspace_leads_to_the_calculator(coordinator, code, linked):
    rating = make_rating(code=code)
    page = coordinator(rating).get(rating.get_absolute_url()).content.decode()
    assert (url_of(rating) in page) is linked


@pytest.mark.parametrize(
    ("code", "few", "many"),
    [
        ("4.2", survey_data(("Q", 1, 0, 0, 0, 0)), survey_data(*[("Q", 1, 2, 3, 4, 5)] * 20)),
        (
            "4.3",
            parity_data(("A", {"gs-men": 1})),
            parity_data(*((f"E{n}", {"gs-men": 1}) for n in range(20))),
        ),
    ],
)
def test_the_page_keeps_its_queries_whatever_the_number_of_rows(coordinator, code, few, many):
    rating = make_rating(code=code)
    client = coordinator(rating)
    numbers = []
    for version, data in enumerate([few, many]):
        client.post(url_of(rating), data | {"version": version})
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url_of(rating)).status_code == 200
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 15


def test_numbers_outlive_a_save_of_the_workspace(coordinator, survey_pi):
    client = coordinator(survey_pi)
    client.post(url_of(survey_pi), SURVEY)
    page = client.get(survey_pi.get_absolute_url())
    client.post(survey_pi.get_absolute_url(), form_on(page) | {"findings": "Read."})
    rating = IndicatorRating.objects.get(pk=survey_pi.pk)
    assert rating.findings == "Read."
    assert rating.measure_entries.get().label == "Survey 2022, 2 questions"
    assert rating.survey.version == 1
