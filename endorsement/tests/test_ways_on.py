"""Pages on which somebody has to act say so, and lead to where they can."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_membership, make_user
from assessments.tests.factories import make_person
from assessments.tests.pages import text_of
from endorsement.models import QueryMessage
from endorsement.tests.factories import make_delegation, make_query
from endorsement.tests.flow import quick_printer, team

__all__ = ["quick_printer", "team"]
pytestmark = pytest.mark.django_db
HOME, MY_TASKS = reverse("assessments:home"), reverse("assessments:tasks")


def visit(client, user, address):
    client.force_login(user)
    return client.get(address)


def test_an_objection_leads_the_coordinator_to_reopening(client, team):
    team.request()
    address = reverse("endorsement:detail", args=[team.assessment.pk])
    way = reverse("assessments:reopen", args=[team.assessment.pk])
    assert way not in visit(client, team.coordinator, address).content.decode()
    team.decide(team.fao, "object", codes=["2.2"])
    page = visit(client, team.coordinator, address)
    assert "There is an objection." in text_of(page)
    assert way in page.content.decode()
    assert way not in visit(client, team.undp, address).content.decode()
    team.decide(team.fao)
    assert way not in visit(client, team.coordinator, address).content.decode()


def test_the_page_says_for_whom_an_officer_in_charge_decides(client, team):
    team.request()
    seat, today = team.seat(team.undp), timezone.localdate()
    officer = make_membership(team=team.assessment.team)
    make_delegation(seat=seat, officer=officer, first_day=today, last_day=today + timedelta(days=2))
    page = text_of(visit(client, officer.user, seat.get_absolute_url()))
    assert f"You decide for {team.undp} (UNDP) as officer-in-charge, from" in page
    assert "You decide for" not in text_of(visit(client, team.undp, seat.get_absolute_url()))


def test_a_decision_that_waits_stands_on_the_start_page(client, team):
    team.request()
    page = visit(client, team.undp, HOME)
    assert "1 report waits for my decision" in text_of(page)
    assert team.seat(team.undp).get_absolute_url() in page.content.decode()
    team.decide(team.undp)
    assert "waits for my decision" not in text_of(visit(client, team.undp, HOME))


def test_queries_stand_among_the_tasks_of_coordinators_until_they_are_answered(client, team):
    type(team.assessment).objects.update(state="submitted")
    query = make_query(assessment=team.now, due=timezone.localdate())
    make_query(assessment=team.now, closed_by=make_user(), closed_at=timezone.now())
    page = visit(client, team.coordinator, MY_TASKS)
    assert "1 query of UN Women waits for my answer" in text_of(page)
    assert query.get_absolute_url() in page.content.decode()
    assert "Nothing waits for you" not in text_of(page)
    member = make_person("member", assessment=team.assessment)
    assert "Nothing waits for you" in text_of(visit(client, member, MY_TASKS))
    facts = {"query": query, "by": team.coordinator, "at": timezone.now(), "text": "So."}
    QueryMessage.objects.create(**facts, is_from_reviewer=False)
    assert "Nothing waits for you" in text_of(visit(client, team.coordinator, MY_TASKS))
    QueryMessage.objects.create(**facts, is_from_reviewer=True)
    assert "1 query of UN Women" in text_of(visit(client, team.coordinator, MY_TASKS))
