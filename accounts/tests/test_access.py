"""The answers of the access table, role by role and state by state, made from the table."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.access import Access, Answer, WrongState, access_of
from accounts.access_table import (
    ADMINISTRATOR,
    ALWAYS,
    GRANTS,
    HANDED_IN,
    REVIEWER,
    STATES,
    WHILE_RATING,
    Capability,
    Scope,
)
from accounts.models import CountryTeam, Membership
from accounts.tests.factories import make_membership, make_team, make_user

Role = Membership.Role
CASES = list(product(Role, Capability, STATES))
ASSIGNED_ONLY = [case for case, grant in GRANTS.items() if grant.scope == Scope.ASSIGNED]
OWN_ENTITY_ONLY = [case for case, grant in GRANTS.items() if grant.scope == Scope.OWN_ENTITY]
ENTITY = 7


def make_access(*roles, state="scoring"):
    memberships = tuple(
        Membership(pk=pk, role=role, entity_id=ENTITY) for pk, role in enumerate(roles, start=1)
    )
    return Access(memberships=memberships, state=state)


@pytest.mark.parametrize(("role", "capability", "state"), CASES)
def test_answer_is_what_the_table_grants(role, capability, state):
    access = make_access(role, state=state)
    grant = GRANTS.get((role, capability))
    if grant is None:
        expected = Answer.NO
    elif state in grant.states:
        expected = Answer.YES
    else:
        expected = Answer.NOT_NOW
    concerned = {"assigned": access.memberships, "entities": [ENTITY]}
    assert access.answer(capability, **concerned) == expected
    assert access.allows(capability, **concerned) == (expected == Answer.YES)


@pytest.mark.parametrize(("role", "capability"), ASSIGNED_ONLY)
@pytest.mark.parametrize("state", STATES)
def test_what_is_granted_for_assigned_pis_is_refused_for_all_others(role, capability, state):
    access = make_access(role, state=state)
    somebody_else = Membership(pk=99, role=role)
    assert access.answer(capability, assigned=[somebody_else]) == Answer.NO


@pytest.mark.parametrize(("role", "capability"), OWN_ENTITY_ONLY)
@pytest.mark.parametrize("state", [*STATES, None])
def test_what_is_granted_for_ones_own_entity_is_refused_for_all_others(role, capability, state):
    access = make_access(role, state=state)
    assert access.entities == {ENTITY}
    assert access.answer(capability, entities=[ENTITY]) == Answer.YES
    assert access.answer(capability, entities=[ENTITY + 1]) == Answer.NO
    assert access.answer(capability) == Answer.NO


# Design, section 5, by hand: a wrong table must not make its own tests.
@pytest.mark.parametrize(
    ("role", "capability", "state", "expected"),
    [
        (Role.MEMBER, Capability.WRITE_FINDINGS, "scoring", Answer.YES),
        (Role.MEMBER, Capability.WRITE_FINDINGS, "planning", Answer.NOT_NOW),
        (Role.MEMBER, Capability.RECORD_RATING, "consolidation", Answer.NO),
        (Role.COORDINATOR, Capability.RECORD_RATING, "consolidation", Answer.YES),
        (Role.COORDINATOR, Capability.RECORD_RATING, "endorsement", Answer.NOT_NOW),
        (Role.COORDINATOR, Capability.WRITE_FINDINGS, "accepted", Answer.NOT_NOW),
        (Role.HEAD_OF_AGENCY, Capability.WRITE_FINDINGS, "scoring", Answer.NO),
        (Role.RESIDENT_COORDINATOR, Capability.RECORD_RATING, "scoring", Answer.NO),
        (Role.OBSERVER, Capability.WRITE_FINDINGS, "scoring", Answer.NO),
        (Role.OBSERVER, Capability.VIEW, "planning", Answer.YES),
        (Role.MEMBER, Capability.MANAGE_ACTION_POINTS, "accepted", Answer.NO),  # of no own entity
        (Role.COORDINATOR, Capability.MANAGE_ACTION_POINTS, "accepted", Answer.YES),
        (Role.MEMBER, Capability.ROLL_OVER_PLAN, "scoring", Answer.NO),
        (Role.HEAD_OF_AGENCY, Capability.VERIFY_ACTION_POINTS, "scoring", Answer.NO),
    ],
)
def test_answer_is_what_the_design_says(role, capability, state, expected):
    access = make_access(role, state=state)
    assert access.answer(capability, assigned=access.memberships) == expected


def test_table_speaks_of_known_states_only():
    assert all(grant.states <= ALWAYS for grant in GRANTS.values())


@pytest.mark.parametrize("capability", Capability)
@pytest.mark.parametrize("state", [*STATES, None])
def test_an_administrator_manages_people_and_sees_nothing_else(capability, state):
    access = Access(memberships=(), state=state, is_administrator=True)
    assert access.allows(capability) == (capability == Capability.MANAGE_PEOPLE)
    assert access.allows(capability) == ((ADMINISTRATOR, capability) in GRANTS)


@pytest.mark.parametrize("capability", Capability)
@pytest.mark.parametrize("state", [*STATES, None])
def test_a_reviewer_is_granted_what_the_table_says_and_sees_only_what_was_handed_in(
    capability, state
):
    access = Access(memberships=(), state=state, is_reviewer=True)
    grant = GRANTS.get((REVIEWER, capability))
    expected = bool(grant) and (grant.states == ALWAYS or state in grant.states)
    assert access.allows(capability) == expected
    assert access.allows(Capability.VIEW) == (state in HANDED_IN)
    assert not access.allows(Capability.WRITE_FINDINGS)


@pytest.mark.parametrize("role", Role)
def test_people_are_managed_by_coordinators_whether_or_not_there_is_an_assessment(role):
    for state in (*STATES, None):
        access = make_access(role, state=state)
        assert access.allows(Capability.MANAGE_PEOPLE) == (role == Role.COORDINATOR)


def test_without_an_assessment_nothing_is_granted_that_hangs_on_its_state():
    access = make_access(Role.COORDINATOR, state=None)
    assert access.answer(Capability.RECORD_RATING) == Answer.NOT_NOW
    assert access.answer(Capability.VIEW) == Answer.YES


@pytest.mark.django_db
def test_an_ended_membership_gives_no_access_and_no_sight():
    membership = make_membership(role=Role.COORDINATOR)
    membership.ended_on = timezone.now().date()
    membership.save()
    access = access_of(membership.user, membership.team, state="scoring")
    assert all(access.answer(capability) == Answer.NO for capability in Capability)
    assert not CountryTeam.objects.visible_to(membership.user).exists()


def test_of_two_roles_the_stronger_counts():
    access = make_access(Role.OBSERVER, Role.COORDINATOR)
    assert access.answer(Capability.RECORD_RATING) == Answer.YES


def test_not_now_of_one_role_stands_against_no_of_another():
    access = make_access(Role.OBSERVER, Role.COORDINATOR, state="accepted")
    assert access.answer(Capability.RECORD_RATING) == Answer.NOT_NOW


@pytest.mark.parametrize("capability", Capability)
def test_without_a_membership_nothing_is_granted(capability):
    assert make_access().answer(capability) == Answer.NO


def test_require_passes_what_is_granted():
    make_access(Role.COORDINATOR).require(Capability.RECORD_RATING)


def test_require_tells_whom_to_ask_where_the_role_does_not_include_it():
    with pytest.raises(PermissionDenied, match="Ask the coordinator"):
        make_access(Role.OBSERVER).require(Capability.RECORD_RATING)


@pytest.mark.parametrize("state", [state for state in STATES if state not in WHILE_RATING])
def test_require_names_the_state_that_stands_in_the_way(state):
    with pytest.raises(WrongState, match=f"while the assessment is in “{STATES[state]}”"):
        make_access(Role.COORDINATOR, state=state).require(Capability.RECORD_RATING)


@pytest.mark.django_db
def test_access_rests_on_the_memberships_in_that_team_alone(django_assert_num_queries):
    user = make_user()
    coordinated, observed = make_team(), make_team(code="KGZ", country="Kyrgyzstan")
    make_membership(team=coordinated, user=user, role=Role.COORDINATOR)
    make_membership(team=observed, user=user, role=Role.OBSERVER)
    make_membership(team=observed, role=Role.COORDINATOR)
    with django_assert_num_queries(1):
        access = access_of(user, observed, state="scoring")
    assert [membership.role for membership in access.memberships] == [Role.OBSERVER]
    assert access.answer(Capability.RECORD_RATING) == Answer.NO
