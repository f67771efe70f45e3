"""A year that was set up before the year before it was settled takes the newer ratings over."""

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from assessments.cycle.missing import missing_for_endorsement
from assessments.cycle.transitions import carry_anew, confirm_unchanged
from assessments.invariants import faults
from assessments.models import Assessment, IndicatorRating
from assessments.tests.factories import (
    make_carried_rating,
    make_person,
    make_quiet_assessment,
    make_rating,
)
from assessments.transitions import TransitionRefused
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
SENTENCE = (
    "2.2 can be carried over from 2022, which has been endorsed or taken in since, and still carry "
    "what was before. Carry them over anew."
)


def make_in_consolidation(team, *, year):
    return make_quiet_assessment(team=team, year=year, state="consolidation")


@pytest.fixture
def origin():
    """PI 2.2 of 2021, accepted."""
    assessment = make_quiet_assessment(year=2021, state="accepted")
    return make_rating(assessment=assessment, met="bc", rating=Rating.MEETS)


@pytest.fixture
def before(origin):
    """PI 2.2 of 2022, which is still in consolidation."""
    assessment = make_in_consolidation(origin.assessment.team, year=2022)
    return make_rating(assessment=assessment, rating=Rating.APPROACHES, difference_reason="So.")


@pytest.fixture
def carried(origin, before):
    """PI 2.2 of 2023, set up meanwhile: it carries 2021."""
    assessment = make_in_consolidation(origin.assessment.team, year=2023)
    return make_carried_rating(origin=origin, assessment=assessment)


def settle(rating, state="accepted"):
    Assessment.objects.filter(pk=rating.assessment_id).update(state=state)


def fresh(rating):
    return IndicatorRating.objects.select_related("origin__assessment", "assessment").get(
        pk=rating.pk
    )


def outdated_sentences(assessment):
    return [str(one) for one in missing_for_endorsement(assessment) if "anew" in str(one)]


@pytest.mark.parametrize("state", ["endorsed", "accepted", "imported"])
def test_what_was_settled_since_stands_against_endorsement_until_it_is_carried(
    origin, before, carried, state
):
    assert outdated_sentences(carried.assessment) == []
    settle(before, state)
    assert outdated_sentences(carried.assessment) == [SENTENCE]
    carry_anew(carried.assessment, by=make_user())
    row = fresh(carried)
    assert (row.origin, row.rating, row.last_assessed) == (before, Rating.APPROACHES, 2022)
    assert outdated_sentences(carried.assessment) == []


def test_a_confirmation_goes_with_the_rating_that_it_was_of_and_others_stay(
    origin, before, carried
):
    other = make_rating(assessment=origin.assessment, code="3.1", rating=Rating.MISSING)
    other = make_carried_rating(origin=other, assessment=carried.assessment)
    for rating in (carried, other):
        confirm_unchanged(rating, reason="Still so.", by=make_user())
    settle(before)
    carry_anew(carried.assessment, by=make_user())
    assert (fresh(carried).confirmation, fresh(other).confirmation) == ("", "Still so.")
    assert fresh(carried).history.first().confirmation == ""


def test_with_nothing_newer_nothing_is_changed(origin, before, carried):
    with pytest.raises(TransitionRefused, match="has its latest rating already"):
        carry_anew(carried.assessment, by=make_user())


@pytest.mark.parametrize("state", ["endorsement", "endorsed", "submitted", "accepted"])
def test_once_the_ratings_are_fixed_nothing_is_carried_anew(before, carried, state):
    settle(before)
    settle(carried, state)
    with pytest.raises(TransitionRefused, match="Nothing was changed: the assessment is in"):
        carry_anew(carried.assessment, by=make_user())
    assert fresh(carried).last_assessed == 2021


def test_an_older_settled_year_is_no_reason_while_the_origin_is_being_revised(
    origin, before, carried
):
    settle(before)
    carry_anew(carried.assessment, by=make_user())
    settle(before, "consolidation")
    assert outdated_sentences(carried.assessment) == []


@pytest.mark.parametrize(
    ("rating", "year", "is_outdated"),
    [(None, None, True), (3, None, True), (3, 2020, True), (3, 2021, False), (3, 2022, False)],
)
def test_a_rating_recorded_by_hand_gives_way_only_to_a_newer_one(
    origin, before, carried, rating, year, is_outdated
):
    IndicatorRating.objects.filter(pk=carried.pk).update(
        origin=None, rating=rating, origin_year=year, difference_reason="So."
    )
    assert bool(outdated_sentences(carried.assessment)) == is_outdated


def test_later_years_that_carry_what_was_recorded_here_carry_the_newer_rating_too(
    origin, before, carried
):
    IndicatorRating.objects.filter(pk=carried.pk).update(origin=None, origin_year=2018)
    later = make_quiet_assessment(team=origin.assessment.team, year=2024, state="planning")
    later = make_carried_rating(origin=carried, assessment=later)
    settle(before)
    carry_anew(carried.assessment, by=make_user())
    assert fresh(later).origin == fresh(carried).origin == before
    assert [fault for fault in faults() if "2.2" in fault] == []


# The pages


def test_the_page_of_the_choice_leads_to_the_page_that_asks_once_more(client, before, carried):
    settle(before)
    assessment = carried.assessment
    Assessment.objects.filter(pk=assessment.pk).update(state="planning")
    client.force_login(make_person(assessment=assessment))
    address = reverse("assessments:carry_anew", args=[assessment.pk])
    assert address in client.get(reverse("assessments:choose", args=[assessment.pk])).text
    assert "2022" in client.get(address).text
    done = client.post(address, follow=True)
    assert "The latest ratings are carried over." in done.text
    assert fresh(carried).last_assessed == 2022
    assert address not in client.get(reverse("assessments:choose", args=[assessment.pk])).text
    assert "has its latest rating already" in client.get(address).text
    assert "has its latest rating already" in client.post(address, follow=True).text


def test_the_page_costs_a_fixed_number_of_queries(
    client, before, carried, django_assert_max_num_queries
):
    settle(before)
    client.force_login(make_person(assessment=carried.assessment))
    address = reverse("assessments:carry_anew", args=[carried.assessment_id])
    with django_assert_max_num_queries(9):
        client.get(address)
