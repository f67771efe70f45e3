"""The reveal of the preliminary ratings of a PI: once, for everybody, in consolidation."""

import pytest

from accounts.models import Membership
from accounts.tests.factories import make_membership
from assessments.models import IndicatorRating, PreliminaryRating
from assessments.preliminary import ratings as preliminary
from assessments.tests.factories import (
    make_preliminary,
)
from assessments.tests.pages import form_on, text_of
from assessments.tests.preliminary_data import address, coordinator, member, move_to, rating, sent
from assessments.transitions import TransitionRefused
from scorecard.rating import Rating

__all__ = ["coordinator", "member", "rating"]
pytestmark = pytest.mark.django_db
Role = Membership.Role


def test_reveal_is_confirmed_recorded_and_shows_everything(client, rating, member, coordinator):
    make_preliminary(rating=rating, membership=member, value=Rating.EXCEEDS, comment="My words.")
    client.force_login(coordinator.user)
    page = client.get(address(rating, "preliminary_reveal"))
    assert "1 of 2 have rated." in text_of(page)
    assert "This cannot be undone." in text_of(page)
    page = client.post(address(rating, "preliminary_reveal"), follow=True)
    assert "The preliminary ratings of PI 2.2 are revealed." in text_of(page)
    assert "My words." in text_of(page)
    revealed = IndicatorRating.objects.get(pk=rating.pk)
    assert revealed.preliminary_revealed_by == coordinator.user
    assert revealed.preliminary_revealed_at is not None
    assert revealed.version == rating.version


def test_reveal_shows_observers_ratings_but_no_drafts(client, rating, member, coordinator):
    make_preliminary(rating=rating, membership=member, comment="Given.")
    make_preliminary(rating=rating, membership=coordinator, value=None, comment="A draft.")
    preliminary.reveal(rating, by=coordinator.user)
    observer = make_membership(team=rating.assessment.team, role=Role.OBSERVER)
    client.force_login(observer.user)
    text = text_of(client.get(address(rating)))
    assert "Given." in text
    assert "A draft." not in text


def test_reveal_stays_readable_after_the_assessment_is_accepted(
    client, rating, member, coordinator
):
    make_preliminary(rating=rating, membership=member, comment="Given.")
    preliminary.reveal(rating, by=coordinator.user)
    move_to(rating, "accepted")
    client.force_login(member.user)
    assert "Given." in text_of(client.get(address(rating)))


def test_reveal_is_refused_in_scoring(client, rating, member, coordinator):
    make_preliminary(rating=rating, membership=member)
    move_to(rating, "scoring")
    with pytest.raises(TransitionRefused, match="in “Scoring”, not in “Consolidation”"):
        preliminary.reveal(rating, by=coordinator.user)
    client.force_login(coordinator.user)
    assert client.post(address(rating, "preliminary_reveal")).status_code == 409
    assert client.get(address(rating, "preliminary_reveal")).status_code == 409
    assert IndicatorRating.objects.get(pk=rating.pk).preliminary_revealed_at is None


def test_reveal_is_refused_where_nobody_has_rated(client, rating, member, coordinator):
    make_preliminary(rating=rating, membership=member, value=None)
    client.force_login(coordinator.user)
    page = client.post(address(rating, "preliminary_reveal"))
    assert page.status_code == 409
    assert "there is nothing to reveal" in text_of(page)


def test_reveal_is_refused_twice(rating, member, coordinator):
    make_preliminary(rating=rating, membership=member)
    first = preliminary.reveal(rating, by=coordinator.user)
    with pytest.raises(TransitionRefused, match="are revealed and stay as they are"):
        preliminary.reveal(rating, by=member.user)
    again = IndicatorRating.objects.get(pk=rating.pk)
    assert again.preliminary_revealed_by == coordinator.user
    assert again.preliminary_revealed_at == first.preliminary_revealed_at


def test_a_member_cannot_reveal(client, rating, member):
    make_preliminary(rating=rating, membership=member)
    client.force_login(member.user)
    assert client.post(address(rating, "preliminary_reveal")).status_code == 403


def test_after_the_reveal_nobody_changes_theirs_and_their_words_stay(
    client, rating, member, coordinator
):
    make_preliminary(rating=rating, membership=member, comment="Given.")
    preliminary.reveal(rating, by=coordinator.user)
    client.force_login(member.user)
    page = client.post(address(rating), sent(comment="Later thought.", version=1))
    assert page.status_code == 409
    assert form_on(page, "preliminary-form")["comment"] == "Later thought."
    assert PreliminaryRating.objects.get().comment == "Given."
