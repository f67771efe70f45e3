from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import make_cycle, make_entity, make_user
from actionplan import rolling, transitions
from actionplan.models import ActionPoint
from actionplan.roll_over import Decision, Fate
from actionplan.tests.factories import make_plan, make_point
from assessments.tests.factories import make_assessment
from assessments.transitions import TransitionRefused
from scorecard.fields import MAX_TEXT
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db
KEEP = Decision(fate=Fate.KEEP)
DROP = Decision(fate=Fate.DROP, reason="No funds.")


def merge(into):
    return Decision(fate=Fate.MERGE, into=into)


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def target(plan):
    return make_cycle(team=plan.team, title="Next", first_year=2026, last_year=2030)


def roll(plan, target, decisions, *, by=None):
    return rolling.roll_over(plan, cycle=target, decisions=decisions, by=by or make_user())


def test_the_next_cycle_is_the_nearest_later_one_of_the_team(plan, target):
    make_cycle(team=plan.team, first_year=2031, last_year=2035)
    make_cycle(team=plan.team, first_year=2016, last_year=2020)
    assert rolling.next_cycle(plan.cooperation_framework) == target
    assert rolling.next_cycle(make_cycle(team=plan.team, first_year=2040, last_year=2041)) is None


def test_a_kept_point_goes_on_with_all_that_was_agreed_and_is_traced_both_ways(plan, target):
    old = make_point(
        plan=plan,
        lead=make_entity(),
        status="under_way",
        resources_required=Decimal("10.50"),
        currency="USD",
    )
    old.criterion = old.indicator.criteria.get(key="a")
    old.save()
    old.supporting.add(make_entity(acronym="WHO"))
    by = make_user()
    next_plan = roll(plan, target, {1: KEEP}, by=by)
    (new,) = next_plan.action_points.all()
    old.refresh_from_db()
    assert (old.became, list(new.came_from.all())) == (new, [old])
    assert (new.text, new.lead, new.status, new.criterion) == (
        old.text,
        old.lead,
        "under_way",
        old.criterion,
    )
    assert (new.resources_required, new.currency) == (Decimal("10.50"), "USD")
    assert [entity.acronym for entity in new.supporting.all()] == ["WHO"]
    assert next_plan.cooperation_framework == target
    assert [(event.kind, event.by) for event in old.events.all()] == [("carried", by)]
    assert [event.comment for event in new.events.all()] == [
        "From action point 1 of the plan before"
    ]


def test_merging_keeps_every_word_entity_and_pi(plan, target):
    make_point(plan=plan, number=1, code="2.2", text="First.", lead=make_entity())
    second = make_point(plan=plan, number=2, code="2.3", text="Second.")
    second.lead = make_entity(acronym="WHO")
    second.save()
    (new,) = roll(plan, target, {1: KEEP, 2: merge(1)}).action_points.all()
    assert new.text == "First.\n\nSecond."
    assert (new.lead.acronym, [row.acronym for row in new.supporting.all()]) == ("UNDP", ["WHO"])
    assert (new.indicator.code, [row.code for row in new.other_indicators.all()]) == (
        "2.2",
        ["2.3"],
    )
    assert [row.number for row in new.came_from.order_by("number")] == [1, 2]


def test_amounts_of_one_currency_are_added_and_others_named_beforehand(plan, target):
    for number, currency, amount in [(1, "", None), (2, "USD", 5), (3, "USD", 7), (4, "EUR", 9)]:
        make_point(plan=plan, number=number, currency=currency, resources_required=amount)
    decisions = {1: KEEP, 2: merge(1), 3: merge(1), 4: merge(1)}
    (draft,) = rolling.drafts(rolling.open_points(plan), decisions, target)
    assert [point.number for point in draft.foreign_amounts] == [4]
    (new,) = roll(plan, target, decisions).action_points.all()
    assert (new.resources_required, new.resources_available, new.currency) == (12, None, "USD")


def test_a_dropped_point_stays_behind_with_its_reason(plan, target):
    old = make_point(plan=plan)
    assert not roll(plan, target, {1: DROP}).action_points.exists()
    old.refresh_from_db()
    assert (old.status, old.dropped_reason, old.became) == ("dropped", "No funds.", None)
    assert [event.kind for event in old.events.all()] == ["dropped"]


def test_done_and_dropped_points_stay_where_they_are(plan, target):
    make_point(plan=plan, number=1, status="dropped", dropped_reason="x")
    make_point(plan=plan, number=2)
    next_plan = roll(plan, target, {2: KEEP})
    assert [row.came_from.get().number for row in next_plan.action_points.all()] == [2]


def test_a_claim_is_not_carried_on(plan, target):
    point = make_point(plan=plan, lead=make_entity())
    member = plan.team.memberships.create(user=make_user(), role="member", entity=make_entity())
    transitions.claim_done(point, by=member.user)
    (new,) = roll(plan, target, {1: KEEP}).action_points.all()
    assert (new.status, new.is_claimed) == ("under_way", False)


def test_new_numbers_go_on_after_those_of_the_next_plan(plan, target):
    make_point(plan=make_plan(cycle=target, first_year=2026), number=4)
    make_point(plan=plan, number=1)
    make_point(plan=plan, number=2)
    next_plan = roll(plan, target, {1: KEEP, 2: KEEP})
    assert [row.number for row in next_plan.action_points.all()] == [4, 5, 6]


def test_a_criterion_finds_itself_in_the_edition_of_the_next_assessment(plan, target):
    make_assessment(cycle=target, framework=load_edition("unct-swap-2023"), year=2026)
    old = make_point(plan=plan, code="1.1")
    old.criterion = old.indicator.criteria.first()
    old.save()
    (draft,) = rolling.drafts(rolling.open_points(plan), {1: KEEP}, target)
    found = draft.point.indicator
    assert (found.code, found.dimension.framework.code) == ("1.1", "unct-swap-2023")
    keys = {criterion.key for criterion in found.criteria.all()}
    assert (draft.lost_criterion is None) == (old.criterion.key in keys)


@pytest.mark.parametrize("decisions", [{}, {1: KEEP}, {1: KEEP, 2: merge(3)}])
def test_what_does_not_hold_changes_nothing(plan, target, decisions):
    make_point(plan=plan, number=1)
    make_point(plan=plan, number=2)
    before = list(ActionPoint.objects.values())
    with pytest.raises(TransitionRefused, match="Decide again on action point"):
        roll(plan, target, decisions)
    assert list(ActionPoint.objects.values()) == before


def test_a_text_too_long_for_one_point_is_refused_and_nothing_is_written(plan, target):
    for number in (1, 2):
        make_point(plan=plan, number=number, text="x" * (MAX_TEXT - 1))
    with pytest.raises(TransitionRefused, match="Keep some of them apart"):
        roll(plan, target, {1: KEEP, 2: merge(1)})
    assert not ActionPoint.objects.filter(became__isnull=False).exists()


def test_rolling_over_twice_finds_nothing_to_do(plan, target):
    make_point(plan=plan)
    roll(plan, target, {1: KEEP})
    with pytest.raises(TransitionRefused, match="nothing to roll over"):
        roll(plan, target, {1: KEEP})
    assert ActionPoint.objects.count() == 2


def test_no_point_of_the_old_plan_moves_meanwhile(plan, target):
    """A move of a point locks the point, so rolling over locks all of them before it reads."""
    for number in (1, 2):
        make_point(plan=plan, number=number)
    with CaptureQueriesContext(connection) as queries:
        roll(plan, target, {1: KEEP, 2: KEEP})
    points = 'FROM "actionplan_actionpoint"'
    first = next(
        row["sql"] for row in queries if row["sql"].startswith("SELECT") and points in row["sql"]
    )
    assert "LIMIT" not in first
    assert ("FOR UPDATE" in first) == connection.features.has_select_for_update
