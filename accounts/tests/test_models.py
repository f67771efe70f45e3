"""What the tables of people and teams cannot hold."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import CooperationFramework, CountryTeam, Membership, User
from accounts.tests.factories import make_cycle, make_membership, make_team, make_user

pytestmark = pytest.mark.django_db
Role = Membership.Role


def test_email_is_stored_in_lower_case():
    assert make_user(email="Gender.Specialist@UNDP.Example.org").email == (
        "gender.specialist@undp.example.org"
    )


def test_superuser_may_enter_the_administration():
    user = User.objects.create_superuser("root@example.org", "a long enough password", name="Root")
    assert (user.is_staff, user.is_superuser, user.is_active) == (True, True, True)


def test_a_new_person_is_no_administrator():
    user = make_user()
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_password_is_stored_as_a_hash():
    user = make_user(password="a long enough password")
    assert "long enough" not in user.password
    assert user.check_password("a long enough password")


@pytest.mark.parametrize("email", ["a@example.org", "A@example.org"])
def test_email_is_unique_whatever_its_case(email):
    make_user(email="a@example.org")
    with pytest.raises(IntegrityError):
        make_user(email=email)


def test_table_refuses_an_email_with_capitals():
    with pytest.raises(IntegrityError, match="user_email_is_lower_case"):
        User.objects.create(email="Capital@example.org", name="A")


def test_check_of_an_email_with_capitals_says_what_to_do():
    user = User(email="Capital@example.org", name="A", password="x")
    with pytest.raises(ValidationError, match="Write the e-mail address in lower case"):
        user.full_clean()


def test_check_of_a_known_email_says_that_the_person_exists():
    make_user(email="a@example.org")
    user = User(email="a@example.org", name="A", password="x")
    with pytest.raises(ValidationError, match="A person with this e-mail address exists already"):
        user.full_clean()


@pytest.mark.parametrize("code", ["kaz", "KA", "K1Z", "", "KA "])
def test_team_code_is_three_capitals_and_nothing_else(code):
    with pytest.raises(IntegrityError, match="country_team_code_is_three_capitals"):
        make_team(code=code)


def test_team_code_is_unique():
    make_team(code="KAZ")
    with pytest.raises(IntegrityError):
        make_team(code="KAZ", country="Another")


@pytest.mark.parametrize(("first_year", "last_year"), [(2021, 2025), (2021, 2021)])
def test_cooperation_framework_may_last_one_year_or_more(first_year, last_year):
    cycle = make_cycle(first_year=first_year, last_year=last_year)
    assert str(cycle) == f"{first_year}-{last_year}"


def test_cooperation_framework_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError, match="cooperation_framework_years_are_in_order"):
        make_cycle(first_year=2025, last_year=2021)


def test_two_cooperation_frameworks_of_a_team_do_not_begin_in_one_year():
    cycle = make_cycle(first_year=2021)
    with pytest.raises(IntegrityError):
        make_cycle(team=cycle.team, first_year=2021, last_year=2030)


def test_another_team_may_begin_in_the_same_year():
    make_cycle(first_year=2021)
    make_cycle(team=make_team(code="KGZ", country="Kyrgyzstan"), first_year=2021)
    assert CooperationFramework.objects.count() == 2


@pytest.mark.parametrize("role", Role)
def test_every_role_can_be_held(role):
    assert make_membership(role=role).role == role


def test_an_unknown_role_is_refused():
    with pytest.raises(IntegrityError, match="membership_role_is_known"):
        make_membership(role="friend")


def test_a_person_holds_a_role_once_in_a_team():
    membership = make_membership(role=Role.MEMBER)
    with pytest.raises(IntegrityError):
        make_membership(team=membership.team, user=membership.user, role=Role.MEMBER)


def test_a_person_may_hold_two_roles_in_a_team():
    membership = make_membership(role=Role.MEMBER)
    make_membership(team=membership.team, user=membership.user, role=Role.COORDINATOR)
    assert membership.user.memberships.count() == 2


def test_a_person_sees_the_teams_of_their_memberships_once_each_and_no_other():
    membership = make_membership(role=Role.MEMBER)
    make_membership(team=membership.team, user=membership.user, role=Role.COORDINATOR)
    make_team(code="KGZ", country="Kyrgyzstan")
    assert list(CountryTeam.objects.visible_to(membership.user)) == [membership.team]


def test_assessment_team_is_its_members_and_coordinators():
    team = make_team()
    for role in Role:
        make_membership(team=team, role=role)
    roles = {membership.role for membership in team.memberships.of_assessment_team()}
    assert roles == {Role.MEMBER, Role.COORDINATOR}


@pytest.mark.django_db
def test_a_region_is_one_of_the_five_or_not_recorded():
    make_team(region="africa")
    make_team(code="KGZ", country="Kyrgyzstan", region="")
    with pytest.raises(IntegrityError):
        make_team(code="UZB", country="Uzbekistan", region="atlantis")
