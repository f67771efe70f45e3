"""What waits for a head of agency stands among the tasks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team
from assessments.tests.pages import text_of
from endorsement.models import Seat
from endorsement.tests.flow import quick_printer, reopened, team

__all__ = ["quick_printer", "team"]
pytestmark = pytest.mark.django_db
MY_TASKS = reverse("assessments:tasks")


def waiting_for(user, *, days=0):
    at = timezone.now() + timedelta(days=days)
    return [str(seat.entity) for seat in Seat.objects.waiting().decided_by(user, at=at)]


def test_head_who_is_asked_finds_it_among_the_tasks(client, team):
    client.force_login(team.undp)
    assert "Nothing waits for you" in text_of(client.get(MY_TASKS))
    team.request(kind="no_objection", due=timezone.localdate() + timedelta(days=3))
    page = client.get(MY_TASKS)
    assert "1 report waits for my decision" in text_of(page)
    assert "decide by" in text_of(page)
    assert team.seat(team.undp).get_absolute_url() in page.content.decode()


def test_nothing_waits_for_whoever_has_decided(team):
    team.request()
    team.decide(team.undp)
    assert waiting_for(team.undp) == []
    assert waiting_for(team.fao) == ["FAO"]
    assert waiting_for(team.coordinator) == []


def test_material_change_makes_it_wait_again_and_an_editorial_one_does_not(team):
    team.request()
    team.decide(team.undp)
    reopened(team, findings="All is rather well.")
    assert waiting_for(team.fao) == []
    team.request()
    assert (waiting_for(team.undp), waiting_for(team.fao)) == ([], ["FAO"])
    reopened(team, rating=2)
    team.request()
    assert waiting_for(team.undp) == ["UNDP"]


def test_endorsed_report_waits_for_nobody(team):
    team.request()
    team.endorse_all()
    assert [waiting_for(user) for user in (team.undp, team.fao, team.rc)] == [[], [], []]


def test_officer_in_charge_is_told_on_the_days_named(team):
    team.request()
    seat, today = team.seat(team.undp), timezone.localdate()
    officer = make_membership(team=team.assessment.team, role=Membership.Role.MEMBER)
    seat.delegations.create(
        officer=officer, first_day=today, last_day=today + timedelta(days=1),
        made_by=team.undp, made_at=timezone.now(),
    )  # fmt: skip
    assert [waiting_for(officer.user, days=days) for days in (0, 1, 2)] == [["UNDP"], ["UNDP"], []]


def test_the_days_of_an_officer_are_those_of_the_team(client, team, monkeypatch):
    team.request()
    of_team, seat = team.assessment.team, team.seat(team.undp)
    of_team.time_zone = "Pacific/Auckland"
    of_team.save(update_fields=["time_zone"])
    officer = make_membership(team=of_team, role=Membership.Role.MEMBER)
    make_membership(team=make_team(code="FJI", country="Fiji"), user=officer.user)  # reads in UTC
    seat.delegations.create(
        officer=officer, first_day=date(2023, 3, 2), last_day=date(2023, 3, 2),
        made_by=team.undp, made_at=timezone.now(),
    )  # fmt: skip
    client.force_login(officer.user)
    for hour, words in [(10, "Nothing waits for you"), (12, "1 report waits for my decision")]:
        at = datetime(2023, 3, 1, hour, tzinfo=UTC)  # midnight in Auckland is 11 o'clock
        with monkeypatch.context() as clock:
            clock.setattr(timezone, "now", lambda at=at: at)
            assert words in text_of(client.get(MY_TASKS))


def test_seat_of_whoever_has_left_waits_for_nobody(team):
    team.request()
    Membership.objects.filter(user=team.undp).update(ended_on=timezone.localdate())
    assert waiting_for(team.undp) == []
