"""The page on which a team compares its years."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import make_membership, make_team, make_user
from assessments.models import Assessment
from assessments.tests.factories import make_person
from report.tests.years import make_years
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
LEVELS = {2020: Rating.MISSING, 2021: Rating.MEETS, 2022: Rating.EXCEEDS}


def address(team, query=""):
    return reverse("report:comparison", args=[team.code]) + query


def get(client, assessment, query=""):
    client.force_login(make_person(assessment=assessment))
    return client.get(address(assessment.team, query))


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "2022 compared with 2021"),
        ("?year=2022&against=2020", "2022 compared with 2020"),
        ("?year=2021", "2021 compared with 2020"),
        ("?year=1999&against=nonsense", "2022 compared with 2021"),
        ("?year=2021&against=2022", "2021 compared with 2020"),
        ("?year=99999999999999999999", "2022 compared with 2021"),
    ],
)
def test_two_years_are_compared_the_latest_unless_others_are_chosen(client, query, heading):
    *_others, latest = make_years(LEVELS)

    assert heading in get(client, latest, query).content.decode()


def test_first_year_has_nothing_to_be_compared_with_and_still_stands_in_the_table(client):
    (only,) = make_years({2022: Rating.MEETS})

    page = get(client, only).content.decode()

    assert "compared with" not in page
    assert "Ratings by PI and year" in page


def test_team_without_an_assessment_is_told_what_will_be_here(client):
    team = make_team()
    client.force_login(make_membership(team=team).user)

    assert "No assessment yet" in client.get(address(team)).content.decode()


def test_reviewer_sees_only_years_that_were_handed_in(client):
    *_others, latest = make_years(LEVELS)
    Assessment.objects.exclude(pk=latest.pk).update(state="accepted")
    client.force_login(make_user(is_reviewer=True))

    page = client.get(address(latest.team)).content.decode()

    assert "2021 compared with 2020" in page
    assert "2022" not in page


def test_page_takes_the_same_queries_however_many_years_there_are(client):
    few, many = make_team(code="AAA"), make_team(code="BBB")
    make_years({2021: Rating.MEETS, 2022: Rating.MEETS}, team=few)
    make_years(dict.fromkeys(range(2013, 2023), Rating.MEETS), team=many)

    counts = []
    for team in (few, many):
        client.force_login(make_membership(team=team).user)
        client.get(address(team))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(team))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 8
