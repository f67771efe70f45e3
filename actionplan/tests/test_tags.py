import pytest
from django.template import Context, Template

from actionplan.tests.factories import make_activity, make_plan, make_point
from assessments.tests.factories import make_rating

pytestmark = pytest.mark.django_db


def shown(rating):
    template = Template("{% load actionplan_tags %}{% action_points_of rating %}")
    return template.render(Context({"rating": rating}))


def make_point_of(rating, **fields):
    cycle = rating.assessment.cooperation_framework
    plan = getattr(cycle, "action_plan", None) or make_plan(cycle=cycle)
    return make_point(plan=plan, code=rating.indicator.code, **fields)


def test_action_point_is_shown_with_its_number_and_its_activities_by_year():
    rating = make_rating(code="2.2")
    point = make_point_of(rating, number=7, text="Agree on joint messages.")
    make_activity(point=point, year=2021, text="A retreat was held.")
    text = shown(rating)
    assert "Action points (1)" in text
    assert '<span class="action-number">7</span>' in text
    assert "Agree on joint messages." in text
    assert "<dt>2021</dt>" in text
    assert "A retreat was held." in text


def test_without_action_points_it_says_so():
    text = shown(make_rating())
    assert "Action points (0)" in text
    assert "No action point belongs to this PI." in text


def test_a_point_without_activities_says_so():
    rating = make_rating()
    make_point_of(rating)
    assert "None recorded" in shown(rating)


def test_a_point_without_text_says_that_only_activities_are_recorded():
    rating = make_rating()
    make_activity(point=make_point_of(rating, text=""))
    text = shown(rating)
    assert "No action was agreed; only activities are recorded." in text
    assert "A campaign was run." in text


def test_points_of_other_pis_stay_out():
    rating = make_rating(code="2.2")
    make_point(plan=make_plan(cycle=rating.assessment.cooperation_framework), code="2.3")
    assert "Action points (0)" in shown(rating)


def test_text_is_escaped():
    rating = make_rating()
    make_activity(
        point=make_point_of(rating, text="<script>alert(1)</script>"), text="<img src=x onerror=y>"
    )
    text = shown(rating)
    assert "<script>" not in text
    assert "<img" not in text


def test_queries_do_not_grow_with_the_points(django_assert_max_num_queries):
    rating = make_rating()
    plan = make_plan(cycle=rating.assessment.cooperation_framework)
    for number in range(1, 9):
        make_activity(point=make_point(plan=plan, number=number))
    with django_assert_max_num_queries(2):
        shown(rating)
