from datetime import date

import pytest

from actionplan.board import Board
from actionplan.models import ActionPoint
from actionplan.tests.factories import make_plan, make_point
from actionplan.what_if import WhatIf
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return make_assessment()


@pytest.fixture
def plan(assessment):
    return make_plan(cycle=assessment.cooperation_framework)


def closing(plan, key, *, number=1, code="2.2", **fields):
    point = make_point(plan=plan, number=number, code=code, **fields)
    point.criterion = point.indicator.criteria.get(key=key)
    point.save()
    return point


def what_if(plan, *chosen):
    cycle = plan.cooperation_framework
    board = Board.of(ActionPoint.objects.of_cycle(cycle), date(2022, 6, 1))
    return WhatIf.of(cycle, board.rows, {point.pk for point in chosen})


def reach(found, code="2.2"):
    return next(row for row in found.reaches if row.rating.indicator.code == code)


def test_a_point_that_is_done_raises_its_pi(assessment, plan):
    make_rating(assessment=assessment, met="b")
    point = closing(plan, "c")
    found = reach(what_if(plan, point))
    assert (found.outlook.now, found.outlook.then) == (Rating.MISSING, Rating.MEETS)
    assert (found.numbers, found.closed) == ((1,), "(c)")


def test_without_ticks_everything_stands_as_it_does(assessment, plan):
    closing(plan, "c")
    found = what_if(plan)
    assert found.changed == []
    assert [choice.is_chosen for choice in found.choices] == [False]


def test_the_sentence_counts_all_pis_now_and_then(assessment, plan):
    make_rating(assessment=assessment, met="b")
    found = what_if(plan, closing(plan, "c"))
    assert found.sentence == (
        "By their criteria, 0 of 15 PIs meet or exceed the minimum requirements now, and 1 with "
        "these action points."
    )


def test_a_carried_rating_starts_from_the_criteria_of_its_origin(assessment, plan):
    make_carried_rating(assessment=assessment)  # from 2021, where (b) and (c) were met
    found = reach(what_if(plan, closing(plan, "d")))
    assert (found.outlook.now, found.outlook.then) == (Rating.MEETS, Rating.EXCEEDS)


def test_closed_points_and_points_without_a_criterion_cannot_be_ticked(assessment, plan):
    dropped = closing(plan, "c", status="dropped", dropped_reason="No funds.")
    bare = make_point(plan=plan, number=2)
    found = what_if(plan, dropped, bare)
    assert (found.choices, found.without_criterion, found.changed) == ([], [bare], [])


def test_without_an_assessment_nothing_can_be_counted():
    plan = make_plan()
    found = what_if(plan, closing(plan, "c"))
    assert (found.assessment, found.reaches) == (None, [])


def test_it_starts_from_the_latest_year_of_the_cycle(assessment, plan):
    make_rating(assessment=assessment, met="b")
    later = make_assessment(cycle=assessment.cooperation_framework, year=2023)
    assert what_if(plan).assessment == later
