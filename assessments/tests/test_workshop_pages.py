"""Room, Hand and minutes as their readers get them."""

import re
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_team
from assessments.models import Agreement, Dissent, Round, Vote, Workshop
from assessments.tests.factories import make_assessment, make_person, make_rating
from assessments.tests.pages import text_of
from assessments.tests.workshop_data import make_scene
from assessments.workshop import agreement, transitions
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def scene():
    return make_scene()


def address(scene, name, *places):
    return reverse(f"workshop:{name}", args=[scene.assessment.pk, *places])


def of(user):
    client = Client()
    client.force_login(user)
    return client


def led(scene, name, data=None, *places):
    """Make a move in the Room as the coordinator; return the Room that follows."""
    return of(scene.coordinator).post(address(scene, name, *places), data or {}, follow=True)


# The Room


def test_the_coordinator_starts_the_workshop_from_the_room():
    assessment = make_assessment(state="consolidation")
    client = of(make_person(assessment=assessment))
    room = reverse("workshop:room", args=[assessment.pk])
    assert "Start the workshop" in text_of(client.get(room))
    client.post(reverse("workshop:start", args=[assessment.pk]))
    assert Workshop.objects.get().code in text_of(client.get(room))


def test_a_member_reads_that_the_workshop_has_not_been_started():
    assessment = make_assessment(state="consolidation")
    member = make_person(Membership.Role.MEMBER, assessment=assessment)
    page = of(member).get(reverse("workshop:room", args=[assessment.pk]))
    assert "It has not been started yet." in text_of(page)
    assert "Start the workshop" not in text_of(page)
    hand = of(member).get(reverse("workshop:hand", args=[assessment.pk]))
    assert hand.status_code == 404


def test_a_whole_workshop_goes_through_the_rooms_buttons(scene):
    assert "2.2 Communication" in text_of(led(scene, "open", {}, "2.2"))
    refused = text_of(led(scene, "reveal", {}, "2.2"))
    assert "Nobody has voted on PI 2.2 yet: there is nothing to reveal." in refused
    for acronym, rating in {"FAO": 2, "UNDP": 3}.items():
        scene.vote(Round.objects.get(), acronym, rating)
    assert "2 of 3 entities have voted" in text_of(led(scene, "late", {"minutes": 60}, "2.2"))
    assert "2 of 3 entities voted, approaches to meets" in text_of(led(scene, "reveal", {}, "2.2"))
    assert "may vote until" in text_of(led(scene, "late", {"minutes": 60}, "2.2"))
    dissent = {"entity": scene.entity("FAO").pk, "sentence": "It has no budget."}
    assert "It has no budget." in text_of(led(scene, "dissent", dissent, "2.2"))
    assert "Round 2: 0 of 3" in text_of(led(scene, "open", {}, "2.2"))
    scene.vote(Round.objects.last(), "FAO", 3)
    led(scene, "reveal", {}, "2.2")
    agreed = text_of(led(scene, "agree", {"agreed": 3, "minute": "Heard."}, "2.2"))
    assert "PI 2.2: “Meets” is agreed." in agreed
    assert "1 of 15 PIs agreed" in agreed
    assert "3.1" in text_of(led(scene, "show", {}, "3.1"))
    assert "The workshop is closed." in text_of(led(scene, "close"))
    assert "Take up 3.2" in text_of(led(scene, "resume"))


def test_a_refused_rating_comes_back_as_it_was_sent_with_the_fault_at_its_field(scene):
    scene.revealed(FAO=4, UNDP=4)
    sent = {"agreed": 4, "minute": "All agreed & glad.", "difference_reason": ""}
    page = led(scene, "agree", sent, "2.2")
    assert page.status_code == 422
    assert "differs from what the criteria give: say why" in text_of(page)
    form = page.context["room"].agreed_form
    assert list(form.errors) == ["difference_reason"]
    assert "All agreed &amp; glad." in page.content.decode()
    assert not Agreement.objects.exists()


def test_a_dissent_needs_an_entity_and_a_sentence(scene):
    scene.revealed(FAO=3)
    page = led(scene, "dissent", {"entity": scene.entity("FAO").pk, "sentence": " "}, "2.2")
    assert page.status_code == 422
    stranger = make_entity(acronym="WHO")
    led(scene, "dissent", {"entity": stranger.pk, "sentence": "No."}, "2.2")
    assert not Dissent.objects.exists()


def test_a_dissent_is_withdrawn_by_its_entity(scene):
    scene.revealed(FAO=3)
    led(scene, "dissent", {"entity": scene.entity("FAO").pk, "sentence": "No."}, "2.2")
    page = led(scene, "withdraw", {"entity": "FAO"}, "2.2")
    assert "The dissent of FAO is withdrawn." in text_of(page)
    assert "not on record" in text_of(led(scene, "withdraw", {"entity": "FAO"}, "2.2"))


def test_the_coordinator_names_a_delegate(scene):
    head = make_membership(
        team=scene.assessment.team,
        entity=make_entity(acronym="UNODC"),
        role=Membership.Role.HEAD_OF_AGENCY,
    )
    sent = {"entity": head.entity.pk, "person": scene.people["FAO"].pk}
    page = text_of(led(scene, "delegate", sent))
    assert "votes for UNODC" in page
    outsider = make_membership(team=make_team(code="KGZ", country="Kyrgyzstan")).user
    refused = text_of(led(scene, "delegate", sent | {"person": outsider.pk}))
    assert "Choose an entity and the person who votes for it." in refused


def test_closing_says_first_what_is_not_agreed_yet(scene):
    page = of(scene.coordinator).get(address(scene, "close"))
    assert "Without an agreed rating from this workshop:" in text_of(page)
    assert "2.2 Communication" in text_of(page)
    assert Workshop.objects.get().is_open


def test_members_look_on_in_the_room_without_its_buttons(scene):
    scene.revealed(FAO=3, UNDP=3)
    page = text_of(of(scene.people["FAO"]).get(address(scene, "room")))
    assert "2 of 3 entities voted, all meets" in page
    for button in ("Record the agreed rating", "Open round", "Name a delegate", "Take up"):
        assert button not in page


# The Hand


def hand(scene, acronym, **more):
    return of(scene.people[acronym]).get(address(scene, "hand"), **more)


def vote_address(scene, number=1):
    return address(scene, "vote", "2.2", number)


def test_the_hand_shows_four_buttons_and_what_the_own_entity_voted(scene):
    assert "The workshop begins soon" in text_of(hand(scene, "FAO"))
    opened = scene.opened()
    page = hand(scene, "FAO").content.decode()
    assert page.count('name="rating"') == 4
    assert 'aria-pressed="true"' not in page
    scene.vote(opened, "FAO", Rating.MEETS)
    assert hand(scene, "FAO").content.decode().count('aria-pressed="true"') == 1
    assert 'aria-pressed="true"' not in hand(scene, "UNICEF").content.decode()


def test_hand_and_room_show_what_each_level_asks_and_what_was_rated_last_time():
    before = make_assessment(year=2021)
    make_rating(assessment=before, code="2.2", met="bc", rating=Rating.MEETS)
    make_rating(
        assessment=make_assessment(year=2020), code="2.2", met="abcd", rating=Rating.EXCEEDS
    )
    scene = make_scene(team=before.team)
    scene.opened()
    for name in ("hand", "room"):
        page = text_of(of(scene.coordinator).get(address(scene, name)))
        assert re.search(
            r"What each level asks\s+Approaches\s+\(a\)\s+Meets\s+\(b\) and \(c\)", page
        )
        assert re.search(r"Last time \(2021\)\s*Meets", page)


def test_a_vote_works_without_scripts_and_with_them(scene):
    opened = scene.opened()
    sent = {"entity": scene.entity("FAO").pk, "rating": 2}
    client = of(scene.people["FAO"])
    assert client.post(vote_address(scene), sent).url == address(scene, "hand")
    fragment = client.post(vote_address(scene), sent | {"rating": 3}, headers=HTMX)
    assert 'aria-pressed="true"' in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert Vote.objects.get(round=opened, entity=scene.entity("FAO")).rating == 3


def test_a_vote_that_comes_too_late_is_told_and_not_counted(scene):
    scene.revealed(UNDP=3)
    client = of(scene.people["FAO"])
    sent = {"entity": scene.entity("FAO").pk, "rating": 2}
    fragment = client.post(vote_address(scene), sent, headers=HTMX)
    assert "the vote came too late to count" in text_of(fragment)
    assert "came too late" in text_of(client.post(vote_address(scene), sent, follow=True))
    assert not Vote.objects.filter(entity=scene.entity("FAO"), at__isnull=False).exists()


def test_a_vote_for_another_entity_is_forbidden(scene):
    scene.opened()
    sent = {"entity": scene.entity("UNDP").pk, "rating": 2}
    assert of(scene.people["FAO"]).post(vote_address(scene), sent).status_code == 403
    assert not Vote.objects.filter(at__isnull=False).exists()


@pytest.mark.parametrize("rating", ["", "0", "5", "x"])
def test_a_vote_is_one_of_four(scene, rating):
    scene.opened()
    sent = {"entity": scene.entity("FAO").pk, "rating": rating}
    page = of(scene.people["FAO"]).post(vote_address(scene), sent, follow=True)
    assert "Choose one of the four levels." in text_of(page)
    assert not Vote.objects.filter(at__isnull=False).exists()


def test_a_late_entity_votes_while_the_room_is_elsewhere(scene):
    revealed = scene.revealed(UNDP=3, UNICEF=3)
    until = timezone.now() + timedelta(hours=1)
    transitions.allow_late_votes(scene.workshop, revealed, until=until, by=scene.coordinator)
    other = scene.assessment.indicator_ratings.get(indicator__code="3.1")
    transitions.show_indicator(scene.workshop, other, by=scene.coordinator)
    page = hand(scene, "FAO")
    assert "Late vote of FAO on 2.2" in text_of(page)
    assert "Late vote" not in text_of(hand(scene, "UNICEF"))
    sent = {"entity": scene.entity("FAO").pk, "rating": 2}
    of(scene.people["FAO"]).post(vote_address(scene), sent)
    transitions.close(scene.workshop, by=scene.coordinator)
    assert hand(scene, "FAO").content.decode().count('aria-pressed="true"') == 1


def test_a_late_vote_is_marked_wherever_votes_are_shown(scene):
    revealed = scene.revealed(UNDP=3, UNICEF=3)
    until = timezone.now() + timedelta(hours=1)
    transitions.allow_late_votes(scene.workshop, revealed, until=until, by=scene.coordinator)
    scene.vote(revealed, "FAO", 2)
    told = "3 of 3 entities voted, approaches to meets (1 of them after the reveal: FAO)"
    report = reverse("report:detail", args=[scene.assessment.pk])
    for page in (address(scene, "room"), address(scene, "minutes"), report):
        assert told in text_of(of(scene.coordinator).get(page))
    room = of(scene.coordinator).get(address(scene, "room")).content.decode()
    assert room.count('class="is-late"') == 1
    assert "FAO late, " in text_of(of(scene.coordinator).get(address(scene, "minutes")))
    assert "FAO voted Approaches late, at " in text_of(hand(scene, "FAO"))
    assert "late, at" not in text_of(hand(scene, "UNICEF"))


def test_an_observer_looks_on_without_voting(scene):
    observer = make_person(Membership.Role.OBSERVER, assessment=scene.assessment)
    scene.opened()
    page = of(observer).get(address(scene, "hand"))
    assert "You look on" in text_of(page)
    assert 'name="rating"' not in page.content.decode()


def test_coming_is_noted_by_its_button_which_then_goes(scene):
    client = of(scene.people["FAO"])
    assert "I am here, for FAO" in text_of(client.get(address(scene, "hand")))
    page = client.post(address(scene, "attend"), follow=True)
    assert "I am here" not in text_of(page)
    assert scene.workshop.attendances.get().person == scene.people["FAO"]


# Joining


def test_the_code_leads_to_the_hand_however_it_is_typed(scene):
    client = of(scene.people["FAO"])
    code = scene.workshop.code
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]} "):
        page = client.get(reverse("workshop:join"), {"code": typed})
        assert page.url == address(scene, "hand")


def test_a_code_of_another_team_leads_nowhere_and_says_no_more_than_a_wrong_one(scene):
    outsider = make_membership(team=make_team(code="KGZ", country="Kyrgyzstan")).user
    pages = [
        of(user).get(reverse("workshop:join"), {"code": code})
        for user, code in [(outsider, scene.workshop.code), (scene.coordinator, "WRONG9")]
    ]
    for page, code in zip(pages, (scene.workshop.code, "WRONG9"), strict=True):
        assert page.status_code == 422
        assert f"No workshop of your teams has the code {code}." in text_of(page)


def test_whoever_is_not_signed_in_comes_to_the_hand_after_signing_in(scene):
    page = Client().get(reverse("workshop:join", query={"code": scene.workshop.code}))
    sign_in, _, query = page.url.partition("?")
    assert sign_in == reverse("account_login")
    assert parse_qs(query)["next"] == [f"/workshop/join/?code={scene.workshop.code}"]


def test_the_qr_code_is_a_picture_without_anything_that_the_csp_forbids(scene):
    page = of(scene.coordinator).get(address(scene, "qr"))
    assert page["Content-Type"] == "image/svg+xml"
    svg = page.content.decode()
    assert "<path" in svg
    assert "style" not in svg
    assert "script" not in svg


# Minutes


def test_the_minutes_say_who_came_what_was_voted_and_agreed(scene):
    transitions.attend(scene.workshop, by=scene.people["FAO"])
    scene.revealed(FAO=2, UNDP=3, UNICEF=3)
    rating = scene.rating
    agreement.record_agreed(
        scene.workshop, rating, agreed=Rating.MEETS, minute="Long debate.", by=scene.coordinator
    )
    agreement.record_dissent(
        scene.workshop,
        rating,
        entity=scene.entity("FAO"),
        sentence="The plan has no budget.",
        by=scene.coordinator,
    )
    page = text_of(of(scene.people["UNICEF"]).get(address(scene, "minutes")))
    assert "3 names for 3 entities." in page
    assert "3 of 3 entities voted, approaches to meets; agreed: meets." in page
    assert "Meets, after round 1 with 3 votes" in page
    assert "Long debate." in page
    assert "Dissent of FAO: The plan has no budget." in page


@pytest.mark.parametrize(("before", "is_told"), [("abcd", True), ("bc", False)])
def test_the_minutes_say_why_a_rating_fell_only_where_it_fell(before, is_told):
    earlier = make_assessment(year=2021)
    last = make_rating(assessment=earlier, code="2.2", met=before)
    last.rating = last.computed_rating
    last.save()
    scene = make_scene(team=earlier.team)
    scene.revealed(FAO=3, UNDP=3)
    agreement.record_agreed(
        scene.workshop,
        scene.rating,
        agreed=Rating.MEETS,
        reasons={"regression_reason": "The campaign ended."},
        by=scene.coordinator,
    )
    page = text_of(of(scene.coordinator).get(address(scene, "minutes")))
    assert ("The campaign ended." in page) == is_told


def test_the_minutes_take_the_same_queries_however_much_was_said(scene):
    scene.revealed(FAO=2, UNDP=3)
    client = of(scene.coordinator)

    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(address(scene, "minutes"))
        return len(captured)

    few = count()
    for code in ("3.1", "3.2"):
        rating = scene.assessment.indicator_ratings.get(indicator__code=code)
        opened = scene.opened(rating)
        scene.vote(opened, "FAO", 3)
        transitions.reveal(scene.workshop, opened, by=scene.coordinator)
    assert count() == few
