from datetime import date

import pytest
from django.utils import timezone

from accounts.tests.factories import make_entity, make_user
from actionplan.board import Board, Concern, PlanRow
from actionplan.models import ActionPoint
from actionplan.tests.factories import make_activity, make_plan, make_point

pytestmark = pytest.mark.django_db
TODAY = date(2022, 6, 15)
COMPLETE = {"due": date(2023, 1, 1)}


def row(point):
    return PlanRow.of(point, TODAY)


def board(plan):
    points = ActionPoint.objects.of_cycle(plan.cooperation_framework)
    return Board.of(points, TODAY)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2022, 6, 14), "Overdue"),
        (date(2022, 5, 1), "1 month overdue"),
        (date(2022, 4, 1), "2 months overdue"),
        (TODAY, ""),
        (None, ""),
    ],
)
def test_an_overdue_point_says_by_how_many_months(due, words):
    assert row(make_point(due=due)).lateness == words


def test_what_is_closed_is_neither_late_nor_escalated_nor_to_be_looked_at():
    point = make_point(due=date(2020, 1, 1), status="dropped", dropped_reason="No funds.")
    for year in (2021, 2022):
        make_activity(point=point, year=year, text="", no_action=True)
    assert (row(point).lateness, row(point).standstill, row(point).concerns) == ("", "", set())


def test_two_years_running_without_action_are_escalated():
    point = make_point()
    make_activity(point=point, year=2021, text="", no_action=True)
    assert row(point).standstill == ""
    make_activity(point=point, year=2022, text="Nothing.", no_action=True)
    assert row(point).standstill == "No action for 2 years running"


def test_an_addition_to_a_year_ends_its_standstill():
    point = make_point()
    for year in (2021, 2022):
        make_activity(point=point, year=year, text="", no_action=True)
    make_activity(point=point, year=2022, text="There was a retreat.", is_addition=True)
    assert row(point).standstill == ""


def test_each_concern_is_counted_in_words_and_only_those_that_there_are():
    plan, undp = make_plan(), make_entity()
    make_point(plan=plan, number=1, lead=undp, **COMPLETE)
    make_point(plan=plan, number=2, lead=undp, due=date(2022, 1, 1))
    make_point(plan=plan, number=3, **COMPLETE)
    claim = {"claimed_by": make_user(), "claimed_entity": undp, "claimed_at": timezone.now()}
    make_point(plan=plan, number=4, lead=undp, status="under_way", **COMPLETE, **claim)
    make_point(plan=plan, number=5, lead=undp)
    assert board(plan).to_look_at == [
        (Concern.OVERDUE, "1 overdue"),
        (Concern.CLAIMED, "1 said to be done, waiting for verification"),
        (Concern.NO_LEAD, "1 without a lead"),
        (Concern.NO_DUE_DATE, "1 without a due date"),
    ]


def test_columns_are_the_statuses_in_their_order_and_hold_every_point_once():
    plan = make_plan()
    make_point(plan=plan, number=1)
    make_point(plan=plan, number=2, status="under_way")
    make_point(plan=plan, number=3, status="dropped", dropped_reason="No funds.")
    columns = board(plan).columns
    assert [(str(column.status), [r.point.number for r in column.rows]) for column in columns] == [
        ("planned", [1]),
        ("under_way", [2]),
        ("done", []),
        ("dropped", [3]),
    ]


def test_dimensions_come_in_the_order_of_the_framework_and_points_in_that_of_their_pis():
    plan = make_plan()
    for number, code in [(1, "7.1"), (2, "1.2"), (3, "1.1"), (4, "1.1")]:
        make_point(plan=plan, number=number, code=code)
    groups = board(plan).dimensions
    assert [(group.dimension.number, [r.point.number for r in group.rows]) for group in groups] == [
        (1, [3, 4, 2]),
        (7, [1]),
    ]


def test_a_card_names_the_criterion_that_the_point_should_close():
    point = make_point()
    assert row(point).closes == ""
    point.criterion = point.indicator.criteria.get(key="a")
    assert row(point).closes == "(a)"


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("", "No action was agreed; only activities are recorded."),
        ("Agree on messages.", "Agree on messages."),
        ("See to:\n\n- analysis\n- data\n1. more", "See to: · analysis · data · more"),
        ("x" * 161, "x" * 159 + "…"),
    ],
)
def test_the_headline_is_one_line_with_a_mark_where_it_is_cut(text, headline):
    assert ActionPoint(text=text).headline == headline
