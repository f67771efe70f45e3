"""Ratings of an imported year that the next year carries over."""

import pytest

from accounts.models import Membership
from accounts.tests.factories import make_cycle, make_membership
from assessments import transitions
from assessments.cycle.transitions import choose, set_up
from assessments.models import Assessment
from assessments.tests.factories import make_rating
from scorecard.rating import Rating
from scorecard.tests.factories import load_edition
from workbook.tests.taking_in import dry_run_of, rating_of, take_in

pytestmark = pytest.mark.django_db
FIVE = ["1.1", "3.1", "4.1", "5.1", "6.1"]
HEAD = ["PI", "Year", "Rating", "Last assessed"]
BOOK = HEAD, ["2.2", 2021, "Meets", None], ["1.2", 2021, "Approaches", 2019]


@pytest.fixture
def coordinator():
    load_edition()
    cycle = make_cycle(first_year=2019, last_year=2025)
    return make_membership(team=cycle.team, role=Membership.Role.COORDINATOR)


@pytest.fixture
def team(coordinator):
    return coordinator.team


@pytest.fixture
def client(client, coordinator):
    client.force_login(coordinator.user)
    return client


@pytest.fixture
def assessment(client, team, coordinator):
    """The annual assessment of 2022, set up after 2021 was taken in from a workbook."""
    take_in(client, dry_run_of(client, team, *BOOK))
    return start(team, by=coordinator.user)


def start(team, *, by):
    assessment = Assessment(
        team=team,
        cooperation_framework=team.cooperation_frameworks.get(),
        framework=load_edition(),
        kind="annual",
        year=2022,
    )
    return set_up(assessment, by=by)


def to_endorsement(assessment, *, coordinator):
    """The way of a year: five PIs are chosen, rated, explained, then endorsement is requested."""
    by = coordinator.user
    choose(assessment, add=FIVE, drop=[], rationale="Because.", by=by)
    for rating in assessment.indicator_ratings.all():
        rating.assigned_to.add(coordinator)
    transitions.open_scoring(assessment, by=by)
    transitions.open_consolidation(assessment, by=by)
    for code in FIVE:
        reasons = {"difference_reason": "So.", "findings": "Seen."}
        make_rating(assessment=assessment, code=code, rating=Rating.MEETS, **reasons)
    return transitions.request_endorsement(assessment, by=by)


def test_a_year_that_carries_imported_ratings_goes_to_endorsement(assessment, coordinator):
    assert rating_of(assessment.team, 2022, "1.2").last_assessed == 2019
    assert to_endorsement(assessment, coordinator=coordinator).state == "endorsement"
