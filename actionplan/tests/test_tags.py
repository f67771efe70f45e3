from datetime import date

import pytest
from django.template import Context, Template

from accounts.access import access_of
from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_team
from actionplan.tests.factories import make_activity, make_plan, make_point
from assessments.models import Assessment
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
    rating.assessment = Assessment.objects.with_context().get(pk=rating.assessment_id)  # as pages
    with django_assert_max_num_queries(2):
        shown(rating)


def waiting(user):
    template = Template(
        "{% load actionplan_tags %}{% action_points_waiting_for user as rows %}"
        "{% waiting_action_points rows %}"
    )
    return " ".join(template.render(Context({"user": user})).split())


def test_my_entitys_open_points_wait_for_me_those_due_first():
    plan = make_plan()
    member = make_membership(team=plan.team)
    make_point(plan=plan, number=1, lead=member.entity, due=date(2999, 1, 1), text="Later.")
    supported = make_point(plan=plan, number=2, due=date(2022, 1, 1), text="Sooner.")
    supported.supporting.add(member.entity)
    make_point(plan=plan, number=3, lead=make_entity(acronym="WHO"), text="Of others.")
    make_point(
        plan=plan, number=4, lead=member.entity, status="dropped", dropped_reason="x", text="Gone."
    )
    text = waiting(member.user)
    assert "2 open action points of my entity" in text
    assert text.index("Sooner.") < text.index("Later.")
    assert "Of others." not in text
    assert "Gone." not in text
    assert "overdue" in text


def test_points_of_my_entity_in_another_team_do_not_wait_for_me():
    point = make_point(lead=make_entity())
    elsewhere = make_membership(team=make_team(code="KGZ", country="Kyrgyzstan"))
    assert elsewhere.entity == point.lead
    assert waiting(elsewhere.user) == ""


def test_nothing_waits_for_whoever_only_observes():
    point = make_point(lead=make_entity())
    observer = make_membership(team=point.plan.team, role=Membership.Role.OBSERVER)
    assert waiting(observer.user) == ""


def shown_to(rating, membership):
    access = access_of(membership.user, membership.team, state="scoring")
    template = Template("{% load actionplan_tags %}{% action_points_of rating access %}")
    return template.render(Context({"rating": rating, "access": access}))


def test_points_lead_to_their_pages_and_a_member_adds_one_from_the_pi():
    rating = make_rating(code="2.2")
    point = make_point_of(rating)
    text = shown_to(rating, make_membership(team=rating.assessment.team))
    assert f'href="{point.get_absolute_url()}"' in text
    assert "/plan/2021/add/?pi=2.2" in text


def test_an_observer_opens_points_and_adds_none():
    rating = make_rating(code="2.2")
    point = make_point_of(rating)
    observer = make_membership(team=rating.assessment.team, role=Membership.Role.OBSERVER)
    text = shown_to(rating, observer)
    assert f'href="{point.get_absolute_url()}"' in text
    assert "?pi=2.2" not in text


def test_who_reads_what_was_handed_in_meets_no_link_into_the_plan():
    rating = make_rating(code="2.2")
    point = make_point_of(rating)
    assert point.get_absolute_url() not in shown(rating)
