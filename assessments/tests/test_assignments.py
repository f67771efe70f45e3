"""Who works on which PI: the table, what is written, who may, and when."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mail, Membership
from accounts.tests.factories import make_entity, make_membership, make_team, make_user
from assessments.tasks import assignments
from assessments.tests.factories import make_assessment, make_rating
from assessments.tests.pages import text_of
from assessments.transitions import TransitionRefused

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def assessment():
    return make_assessment(state="planning")


@pytest.fixture
def coordinator(assessment):
    return make_membership(team=assessment.team, role=Role.COORDINATOR)


@pytest.fixture
def member(assessment):
    return make_membership(team=assessment.team, entity=make_entity(acronym="FAO"))


def address(assessment):
    return reverse("assessments:assignments", args=[assessment.pk])


def assigned(assessment, code="2.2"):
    return set(assessment.indicator_ratings.get(indicator__code=code).assigned_to.all())


@pytest.mark.parametrize("state", ["planning", "scoring", "consolidation"])
def test_coordinator_assigns_and_takes_back(client, assessment, coordinator, member, state):
    assessment.state = state
    assessment.save()
    client.force_login(coordinator.user)
    page = client.post(address(assessment), {"pi-2.2": [member.pk], "pi-7.1": [member.pk]})
    assert page.status_code == 302
    assert assigned(assessment) == assigned(assessment, "7.1") == {member}
    page = client.post(address(assessment), {"was-2.2": [member.pk]}, follow=True)
    assert "The assignment of 1 PI is saved." in text_of(page)
    assert assigned(assessment) == set()
    assert assigned(assessment, "7.1") == {member}


def test_page_shows_who_is_assigned_and_counts_the_reassessed_pis(
    client, assessment, coordinator, member
):
    make_rating(assessment=assessment, code="2.2", assigned=[member])
    make_rating(assessment=assessment, code="7.1", assigned=[member], is_reassessed=False)
    client.force_login(coordinator.user)
    page = client.get(address(assessment))
    assert "FAO Aigerim S. 1 PI Remind" in text_of(page)
    assert f'name="was-2.2" value="{member.pk}"' in page.content.decode()
    text = text_of(page)
    assert text.index("2.2 Communication") < text.index("7.1 GEWE Results carried over")
    assert "1.1 Common Country Analysis nobody yet" in text


def test_of_two_coordinators_neither_undoes_the_others_assignments(
    client, assessment, coordinator, member
):
    """Both opened the empty table; one ticked a member, the other the coordinator."""
    client.force_login(coordinator.user)
    client.post(address(assessment), {"pi-2.2": [member.pk]})
    client.post(address(assessment), {"pi-2.2": [coordinator.pk]})
    assert assigned(assessment) == {member, coordinator}


def test_nobody_of_another_team_or_role_can_be_assigned(client, assessment, coordinator):
    client.force_login(coordinator.user)
    gone = make_membership(team=assessment.team)
    gone.ended_on = timezone.localdate()
    gone.save()
    for person in [
        make_membership(team=make_team(code="KGZ")),
        make_membership(team=assessment.team, role=Role.OBSERVER),
        gone,
    ]:
        page = client.post(address(assessment), {"pi-2.2": [person.pk]})
        assert page.status_code == 422
        assert "PI 2.2: This person is not in the assessment team." in text_of(page)
    assert assigned(assessment) == set()


def test_a_member_who_left_meanwhile_is_not_assigned(assessment, member):
    rating = assessment.indicator_ratings.get(indicator__code="2.2")
    member.ended_on = date(2022, 11, 1)
    member.save()
    with pytest.raises(TransitionRefused, match="left the assessment team"):
        assignments.assign(assessment, {rating: ({member.pk}, set())}, by=member.user)
    assert not rating.assigned_to.exists()


def test_saving_an_unchanged_table_says_so(client, assessment, coordinator, member):
    client.force_login(coordinator.user)
    page = client.post(address(assessment), {"csrf": "x"}, follow=True)
    assert "Nothing was changed." in text_of(page)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_other_roles_are_refused(client, assessment, role):
    person = make_membership(team=assessment.team, role=role)
    client.force_login(person.user)
    assert client.get(address(assessment)).status_code == 403
    assert client.post(address(assessment), {"pi-2.2": [person.pk]}).status_code == 403
    assert assigned(assessment) == set()


def test_other_teams_find_nothing(client, assessment):
    client.force_login(make_membership(team=make_team(code="KGZ"), role=Role.COORDINATOR).user)
    assert client.get(address(assessment)).status_code == 404
    assert client.post(address(assessment), {}).status_code == 404


@pytest.mark.parametrize("state", ["endorsement", "endorsed", "submitted", "accepted"])
def test_later_states_are_told(client, assessment, coordinator, state):
    assessment.state = state
    assessment.save()
    client.force_login(coordinator.user)
    assert client.get(address(assessment)).status_code == 409
    assert client.post(address(assessment), {}).status_code == 409
    with pytest.raises(TransitionRefused, match="Nobody can be assigned while"):
        assignments.assign(assessment, {}, by=make_user())


def test_other_methods_are_refused(client, assessment, coordinator):
    client.force_login(coordinator.user)
    assert client.delete(address(assessment)).status_code == 405


def test_without_members_the_page_says_whom_to_invite(client, assessment, coordinator, monkeypatch):
    monkeypatch.setattr(assignments, "assignable", lambda team: [])
    client.force_login(coordinator.user)
    assert "First invite the members" in text_of(client.get(address(assessment)))


def test_page_keeps_its_budget_with_forty_members(
    client, assessment, coordinator, django_assert_max_num_queries
):
    for number in range(40):
        make_membership(team=assessment.team, entity=make_entity(acronym=f"E{number}"))
    client.force_login(coordinator.user)
    client.get(address(assessment))
    with django_assert_max_num_queries(12):
        client.get(address(assessment))


def test_whoever_gets_pis_is_told_which_in_one_mail(assessment, coordinator, member):
    ratings = assessment.indicator_ratings.in_order()[:2]
    changes = {rating: ({member.pk, coordinator.pk}, set()) for rating in ratings}
    assignments.assign(assessment, changes, by=coordinator.user)
    (mail,) = Mail.objects.all()
    assert mail.recipient == member.user
    assert mail.subject == "PIs 1.1, 1.2 are yours now: UNCT in Kazakhstan, 2022"
