"""Roles change and memberships end, and a team keeps a coordinator whatever happens."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Membership, PeopleEvent
from accounts.tests.factories import make_entity, make_event, make_membership, make_team, make_user
from accounts.transitions import (
    TransitionRefused,
    change_role,
    end_membership,
    require_teams_keep_a_coordinator,
)

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def only(team):
    """The only coordinator."""
    return make_membership(team=team, user=make_user(name="Only One"), role=Role.COORDINATOR)


def test_ending_keeps_the_row_and_says_by_whom(team, only):
    member = make_membership(team=team, user=make_user(name="Amina B."))
    ended = end_membership(member, by=only.user)
    assert ended.ended_on == timezone.now().date()
    assert list(team.memberships.active()) == [only]
    event = PeopleEvent.objects.get()
    assert str(event) == "Only One ended the membership of Amina B. (IAT member, UNDP)."


def test_it_ends_on_the_day_of_the_team(team, only):
    team.time_zone = "Asia/Almaty"
    team.save(update_fields=["time_zone"])
    member = make_membership(team=team)
    ended = end_membership(member, by=only.user, at=datetime(2022, 12, 31, 20, tzinfo=UTC))
    assert ended.ended_on == date(2023, 1, 1)


def test_a_membership_ends_once(team, only):
    member = make_membership(team=team)
    end_membership(member, by=only.user)
    with pytest.raises(TransitionRefused, match="has ended already"):
        end_membership(member, by=only.user)
    assert PeopleEvent.objects.count() == 1


def test_the_only_coordinator_does_not_leave(only):
    with pytest.raises(TransitionRefused, match="Only One is the only coordinator of UNCT in"):
        end_membership(only, by=only.user)
    only.refresh_from_db()
    assert only.ended_on is None


def test_of_two_coordinators_one_may_leave(team, only):
    other = make_membership(team=team, role=Role.COORDINATOR)
    end_membership(only, by=other.user)
    with pytest.raises(TransitionRefused, match="only coordinator"):
        end_membership(other, by=other.user)


def test_a_coordinator_who_may_not_sign_in_does_not_count(team, only):
    closed = make_user(is_active=False)
    make_membership(team=team, user=closed, role=Role.COORDINATOR)
    with pytest.raises(TransitionRefused, match="only coordinator"):
        end_membership(only, by=only.user)


def test_a_coordinator_of_another_team_does_not_count(only):
    make_membership(team=make_team(code="KGZ", country="Kyrgyzstan"), role=Role.COORDINATOR)
    with pytest.raises(TransitionRefused, match="only coordinator"):
        end_membership(only, by=only.user)


def test_a_role_changes_with_its_entity(team, only):
    member = make_membership(team=team, user=make_user(name="Amina B."))
    unfpa = make_entity(acronym="UNFPA")
    changed = change_role(member, role=Role.OBSERVER, entity=unfpa, by=only.user)
    assert (changed.role, changed.entity) == (Role.OBSERVER, unfpa)
    assert str(PeopleEvent.objects.get()) == (
        "Only One changed the role of Amina B. from IAT member to Observer, UNFPA."
    )


def test_another_entity_in_the_same_role_is_possible_for_the_only_coordinator(only):
    unfpa = make_entity(acronym="UNFPA")
    assert change_role(only, role=Role.COORDINATOR, entity=unfpa, by=only.user).entity == unfpa
    assert not PeopleEvent.objects.exists()


def test_the_only_coordinator_keeps_the_role(only):
    with pytest.raises(TransitionRefused, match="only coordinator"):
        change_role(only, role=Role.MEMBER, entity=only.entity, by=only.user)
    only.refresh_from_db()
    assert only.role == Role.COORDINATOR


def test_a_role_that_the_person_has_already_is_refused(team, only):
    second = make_membership(team=team, user=only.user, role=Role.OBSERVER)
    with pytest.raises(TransitionRefused, match="Only One has this role in the team already"):
        change_role(second, role=Role.COORDINATOR, entity=second.entity, by=only.user)


def test_the_role_of_an_ended_membership_does_not_change(team, only):
    member = make_membership(team=team)
    end_membership(member, by=only.user)
    with pytest.raises(TransitionRefused, match="has ended already"):
        change_role(member, role=Role.OBSERVER, entity=member.entity, by=only.user)


def test_whoever_coordinates_a_team_alone_cannot_be_shut_out(team, only):
    with (
        pytest.raises(TransitionRefused, match="only coordinator of UNCT in Kazakhstan"),
        transaction.atomic(),
    ):
        require_teams_keep_a_coordinator(only.user)
    make_membership(team=team, role=Role.COORDINATOR)
    with transaction.atomic():
        require_teams_keep_a_coordinator(only.user)


def test_a_person_may_come_back_in_a_role_that_ended(team, only):
    member = make_membership(team=team)
    end_membership(member, by=only.user)
    again = make_membership(team=team, user=member.user)
    assert list(member.user.memberships.active()) == [again]


def test_a_year_is_served_by_those_who_had_not_left_before_it_began(team):
    gone = make_membership(team=team, role=Role.OBSERVER)
    gone.ended_on = timezone.now().date().replace(year=2022)
    gone.save()
    here = make_membership(team=team, role=Role.OBSERVER)
    assert set(team.memberships.serving_in(2022)) == {gone, here}
    assert set(team.memberships.serving_in(2023)) == {here}


@pytest.mark.parametrize(
    "fields", [{"kind": "changed"}, {"kind": "joined", "former_role": Role.OBSERVER}]
)
def test_a_change_of_role_and_nothing_else_names_a_former_role(fields):
    with pytest.raises(IntegrityError, match="people_event_former_role_belongs_to_a_change"):
        make_event(**fields)


def test_an_unknown_kind_of_event_is_refused():
    with pytest.raises(IntegrityError, match="people_event_kind_is_known"):
        make_event(kind="vanished")
