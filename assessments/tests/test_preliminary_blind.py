"""Blind until revealed: of another's preliminary rating nobody learns more than that it is there.

Every role walks through the whole site twice. In between, only what another member's preliminary
rating says is turned round: both walks must read the same, to the letter.
"""

import logging
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from accounts.tests.factories import make_membership, make_team, make_user
from assessments.models import Assessment, PreliminaryRating, PreliminaryTick
from assessments.preliminary import ratings as preliminary
from assessments.tests.crawler import crawl, readable
from assessments.tests.pages import text_of
from scorecard.rating import Rating
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db
Role = Membership.Role

PROJECT = Path(settings.BASE_DIR)
SENTENCE = "Zebras graze on the shore of Lake Balkhash."
OTHER_SENTENCE = "Herons rest in the reeds of the Syr Darya."


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load the demo once for all tests here; each takes back its own work. Gives its folder."""
    folder = tmp_path_factory.mktemp("demo")
    fast = "django.contrib.auth.hashers.MD5PasswordHasher"
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder, PASSWORD_HASHERS=[fast]):
        block = transaction.atomic()
        block._from_testcase = True  # as a test's own, it may hold durable ones
        with block:
            load_edition()
            call_command("load_demo", stdout=StringIO())
            yield folder
            transaction.set_rollback(True)


@pytest.fixture
def rating(demo, settings):
    """PI 2.2 of the demo, which stands in consolidation."""
    settings.MEDIA_ROOT = demo
    assessment = Assessment.objects.get(team__code="KAZ", year=2022)
    rating = assessment.indicator_ratings.filter(indicator__code="2.2")
    return rating.in_detail(assessment.framework)[0]


@pytest.fixture
def giver(rating):
    return User.objects.get(email="gender.specialist@kaz.example.org")


@pytest.fixture
def planted(rating, giver):
    """Return a function that makes the giver's preliminary rating say this."""
    own = PreliminaryRating(
        indicator_rating=rating,
        membership=giver.memberships.get(),
        given_at=timezone.now(),
        version=1,
    )

    def plant(value, comment, *, is_met):
        own.rating = own.computed_rating = value
        own.comment = comment
        own.save()
        PreliminaryTick.objects.bulk_create(
            [
                PreliminaryTick(preliminary_rating=own, criterion=criterion, is_met=is_met)
                for criterion in rating.indicator.criteria.all()
            ],
            update_conflicts=True,
            unique_fields=["preliminary_rating", "criterion"],
            update_fields=["is_met"],
        )

    plant(Rating.MISSING, SENTENCE, is_met=False)
    return plant


def values(rating):
    """What the demo has for the parameters of routes; links lead to all the rest."""
    person = User.objects.get(email="gender.specialist@kaz.example.org").pk
    return {"pk": [rating.assessment_id], "code": [rating.indicator.code], "person": [person]}


def make_administrator():
    return make_user(email="administrator@example.org", is_staff=True, is_superuser=True)


def make_stranger():
    return make_membership(team=make_team(code="KGZ"), role=Role.COORDINATOR).user


def demo_person(name):
    return lambda: User.objects.get(email=f"{name}@kaz.example.org")


MADE_FILES = ["/report/pdf/", "/report/docx/", "/report/xlsx/", "/workbook/file/"]
# They say when they were made, and that files were taken out, which the walk itself does.
TIMED = ("/workbook/file/", "/log/")
OTHERS = {
    "member": demo_person("child.protection"),
    "coordinator": demo_person("coordinator"),
    "head of agency": demo_person("head.undp"),
    "resident coordinator": demo_person("resident.coordinator"),
    "observer": demo_person("observer"),
    "administrator": make_administrator,
    "other team": make_stranger,
}


def signed_in(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def walk(client, rating, *, leave_out=()):
    """All that a person can read: by GET, and from the fragment that takes a form."""
    about = [rating.get_absolute_url(), f"/user/{values(rating)['person'][0]}/"]
    pages = crawl(client, values=values(rating), leave_out=leave_out, of_each=3, about=about)
    fragment = reverse("assessments:preliminary_computed", args=[rating.assessment_id, "2.2"])
    pages[fragment] = readable(client.post(fragment, {"version": 0, "criterion-a": "yes"}))
    return pages


@pytest.mark.parametrize("name", OTHERS)
def test_before_the_reveal_nobody_else_learns_what_it_says(rating, planted, name):
    person = signed_in(OTHERS[name]())
    # Uploaded files stay as they were. Files made of the report take seconds and are the same for
    # all, so one person reads them; the bundle only packs them.
    leave_out = ["/download/", "/bundle/", *([] if name == "coordinator" else MADE_FILES)]
    before = walk(person, rating, leave_out=leave_out)
    planted(Rating.EXCEEDS, OTHER_SENTENCE, is_met=True)
    after = walk(person, rating, leave_out=leave_out)
    for pages, sentence in ((before, SENTENCE), (after, OTHER_SENTENCE)):
        assert [address for address, text in pages.items() if sentence in text] == []
    assert before.keys() == after.keys()
    told = [address for address in before if before[address] != after[address]]
    assert [address for address in told if not address.endswith(TIMED)] == []


def test_the_walk_reaches_what_there_is_to_read(rating, planted, giver):
    pages = walk(signed_in(demo_person("coordinator")()), rating)
    kinds = {re.search(r"Content-Type: ([\w/.-]+)", text)[1] for text in pages.values()}
    assert {"text/html", "application/pdf"} <= kinds
    own = reverse("assessments:preliminary", args=[rating.assessment_id, "2.2"])
    assert pages[own].startswith("200")
    assert rating.get_absolute_url() in pages
    administered = walk(signed_in(make_administrator()), rating)
    for name in ("change", "history", "delete"):
        assert administered[f"/admin/accounts/user/{giver.pk}/{name}/"].startswith("200")


def test_the_giver_finds_it_on_the_own_page(rating, planted, giver):
    own = reverse("assessments:preliminary", args=[rating.assessment_id, "2.2"])
    pages = walk(signed_in(giver), rating, leave_out=["/download/", "/bundle/", *MADE_FILES])
    found = [address for address, text in pages.items() if SENTENCE in text]
    assert found == [own]


@pytest.mark.parametrize("name", ["member", "coordinator", "observer", "head of agency"])
def test_after_the_reveal_the_team_reads_it(rating, planted, name):
    preliminary.reveal(rating, by=demo_person("coordinator")())
    page = reverse("assessments:preliminary", args=[rating.assessment_id, "2.2"])
    assert SENTENCE in text_of(signed_in(OTHERS[name]()).get(page))


@pytest.mark.parametrize("name", ["administrator", "other team"])
def test_after_the_reveal_those_outside_the_team_read_nothing(rating, planted, name):
    preliminary.reveal(rating, by=demo_person("coordinator")())
    pages = walk(signed_in(OTHERS[name]()), rating)
    assert [address for address, text in pages.items() if SENTENCE in text] == []


def test_visible_are_the_own_one_and_what_is_revealed_in_the_own_team(rating, planted, giver):
    def sees(user):
        return PreliminaryRating.objects.visible_to(user).exists()

    others = [make_person() for make_person in OTHERS.values()]
    assert sees(giver)
    assert not any(sees(other) for other in others)
    preliminary.reveal(rating, by=demo_person("coordinator")())
    assert [name for name, other in zip(OTHERS, others, strict=True) if not sees(other)] == [
        "administrator",
        "other team",
    ]


def test_no_log_line_holds_what_was_sent(rating, giver, caplog):
    caplog.set_level(logging.DEBUG)
    page = reverse("assessments:preliminary", args=[rating.assessment_id, "2.2"])
    client = signed_in(giver)
    sent = {"version": 0, "rating": "4", "comment": SENTENCE}
    statuses = [
        client.post(page, sent | {"rating": "9"}).status_code,
        client.post(page, sent).status_code,
        client.post(page, sent).status_code,
        client.post(page, sent | {"comment": SENTENCE * 1000}).status_code,
    ]
    assert statuses == [422, 302, 409, 422]
    Assessment.objects.update(state="accepted")
    assert client.post(page, sent | {"version": 1}).status_code == 409
    assert SENTENCE not in caplog.text


def test_a_failure_of_the_database_does_not_log_what_was_sent(rating, giver, caplog, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("The disk is full.")

    monkeypatch.setattr(PreliminaryRating, "save", fail)
    page = reverse("assessments:preliminary", args=[rating.assessment_id, "2.2"])
    sent = {"version": 0, "rating": "4", "comment": SENTENCE}
    answer = signed_in(giver).post(page, sent)
    assert answer.status_code == 500
    assert "The disk is full." in caplog.text
    assert SENTENCE not in caplog.text + answer.content.decode()


# How the house keeps it so


def test_no_admin_page_knows_them():
    models = {model.__name__ for model in admin.site._registry}
    assert not models & {"PreliminaryRating", "PreliminaryTick"}


def test_code_reads_them_only_by_what_a_person_may_see():
    used = {
        (path.name, call)
        for path in PROJECT.glob("*/**/*.py")
        if "tests" not in path.parts and ".venv" not in path.parts
        for call in re.findall(
            r"Preliminary(?:Rating|Tick)\s*\.\s*(?:_default_manager|_base_manager|objects)\.(\w+)",
            path.read_text(encoding="utf-8"),
        )
    }
    assert {call for _, call in used} <= {"visible_to", "who_has_given", "bulk_create"}


def test_its_name_says_who_and_where_but_not_what(rating, planted):
    name = str(PreliminaryRating.objects.get())
    assert "PI 2.2" in name
    assert SENTENCE not in name
