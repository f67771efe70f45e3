"""Setting up a year on one page: what it suggests, refuses and writes."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team
from assessments.models import Assessment
from assessments.tests.factories import make_assessment, make_person
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db
DATES = {
    "planning_due": "2022-10-28",
    "scoring_due": "2022-11-18",
    "workshop_on": "2022-11-25",
    "endorsement_due": "2022-12-09",
    "submission_due": "2022-12-16",
}


def text_of(response):
    return " ".join(response.content.decode().split())


def sent(**fields):
    return {
        "year": "2022",
        "kind": "annual",
        "framework": load_edition().pk,
        "cooperation_framework": "",
        "new-title": "Cooperation Framework 2021-2025",
        "new-first_year": "2021",
        "new-last_year": "2025",
        **DATES,
    } | fields


def set_up(client, team, **fields):
    return client.post(reverse("assessments:set_up", args=[team.code]), sent(**fields))


def test_a_year_is_not_set_up_with_days_far_from_it(client, team, coordinator):
    page = set_up(client, team, scoring_due="0001-01-01", planning_due="0001-01-01")
    assert page.status_code == 422
    assert "is too far away. Choose a day from 1 Jan 2021 to" in text_of(page)
    assert not Assessment.objects.exists()


def test_a_year_is_set_up_with_its_cooperation_framework_on_one_page(client, team, coordinator):
    page = client.get(reverse("assessments:set_up", args=[team.code]))
    assert page.status_code == 200
    response = set_up(client, team)
    assessment = Assessment.objects.get()
    assert response.url == assessment.get_absolute_url()
    assert (assessment.year, assessment.state) == (2022, "planning")
    assert str(assessment.cooperation_framework) == "2021-2025"
    assert assessment.workshop_on == date(2022, 11, 25)
    assert assessment.events.get().by == coordinator


@pytest.mark.parametrize(
    ("fields", "target", "sentence"),
    [
        ({"year": ""}, "id_year", "Year: This field is required."),
        ({"year": "2026"}, "id_year", "2026 is not in the Cooperation Framework 2021-2025."),
        ({"year": "1999"}, "id_year", "Write a year from 2010 on."),
        ({"new-title": ""}, "id_new-title", "Title: This field is required."),
        ({"new-last_year": "2020"}, "content", "A Cooperation Framework ends after it begins."),
        ({"workshop_on": ""}, "id_workshop_on", "Consolidation workshop on: This field is"),
        ({"workshop_on": "2022-12-10"}, "content", "The dates follow each other"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field_and_on_top(
    client, team, coordinator, fields, target, sentence
):
    response = set_up(client, team, **fields)
    assert response.status_code == 422
    assert f'<a href="#{target}">{sentence}' in text_of(response)
    assert not Assessment.objects.exists()


def test_a_second_assessment_of_the_year_is_refused_at_the_year(client, team, coordinator):
    make_assessment(team=team)
    response = set_up(client, team, cooperation_framework=team.cooperation_frameworks.get().pk)
    sentence = "This team has an assessment of this year already."
    assert f'<a href="#id_year">{sentence}</a>' in text_of(response)


def test_a_second_comprehensive_assessment_of_the_cycle_is_refused(client, team, coordinator):
    make_assessment(team=team, kind="comprehensive", year=2021)
    cycle = team.cooperation_frameworks.get().pk
    response = set_up(client, team, kind="comprehensive", cooperation_framework=cycle)
    assert "This Cooperation Framework has a comprehensive assessment already." in text_of(response)


def test_another_edition_is_refused_at_the_edition(client, team, coordinator):
    make_assessment(team=team, year=2021)
    cycle = team.cooperation_frameworks.get().pk
    response = set_up(
        client, team, cooperation_framework=cycle, framework=load_edition("unct-swap-2023").pk
    )
    assert '<a href="#id_framework">The assessment of 2021 was made on' in text_of(response)


def test_a_cooperation_framework_that_begins_like_another_is_refused(client, team, coordinator):
    make_assessment(team=team, year=2021)
    response = set_up(client, team)
    assert "has a Cooperation Framework that begins in this year already" in text_of(response)


def test_dates_are_counted_back_without_saving_anything(client, team, coordinator):
    address = reverse("assessments:set_up_dates", args=[team.code])
    fields = sent(submission_due="2040-12-14", workshop_on="", year="2040")
    page = client.post(address, fields)
    assert 'name="workshop_on" value="2040-11-23"' in text_of(page)
    assert 'name="year" value="2040"' in text_of(page)
    assert "Cooperation Framework 2021-2025" in text_of(page)
    part = client.post(address, fields, headers={"HX-Request": "true"})
    assert "<html" not in text_of(part)
    assert 'name="workshop_on" value="2040-11-23"' in text_of(part)
    assert not Assessment.objects.exists()


def test_dates_that_are_near_are_said_to_be_tight(client, team, coordinator):
    address = reverse("assessments:set_up_dates", args=[team.code])
    for submission_due, is_tight in [("2020-01-10", True), ("2040-12-14", False)]:
        page = client.post(address, sent(submission_due=submission_due))
        assert ("less time than seven weeks" in text_of(page)) == is_tight


def test_the_page_says_when_the_last_assessment_is_not_endorsed(client, team, coordinator):
    make_assessment(team=team, state="consolidation")
    page = client.get(reverse("assessments:set_up", args=[team.code]))
    assert "is still in “Consolidation”" in text_of(page)


@pytest.mark.parametrize("state", ["endorsed", "imported"])
def test_the_page_says_from_which_year_ratings_are_carried_over(client, team, coordinator, state):
    make_assessment(team=team, year=2021, state=state)
    page = text_of(client.get(reverse("assessments:set_up", args=[team.code])))
    assert "Last time: 2021" in page
    assert "is still in" not in page


def test_a_new_year_is_offered_from_the_day_on_which_it_begins_for_the_team(
    client, team, coordinator, monkeypatch
):
    make_membership(team=make_team(code="FJI", country="Fiji"), user=coordinator)  # reads in UTC
    team.time_zone = "Asia/Almaty"
    team.save(update_fields=["time_zone"])
    client.force_login(coordinator)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2022, 12, 31, 20, tzinfo=UTC))
    page = client.get(reverse("assessments:team", args=[team.code]))
    assert "Set up the 2023 assessment" in text_of(page)
    page = client.get(reverse("assessments:set_up", args=[team.code]))
    assert page.context["form"].initial["year"] == 2023


def test_a_team_without_this_year_is_offered_to_set_it_up(client, team, coordinator, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2022, 10, 1, tzinfo=UTC))
    address = reverse("assessments:team", args=[team.code])
    assert "Set up the 2022 assessment" in text_of(client.get(address))
    earlier = make_assessment(team=team, year=2021)
    assert "Set up the 2022 assessment" in text_of(client.get(address))
    make_assessment(team=team, year=2022)
    assert "Set up the" not in text_of(client.get(address))
    client.force_login(make_person(Membership.Role.MEMBER, assessment=earlier))
    assert "Set up the" not in text_of(client.get(address))
