"""What the pre-flight says of the action plan."""

from datetime import date

import pytest

from accounts.tests.factories import make_entity
from actionplan.models import ActionPoint, Activity
from actionplan.tests.factories import make_activity, make_plan, make_point
from assessments.tests.factories import make_quiet_assessment, make_rating
from report.tests.checking import codes, found, sentence
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return make_quiet_assessment()


@pytest.fixture
def plan(assessment):
    return make_plan(cycle=assessment.cooperation_framework)


def make_full_point(*, plan, **fields):
    """A point with all that is asked for, still open."""
    return make_point(plan=plan, **{"lead": make_entity(), "due": date(2099, 12, 31)} | fields)


@pytest.mark.parametrize(
    ("lacks", "words", "field"),
    [
        (["lead"], "has no lead entity. Name who", "lead"),
        (["due"], "has no due date. Say until when", "due"),
        (["lead", "due"], "has no lead entity and no due date. Name who", "lead"),
    ],
)
def test_point_without_lead_or_due_date_is_named_with_what_it_lacks(
    assessment, plan, lacks, words, field
):
    point = make_full_point(plan=plan, **dict.fromkeys(lacks))

    (check,) = found(assessment, "action-of-nobody")

    assert check.sentence.startswith(f"Action point 1 (PI 2.2) {words}")
    assert check.code == "2.2"
    assert check.url == f"/action-points/{point.pk}/edit/#id_{field}"
    assert check.for_reader.url == point.get_absolute_url()


def test_point_with_lead_and_due_date_is_left_alone(assessment, plan):
    make_activity(point=make_full_point(plan=plan))

    for key in ("action-of-nobody", "action-overdue", "no-activity"):
        assert found(assessment, key) == []


def test_overdue_point_says_since_when(assessment, plan):
    make_full_point(plan=plan, due=date(2022, 3, 1))

    assert sentence(assessment, "action-overdue").startswith(
        "Action point 1 (PI 2.2) was due on 1 Mar 2022 and is not done."
    )


def test_dropped_point_is_left_alone(assessment, plan):
    point = make_point(plan=plan, due=date(2022, 3, 1))
    ActionPoint.objects.filter(pk=point.pk).update(status="dropped", dropped_reason="Moot.")

    for key in ("action-of-nobody", "action-overdue", "no-activity"):
        assert found(assessment, key) == []


def test_point_that_says_nothing_is_named_for_that_alone(assessment, plan):
    make_point(plan=plan, text="")

    assert len(found(assessment, "action-without-text")) == 1
    assert found(assessment, "action-of-nobody") == []


@pytest.mark.parametrize(
    "again", ["A campaign was run.", "  A campaign\nwas  run", "a CAMPAIGN was run."]
)
def test_activity_that_repeats_the_year_before_is_named(assessment, plan, again):
    point = make_full_point(plan=plan)
    make_activity(point=point, year=2021)
    make_activity(point=point, year=2022, text=again)

    assert sentence(assessment, "activity-repeated") == (
        "Action point 1 (PI 2.2): Year 2 (2022) repeats the text of Year 1 (2021). "
        "Say what was undertaken in 2022."
    )


def test_activities_that_differ_and_years_to_come_are_left_alone(assessment, plan):
    point = make_full_point(plan=plan)
    make_activity(point=point, year=2021, text="One.")
    make_activity(point=point, year=2022, text="Two.")
    make_activity(point=point, year=2023, text="Two.")

    assert found(assessment, "activity-repeated") == []


def test_two_years_without_any_action_are_no_repetition(assessment, plan):
    point = make_full_point(plan=plan)
    for year in (2021, 2022):
        make_activity(point=point, year=year, text="", no_action=True)

    assert found(assessment, "activity-repeated") == found(assessment, "no-activity") == []


def test_open_point_on_which_nothing_is_recorded_this_year_is_named(assessment, plan):
    point = make_full_point(plan=plan)
    make_activity(point=point, year=2021)

    (check,) = found(assessment, "no-activity")

    assert "nothing is recorded for 2022" in check.sentence
    assert check.url == f"/action-points/{point.pk}/activities/2022/#id_text"


@pytest.mark.parametrize(
    ("level", "is_asked"),
    [(Rating.MISSING, True), (Rating.APPROACHES, True), (Rating.MEETS, False)],
)
def test_low_rating_without_an_action_point_is_named(assessment, level, is_asked):
    make_rating(assessment=assessment, rating=level, difference_reason="So.")

    assert codes(assessment, "no-action-point") == (["2.2"] if is_asked else [])


def test_missing_action_point_can_be_added_at_once(assessment):
    make_rating(assessment=assessment, rating=Rating.MISSING)

    (check,) = found(assessment, "no-action-point")

    assert check.url == "/teams/KAZ/plan/2021/add/?pi=2.2#id_text"


@pytest.mark.parametrize("how", ["first", "among others"])
def test_action_point_serves_all_its_indicators(assessment, plan, how):
    rating = make_rating(assessment=assessment, rating=Rating.MISSING)
    if how == "first":
        make_full_point(plan=plan)
    else:
        make_full_point(plan=plan, code="1.1").other_indicators.add(rating.indicator)

    assert codes(assessment, "no-action-point") == []


def test_dropped_action_point_serves_nothing(assessment, plan):
    make_rating(assessment=assessment, rating=Rating.MISSING)
    point = make_full_point(plan=plan)
    ActionPoint.objects.filter(pk=point.pk).update(status="dropped", dropped_reason="Moot.")

    assert codes(assessment, "no-action-point") == ["2.2"]


def test_action_point_without_text_serves_nothing(assessment, plan):
    make_rating(assessment=assessment, rating=Rating.MISSING)
    make_point(plan=plan, text="")

    assert codes(assessment, "no-action-point") == ["2.2"]


def test_addition_to_a_year_that_was_reported_is_no_repetition(assessment, plan):
    point = make_full_point(plan=plan)
    make_activity(point=point, year=2021, text="One.")
    make_activity(point=point, year=2022, text="Two.")
    Activity.objects.create(action_point=point, year=2022, text="One.", is_addition=True)

    assert found(assessment, "activity-repeated") == []
