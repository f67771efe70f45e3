"""Blind until revealed: of another entity's vote nobody learns more than that it was given.

Every role walks through the whole site twice. In between, only the planted vote is turned round:
both walks must read the same, to the letter.
"""

import logging
import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team, make_user
from assessments.models import Vote
from assessments.tests.crawler import crawl, readable
from assessments.tests.factories import make_person
from assessments.tests.test_preliminary_blind import PROJECT, TIMED, signed_in
from assessments.tests.workshop_data import make_scene
from assessments.workshop import transitions
from assessments.workshop.ballots import rounds_of
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def scene():
    """A blind round on PI 2.2, in which FAO has voted and UNDP has too."""
    scene = make_scene()
    scene.round = scene.opened()
    scene.vote(scene.round, "FAO", Rating.MISSING)
    scene.vote(scene.round, "UNDP", Rating.MEETS)
    return scene


def turned_round(scene, rating):
    Vote.objects.filter(round=scene.round, entity=scene.entity("FAO")).update(rating=rating)


OTHERS = {
    "coordinator": lambda scene: scene.coordinator,
    "member of another entity": lambda scene: scene.people["UNICEF"],
    "head of the same agency": lambda scene: (
        make_membership(
            team=scene.assessment.team, entity=scene.entity("FAO"), role=Role.HEAD_OF_AGENCY
        ).user
    ),
    "observer": lambda scene: make_person(Role.OBSERVER, assessment=scene.assessment),
    "administrator": lambda scene: make_user(is_staff=True, is_superuser=True),
    "other team": lambda scene: (
        make_membership(
            team=make_team(code="KGZ", country="Kyrgyzstan"), role=Role.COORDINATOR
        ).user
    ),
    "reviewer": lambda scene: make_user(is_reviewer=True),
}


def walk(client, scene):
    """All that a person can read by GET, also what polling brings when all of it is new."""
    # The report's files say what its page says; the framework has no word of a team.
    leave_out = ["/pdf/", "/docx/", "/xlsx/", "/bundle/", "/workbook/file/", "/frameworks/"]
    about = [scene.rating.get_absolute_url()]
    pages = crawl(client, values=values(scene), leave_out=leave_out, of_each=3, about=about)
    for name in ("room_live", "hand_live"):
        address = reverse(f"workshop:{name}", args=[scene.assessment.pk])
        pages[f"{address} anew"] = readable(client.get(address, {"version": 0}))
        key = {"version": 0, "key": "2.2-1-voting"}
        pages[f"{address} in part"] = readable(client.get(address, key))
    return pages


def values(scene):
    return {"pk": [scene.assessment.pk], "code": ["2.2"], "number": [1]}


@pytest.mark.parametrize("name", OTHERS)
def test_before_the_reveal_nobody_else_learns_what_was_voted(scene, name):
    client = signed_in(OTHERS[name](scene))
    before = walk(client, scene)
    turned_round(scene, Rating.EXCEEDS)
    after = walk(client, scene)
    assert before.keys() == after.keys()
    told = [address for address in before if before[address] != after[address]]
    assert [address for address in told if not address.endswith(TIMED)] == []


def test_the_walk_reaches_the_workshop_and_would_see_a_vote(scene):
    client = signed_in(scene.people["FAO"])
    before = walk(client, scene)
    turned_round(scene, Rating.EXCEEDS)
    after = walk(client, scene)
    hand = reverse("workshop:hand", args=[scene.assessment.pk])
    live = reverse("workshop:hand_live", args=[scene.assessment.pk])
    changed = {address for address in before if before[address] != after[address]}
    assert {hand, f"{live} anew"} <= changed
    assert {address.split()[0] for address in changed} == {hand, live}
    for name in ("room", "minutes"):
        assert before[reverse(f"workshop:{name}", args=[scene.assessment.pk])].startswith("200")


def test_after_the_reveal_the_room_shows_what_was_voted(scene):
    transitions.reveal(scene.workshop, scene.round, by=scene.coordinator)
    client = signed_in(scene.people["UNICEF"])
    before = walk(client, scene)
    turned_round(scene, Rating.EXCEEDS)
    room = reverse("workshop:room", args=[scene.assessment.pk])
    assert readable(client.get(room)) != before[room]


def test_the_database_itself_gives_out_no_hidden_vote(scene):
    """Looked at are the rows as they come from the database, not what is made of them."""
    with CaptureQueriesContext(connection) as captured:
        (blind,) = rounds_of([scene.rating])
        (own,) = rounds_of([scene.rating], mine=[scene.entity("FAO")])
    assert {ballot.entity.acronym: ballot.rating for ballot in blind.ballots} == {
        "FAO": None,
        "UNDP": None,
        "UNICEF": None,
    }
    assert {ballot.entity.acronym: ballot.rating for ballot in own.ballots} == {
        "FAO": Rating.MISSING,
        "UNDP": None,
        "UNICEF": None,
    }
    with connection.cursor() as cursor:
        cursor.execute(captured[0]["sql"])
        given = [value for row in cursor.fetchall() for value in row]
    before = list(map(str, given))
    turned_round(scene, Rating.EXCEEDS)
    with connection.cursor() as cursor:
        cursor.execute(captured[0]["sql"])
        assert [str(value) for row in cursor.fetchall() for value in row] == before


def test_a_round_counts_by_level_only_after_its_reveal(scene):
    (blind,) = rounds_of([scene.rating], mine=[scene.entity("FAO")])
    assert blind.result is None
    assert len(blind.given) == 2


def test_the_trace_of_votes_says_who_and_when_but_not_what(scene):
    events = serializers.serialize("json", scene.workshop.events.all())
    turned_round(scene, Rating.EXCEEDS)
    assert serializers.serialize("json", scene.workshop.events.all()) == events
    fields = {field.name for field in scene.workshop.events.model._meta.get_fields()}
    assert not fields & {"rating", "vote", "value", "comment"}


def test_no_log_line_holds_what_was_voted(scene, caplog):
    caplog.set_level(logging.DEBUG)
    client = signed_in(scene.people["UNICEF"])
    address = reverse("workshop:vote", args=[scene.assessment.pk, "2.2", 1])
    sent = {"entity": scene.entity("UNICEF").pk, "rating": 4}
    statuses = [
        client.post(address, sent).status_code,
        client.post(address, sent | {"rating": "Exceeds"}).status_code,
        client.post(address, sent | {"entity": scene.entity("FAO").pk}).status_code,
    ]
    assert statuses == [302, 302, 403]
    ours = [row.getMessage() for row in caplog.records if row.name != "faker.factory"]
    assert not [line for line in ours if "rating" in line or "Exceeds" in line]


def test_a_failure_does_not_log_what_was_voted(scene, caplog, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("The disk is full.")

    monkeypatch.setattr("assessments.workshop.transitions.recorded", fail)
    address = reverse("workshop:vote", args=[scene.assessment.pk, "2.2", 1])
    sent = {"entity": scene.entity("UNICEF").pk, "rating": 4}
    answer = signed_in(scene.people["UNICEF"]).post(address, sent)
    assert answer.status_code == 500
    assert "The disk is full." in caplog.text
    assert "'rating': ['4']" not in caplog.text + answer.content.decode()
    assert not Vote.objects.filter(entity=scene.entity("UNICEF"), at__isnull=False).exists()


# How the house keeps it so


def test_no_admin_page_and_no_history_knows_votes():
    assert not {"Vote", "Round", "Workshop"} & {row.__name__ for row in admin.site._registry}
    names = {model.__name__ for model in apps.get_models()}
    assert "HistoricalIndicatorRating" in names
    assert "HistoricalVote" not in names


def test_code_reads_votes_only_in_two_places():
    used = {
        path.relative_to(PROJECT).as_posix()
        for path in PROJECT.glob("*/**/*.py")
        if not {"tests", ".venv", "migrations"} & set(path.parts)
        and re.search(r"\bVote\b", path.read_text(encoding="utf-8"))
    }
    assert used - {"assessments/models/__init__.py", "assessments/models/voting.py"} == {
        "assessments/workshop/ballots.py",
        "assessments/workshop/transitions.py",
    }


def test_its_name_says_who_and_where_but_not_what(scene):
    name = str(Vote.objects.get(entity=scene.entity("FAO")))
    assert name.endswith("PI 2.2, round 1, FAO")
