"""Times stand on pages by the clock of the team, wherever the server is."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from accounts.models import CountryTeam
from accounts.tests.factories import make_invitation, make_membership, make_team, make_user
from assessments.models import AssessmentEvent, Round, Vote
from assessments.tests.factories import make_assessment
from assessments.tests.pages import text_of
from assessments.tests.workshop_data import make_scene
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
ALMATY = "Asia/Almaty"  # five hours before UTC since 2024: there it is half past one on the 23rd


def of(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_team_reads_its_own_time():
    team = make_team(time_zone=ALMATY)
    member = make_membership(team=team).user
    assessment = make_assessment(team=team, state="submitted")
    AssessmentEvent.objects.create(
        assessment=assessment,
        from_state="endorsed",
        to_state="submitted",
        by=member,
        at=EVENING,
    )
    page = reverse("assessments:detail", args=[assessment.pk])
    assert "23 Nov 2026, 01:30" in text_of(of(member).get(page))
    assert timezone.get_current_timezone_name() == "UTC"  # for whoever is answered next


def test_what_a_phone_of_the_workshop_is_sent_says_the_time_of_the_team_too():
    scene = make_scene()
    CountryTeam.objects.update(time_zone=ALMATY)
    scene.vote(scene.opened(), "FAO", Rating.MEETS)
    Round.objects.update(opened_at=EVENING)
    Vote.objects.filter(rating__isnull=False).update(at=EVENING)
    client = of(scene.people["FAO"])
    for name in ("hand", "hand_live"):
        page = client.get(reverse(f"workshop:{name}", args=[scene.assessment.pk]))
        assert "at 01:30" in text_of(page)
    assert "Times of Asia/Almaty" in text_of(
        client.get(reverse("workshop:minutes", args=[scene.assessment.pk]))
    )


def test_the_session_keeps_the_clock_from_the_sign_in_on(client):
    assert clock.zone_of(make_user()) == "UTC"
    member = make_membership(team=make_team(time_zone=ALMATY)).user
    assert clock.zone_of(member) == ALMATY
    client.force_login(member)
    assert client.session[clock.KEY] == ALMATY


def test_whoever_joins_another_team_reads_its_time_at_once(client):
    user = make_membership(team=make_team(time_zone=ALMATY)).user
    client.force_login(user)
    invitation = make_invitation(
        team=make_team(code="FJI", country="Fiji", time_zone="Pacific/Fiji"), email=user.email
    )
    client.post(reverse("accounts:join_accept", args=[invitation.token]))
    assert client.session[clock.KEY] == "Pacific/Fiji"
