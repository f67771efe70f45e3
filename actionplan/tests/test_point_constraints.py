"""What the table of action points and activities refuses, each way of half-filling it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.tests.factories import make_entity, make_team, make_user
from actionplan.models import ActionPoint
from actionplan.tests.factories import make_activity, make_plan, make_point, make_verification

pytestmark = pytest.mark.django_db


def refused(point, name, **fields):
    """Whether the table refuses these values by that constraint."""
    rows = ActionPoint.objects.filter(pk=point.pk)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.update(**fields)


def claim(point, **fields):
    return {
        "status": "under_way",
        "claimed_by": make_user(),
        "claimed_entity": make_entity(acronym="UNDP"),
        "claimed_at": timezone.now(),
    } | fields


def done(point, **fields):
    return (
        claim(point)
        | {
            "status": "done",
            "verified_by": make_user(),
            "verified_entity": make_entity(acronym="UNFPA"),
            "verified_at": timezone.now(),
            "verification": make_verification(team=point.plan.team),
        }
        | fields
    )


def test_a_dropped_point_says_why_and_no_other_does():
    point = make_point()
    refused(point, "dropped_for_a_reason", status="dropped")
    refused(point, "dropped_for_a_reason", dropped_reason="No funds.")
    ActionPoint.objects.filter(pk=point.pk).update(status="dropped", dropped_reason="No funds.")


def test_an_unknown_status_is_refused():
    refused(make_point(), "status_is_known", status="finished")


@pytest.mark.parametrize("left_out", ["claimed_by", "claimed_entity", "claimed_at"])
def test_a_claim_is_complete(left_out):
    point = make_point()
    refused(point, "claim", **claim(point) | {left_out: None})


def test_only_work_under_way_is_claimed_to_be_done():
    point = make_point()
    refused(point, "claim_is_of_work", **claim(point, status="planned"))
    ActionPoint.objects.filter(pk=point.pk).update(**claim(point))


@pytest.mark.parametrize(
    "left_out", ["verified_by", "verified_entity", "verified_at", "verification"]
)
def test_done_asks_for_all_of_the_verification(left_out):
    point = make_point()
    refused(point, "done_when_it_is_verified", **done(point) | {left_out: None})


def test_done_asks_for_a_claim():
    point = make_point()
    nobody = {"claimed_by": None, "claimed_entity": None, "claimed_at": None}
    refused(point, "done_when_it_is_verified", **done(point) | nobody)


def test_a_verification_belongs_to_what_is_done():
    point = make_point()
    refused(point, "done_when_it_is_verified", **done(point, status="under_way"))


def test_done_with_all_of_it_is_kept():
    point = make_point()
    ActionPoint.objects.filter(pk=point.pk).update(**done(point))
    point.refresh_from_db()
    assert point.status == "done"
    assert not point.is_open


def test_nobody_verifies_their_own_claim():
    point = make_point()
    user = make_user()
    refused(point, "verified_by_another_person", **done(point, claimed_by=user, verified_by=user))


def test_neither_the_claiming_nor_the_leading_entity_verifies():
    point = make_point()
    unfpa = make_entity(acronym="UNFPA")
    refused(point, "verified_by_another_entity", **done(point, claimed_entity=unfpa))
    refused(point, "verified_by_another_entity", **done(point, lead=unfpa))
    ActionPoint.objects.filter(pk=point.pk).update(**done(point, lead=make_entity()))


def test_dates_are_in_order():
    point = make_point()
    refused(point, "dates_are_in_order", start=date(2022, 5, 2), due=date(2022, 5, 1))
    same = date(2022, 5, 1)
    ActionPoint.objects.filter(pk=point.pk).update(start=same, due=same)


def test_amounts_have_a_currency_and_a_currency_has_an_amount():
    point = make_point()
    refused(point, "amounts_have_a_currency", resources_required=Decimal(10))
    refused(point, "amounts_have_a_currency", resources_available=Decimal(10))
    refused(point, "amounts_have_a_currency", currency="USD")
    refused(point, "amounts_have_a_currency", resources_required=Decimal(10), currency="usd")
    ActionPoint.objects.filter(pk=point.pk).update(resources_required=0, currency="USD")


@pytest.mark.parametrize("field", ["resources_required", "resources_available"])
def test_amounts_are_not_negative(field):
    refused(make_point(), "amounts_are_not_negative", **{field: Decimal(-1), "currency": "USD"})


def test_amounts_come_back_to_the_cent():
    point = make_point(resources_required=Decimal("123456789012.35"), currency="KZT")
    point.refresh_from_db()
    assert point.resources_required == Decimal("123456789012.35")


def test_a_closed_point_goes_into_no_further_plan():
    point = make_point()
    next_one = make_point(plan=make_plan(cycle=make_next_cycle(point)))
    refused(point, "next_plan_while_open", status="dropped", dropped_reason="x", became=next_one)
    ActionPoint.objects.filter(pk=point.pk).update(became=next_one)
    assert not ActionPoint.objects.get(pk=point.pk).is_open
    assert list(next_one.came_from.all()) == [point]


def make_next_cycle(point):
    team = point.plan.team
    return team.cooperation_frameworks.create(title="Next", first_year=2026, last_year=2030)


def test_points_are_open_until_they_are_done_or_dropped():
    plan = make_plan()
    make_point(plan=plan, number=1, due=date(2022, 5, 31))
    make_point(plan=plan, number=2, due=date(2022, 6, 1))
    make_point(plan=plan, number=3)
    make_point(
        plan=plan, number=4, due=date(2020, 1, 1), status="dropped", dropped_reason="No funds."
    )
    assert ActionPoint.objects.open().count() == 3


def test_points_of_an_entity_are_those_it_leads_or_supports():
    unfpa = make_entity(acronym="UNFPA")
    plan = make_plan()
    led = make_point(plan=plan, number=1, lead=unfpa)
    supported = make_point(plan=plan, number=2)
    supported.supporting.add(unfpa, make_entity())
    make_point(plan=plan, number=3, lead=make_entity())
    assert (led.entities, supported.entities) == ({unfpa.pk}, {unfpa.pk, make_entity().pk})


def test_points_are_seen_by_their_team_only():
    point = make_point()
    make_team(code="KGZ", country="Kyrgyzstan")
    assert not ActionPoint.objects.visible_to(make_user()).exists()
    member = point.plan.team.memberships.create(
        user=make_user(), role="member", entity=make_entity()
    )
    assert list(ActionPoint.objects.visible_to(member.user)) == [point]


def test_no_action_may_stand_without_words():
    assert make_activity(text="", no_action=True).no_action


def test_a_year_has_one_text_and_any_number_of_additions():
    activity = make_activity(year=2022)
    for text in ["More.", "Still more."]:
        make_activity(point=activity.action_point, year=2022, text=text, is_addition=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_activity(point=activity.action_point, year=2022, text="Another.")


def test_an_addition_has_text():
    activity = make_activity()
    with pytest.raises(IntegrityError, match="addition_has_text"):
        make_activity(point=activity.action_point, text="", no_action=True, is_addition=True)


@pytest.mark.parametrize("given", ["by", "at"])
def test_an_activity_records_who_wrote_it_and_when_or_neither(given):
    value = {"by": make_user(), "at": timezone.now()}[given]
    with pytest.raises(IntegrityError, match="records_who_wrote_it"):
        make_activity(**{given: value})


def test_history_keeps_who_was_to_support():
    point = make_point()
    point.supporting.add(make_entity())
    assert [row.entity_id for row in point.history.first().supporting.all()] == [make_entity().pk]
