"""What the pages say of a year in which nothing has been done yet."""

import pytest
from django.urls import reverse

from assessments.tests.factories import make_assessment, make_person, make_rating
from assessments.tests.pages import text_of
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
UNDECIDED = "Nothing decided yet"


@pytest.fixture
def read(client):
    """Return a function that reads a page as the coordinator: read("detail", assessment)."""

    def read(name, assessment, *places):
        client.force_login(make_person(assessment=assessment))
        key = assessment.team.code if name == "team" else assessment.pk
        return text_of(client.get(reverse(f"assessments:{name}", args=[key, *places])))

    return read


@pytest.fixture
def unplanned():
    """A year in planning that has chosen no PI."""
    assessment = make_assessment(state="planning")
    assessment.indicator_ratings.update(is_reassessed=False)
    return assessment


def test_a_year_without_a_choice_does_not_claim_to_be_done(read, unplanned):
    page = read("team", unplanned)
    assert "Nothing is open" not in page
    assert "No PI is chosen for reassessment." in page


def test_a_year_without_a_choice_counts_nothing_of_nothing(read, unplanned):
    page = read("detail", unplanned)
    assert "0 of 0" not in page
    assert "No PI is chosen for reassessment." in page


def test_the_criteria_give_nothing_before_one_is_decided(read):
    assessment = make_assessment()
    assert read("detail", assessment).count(UNDECIDED) == 15
    make_rating(assessment=assessment, code="2.2", refused="b")
    make_rating(assessment=assessment, code="1.3", entries=[(1, 16)])
    assert read("detail", assessment).count(UNDECIDED) == 13


def test_the_workspace_computes_nothing_before_a_criterion_is_decided(read):
    assessment = make_assessment()
    assert f"Computed {UNDECIDED}" in read("indicator", assessment, "2.2")
    make_rating(assessment=assessment, code="2.2", refused="b")
    assert "Computed Missing" in read("indicator", assessment, "2.2")


def test_a_chosen_pi_is_to_be_reassessed_until_it_is_rated(read):
    assessment = make_assessment()
    make_rating(assessment=assessment, code="2.2", met="bc", rating=Rating.MEETS)
    assert read("team", assessment).count("To reassess") == 14
    assert read("detail", assessment).count("To reassess") == 14
    page = read("indicator", assessment, "2.3")
    assert "To reassess in 2022" in page
    assert "Reassessed in 2022" not in page
