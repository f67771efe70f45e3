"""Preliminary ratings: what a person gives, what it computes, when it is refused, the reveal."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_team
from assessments.models import IndicatorRating, PreliminaryRating
from assessments.preliminary import ratings as preliminary
from assessments.tests.factories import (
    make_preliminary,
    make_rating,
    stored,
)
from assessments.tests.pages import form_on, text_of
from assessments.tests.preliminary_data import address, coordinator, member, move_to, rating, sent
from scorecard.rating import Rating

__all__ = ["coordinator", "member", "rating"]
pytestmark = pytest.mark.django_db
Role = Membership.Role


# What a person gives


def test_page_saves_ticks_rating_and_comment_and_shows_them_again(client, rating, member):
    client.force_login(member.user)
    filled = form_on(client.get(address(rating)), "preliminary-form") | {
        "criterion-b": "yes", "criterion-c": "yes", "criterion-d": "no",
        "rating": "3", "comment": "Well done.",
    }  # fmt: skip
    page = client.post(address(rating), filled, follow=True)
    assert "Your preliminary rating of PI 2.2 is saved. Only you can see it." in text_of(page)
    own = PreliminaryRating.objects.get()
    assert (own.membership, own.rating, own.comment) == (member, Rating.MEETS, "Well done.")
    assert own.computed_rating == Rating.MEETS
    assert own.given_at is not None
    again = form_on(page, "preliminary-form")
    kept = {key: again[key] for key in filled if key not in ("csrfmiddlewaretoken", "version")}
    assert kept == {key: filled[key] for key in kept}
    assert again["criterion-a"] == "undecided"


def test_ticks_without_a_rating_are_a_draft_that_is_not_given(client, rating, member):
    client.force_login(member.user)
    page = client.post(address(rating), sent(**{"criterion-a": "yes"}), follow=True)
    assert "They count once you choose your rating." in text_of(page)
    assert PreliminaryRating.objects.get().given_at is None
    assert preliminary.Turnout.of(rating).given == []


def test_a_rating_that_differs_from_the_ticks_asks_for_a_comment(client, rating, member):
    client.force_login(member.user)
    page = client.post(address(rating), sent(rating="4"))
    assert page.status_code == 422
    assert "Your rating differs from what your ticks give: say why" in text_of(page)
    assert not PreliminaryRating.objects.exists()
    assert client.post(address(rating), sent(rating="4", comment="Why.")).status_code == 302
    assert PreliminaryRating.objects.get().rating == Rating.EXCEEDS


def test_computed_fragment_follows_the_ticks_and_stores_nothing(client, rating, member):
    client.force_login(member.user)
    ticks = {"criterion-b": "yes", "criterion-c": "yes"}
    page = client.post(address(rating, "preliminary_computed"), sent(**ticks))
    assert "Meets" in text_of(page)
    assert "Exceeds still needs (d)." in text_of(page)
    assert not PreliminaryRating.objects.exists()


def test_numbers_of_measures_are_those_that_the_team_shares(client, rating, member):
    make_rating(assessment=rating.assessment, code="1.3", entries=[(1, 2)])
    client.force_login(member.user)
    url = reverse("assessments:preliminary", args=[rating.assessment_id, "1.3"])
    assert "Met: decided by the numbers that the team has entered." in text_of(client.get(url))
    client.post(url, sent(rating="3"))
    assert PreliminaryRating.objects.get().computed_rating == stored(
        rating.assessment.indicator_ratings.get(indicator__code="1.3")
    ).computed_rating  # fmt: skip


def test_saving_from_a_second_tab_is_told_and_loses_neither_text(client, rating, member):
    client.force_login(member.user)
    client.post(address(rating), sent(comment="From the first tab."))
    page = client.post(address(rating), sent(comment="From the second tab."))
    assert page.status_code == 409
    assert "You have saved this page elsewhere" in text_of(page)
    assert "From the first tab." in text_of(page)
    assert PreliminaryRating.objects.get().comment == "From the first tab."
    client.post(address(rating), form_on(page, "preliminary-form"))
    assert PreliminaryRating.objects.get().comment == "From the second tab."


def test_the_coordinator_gives_an_own_one(client, rating, coordinator):
    client.force_login(coordinator.user)
    client.post(address(rating), sent(rating="1"))
    assert PreliminaryRating.objects.get().membership == coordinator


def test_who_is_coordinator_and_member_gives_one_and_counts_once(client, rating, member):
    make_membership(team=rating.assessment.team, user=member.user, role=Role.COORDINATOR)
    client.force_login(member.user)
    client.post(address(rating), sent(rating="1"))
    client.post(address(rating), sent(rating="1", comment="Again.", version=1))
    assert PreliminaryRating.objects.get().comment == "Again."
    turnout = preliminary.Turnout.of(rating)
    assert (len(turnout.given), turnout.total) == (1, 1)


# Who, when


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.HEAD_OF_AGENCY, Role.RESIDENT_COORDINATOR])
@pytest.mark.parametrize("name", ["preliminary", "preliminary_computed", "preliminary_reveal"])
def test_other_roles_are_refused(client, rating, role, name):
    client.force_login(make_membership(team=rating.assessment.team, role=role).user)
    assert client.post(address(rating, name), sent()).status_code == 403
    if name != "preliminary_computed":
        assert client.get(address(rating, name)).status_code == 403


@pytest.mark.parametrize("name", ["preliminary", "preliminary_computed", "preliminary_reveal"])
def test_other_teams_find_nothing(client, rating, name):
    client.force_login(make_membership(team=make_team(code="KGZ"), role=Role.COORDINATOR).user)
    assert client.post(address(rating, name), sent()).status_code == 404
    assert client.get(address(rating, name)).status_code in (404, 405)


def test_an_unknown_pi_is_not_found(client, rating, member):
    client.force_login(member.user)
    url = reverse("assessments:preliminary", args=[rating.assessment_id, "9.9"])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete"])
@pytest.mark.parametrize("name", ["preliminary", "preliminary_computed", "preliminary_reveal"])
def test_other_methods_are_refused(client, rating, member, name, method):
    client.force_login(member.user)
    assert getattr(client, method)(address(rating, name)).status_code == 405


def test_computed_fragment_is_not_read_by_get(client, rating, member):
    client.force_login(member.user)
    assert client.get(address(rating, "preliminary_computed")).status_code == 405


@pytest.mark.parametrize("state", ["planning", "endorsement", "endorsed", "submitted", "accepted"])
def test_outside_scoring_and_consolidation_it_is_told_and_what_was_written_stays(
    client, rating, member, state
):
    move_to(rating, state)
    client.force_login(member.user)
    assert client.get(address(rating)).status_code == 409
    page = client.post(address(rating), sent(comment="A long thought."))
    assert page.status_code == 409
    assert form_on(page, "preliminary-form")["comment"] == "A long thought."
    assert not PreliminaryRating.objects.exists()


def test_a_carried_pi_takes_none(client, member, rating):
    carried = rating.assessment.indicator_ratings.get(indicator__code="7.1")
    carried.is_reassessed = False
    carried.save()
    client.force_login(member.user)
    page = client.get(address(carried))
    assert page.status_code == 409
    assert "PI 7.1 is carried over and not reassessed this year." in text_of(page)
    assert client.post(address(carried), sent()).status_code == 409


# Others


def test_workspace_says_who_has_rated_and_offers_the_next_step(client, rating, member, coordinator):
    make_preliminary(rating=rating, membership=member)
    client.force_login(coordinator.user)
    text = text_of(client.get(rating.get_absolute_url()))
    assert "1 of 2 have given a preliminary rating." in text
    assert "Aigerim S. UNDP" in text
    assert "Give my preliminary rating" in text
    assert "Reveal the preliminary ratings" in text
    client.force_login(member.user)
    text = text_of(client.get(rating.get_absolute_url()))
    assert "My preliminary rating" in text
    assert "Reveal the preliminary ratings" not in text


def test_who_left_the_team_counts_only_if_they_have_rated(rating, member, coordinator):
    gone = make_membership(team=rating.assessment.team, entity=make_entity(acronym="FAO"))
    for membership in (member, gone):
        membership.ended_on = timezone.localdate()
        membership.save()
    make_preliminary(rating=rating, membership=member)
    turnout = preliminary.Turnout.of(rating)
    assert turnout.given == [member]
    assert turnout.waiting == [coordinator]


# What cannot be stored


@pytest.mark.parametrize(
    "fields",
    [
        {"given_at": None},
        {"value": None, "given_at": timezone.now()},
        {"computed_rating": Rating.MEETS, "comment": ""},
        {"value": 5},
        {"computed_rating": 0, "comment": "Why."},
    ],
)
def test_half_a_preliminary_rating_cannot_be_stored(rating, member, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_preliminary(rating=rating, membership=member, **fields)


def test_a_member_has_one_preliminary_rating_of_a_pi(rating, member):
    make_preliminary(rating=rating, membership=member)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_preliminary(rating=rating, membership=member)


@pytest.mark.parametrize("half", ["preliminary_revealed_at", "preliminary_revealed_by"])
def test_half_a_reveal_cannot_be_stored(rating, member, half):
    value = {"preliminary_revealed_at": timezone.now(), "preliminary_revealed_by": member.user}
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorRating.objects.filter(pk=rating.pk).update(**{half: value[half]})


# Queries


def test_page_and_table_keep_their_budgets(
    client, rating, member, coordinator, django_assert_max_num_queries
):
    for number in range(20):
        membership = make_membership(
            team=rating.assessment.team, entity=make_entity(acronym=f"E{number}")
        )
        make_preliminary(rating=rating, membership=membership)
    client.force_login(coordinator.user)
    with django_assert_max_num_queries(12):
        client.get(address(rating))
    with django_assert_max_num_queries(12):
        client.get(address(rating, "preliminary_reveal"))
    preliminary.reveal(rating, by=coordinator.user)
    with django_assert_max_num_queries(12):
        client.get(address(rating))
