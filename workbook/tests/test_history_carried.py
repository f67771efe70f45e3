"""Ratings of an imported year that the next year carries over, and what a correction does."""

import pytest
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_cycle, make_membership
from assessments import transitions
from assessments.cycle.transitions import choose, set_up
from assessments.invariants import faults
from assessments.models import Assessment
from assessments.tests.factories import make_rating
from assessments.transitions import TransitionRefused
from scorecard.rating import Rating
from scorecard.tests.factories import load_edition
from workbook.history import choices
from workbook.history.transitions import write_history
from workbook.tests.taking_in import dry_run_of, rating_of, refusals, take_in

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


def test_a_corrected_import_reaches_the_year_that_carries_it(client, team, assessment):
    take_in(client, dry_run_of(client, team, HEAD, ["2.2", 2021, "Missing", None]))
    carried = rating_of(team, 2022, "2.2")
    assert (carried.rating, carried.origin) == (Rating.MISSING, rating_of(team, 2021, "2.2"))
    assert list(faults()) == []


def test_a_rating_that_a_requested_report_carries_is_not_corrected(
    client, team, assessment, coordinator
):
    to_endorsement(assessment, coordinator=coordinator)
    corrected = ["2.2", 2021, "Missing", None], ["4.1", 2021, "Meets", None]
    page = dry_run_of(client, team, HEAD, *corrected, *BOOK[2:])
    sentence = (
        "PI 2.2 of 2021 stays as it is: the report of 2022 carries it over and is endorsed, or on "
        "its way to be. Reopen that one first."
    )
    assert refusals(page) == [("Scores!C2", sentence)]
    take_in(client, page)
    assert rating_of(team, 2021, "2.2").rating == Rating.MEETS
    assert rating_of(team, 2021, "4.1").rating == Rating.MEETS


def test_endorsement_requested_in_this_moment_stops_the_correction(
    client, team, assessment, coordinator
):
    run = dry_run_of(client, team, HEAD, ["2.2", 2021, "Missing", None]).context["run"]
    decided = choices.dry_run_of(run)
    to_endorsement(assessment, coordinator=coordinator)
    with pytest.raises(TransitionRefused, match="the site has changed since"):
        write_history(run, decided, sheet="Scores", by=coordinator.user)
    assert rating_of(team, 2021, "2.2").rating == Rating.MEETS


def test_a_pi_that_the_workbook_does_not_name_can_be_recorded_from_before(client, team, assessment):
    address = reverse("assessments:earlier", args=[assessment.pk, "7.1"])
    assert "id_rating" in client.get(address).text
    client.post(address, {"rating": "3", "origin_year": "2018", "origin_note": "The report."})
    recorded = rating_of(team, 2022, "7.1")
    assert (recorded.rating, recorded.last_assessed) == (Rating.MEETS, 2018)
    assert list(faults()) == []


def test_a_pi_that_the_corrected_workbook_names_reaches_the_year_that_carries_it(
    client, team, assessment
):
    take_in(client, dry_run_of(client, team, *BOOK, ["7.1", 2021, "Exceeds", None]))
    assert rating_of(team, 2022, "7.1").rating == Rating.EXCEEDS


def test_a_pi_that_the_last_imported_year_does_not_name_is_carried_from_the_year_before_it(
    client, team, coordinator
):
    take_in(client, dry_run_of(client, team, *BOOK, ["7.1", 2020, "Exceeds", None]))
    start(team, by=coordinator.user)
    carried = rating_of(team, 2022, "7.1")
    assert (carried.origin, carried.last_assessed) == (rating_of(team, 2020, "7.1"), 2020)
