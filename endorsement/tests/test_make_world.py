"""The invented world: small here, and as real teams' assessments would be."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.access_table import HANDED_IN
from accounts.models import CountryTeam, User
from accounts.tests.factories import make_team
from actionplan.models import Activity
from assessments.invariants import faults
from assessments.models import Assessment, AssessmentEvent
from evidence.models import Citation
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db


def make_world(**options):
    out = StringIO()
    call_command("make_world", stdout=out, **{"teams": 6, "years": 8} | options)
    return out.getvalue()


@pytest.fixture
def world():
    load_edition("unct-swap-2018")
    load_edition("unct-swap-2023")
    return make_world()


def test_nothing_in_it_is_as_it_cannot_be(world):
    assert Assessment.objects.count() > 40
    assert list(faults()) == []


def test_both_editions_are_used_and_some_years_were_not_handed_in(world):
    editions = set(Assessment.objects.values_list("framework__edition", flat=True))
    assert editions == {"2018", "2023"}
    assert Assessment.objects.filter(state__in=HANDED_IN).exists()
    assert Assessment.objects.exclude(state__in=HANDED_IN).exists()


def test_each_assessment_has_the_moves_that_led_to_its_state(world):
    for assessment in Assessment.objects.all():
        moves = AssessmentEvent.objects.filter(assessment=assessment).order_by("pk")
        states = [move.to_state for move in moves]
        assert states[-1] == assessment.state
        assert [move.from_state for move in moves] == ["", *states[:-1]]


@pytest.mark.parametrize("day", ["2026-01-05", "2026-11-28", "2026-12-31"])
def test_no_move_is_still_to_come(day, monkeypatch):
    now = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    monkeypatch.setattr(timezone, "now", lambda: now)
    load_edition("unct-swap-2018")
    load_edition("unct-swap-2023")
    make_world(teams=20, years=2)
    moves = AssessmentEvent.objects.order_by("pk")
    assert moves.filter(assessment__year=2026, to_state="submitted").exists()
    assert not moves.filter(at__gt=now).exists()


def test_there_is_evidence_and_what_was_undertaken(world):
    assert Citation.objects.exists()
    assert Activity.objects.exists()


def test_the_reviewer_and_the_coordinators_can_sign_in_and_nobody_else(world):
    able = {user.email for user in User.objects.all() if user.has_usable_password()}
    codes = [team.code.lower() for team in CountryTeam.objects.all()]
    coordinators = {f"coordinator@{code}.world.example.org" for code in codes}
    assert able == {"reviewer@world.example.org"} | coordinators


def test_a_site_with_teams_is_left_alone():
    make_team()
    with pytest.raises(CommandError, match="has teams already"):
        make_world()
    assert CountryTeam.objects.count() == 1


def test_without_the_editions_it_says_what_to_run():
    with pytest.raises(CommandError, match="load_framework fixtures/unct-swap-2018.yaml"):
        make_world()


def test_more_teams_than_there_are_is_refused():
    with pytest.raises(CommandError, match="has 132 teams; 200 were asked for"):
        make_world(teams=200)
