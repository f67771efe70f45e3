from datetime import UTC, datetime

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from actionplan.activities import StaleActivity, record_activity
from actionplan.tests.factories import make_point
from assessments.tests.factories import make_assessment
from assessments.transitions import TransitionRefused

pytestmark = pytest.mark.django_db
IN_2022 = datetime(2022, 11, 3, tzinfo=UTC)
OPEN = ["planning", "scoring", "consolidation", "imported"]
CLOSED = ["endorsement", "endorsed", "submitted", "accepted"]


@pytest.fixture
def point():
    return make_point()


def write(point, text="A retreat was held.", *, year=2022, version=0, no_action=False, by=None):
    return record_activity(
        point,
        year,
        text=text,
        no_action=no_action,
        version=version,
        by=by or make_user(),
        at=IN_2022,
    )


def reported(point, state, *, year=2022):
    cycle = point.plan.cooperation_framework
    return make_assessment(cycle=cycle, year=year, state=state)


@pytest.fixture
def elsewhere():
    """A person who reads the site by the clock of a place that is not the team's."""
    with timezone.override("Pacific/Auckland"):
        yield


def test_a_year_begins_when_it_does_for_the_team(point, elsewhere):
    new_year = {"text": "A retreat.", "no_action": False, "version": 0, "by": make_user()}
    noon = datetime(2022, 12, 31, 12, tzinfo=UTC)  # 1 January in Auckland
    with pytest.raises(TransitionRefused, match="2023 is not among the years"):
        record_activity(point, 2023, at=noon, **new_year)
    team = point.plan.team
    team.time_zone = "Asia/Almaty"
    team.save(update_fields=["time_zone"])
    evening = datetime(2022, 12, 31, 20, tzinfo=UTC)  # 1 January in Almaty
    assert record_activity(point, 2023, at=evening, **new_year).year == 2023


def texts(point):
    return [(row.year, row.text, row.is_addition) for row in point.activities.all()]


def test_an_activity_keeps_who_wrote_it_and_when(point):
    by = make_user()
    activity = write(point, by=by)
    assert (activity.by, activity.at, activity.version) == (by, IN_2022, 1)
    assert activity.history.get().history_user == by


def test_it_is_written_anew_while_the_report_of_the_year_is_open(point):
    write(point)
    changed = write(point, "Two retreats were held.", version=1)
    assert changed.version == 2
    assert texts(point) == [(2022, "Two retreats were held.", False)]
    assert [row.text for row in changed.history.all()] == [
        "Two retreats were held.",
        "A retreat was held.",
    ]


@pytest.mark.parametrize("version", [0, 2])
def test_who_did_not_see_the_present_text_overwrites_nothing(point, version):
    write(point)
    with pytest.raises(StaleActivity) as stale:
        write(point, "Mine.", version=version)
    assert stale.value.current.text == "A retreat was held."
    assert texts(point) == [(2022, "A retreat was held.", False)]


def test_no_action_is_said_as_such(point):
    activity = write(point, "", no_action=True)
    assert (activity.no_action, activity.text) == (True, "")


@pytest.mark.parametrize("year", [2020, 2023])
def test_years_before_the_plan_and_years_that_have_not_begun_are_refused(point, year):
    with pytest.raises(TransitionRefused, match=f"{year} is not among the years"):
        write(point, year=year)


@pytest.mark.parametrize("state", OPEN)
def test_the_text_changes_until_the_report_goes_to_the_heads_of_agency(point, state):
    write(point)
    reported(point, state)
    write(point, "Changed.", version=1)
    assert texts(point) == [(2022, "Changed.", False)]


@pytest.mark.parametrize("state", CLOSED)
def test_from_then_on_it_stays_and_is_added_to(point, state):
    write(point)
    reported(point, state)
    write(point, "The minutes came later.", version=1)
    write(point, "And the photographs.", version=1)
    assert texts(point) == [
        (2022, "A retreat was held.", False),
        (2022, "The minutes came later.", True),
        (2022, "And the photographs.", True),
    ]


@pytest.mark.parametrize(("text", "no_action"), [("", False), ("", True), ("Nothing.", True)])
def test_an_addition_says_something_that_was_done(point, text, no_action):
    reported(point, "endorsed")
    with pytest.raises(TransitionRefused, match="The report of 2022 is closed"):
        write(point, text, no_action=no_action)


def test_the_report_of_another_year_closes_nothing(point):
    reported(point, "accepted", year=2021)
    write(point)
    write(point, "Changed.", version=1)
    assert texts(point) == [(2022, "Changed.", False)]
