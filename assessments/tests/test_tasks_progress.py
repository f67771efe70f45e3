"""How far an assessment has come: by PI, entity and dimension, and the list behind the numbers."""

import pytest
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_team
from assessments.tests.factories import (
    make_preliminary,
    make_quiet_assessment,
    make_rating,
)
from assessments.tests.pages import text_of
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
Role = Membership.Role


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


# What is done and open, by entity and dimension


def work_address(assessment, **query):
    return reverse("assessments:work", args=[assessment.pk], query=query)


def test_work_list_says_what_is_open_and_who_has_not_rated(client, assessment, member, coordinator):
    rating = make_rating(assessment=assessment, met="abcd", assigned=[member])
    make_preliminary(rating=rating, membership=member)
    client.force_login(member.user)
    text = text_of(client.get(work_address(assessment)))
    assert "1 reassessed PI, 1 with something open" in text
    assert "No agreed rating yet · No findings yet · No finding for (a), (b), (c), (d)" in text


def test_work_list_follows_its_filters(client, assessment, member, coordinator):
    make_rating(assessment=assessment, assigned=[member])
    client.force_login(member.user)
    for query, shown in [
        ({"entity": "UNDP"}, True),
        ({"entity": "FAO"}, False),
        ({"dimension": "2"}, True),
        ({"dimension": "7"}, False),
        ({"entity": "UNDP", "dimension": "2"}, True),
        ({"dimension": "nonsense"}, False),
    ]:
        text = text_of(client.get(work_address(assessment, **query)))
        assert ("2.2 Communication" in text) == shown, query
        assert ("No reassessed PI here" in text) != shown, query


def test_work_list_is_for_the_team_and_by_get(client, assessment, member):
    client.force_login(make_membership(team=make_team(code="KGZ")).user)
    assert client.get(work_address(assessment)).status_code == 404
    client.force_login(make_membership(team=assessment.team, role=Role.OBSERVER).user)
    assert client.get(work_address(assessment)).status_code == 200
    assert client.post(work_address(assessment)).status_code == 405


# Progress on the page of the assessment


def test_progress_counts_by_pi_entity_and_dimension(client, assessment, member, coordinator):
    rating = make_rating(
        assessment=assessment, met="ab", rating=Rating.MISSING, difference_reason="So.",
        findings="Text.", assigned=[member],
    )  # fmt: skip
    make_preliminary(rating=rating, membership=member)
    client.force_login(member.user)
    page = client.get(assessment.get_absolute_url())
    text = text_of(page)
    assert "2 of 4 criteria decided" in text
    assert "1 of 2 preliminary ratings given" in text
    assert "2 Programming and M&E 1 of 1 complete" in text
    assert "UNDP 1 of 1 complete 1 of 1 preliminary ratings given" in text
    assert "FAO none assigned 0 of 1 preliminary ratings given" in text
    assert work_address(assessment, entity="UNDP") in page.content.decode()
    assert work_address(assessment, dimension=2) in page.content.decode()


def test_only_the_coordinator_is_offered_to_assign_and_remind(
    client, assessment, member, coordinator
):
    for membership, offered in [(member, False), (coordinator, True)]:
        client.force_login(membership.user)
        text = text_of(client.get(assessment.get_absolute_url()))
        assert ("Assign the PIs" in text) == offered
        assert ("Remind" in text) == offered


def test_without_a_chosen_pi_progress_says_so(client, assessment, member):
    assessment.indicator_ratings.update(is_reassessed=False)
    client.force_login(member.user)
    assert "No PI is chosen for reassessment yet." in text_of(
        client.get(assessment.get_absolute_url())
    )
