"""My tasks, what is done and what is open, progress: what is counted, for whom, where it leads."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_team, make_user
from assessments.models import IndicatorRating
from assessments.tasks.work import my_work
from assessments.tests.factories import (
    make_preliminary,
    make_quiet_assessment,
    make_rating,
)
from assessments.tests.pages import text_of
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
Role = Membership.Role
MY_TASKS = "/tasks/"


@pytest.fixture
def assessment():
    return make_quiet_assessment()


@pytest.fixture
def member(assessment):
    return make_membership(team=assessment.team)


@pytest.fixture
def coordinator(assessment):
    return make_membership(
        team=assessment.team, role=Role.COORDINATOR, entity=make_entity(acronym="FAO")
    )


def work_of(membership):
    (work,) = my_work(membership.user)
    return work


def needs_of(works):
    return [(work.rating.indicator.code, work.needs) for work in works]


# What is whose


def test_member_sees_what_is_open_in_assigned_pis_only(assessment, member):
    assert work_of(member).to_write == []
    make_rating(assessment=assessment, met="ab", refused="d", assigned=[member])
    assert needs_of(work_of(member).to_write) == [
        ("2.2", ["No findings yet", "1 criterion is undecided", "No finding for (a), (b)"])
    ]


def test_a_finished_pi_is_no_task(assessment, member):
    rating = make_rating(assessment=assessment, met="abcd", findings="Text.", assigned=[member])
    rating.criterion_findings.update(finding="Why.")
    assert work_of(member).to_write == []


def test_a_carried_pi_is_no_task(assessment, member):
    make_rating(assessment=assessment, code="7.1", is_reassessed=False, assigned=[member])
    assert work_of(member).to_write == []


def test_preliminary_ratings_are_open_until_given_or_revealed(assessment, member, coordinator):
    rating = make_rating(assessment=assessment)
    assert work_of(member).to_rate == work_of(coordinator).to_rate == [rating]
    make_preliminary(rating=rating, membership=member)
    assert work_of(member).to_rate == []
    IndicatorRating.objects.filter(pk=rating.pk).update(
        preliminary_revealed_at=timezone.now(), preliminary_revealed_by=member.user
    )
    assert work_of(coordinator).to_rate == []


def test_a_draft_is_not_given(assessment, member):
    make_preliminary(rating=make_rating(assessment=assessment), membership=member, value=None)
    assert len(work_of(member).to_rate) == 1


def test_coordinator_sees_pis_without_member_and_without_agreed_rating(
    assessment, member, coordinator
):
    assert needs_of(work_of(coordinator).to_coordinate) == [
        ("2.2", ["No member is assigned", "No agreed rating yet"])
    ]
    make_rating(assessment=assessment, assigned=[member], rating=Rating.MISSING)
    assert work_of(coordinator).to_coordinate == []
    assert work_of(member).to_coordinate == []


def test_a_member_who_left_is_no_member(assessment, member, coordinator):
    make_rating(assessment=assessment, assigned=[member], rating=Rating.MISSING)
    Membership.objects.filter(pk=member.pk).update(ended_on=timezone.localdate())
    assert needs_of(work_of(coordinator).to_coordinate) == [("2.2", ["No member is assigned"])]


def test_while_planning_only_the_coordinator_has_work(member, coordinator, assessment):
    assessment.state = "planning"
    assessment.save()
    make_rating(assessment=assessment, assigned=[])
    assert work_of(member).count == 0
    assert needs_of(work_of(coordinator).to_coordinate) == [("2.2", ["No member is assigned"])]


@pytest.mark.parametrize("state", ["endorsement", "endorsed", "submitted", "accepted"])
def test_later_there_is_no_work(assessment, member, state):
    assessment.state = state
    assessment.save()
    assert my_work(member.user) == []


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.HEAD_OF_AGENCY, Role.RESIDENT_COORDINATOR])
def test_readers_have_no_tasks(assessment, role):
    assert my_work(make_membership(team=assessment.team, role=role).user) == []


def test_soonest_due_comes_first(assessment, member):
    other = make_quiet_assessment(team=make_team(code="KGZ", country="Kyrgyzstan"))
    other.scoring_due = timezone.localdate()
    other.save()
    make_membership(team=other.team, user=member.user)
    assert [work.assessment for work in my_work(member.user)] == [other, assessment]


# The page


def test_page_names_the_tasks_with_links_and_the_due_date(client, assessment, member):
    make_rating(assessment=assessment, met="a", assigned=[member])
    assessment.scoring_due = timezone.localdate() - timedelta(days=3)
    assessment.save()
    client.force_login(member.user)
    page = client.get(MY_TASKS)
    text = text_of(page)
    assert "PIs assigned to me" in text
    assert "No findings yet · 3 criteria are undecided · No finding for (a)" in text
    assert "1 preliminary rating to give" in text
    assert "3 days late" in text
    own = reverse("assessments:preliminary", args=[assessment.pk, "2.2"])
    assert f'href="{own}"' in page.content.decode()


@pytest.mark.parametrize(
    ("days", "told"), [(-1, "due"), (0, "due"), (1, "1 day late"), (2, "2 days late")]
)
def test_lateness_is_said_in_days(client, assessment, member, days, told):
    assessment.scoring_due = timezone.localdate() - timedelta(days=days)
    assessment.save()
    client.force_login(member.user)
    text = text_of(client.get(MY_TASKS))
    assert told in text
    assert ("late" in text) == (days > 0)


def test_empty_page_says_when_tasks_come(client):
    client.force_login(make_user())
    text = text_of(client.get(MY_TASKS))
    assert "Nothing waits for you" in text
    assert "Tasks appear here when" in text


def test_page_is_read_only(client, member):
    client.force_login(member.user)
    assert client.post(MY_TASKS).status_code == 405


def test_a_stranger_signs_in_first(client):
    assert client.get(MY_TASKS).status_code == 302


# Due date


def test_coordinator_sets_the_due_date_and_members_do_not(client, assessment, coordinator, member):
    url = reverse("assessments:edit", args=[assessment.pk])
    client.force_login(coordinator.user)
    assert client.post(url, {"scoring_due": "2026-11-22"}).status_code == 302
    assert "due 22 Nov 2026" in text_of(client.get(assessment.get_absolute_url()))
    client.force_login(member.user)
    assert client.post(url, {"scoring_due": "2026-12-24"}).status_code == 403


# Queries


def crowd(assessment, size):
    rating = make_rating(assessment=assessment, rating=Rating.MISSING)
    for number in range(size):
        member = make_membership(
            team=assessment.team, entity=make_entity(acronym=f"{assessment.team.code}{number}")
        )
        rating.assigned_to.add(member)
        make_preliminary(rating=rating, membership=member)


@pytest.mark.parametrize(("name", "budget"), [("detail", 22), ("work", 12)])
def test_pages_keep_their_budget_with_forty_members(
    client, assessment, coordinator, django_assert_max_num_queries, name, budget
):
    crowd(assessment, 40)
    client.force_login(coordinator.user)
    url = reverse(f"assessments:{name}", args=[assessment.pk])
    client.get(url)
    with django_assert_max_num_queries(budget):
        client.get(url)


def test_my_tasks_keep_their_budget_over_many_teams(
    client, member, assessment, django_assert_max_num_queries
):
    for number in range(5):
        team = make_team(code=f"KG{'ABCDE'[number]}", country=f"Country {number}")
        crowd(make_quiet_assessment(team=team), 3)
        make_membership(team=team, user=member.user)
    client.force_login(member.user)
    client.get(MY_TASKS)
    with django_assert_max_num_queries(14):
        client.get(MY_TASKS)
