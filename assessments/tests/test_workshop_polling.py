"""How Room and Hand stay live: what is news to whom, and what asking costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_membership
from assessments.models import Assessment
from assessments.tests.factories import make_assessment
from assessments.tests.pages import text_of
from assessments.tests.test_workshop_pages import address, hand, of
from assessments.tests.workshop_data import make_scene
from assessments.workshop import transitions
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


def polled(client, url, data, *, budget):
    """The answer, when beside session and person it takes at most so many queries."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url, data)
    own = [
        query["sql"]
        for query in captured
        if '"django_session"' not in query["sql"] and 'FROM "accounts_user"' not in query["sql"]
    ]
    assert len(own) <= budget, "\n".join(own)
    assert len(captured) <= budget + 2
    return answer


PHASES = {
    "gathering": lambda scene: None,
    "ready": lambda scene: transitions.show_indicator(
        scene.workshop, scene.rating, by=scene.coordinator
    ),
    "voting": lambda scene: scene.vote(scene.opened(), "FAO", 3),
    "revealed": lambda scene: scene.revealed(FAO=3, UNDP=2),
    "second round": lambda scene: (scene.revealed(FAO=3, UNDP=2), scene.opened()),
}


@pytest.mark.parametrize("name", ["room_live", "hand_live"])
@pytest.mark.parametrize("phase", PHASES)
def test_a_poll_takes_one_query_without_news_and_three_with(name, phase):
    scene = make_scene(entities=["FAO", "UNDP", *(f"E{number}" for number in range(20))])
    PHASES[phase](scene)
    url, client = address(scene, name), of(scene.people["FAO"])
    key = client.get(address(scene, "room")).context["room"].stage.key
    scene.workshop.refresh_from_db()
    held = scene.workshop.version if name == "room_live" else held_by(scene, "FAO")
    data = {"version": held, "key": key}
    assert polled(client, url, data, budget=1).status_code == 204
    assert polled(client, url, data | {"version": 0}, budget=3).status_code == 200


def held_by(scene, acronym):
    """What the page of the Hand sends when it asks for news."""
    return hand(scene, acronym).context["hand"].version


def news_for(scene, acronym, held):
    return of(scene.people[acronym]).get(address(scene, "hand_live"), {"version": held})


def test_without_news_a_hand_takes_one_query_in_all(scene, django_assert_num_queries):
    scene.opened()
    held, client = held_by(scene, "FAO"), of(scene.people["FAO"])
    with django_assert_num_queries(1):
        assert client.get(address(scene, "hand_live"), {"version": held}).status_code == 204


def test_a_hand_is_not_drawn_anew_for_what_others_vote_blind(scene):
    opened = scene.opened()
    held = held_by(scene, "FAO")
    transitions.attend(scene.workshop, by=scene.people["UNICEF"])
    scene.vote(opened, "UNDP", Rating.MEETS)
    scene.vote(opened, "UNDP", Rating.EXCEEDS)
    assert news_for(scene, "FAO", held).status_code == 204
    transitions.reveal(scene.workshop, opened, by=scene.coordinator)
    assert "1 of 3 entities voted" in text_of(news_for(scene, "FAO", held))


def test_a_hand_is_drawn_anew_for_a_late_vote_of_others(scene):
    revealed = scene.revealed(UNDP=3)
    until = timezone.now() + timedelta(hours=1)
    transitions.allow_late_votes(scene.workshop, revealed, until=until, by=scene.coordinator)
    held = held_by(scene, "FAO")
    scene.vote(revealed, "UNICEF", Rating.MEETS)
    assert "2 of 3 entities voted" in text_of(news_for(scene, "FAO", held))


def test_what_a_colleague_votes_for_the_same_entity_is_news_each_time(scene):
    colleague = make_membership(team=scene.assessment.team, entity=scene.entity("FAO")).user
    opened = scene.opened()
    held = held_by(scene, "FAO")
    for level in (Rating.MISSING, Rating.MEETS):
        scene.vote(opened, "FAO", level, by=colleague)
        assert 'aria-pressed="true"' in news_for(scene, "FAO", held).content.decode()
        held = held_by(scene, "FAO")
        assert news_for(scene, "FAO", held).status_code == 204


def test_what_a_hand_holds_says_nothing_in_another_workshop_or_when_made_up(scene):
    held = held_by(scene, "FAO")
    another = make_assessment(year=2023, state="consolidation")
    transitions.start(another, by=scene.coordinator)
    other = reverse("workshop:hand_live", args=[another.pk])
    assert "The workshop begins soon" in text_of(
        of(scene.coordinator).get(other, {"version": held})
    )
    for made_up in ("", "1", held[:-1], f"{held}x"):
        assert news_for(scene, "FAO", made_up).status_code == 200
        assert Client().get(address(scene, "hand_live"), {"version": made_up}).status_code == 302


def test_whoever_has_no_session_any_more_is_led_to_sign_in_without_waiting_for_news(scene):
    answer = Client().get(address(scene, "hand_live"), {"version": held_by(scene, "FAO")})
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_whoever_has_left_the_team_gets_no_news(scene):
    held = held_by(scene, "FAO")
    scene.opened()
    scene.people["FAO"].memberships.update(ended_on=timezone.localdate())
    assert news_for(scene, "FAO", held).status_code == 404


def test_a_room_that_must_be_laid_out_anew_is_only_told_so(scene):
    client = of(scene.coordinator)
    stage = client.get(address(scene, "room")).context["room"].stage
    scene.opened()
    news = client.get(address(scene, "room_live"), {"version": 1, "key": stage.key})
    assert (news.status_code, news["HX-Trigger"]) == (204, '{"room-moved": {}}')


@pytest.mark.parametrize("how", ["closed", "left consolidation"])
def test_polling_ends_when_the_workshop_is_over(scene, how):
    before = held_by(scene, "FAO")
    if how == "closed":
        transitions.close(scene.workshop, by=scene.coordinator)
    else:
        Assessment.objects.update(state="endorsement")
    client = of(scene.people["FAO"])
    held = client.get(address(scene, "hand_live"), {"version": before})
    assert held.status_code == 286
    assert "The workshop is closed" in text_of(held)
    assert client.get(address(scene, "room_live"), {"version": 1}).status_code == 286
    assert "hx-trigger" not in client.get(address(scene, "hand")).content.decode()
    assert (
        'id="room-live" class="room-live">' in client.get(address(scene, "room")).content.decode()
    )
