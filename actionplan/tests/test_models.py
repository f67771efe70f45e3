import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from accounts.tests.factories import make_cycle
from actionplan.models import ActionPoint, Activity
from actionplan.tests.factories import make_activity, make_plan, make_point

pytestmark = pytest.mark.django_db


def test_a_cooperation_framework_has_one_plan():
    plan = make_plan()
    with pytest.raises(IntegrityError):
        make_plan(cycle=plan.cooperation_framework)


def test_each_cooperation_framework_has_its_plan():
    plan = make_plan()
    next_cycle = make_cycle(team=plan.cooperation_framework.team, first_year=2026, last_year=2030)
    assert str(make_plan(cycle=next_cycle, first_year=2026)) == "Action plan, 2026-2030"


def test_numbers_of_action_points_are_unique_in_a_plan():
    point = make_point(number=1)
    with pytest.raises(IntegrityError):
        make_point(plan=point.plan, number=1, code="2.3")


def test_an_action_point_may_be_without_text_since_activities_can_stand_alone():
    assert make_point(text="").text == ""


def test_an_activity_has_text():
    with pytest.raises(IntegrityError, match="activity_has_text"):
        make_activity(text="")


def test_an_action_point_has_one_activity_text_a_year():
    activity = make_activity(year=2022)
    with pytest.raises(IntegrityError):
        make_activity(point=activity.action_point, year=2022, text="Another.")


def test_activities_come_year_by_year():
    point = make_point()
    for year in [2022, 2020, 2021]:
        make_activity(point=point, year=year)
    assert [activity.year for activity in point.activities.all()] == [2020, 2021, 2022]


def test_points_of_a_cycle_come_by_number_with_their_activities(django_assert_num_queries):
    plan = make_plan()
    for number, code in [(3, "1.1"), (1, "7.1"), (2, "2.2")]:
        make_activity(point=make_point(plan=plan, number=number, code=code))
    other = make_cycle(team=plan.cooperation_framework.team, first_year=2026, last_year=2030)
    make_point(plan=make_plan(cycle=other))
    with django_assert_num_queries(3):
        found = [
            (point.number, point.indicator.dimension.number, len(point.activities.all()))
            for point in ActionPoint.objects.of_cycle(plan.cooperation_framework)
        ]
    assert found == [(1, 7, 1), (2, 2, 1), (3, 1, 1)]


def test_a_deleted_point_takes_its_activities_along():
    activity = make_activity()
    activity.action_point.delete()
    assert not Activity.objects.exists()


def test_an_indicator_with_an_action_point_cannot_be_deleted():
    point = make_point()
    with pytest.raises(ProtectedError):
        point.indicator.delete()
